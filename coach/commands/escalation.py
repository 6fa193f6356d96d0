"""What the commands about the protocol, incidents and call-backs do."""

import os
import shlex
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from coach.causes.named import cause_id, cause_name, main_cause
from coach.commands.call_logs import opened_store, the_call
from coach.commands.telling import out_console, print_json, print_words, tell
from coach.core.hand_over import Task
from coach.core.incidents import (
    UNKNOWN,
    AgentSubmission,
    Draft,
    Incident,
    Severity,
    draft,
    form,
    submit,
    trends,
)
from coach.core.units import to_seconds
from coach.core.vocabulary import EscalationKind
from coach.errors import ProductError, UserError
from coach.paths import protocol_file
from coach.phrases import language, say
from coach.phrases.forms import day, lasting, moment
from coach.protocol import load_protocol, protocol_text, save_protocol, undo
from coach.protocol.asked import Asked, asked_for, hand_over_text, whom_and_when
from coach.report.incident_papers import (
    Reported,
    cells,
    police_report,
    write_police_report,
    write_register,
)
from coach.settings import Settings
from coach.store import people
from coach.store.database import Store
from coach.store.queries import one_call

# ---- the protocol --------------------------------------------------------------------------------


def show_protocol(path: Path | None) -> int:
    """The protocol in force, for people."""
    for entry in load_protocol(path).entries:
        print_words(out_console, say(f"insight.sign_{entry.kind}"), "bold")
        print_words(out_console, f"  {whom_and_when(entry)}")
        for step in entry.steps[language()]:
            print_words(out_console, f"  - {step}")
    return 0


def check_protocol(path: Path | None, *, as_json: bool) -> int:
    """Whether a protocol is right; a wrong one is a `UserError` with every fault."""
    protocol = load_protocol(path)
    shown = path or (protocol_file() if protocol_file().exists() else say("protocol.product_own"))
    missing = [kind.value for kind in EscalationKind if protocol.of(kind) is None]
    found = {"path": str(shown), "entries": len(protocol.entries), "missing": missing}
    words = say("protocol.good", path=shown, count=len(protocol.entries))
    if missing:
        words += " " + say("protocol.no_entry", kinds=", ".join(missing))
    tell(as_json, found, words)
    return 0


