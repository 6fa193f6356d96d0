"""What an agent's windows have of the record: what was promised, and what the agent reports.

The desktop program and the window of `coach listen` have it in common.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from coach import paths
from coach.causes.named import main_cause
from coach.core.incidents import Severity, form
from coach.core.redaction import redact
from coach.core.units import to_seconds
from coach.core.vocabulary import EscalationKind
from coach.errors import CoachError, UserError
from coach.phrases.forms import moment
from coach.settings import Settings
from coach.store.home import Record, open_record
from coach.store.people import (
    add_callback,
    callback_done,
    callbacks_of,
    drop_callback,
    open_callbacks,
    submit_incident,
)
from coach.store.queries import one_call
from ui.home_page import ToKeep
from ui.incident_form import IncidentReport
from ui.promises import Promise

_SEVERITIES = {EscalationKind.THREAT: Severity.THREAT}


class OwnRecord:
    """The record of this machine, opened once. Raises `CoachError` where it cannot be.

    Does what `ui.home_page.Promises`, `ui.promises.Agenda` and `ui.incident_form.Incidents` ask.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._record: Record = open_record(
            paths.record_folder(),
            file_keys=settings.key_store == "file",
            words=settings.keep_transcript,
        )

    @property
    def agent(self) -> str:
        """Who works here, for the record; "?" where nobody said."""
        return self.settings.agent or "?"

    def close(self) -> None:
        """Let go of it."""
        self._record.close()

    # ---- promises ----

    def open(self) -> Sequence[ToKeep]:
        """The open call-backs of this agent, the most urgent first; none when it cannot be read."""
        with suppress(CoachError):
            store = self._record.store()
            now = store.clock()
            return [
                ToKeep(
                    number=str(one.id),
                    words=f"{moment(one.due.astimezone())}: {one.text}",
                    late=one.due < now,
                )
                for one in open_callbacks(store, self.agent)
            ]
        return ()

    def keep(self, number: str) -> None:
        """One was kept."""
        with suppress(CoachError):
            callback_done(self._record.store(), int(number))

    def note(self, promise: Promise) -> str:
        """Put a promise that the agent confirmed on the list; its number. Raises `CoachError`."""
        store, call_id = self._record.store(), self._known(promise.call_id)
        words = redact(promise.words).text
        add_callback(store, self.agent, promise.due.astimezone(), words, call_id=call_id)
        mine = (
            open_callbacks(store, self.agent) if call_id is None else callbacks_of(store, call_id)
        )
        return str(max(one.id for one in mine))

    def drop(self, number: str) -> None:
        """Take one off the list that was put there by mistake. Raises `CoachError`."""
        drop_callback(self._record.store(), int(number))

    # ---- incidents ----

    def send(self, report: IncidentReport) -> None:
        """Register what the agent reports. Raises `CoachError`."""
        if not self.settings.agent:
            raise UserError("about.incident_nobody")
        severity, cause = self._from_call(report)
        words = "\n\n".join(redact(text).text for text in (report.quote, report.note) if text)
        submit_incident(
            self._record.store(),
            submitted_by=self.agent,
            severity=Severity.POLICE if report.police else severity,
            kind=report.kind,
            text=words,
            at=self._when(report),
            cause=cause,
            call_id=self._known(report.call_id),
        )

    def _from_call(self, report: IncidentReport) -> tuple[Severity, str | None]:
        """How far it went, and why the customer was upset: as far as the record has the call."""
        events = self._record.store().events(report.call_id)
        if not events:
            return _SEVERITIES.get(report.kind, Severity.WARNING), None
        return form(events, report.kind).severity, main_cause(events)

    def _when(self, report: IncidentReport) -> datetime | None:
        row = one_call(self._record.store(), report.call_id)
        if row is None or row.began is None:
            return None
        return row.began + timedelta(seconds=to_seconds(report.at))

    def _known(self, call_id: str) -> str | None:
        """The call, if the record has it already: it may still be on its way there."""
        return call_id if one_call(self._record.store(), call_id) is not None else None


def own_record(settings: Settings) -> OwnRecord | None:
    """The record, if calls are kept and it can be had: the coach works without it."""
    if not settings.keep_calls:
        return None
    with suppress(CoachError):
        return OwnRecord(settings)
    return None
