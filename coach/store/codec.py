"""Events to lines of JSON and back, without loss.

One object a line. Moments and lengths (`Samples`) are written as seconds under `NAME_s`; a
sample is 0.0000625 s exactly, so seconds give the sample back. Fields that are `None` are left
out: unknown is never written as 0. A line that cannot be read is an error with its number, and so
is a field that nobody knows: an agent's reading with an emotion in it is refused, not skipped. A
last line without an end is where a killed process stopped.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from coach.core.events import AgentScored, CustomerScored, LogEvent
from coach.core.readings import AgentSpeechRefused
from coach.core.units import Samples, from_seconds, to_seconds
from coach.core.vocabulary import Speaker

Json = dict[str, Any]


class BrokenLine(ValueError):
    """Line `number` of a log is not an event; `why` says what is wrong with it."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"line {number}: {why}")
        self.number = number
        self.why = why


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field is written: its key, and the way there and back."""

    name: str
    key: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    default: Any
    """What it is when it is left out; `MISSING`: it may not be."""


def to_json(event: LogEvent) -> Json:
    """The event as it stands in the log, `type` and `at_s` first."""
    return {"type": event.type, **_write(event)}


def from_json(line: Json) -> LogEvent:
    """The event that `to_json` wrote. Raises `ValueError` for anything else."""
    rest = dict(line)
    name = rest.pop("type", None)
    speaker = str(line.get("speaker"))
    kind = _SCORED.get(speaker) if name == "scored" else _TYPES.get(str(name))
    if kind is None:
        raise ValueError(f"unknown event type {name!r} of {speaker!r}")
    event: LogEvent = _read(kind, rest)
    return event


def to_line(event: LogEvent) -> str:
    """One line of a log, with its end of line, that can be written as UTF-8.

    A file name may hold what is no text (a lone surrogate): JSON has an escape for that too.
    """
    line = json.dumps(to_json(event), ensure_ascii=False, separators=(", ", ": ")) + "\n"
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def read_lines(lines: Iterable[bytes]) -> Iterator[LogEvent]:
    """The events of a log, up to its last complete line. Raises `BrokenLine`.

    Lines come as bytes: a process may have been killed in the middle of a letter.
    """
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            return
        try:
            yield from_json(_object(line))
        except (ValueError, RecursionError) as why:
            raise BrokenLine(number, str(why)) from why


def _object(line: bytes) -> Json:
    found = json.loads(line.decode("utf-8"))
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _write(value: object) -> Json:
    written = {}
    for field in _fields(type(value)):
        content = getattr(value, field.name)
        if content is not None:
            written[field.key] = field.write(content)
    return written


def _read(kind: type, line: Json) -> Any:
    if not isinstance(line, dict):
        raise ValueError(f"{line!r} is not a {kind.__name__}")
    found = {}
    for field in _fields(kind):
        if field.key in line:
            found[field.name] = field.read(line[field.key])
        elif field.default is MISSING:
            raise ValueError(f"{kind.__name__} without {field.key!r}")
        else:
            found[field.name] = field.default
    unknown = line.keys() - {field.key for field in _fields(kind)}
    if unknown:
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    try:
        return kind(**found)
    except AgentSpeechRefused as why:
        raise ValueError(str(why)) from why


def _fields(kind: type) -> tuple[_Field, ...]:
    if kind not in _KNOWN:
        hints = get_type_hints(kind)
        _KNOWN[kind] = tuple(
            _field(field.name, hints[field.name], field.default) for field in fields(kind)
        )
    return _KNOWN[kind]


def _optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


def _field(name: str, hint: Any, default: Any) -> _Field:
    if _optional(hint):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
        default = None if default is MISSING else default
    if hint is Samples:
        return _Field(name, f"{name}_s", to_seconds, _moment, default)
    write, read = _ways(hint)
    return _Field(name, name, write, read, default)


def _ways(hint: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """How a value of type `hint` is written and read."""
    if get_origin(hint) is tuple:
        write, read = _ways(get_args(hint)[0])
        return (lambda many: [write(one) for one in many]), _many(read)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return (lambda one: one.value), hint
    if isinstance(hint, type) and is_dataclass(hint):
        return _write, (lambda one: _read(hint, one))
    if hint in (str, int, bool, float):
        return (lambda one: one), _checked(hint)
    raise TypeError(f"no way to write {hint!r}")


def _checked(kind: type) -> Callable[[Any], Any]:
    if kind is float:
        return _number

    def read(value: Any) -> Any:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ValueError(f"{value!r} is not a {kind.__name__}")
        return value

    return read


def _number(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number")
    try:
        number = float(value)
    except OverflowError as why:
        raise ValueError("a number beyond all numbers") from why
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is not a number")
    return number


def _moment(value: Any) -> Samples:
    return from_seconds(_number(value))


def _many(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read_all(values: Any) -> tuple[Any, ...]:
        if not isinstance(values, list):
            raise ValueError(f"{values!r} is not a list")
        return tuple(read(one) for one in values)

    return read_all


_KNOWN: dict[type, tuple[_Field, ...]] = {}
_SCORED: dict[Any, type] = {
    Speaker.CUSTOMER.value: CustomerScored,
    Speaker.AGENT.value: AgentScored,
}
_TYPES: dict[str, type] = {
    kind.type: kind for kind in get_args(LogEvent) if kind not in _SCORED.values()
}