def edit_protocol() -> int:
    """Open a copy in the user's editor; it becomes the protocol if it is right."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise UserError("insight.no_editor", path=protocol_file())
    before = protocol_text()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "protocol.toml"
        copy.write_text(before, encoding="utf-8")
        subprocess.run([*shlex.split(editor), str(copy)], check=False)
        after = copy.read_text(encoding="utf-8")
    if after == before:
        print_words(out_console, say("insight.unchanged"))
        return 0
    save_protocol(after)
    print_words(out_console, say("protocol.saved", path=protocol_file()))
    return 0


def undo_protocol() -> int:
    """Bring the earlier protocol back."""
    key = "protocol.undone" if undo() else "protocol.nothing_to_undo"
    print_words(out_console, say(key, path=protocol_file()))
    return 0


def protocol_for(settings: Settings, log: Path, remind: str | None, *, as_json: bool) -> int:
    """What the protocol asks for after a call, with the text to hand over.

    `remind`: the agent on whose list of call-backs the deadlines come.
    """
    events = the_call(settings, log)
    asked = asked_for(events, load_protocol(), main_cause(events))
    if remind is not None:
        _remind(settings, remind, asked)
    if not asked.tasks and not as_json:
        print_words(out_console, say("protocol.nothing_asked"))
    for task in asked.tasks:
        text = hand_over_text(task, asked.call, cause_name(asked.cause))
        due = None if task.due is None else task.due.isoformat()
        if as_json:
            print_json({"kind": task.entry.kind.value, "due": due, "hand_over": text})
            continue
        _tell_task(task, text)
    return 0


def _remind(settings: Settings, agent: str, asked: Asked) -> None:
    """Put deadlines on the list, each once. They are no promises, so they stand at no call."""
    with opened_store(settings) as store:
        known = {one.text for one in people.open_callbacks(store, agent)}
        for task in asked.tasks:
            kind, owner = say(f"insight.sign_{task.entry.kind}"), task.entry.owner[language()]
            text = say("protocol.reminder", kind=kind, owner=owner, call=asked.call.call_id)
            if task.due is not None and text not in known:
                people.add_callback(store, agent, task.due, text)


def _tell_task(task: Task, text: str) -> None:
    at = lasting(to_seconds(task.sign.start))
    print_words(out_console, f"{say(f'insight.sign_{task.entry.kind}')} ({at})", "bold")
    print_words(out_console, f"  {whom_and_when(task.entry, task)}")
    for step in task.entry.steps[language()]:
        print_words(out_console, f"  - {step}")
    if task.entry.call_back:
        print_words(out_console, f"  {say('protocol.call_back')}")
    print_words(out_console, f"  {text}")


# ---- incidents -----------------------------------------------------------------------------------


def draft_incident(settings: Settings, log: Path, *, as_json: bool) -> int:
    """The form of a call, filled in; nothing is sent."""
    found = _drafted(settings, log)
    quotes = [{"at_s": q.at_s, "kind": q.kind.value, "words": q.words} for q in found.quotes]
    told = {"kind": found.kind.value, "severity": found.severity.value, "quotes": quotes}
    lines = [
        f"{say('insight.field_kind')}: {say(f'insight.sign_{found.kind}')}",
        f"{say('insight.field_severity')}: {say(f'insight.severity_{found.severity}')}",
        f"{say('insight.field_duration')}: {lasting(found.duration_s)}",
        *_quoted(found),
    ]
    tell(as_json, told | {"duration_s": found.duration_s}, "\n".join(lines))
    return 0


def submit_incident(
    settings: Settings,
    log: Path,
    agent: str,
    note: str,
    *,
    kind: EscalationKind | None,
    severity: Severity | None,
) -> int:
    """Report an incident, as the agent; of a `kind` that the agent names, or as it was heard."""
    drafted = _drafted(settings, log, kind)
    if not drafted.quotes and not note.strip():
        raise UserError("insight.incident_empty")
    try:
        submission = AgentSubmission(agent=agent, at=datetime.now().astimezone())
    except ValueError as why:
        raise UserError("record.incident_by_agent") from why
    incident = submit(drafted, submission, severity=severity, note=note)
    with opened_store(settings) as store:
        people.submit_incident(
            store,
            submitted_by=submission.agent,
            severity=incident.severity.value,
            kind=drafted.kind.value,
            text=_text(incident),
            at=incident.at,
            call_id=_known(store, drafted.call_id),
            cause=drafted.cause,
        )
    at, what = moment(incident.at.astimezone()), say(f"insight.sign_{drafted.kind}")
    severity_name = say(f"insight.severity_{incident.severity}")
    words = say("insight.incident_sent", severity=severity_name, kind=what, at=at)
    print_words(out_console, words)
    return 0


def list_incidents(settings: Settings, *, as_json: bool) -> int:
    """The incidents in the record."""
    for one in _reported(settings):
        said = cells(one)
        if as_json:
            at = one.at.isoformat()
            print_json({"number": one.number, "at": at, "severity": one.severity} | said)
        else:
            head = (f"{one.number}", said["when"], said["severity"], said["kind"], said["cause"])
            print_words(out_console, " · ".join(head))
    return 0


def incident_trends(settings: Settings, *, as_json: bool) -> int:
    """Incidents by week and cause; small cells are withheld."""
    withheld = say("insight.report_withheld")
    with opened_store(settings) as store:
        reported = [(one.at.astimezone(), cause_id(one.cause)) for one in people.incidents(store)]
    for cell in trends(reported):
        found = {"week": cell.week.isoformat(), "cause": cell.cause, "count": cell.count}
        count = withheld if cell.count is None else cell.count
        name = say("insight.unknown") if cell.cause == UNKNOWN else cause_name(cell.cause)
        tell(as_json, found, f"{day(cell.week)} · {name}: {count}")
    return 0


def export_incidents(settings: Settings, paper: str, out: Path, number: int | None) -> int:
    """The facts for the police of one incident, or the register of all."""
    found = _reported(settings)
    if not found:
        raise UserError("insight.incident_none")
    if paper == "register":
        write_register(found, out)
    else:
        chosen = [one for one in found if number in (None, one.number)]
        if not chosen:
            raise UserError("insight.incident_none")
        _write_police(chosen[-1], out)
    print_words(out_console, say("insight.written", path=out, calls=len(found)))
    return 0


def _write_police(one: Reported, out: Path) -> None:
    """As a document for a word processor where the name says so, else as Markdown."""
    if out.suffix != ".docx":
        write_police_report(one, out)
        return
    from coach.pack.word import write_document

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_document(police_report(one), out, language())
    except OSError as why:
        raise ProductError("cli.cannot_write", path=out, why=why.strerror) from why


def _drafted(settings: Settings, log: Path, kind: EscalationKind | None = None) -> Draft:
    events = the_call(settings, log)
    cause = main_cause(events)
    found = draft(events, cause) if kind is None else form(events, kind, cause)
    if found is None:
        raise UserError("insight.no_abuse", path=log)
    return found


def _quoted(found: Draft) -> list[str]:
    return [f"{lasting(quote.at_s)} “{quote.words}”" for quote in found.quotes]


def _text(incident: Incident) -> str:
    return "\n".join([*_quoted(incident.draft), *([incident.note] if incident.note else [])])


def _reported(settings: Settings) -> list[Reported]:
    with opened_store(settings) as store:
        return [
            Reported(
                number=one.id,
                at=one.at,
                submitted=one.submitted,
                by=one.submitted_by,
                severity=one.severity,
                kind=one.kind,
                cause=cause_name(one.cause),
                call_id=one.call_id,
                text=one.text,
            )
            for one in people.incidents(store)
        ]


def _known(store: Store, call_id: str | None) -> str | None:
    """The call, if the record has it: an incident may be about one that is kept nowhere."""
    known = call_id is not None and one_call(store, call_id) is not None
    return call_id if known else None


# ---- call-backs ----------------------------------------------------------------------------------


def list_callbacks(settings: Settings, agent: str | None, *, as_json: bool) -> int:
    """What is still to be done, the most urgent first."""
    now = datetime.now().astimezone()
    with opened_store(settings) as store:
        found = people.open_callbacks(store, agent)
    if not found and not as_json:
        print_words(out_console, say("insight.callbacks_none"))
    for one in found:
        late = f" ({say('insight.overdue')})" if one.due < now else ""
        told = {"number": one.id, "due": one.due.isoformat(), "agent": one.agent, "text": one.text}
        words = f"{one.id} · {moment(one.due.astimezone())}{late} · {one.text}"
        tell(as_json, told | {"overdue": one.due < now}, words)
    return 0


def add_callback(settings: Settings, agent: str, due: str, text: str, call: str | None) -> int:
    """Put a call-back into the list; it is there after a restart."""
    try:
        by = datetime.fromisoformat(due)
    except ValueError as why:
        raise UserError("insight.bad_moment", value=due) from why
    by = by if by.tzinfo is not None else by.astimezone()
    with opened_store(settings) as store:
        people.add_callback(store, agent, by, text, call_id=_known(store, call))
    print_words(out_console, say("insight.callback_added", text=text, due=moment(by)))
    return 0


def callback_done(settings: Settings, number: int) -> int:
    """Tick one off."""
    with opened_store(settings) as store:
        people.callback_done(store, number)
    print_words(out_console, say("insight.callback_done", number=number))
    return 0
