"""What the commands about the record do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from coach import paths
from coach.causes.named import cause_ids
from coach.commands.telling import out_console, print_json, print_words, tell, warn
from coach.core.vocabulary import RiskLevel
from coach.errors import CoachError, UserError
from coach.phrases import say
from coach.privacy import keeps_audio
from coach.settings import Settings
from coach.store import groups, mending, queries, renewal, roles, waiting
from coach.store.calllog import logs_in
from coach.store.database import Origin, Store
from coach.store.home import DATABASE, Record, open_record
from coach.store.keys import keep_keys, read_recovery, write_recovery
from coach.store.queries import CallFilter, CallRow
from coach.store.recordings import DRAFTS, drafts
from coach.store.safe import best_safe
from coach.store.sync import SyncPolicy, sync

# ---- which database ------------------------------------------------------------------------------


@contextmanager
def _own(settings: Settings) -> Iterator[Record]:
    """The record of this machine, with what waited for it taken in."""
    record = open_record(
        paths.record_folder(),
        file_keys=settings.key_store == "file",
        words=settings.keep_transcript,
        causes=cause_ids,
        logs=paths.logs_folder(),
    )
    if not record.safe.strong and settings.key_store != "file":
        warn(say("record.weak_safe", folder=record.folder))
    try:
        record.spooler.drain()
        settle_sound(settings, record)
        yield record
    finally:
        record.close()


def settle_sound(settings: Settings, record: Record) -> None:
    """Make recordings of what is waiting to become one; what cannot be made now waits on."""
    folder = record.folder / DRAFTS
    if not (keeps_audio(settings) and drafts(folder)):
        return
    from coach.recorder import settle

    try:
        settle(record.store(), folder, record.keys.audio)
    except OSError as why:
        warn(say("sound.not_kept", why=why.strerror))


@contextmanager
def _asked(settings: Settings, database: str | None) -> Iterator[Store]:
    """The database that was asked for, else the one of this machine."""
    if database is None:
        with _own(settings) as record:
            yield record.store()
        return
    store = Store.open(database)
    try:
        yield store
    finally:
        store.close()


asked_store = _asked
"""For the commands about privacy."""


@contextmanager
def asked_with_sound(
    settings: Settings, database: str | None
) -> Iterator[tuple[Store, bytes | None]]:
    """The same, with the key of the recordings beside it."""
    if database is None:
        with _own(settings) as record:
            yield record.store(), record.keys.audio
        return
    with _asked(settings, database) as store:
        yield store, None


def _teams(settings: Settings, database: str | None) -> str:
    """The address of the team's database. Raises `UserError` if nobody says it."""
    found = database or settings.database
    if not found:
        raise UserError("record.which_database")
    return found


# ---- calls ---------------------------------------------------------------------------------------


def take_in(
    settings: Settings,
    database: str | None,
    logs: list[Path],
    *,
    agent: str | None,
    team: str | None,
    as_json: bool,
) -> int:
    """Take in logs and folders of logs; a bad one is told and the others go on."""
    code = 0
    origin = Origin(agent=agent, team=team)
    with _asked(settings, database) as store:
        for path in _logs(logs):
            try:
                call_id = store.import_log(path, origin, cause_ids)
            except CoachError as why:
                code = max(code, why.exit_code)
                found = {"log": str(path), "error": why.key, "message": str(why)}
                tell(as_json, found, str(why)) if as_json else warn(str(why))
                continue
            words = say("record.taken_in", path=path, call=call_id)
            tell(as_json, {"log": str(path), "call": call_id}, words)
    return code


def _logs(given: list[Path]) -> Iterator[Path]:
    for path in given:
        yield from logs_in(path, deep=False) if path.is_dir() else [path]


def list_calls(
    settings: Settings,
    database: str | None,
    wanted: Mapping[str, Any],
    *,
    limit: int,
    after: str | None = None,
    as_json: bool,
) -> int:
    """Print the calls that are wanted, the newest first."""
    asked = CallFilter(**{name: _value(value, name) for name, value in wanted.items()})
    with _asked(settings, database) as store:
        page = queries.list_calls(store, asked, after=after, limit=limit)
    for row in page.rows:
        if as_json:
            began = None if row.began is None else row.began.isoformat()
            print_json({**asdict(row), "began": began})
        else:
            print_words(out_console, _line(row))
    if page.after is not None and not as_json:
        print_words(out_console, say("record.more", after=page.after), "dim")
    return 0


def _value(value: Any, name: str) -> Any:
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.astimezone()  # as the clock on the wall here has it
    return RiskLevel(value) if name == "risk" and value is not None else value


def _line(row: CallRow) -> str:
    felt = " → ".join(
        "?" if value is None else f"{value:+.1f}"
        for value in (row.valence_start, row.valence_lowest, row.valence_end)
    )
    began = "?" if row.began is None else f"{row.began.astimezone():%Y-%m-%d %H:%M}"
    line = say(
        "record.line",
        call=row.call_id,
        began=began,
        minutes=row.duration_s / 60,
        felt=felt,
        risk=say(f"screen.risk_{row.risk_highest}"),
        nudges=row.nudges_shown,
    )
    return line if row.snippet is None else f"{line}\n    {row.snippet}"


