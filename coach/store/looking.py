"""How the record of this machine stands, without taking anything in: for `coach doctor`."""

from dataclasses import dataclass, replace
from pathlib import Path

from coach.errors import CoachError
from coach.phrases import say
from coach.store.home import Record, open_record
from coach.store.queries import count_calls
from coach.store.waiting import waits

_MOST = 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """How many calls there are, and what is wrong, in sentences that say what to do."""

    calls: int
    wrong: tuple[str, ...]


def look(folder: Path, *, file_keys: bool = False) -> Looked:
    """How a record stands. Raises `CoachError` if its keys cannot be had."""
    record = open_record(folder, file_keys=file_keys)
    try:
        return _looked(record)
    finally:
        record.close()


def _looked(record: Record) -> Looked:
    calls, state = 0, record.spooler.state
    try:
        calls = count_calls(record.store(), most=_MOST)
        with record.store().writing():  # whether it would take one
            pass
    except CoachError as why:
        state = replace(state, kind=why.key.rpartition(".")[2], trouble=str(why))
    wrong = [one for one in (waits(state),) if one is not None]
    if state.aside:
        wrong.append(say("record.doctor_aside", count=state.aside))
    return Looked(calls=calls, wrong=tuple(wrong))
