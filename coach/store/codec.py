"""Events to lines of JSON and back, without loss.

One object a line. Moments and lengths (`Samples`) are written as seconds under `NAME_s`; a
sample is 0.0000625 s exactly, so seconds give the sample back. Fields that are `None` are left
out: unknown is never written as 0. A line that cannot be read is an error with its number; a last
line without an end is where a killed process stopped.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from coach.core.events import AgentScored, CustomerScored, LogEvent
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
    required: bool


def to_json(event: LogEvent) -> Json:
    """The event as it stands in the log, `type` and `at_s` first."""
    return {"type": event.type, **_write(event)}


def from_json(line: Json) -> LogEvent:
    """The event that `to_json` wrote. Raises `ValueError` for anything else."""
    name = line.get("type")
    kind = _SCORED.get(line.get("speaker")) if name == "scored" else _TYPES.get(str(name))
    if kind is None:
        raise ValueError(f"unknown event type {name!r}")
    event: LogEvent = _read(kind, line)
    return event


def to_line(event: LogEvent) -> str:
    """One line of a log, with its end of line."""
    return json.dumps(to_json(event), ensure_ascii=False, separators=(", ", ": ")) + "\n"


def read_lines(lines: Iterable[str]) -> Iterator[LogEvent]:
    """The events of a log, up to its last complete line. Raises `BrokenLine`."""
    for number, line in enumerate(lines, start=1):
        if not line.endswith("\n"):
            return
        try:
            yield from_json(json.loads(line))
        except (ValueError, TypeError, AttributeError) as why:
            raise BrokenLine(number, str(why)) from why


def _write(value: object) -> Json:
    written = {}
    for field in _fields(type(value)):
        content = getattr(value, field.name)
        if content is not None:
            written[field.key] = field.write(content)
    return written


def _read(kind: type, line: Json) -> Any:
    found = {}
    for field in _fields(kind):
        if field.key in line:
            found[field.name] = field.read(line[field.key])
        elif field.required:
            raise ValueError(f"{kind.__name__} without {field.key!r}")
    return kind(**found)


def _fields(kind: type) -> tuple[_Field, ...]:
    if kind not in _KNOWN:
        hints = get_type_hints(kind)
        _KNOWN[kind] = tuple(
            _field(
                field.name,
                hints[field.name],
                required=field.default is MISSING and not _optional(hints[field.name]),
            )
            for field in fields(kind)
        )
    return _KNOWN[kind]


def _optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


def _field(name: str, hint: Any, *, required: bool) -> _Field:
    if _optional(hint):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    if hint is Samples:
        return _Field(name, f"{name}_s", to_seconds, from_seconds, required)
    write, read = _ways(hint)
    return _Field(name, name, write, read, required)


def _ways(hint: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """How a value of type `hint` is written and read."""
    if get_origin(hint) is tuple:
        write, read = _ways(get_args(hint)[0])
        return (lambda many: [write(one) for one in many]), (
            lambda many: tuple(read(one) for one in many)
        )
    if isinstance(hint, type) and issubclass(hint, Enum):
        return (lambda one: one.value), hint
    if isinstance(hint, type) and is_dataclass(hint):
        return _write, (lambda one: _read(hint, one))
    if hint in (str, int, bool, float):
        return (lambda one: one), _checked(hint)
    raise TypeError(f"no way to write {hint!r}")


def _checked(kind: type) -> Callable[[Any], Any]:
    accepted: tuple[type, ...] = (int, float) if kind is float else (kind,)

    def read(value: Any) -> Any:
        if not isinstance(value, accepted) or (kind is not bool and isinstance(value, bool)):
            raise ValueError(f"{value!r} is not a {kind.__name__}")
        return kind(value)

    return read


_KNOWN: dict[type, tuple[_Field, ...]] = {}
_SCORED: dict[Any, type] = {
    Speaker.CUSTOMER.value: CustomerScored,
    Speaker.AGENT.value: AgentScored,
}
_TYPES: dict[str, type] = {
    kind.type: kind for kind in get_args(LogEvent) if kind not in _SCORED.values()
}