# ---- the database --------------------------------------------------------------------------------


def state(settings: Settings, *, as_json: bool) -> int:
    """Tell how the record of this machine stands; exit code 1 if something needs a look."""
    with _own(settings) as record:
        waits = record.spooler.state
        count = queries.count_calls(record.store(), most=10_000_000)
        sound = mending.is_sound(record.database, record.keys)
    since = None if waits.since is None else waits.since.isoformat()
    found = {"calls": count, "sound": sound, **asdict(waits), "since": since}
    words = say("record.state", folder=record.folder, calls=count, waiting=waits.waiting)
    tell(as_json, found, words)
    if not as_json and (wrong := waiting.waits(waits)) is not None:
        warn(wrong)
    if not as_json and waits.aside:
        warn(say("record.aside", count=waits.aside, folder=record.folder))
    return 0 if sound and waits.trouble is None and not waits.aside else 1


def rebuild(settings: Settings, database: str | None, call: str | None) -> int:
    """Make the read tables of one call or of all anew."""
    with _asked(settings, database) as store:
        if call is not None and queries.one_call(store, call) is None:
            raise UserError("record.no_call", call=call)
        count = store.rebuild(call)
    print_words(out_console, say("record.rebuilt", count=count))
    return 0


def migrate(settings: Settings, database: str | None) -> int:
    """Make or bring up to date a team's database, with its roles."""
    place = _teams(settings, database)
    roles.set_up(place)
    print_words(out_console, say("record.migrated"))
    return 0


def grant(
    settings: Settings,
    database: str | None,
    login: str,
    role: str,
    *,
    agent: str | None,
    team: str | None,
) -> int:
    """Give a login of the team's server a role."""
    roles.grant(_teams(settings, database), login, role, agent=agent, team=team)
    print_words(out_console, say("record.granted", login=login, role=role))
    return 0


def group(settings: Settings, database: str | None, smallest: int | None) -> int:
    """Tell how small a group may be in figures, or ask for larger ones."""
    with _asked(settings, database or settings.database or None) as store:
        if smallest is not None:
            groups.raise_smallest_group(store, smallest)
        found = groups.smallest_group(store)
    print_words(out_console, say("record.group", count=found))
    return 0


def send(settings: Settings, database: str | None, *, as_json: bool) -> int:
    """Send the agent's finished calls to the team's database; exit code 1 if one is refused."""
    policy = SyncPolicy(
        transcript=settings.sync_transcript,
        shared=settings.share_with_lead,
        notes=settings.sync_notes,
        callbacks=settings.sync_callbacks,
        audio=keeps_audio(settings) and settings.sync_audio,
    )
    team = Store.open(_teams(settings, database))
    try:
        with _own(settings) as record:
            done = sync(record.store(), team, policy, record.keys.audio)
    finally:
        team.close()
    tell(as_json, asdict(done), say("record.sent", count=done.sent))
    if done.sounds and not as_json:
        print_words(out_console, say("record.sent_sounds", count=done.sounds))
    for key, counts in () if as_json else (("sent", done.wrote), ("came", done.came)):
        what = ", ".join(say(f"record.written_{one}", count=n) for one, n in counts.items())
        if what:
            print_words(out_console, say(f"record.{key}_written", what=what))
    for call, why in () if as_json else done.refused:
        warn(f"{call}: {why}")
    return 1 if done.refused else 0


def mend_database(settings: Settings) -> int:
    """Save what is readable of the database of this machine."""
    folder = paths.record_folder()
    record = open_record(folder, file_keys=settings.key_store == "file")
    try:
        done = mending.mend(folder / DATABASE, record.keys)
    finally:
        record.close()
    if done.aside is None:
        print_words(out_console, say("record.sound"))
        return 0
    words = say("record.mended", calls=done.calls, lost=done.lost, aside=done.aside)
    print_words(out_console, words)
    return 0


# ---- keys ----------------------------------------------------------------------------------------


def recovery(settings: Settings, out: Path, passphrase: str) -> int:
    """Write the recovery key to a file that is to be kept elsewhere."""
    if out.exists():
        raise UserError("record.file_exists", path=out)
    with _own(settings) as record:
        write_recovery(out, record.keys, passphrase)
    print_words(out_console, say("record.recovery_written", path=out))
    return 0


def restore(settings: Settings, file: Path, passphrase: str) -> int:
    """Bring the keys back from the recovery key, into the key store of this user."""
    keys = read_recovery(file, passphrase)
    folder = paths.record_folder()
    keep_keys(folder, best_safe(folder, file_only=settings.key_store == "file"), keys)
    with _own(settings) as record:
        record.store()
    print_words(out_console, say("record.restored", folder=folder))
    return 0


def rotate(settings: Settings, *, data: bool) -> int:
    """Renew the key of keys; with `data` the keys of the database and of recordings too."""
    with _own(settings) as record:
        keys, safe = record.keys, record.safe
        record.store()
    if data:
        keys = renewal.renew_sound_key(record.folder, safe, keys)  # first: it may be refused
        keys = renewal.renew_database_key(record.database, safe, keys)
    renewal.renew_wrapping(record.folder, safe, keys)
    print_words(out_console, say("record.rotated_data" if data else "record.rotated"))
    return 0
