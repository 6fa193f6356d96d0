"""What the commands about privacy do."""

import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from rich.prompt import Confirm
from rich.table import Table

from coach import paths, privacy
from coach.commands.record import asked_store, asked_with_sound
from coach.commands.telling import (
    err_console,
    out_console,
    print_json,
    print_words,
    steps,
    tell,
    warn,
)
from coach.errors import UserError
from coach.phrases import say
from coach.settings import Settings
from coach.store import erasure, retention
from coach.store.crypto import Unreadable
from coach.store.database import Store
from coach.store.erasure import By, Found, Subject
from coach.store.recordings import ask_to_hear, read_recording


def show(settings: Settings, *, as_json: bool) -> int:
    """Print what is processed, sentence by sentence, and for how long it is kept."""
    told = privacy.statements(settings)
    kept = privacy.retention(settings)
    if as_json:
        sentences = {one.topic: one.said() for one in told}
        print_json({"statements": sentences, "days": {one.data: one.days for one in kept}})
        return 0
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 1, 0))
    for one in told:
        table.add_row(say(f"privacy.topic_{one.topic}"), one.said())
    for each in kept:
        table.add_row("", f"{say(f'privacy.data_{each.data}')}: {each.said()}")
    out_console.print(table)
    return 0


def purge(settings: Settings, database: str | None, logs: Path | None, *, as_json: bool) -> int:
    """Remove what is older than the settings allow; exit code 2 if a log could not be read."""
    days = retention.keeping(
        settings.retention,
        audio=privacy.keeps_audio(settings),
        transcript=settings.keep_transcript,
    )
    spool = paths.record_folder() / "spool" if database is None else None
    folder = logs or (paths.logs_folder() if database is None else None)
    with asked_store(settings, database) as store, steps(say("privacy.purging")) as step:
        now = datetime.now(UTC)
        done = retention.purge(store, days, now=now, logs=folder, spool=spool, tell=step)
    for path in done.unreadable:
        warn(say("privacy.unreadable", path=path))
    key = "purged" if done.counts else "purged_nothing"
    words = say(f"privacy.{key}", counts=_counted(done.counts), copies=done.copies)
    tell(as_json, {"purged": done.counts, "copies": done.copies}, words)
    return 2 if done.unreadable else 0


# ---- one customer, agent or call -----------------------------------------------------------------


def subject(customer: str | None, agent: str | None, call: str | None) -> Subject:
    """The one that was given. Raises `UserError` for none, and for several."""
    given: dict[By, str | None] = {"customer": customer, "agent": agent, "call": call}
    found = [Subject(by=by, value=value) for by, value in given.items() if value]
    if len(found) != 1:
        raise UserError("privacy.one_of_three")
    return found[0]


def export(
    settings: Settings,
    database: str | None,
    logs: Path | None,
    about: Subject,
    out: Path,
    *,
    as_json: bool,
) -> int:
    """Write everything about somebody; exit code 2 if there is nothing."""
    with asked_with_sound(settings, database) as (store, key):
        found = _find(store, database, about, logs)
        if not found.anything:
            return _nothing(about, as_json=as_json)
        try:
            written = erasure.export(store, found, out, _sound(settings, store, key))
        except OSError as why:
            raise UserError("privacy.cannot_write", path=out, why=why.strerror) from why
    paths_ = [str(path) for path in written]
    words = say("privacy.exported", paths=", ".join(paths_))
    tell(as_json, {"written": paths_, **found.counts()}, words)
    return 0


def erase(
    settings: Settings,
    database: str | None,
    logs: Path | None,
    about: Subject,
    *,
    sure: bool,
    as_json: bool,
) -> int:
    """Erase everything about somebody, once it is sure; exit code 2 if there is nothing."""
    with asked_store(settings, database) as store:
        found = _find(store, database, about, logs)
        if not found.anything:
            return _nothing(about, as_json=as_json)
        words = say("privacy.found", what=about.value, counts=_counted(found.counts()))
        print_words(err_console, words)
        if not (sure or _agreed()):
            print_words(err_console, say("privacy.not_erased"))
            return 2
        with steps(say("privacy.erasing")) as step:
            gone = erasure.erase(store, found, lambda share: step("", share))
    tell(as_json, {"erased": gone, **found.counts()}, say("privacy.erased", count=gone))
    if settings.database and database is None:
        warn(say("privacy.erased_team"))
    return 0


def _sound(settings: Settings, store: Store, key: bytes | None) -> erasure.WriteSound:
    """Writes what was kept of the sound of a call; that too stands in the access log first."""

    def write(call_id: str, path: Path) -> bool:
        from audio.pieces import write_flac

        ask_to_hear(store, call_id, settings.agent or "?", settings.role)
        try:
            pieces = list(read_recording(store, key, call_id))
        except (Unreadable, OSError):  # nobody can hear it; the rest is handed over all the same
            warn(say("replay.sealed", path=call_id))
            return False
        if pieces:
            write_flac(pieces, path)
        return bool(pieces)

    return write


def _find(store: Store, database: str | None, about: Subject, logs: Path | None) -> Found:
    folder = logs or (paths.logs_folder() if database is None else None)
    return erasure.find(store, about, folder)


def _nothing(about: Subject, *, as_json: bool) -> int:
    words = say("privacy.nothing_found", what=about.value)
    tell(as_json, {"found": 0}, words)
    return 2


def _agreed() -> bool:
    if not (sys.stdin.isatty() and err_console.is_terminal):
        raise UserError("privacy.needs_yes")
    choices = [say("audio.yes"), say("audio.no")]
    prompt = Confirm(say("privacy.sure"), console=err_console, choices=choices)
    prompt.validate_error_message = say("audio.yes_or_no")
    with suppress(EOFError):  # nobody there to answer
        return prompt(default=False)
    return False


def _counted(counts: Mapping[str, int]) -> str:
    shown = {name: count for name, count in counts.items() if count}
    return ", ".join(
        say("privacy.counted", name=say(f"privacy.data_{name}"), count=count)
        for name, count in shown.items()
    )


# ---- who looked ----------------------------------------------------------------------------------


def access(
    settings: Settings,
    database: str | None,
    agent: str | None,
    since: datetime | None,
    *,
    as_json: bool,
) -> int:
    """Print who opened which call of an agent, the newest first."""
    whose = agent or settings.agent
    if not whose:
        raise UserError("privacy.which_agent")
    from_day = None if since is None else since.astimezone(UTC)
    with asked_store(settings, database) as store:
        found = erasure.seen_by(store, whose, from_day)
    if not found and not as_json:
        print_words(out_console, say("privacy.nobody_looked", agent=whose))
    for one in found:
        when = one.at.astimezone().isoformat(sep=" ", timespec="minutes")
        told = {"who": one.who, "role": one.role, "call": one.call_id}
        heard = one.what == "sound"
        words = say("privacy.listened" if heard else "privacy.opened", at=when, **told)
        tell(as_json, {"at": one.at.isoformat(), **told, "what": one.what}, words)
    return 0


# ---- the papers ----------------------------------------------------------------------------------


def pack(settings: Settings, out: Path, organisation: str, *, as_json: bool) -> int:
    """Write the papers in both languages."""
    from coach.pack import write_pack

    try:
        written = write_pack(settings, out, organisation=organisation, day=_today())
    except OSError as why:
        raise UserError("privacy.cannot_write", path=out, why=why.strerror) from why
    paths_ = [str(path) for path in written]
    tell(as_json, {"written": paths_}, say("privacy.packed", count=len(paths_), out=out))
    return 0


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
