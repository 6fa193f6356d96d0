"""What the desktop program has of the record: its calls, what was promised, what is reported."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from coach import paths
from coach.archive import StoreArchive, sealed_recordings
from coach.core.incidents import Severity
from coach.core.redaction import redact
from coach.core.units import to_seconds
from coach.core.vocabulary import EscalationKind
from coach.errors import CoachError, UserError
from coach.phrases.forms import moment
from coach.settings import Settings
from coach.store.home import Record, open_record
from coach.store.people import callback_done, open_callbacks, submit_incident
from coach.store.queries import one_call
from ui.home_page import ToKeep
from ui.incident_form import IncidentReport
from ui.replay_sound import OpenSound

_SEVERITIES = {EscalationKind.THREAT: Severity.THREAT}


class Kept:
    """The record of this machine, opened once. Raises `CoachError` where it cannot be."""

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

    def archive(self) -> StoreArchive:
        """The calls, for the list, the replay and the dashboard."""
        return StoreArchive(self._record.store(), who=self.agent, role=self.settings.role)

    @property
    def open_sound(self) -> OpenSound:
        """Opens the recordings that were kept, if the organisation keeps any."""
        return sealed_recordings(self._record.keys.audio)

    def close(self) -> None:
        """Let go of it."""
        self._record.close()

    # ---- promises ----

    def open(self) -> Sequence[ToKeep]:
        """The open call-backs of this agent, the most urgent first; none when it cannot be read."""
        with suppress(CoachError):
            found = open_callbacks(self._record.store(), self.agent)
            return [
                ToKeep(number=str(one.id), words=f"{moment(one.due.astimezone())}: {one.text}")
                for one in found
            ]
        return ()

    def keep(self, number: str) -> None:
        """One was kept."""
        with suppress(CoachError):
            callback_done(self._record.store(), int(number))

    # ---- incidents ----

    def send(self, report: IncidentReport) -> None:
        """Register what the agent reports. Raises `CoachError`."""
        if not self.settings.agent:
            raise UserError("about.incident_nobody")
        severity = _SEVERITIES.get(report.kind, Severity.WARNING)
        words = "\n\n".join(redact(text).text for text in (report.quote, report.note) if text)
        submit_incident(
            self._record.store(),
            submitted_by=self.agent,
            severity=Severity.POLICE if report.police else severity,
            kind=report.kind,
            text=words,
            at=self._when(report),
            call_id=self._known(report.call_id),
        )

    def _when(self, report: IncidentReport) -> datetime | None:
        row = one_call(self._record.store(), report.call_id)
        if row is None or row.began is None:
            return None
        return row.began + timedelta(seconds=to_seconds(report.at))

    def _known(self, call_id: str) -> str | None:
        """The call, if the record has it already: it may still be on its way there."""
        return call_id if one_call(self._record.store(), call_id) is not None else None
