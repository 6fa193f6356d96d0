"""Questions to the record: lists of calls, found by what they were and by what was said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    exists,
    func,
    literal_column,
    select,
    tuple_,
)

from coach.core.vocabulary import OrderValue, RiskLevel
from coach.errors import UserError
from coach.store import tables as t
from coach.store.database import Store
from coach.store.words import MOST_FOUND, Newest, matching, snippet

Content = TypeVar("Content")

GOOD_EXAMPLE = "good_example"
MOST = 10_000
"""How far a list is counted: beyond it "more than" is all that anybody needs to know."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallRow:
    """A call in a list. Valence -2..2, `None` if unknown; `snippet`: where the words were said."""

    call_id: str
    began: datetime | None
    agent: str | None
    team: str | None
    channel: str
    reference: str | None
    finished: bool
    duration_s: float
    valence_start: float | None
    valence_lowest: float | None
    valence_end: float | None
    risk_highest: RiskLevel
    risk_kinds: tuple[str, ...]
    order: OrderValue | None
    nudges_shown: int
    nudges_useful: int
    nudges_wrong: int
    nudges_not_now: int
    nudges_missed: int
    causes: tuple[str, ...]
    has_audio: bool
    shared: bool
    good_example: bool
    snippet: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CallFilter:
    """Which calls are asked for; `None` asks nothing. `since` is within, `until` is beyond.

    `nudges_missed`: with (or without) a nudge that came and went, not followed, not answered.
    `any_risk`: with at least one of these signs. `nudge`: with a nudge of this kind.
    """

    text: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    agent: str | None = None
    team: str | None = None
    channel: str | None = None
    reference: str | None = None
    started_negative_ended_positive: bool | None = None
    started_positive_ended_negative: bool | None = None
    risk: RiskLevel | None = None
    risk_kind: str | None = None
    any_risk: tuple[str, ...] | None = None
    order: OrderValue | None = None
    nudge: str | None = None
    cause: str | None = None
    nudges_missed: bool | None = None
    good_example: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Page(Generic[Content]):
    """A part of a list; `after` asks for the next part, `None`: that was all."""

    rows: tuple[Content, ...]
    after: str | None


EVERYTHING = CallFilter()


def list_calls(
    store: Store, wanted: CallFilter = EVERYTHING, *, after: str | None = None, limit: int = 100
) -> Page[CallRow]:
    """The calls that are wanted, the newest first, a page at a time."""
    enough = limit + 1 if _only_words(wanted) else MOST_FOUND
    asked = _newest_first(_columns(), wanted, store.dialect, after, enough).limit(limit + 1)
    with store.reading() as connection:
        found = connection.execute(asked).all()
        page = found[:limit]
        rows = _rows(connection, page, wanted.text if store.member.may_read_words else None)
    more = len(found) > limit
    return Page(rows=rows, after=_cursor(page[-1]) if more else None)


def cursor_before(store: Store, wanted: CallFilter, number: int) -> str | None:
    """What `list_calls` wants as `after` to begin with call `number` of the list, counted from 0.

    `None`: the beginning, also where the list is shorter.
    """
    if number <= 0:
        return None
    inner = select(t.calls.c.placed, t.calls.c.call_id)
    asked = _newest_first(inner, wanted, store.dialect, None, MOST_FOUND)
    asked = asked.offset(number - 1).limit(1)
    with store.reading() as connection:
        found = connection.execute(asked).one_or_none()
    return None if found is None else _cursor(found)


def search(store: Store, question: str, *, limit: int = 20) -> Page[CallRow]:
    """The newest calls in which all words of `question` were said, with the place where."""
    return list_calls(store, CallFilter(text=question), limit=limit)


def one_call(store: Store, call_id: str) -> CallRow | None:
    """One call; `None`: it is not there, or not for this reader."""
    with store.reading() as connection:
        found = connection.execute(_columns().where(t.calls.c.call_id == call_id)).all()
        return next(iter(_rows(connection, found, None)), None)


def count_calls(store: Store, wanted: CallFilter = EVERYTHING, *, most: int = MOST) -> int:
    """How many calls are wanted; counting stops at `most`."""
    newest = Newest(most if _only_words(wanted) else MOST_FOUND)
    conditions = _conditions(wanted, store.dialect, newest)
    inner = select(t.calls.c.call_id).where(*conditions).limit(most)
    with store.reading() as connection:
        return int(
            connection.execute(select(func.count()).select_from(inner.subquery())).scalar_one()
        )


# ---- the statement -------------------------------------------------------------------------------


def _columns() -> Select[Any]:
    return select(t.calls, _with(t.marks, "mark", GOOD_EXAMPLE).label("good_example"))


def _only_words(wanted: CallFilter) -> bool:
    """Whether the newest calls with the words are those that are wanted, whatever else they are."""
    return wanted == CallFilter(text=wanted.text, since=wanted.since, until=wanted.until)


def _newest_first(
    asked: Select[Any], wanted: CallFilter, dialect: str, after: str | None, enough: int
) -> Select[Any]:
    c = t.calls.c
    newest = Newest(enough)
    if after is not None:
        placed, call_id = _place(after)
        asked = asked.where(tuple_(c.placed, c.call_id) < (placed, call_id))
        newest = Newest(enough, placed, call_id)
    asked = asked.where(*_conditions(wanted, dialect, newest))
    return asked.order_by(c.placed.desc(), c.call_id.desc())


def _cursor(row: Row[Any]) -> str:
    return f"{row.placed.isoformat()} {row.call_id}"


def _place(cursor: str) -> tuple[datetime, str]:
    placed, _, call_id = cursor.partition(" ")
    try:
        return datetime.fromisoformat(placed), call_id
    except ValueError as why:
        raise UserError("record.bad_cursor", cursor=cursor) from why


def _conditions(wanted: CallFilter, dialect: str, newest: Newest) -> list[ColumnElement[bool]]:
    found = [
        make(getattr(wanted, name))
        for name, make in _CONDITIONS.items()
        if getattr(wanted, name) is not None
    ]
    if wanted.text is not None:
        said = matching(dialect, wanted.text, wanted.since, wanted.until, newest)
        found += [] if said is None else [said]
    return found


def _if(asked: bool, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return condition if asked else func.coalesce(condition, False).is_(False)


def _with(table: Any, column: str, value: str) -> ColumnElement[bool]:
    """Whether a call has such a row; asks for no column that a lead may not read."""
    found = select(table.c.call_id).where(table.c.call_id == t.calls.c.call_id)
    return exists(found.where(table.c[column] == value))


_C = t.calls.c
_ZERO: ColumnElement[Any] = literal_column("0")  # as it stands in the indexes
_CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "since": lambda moment: _C.placed >= moment,
    "until": lambda moment: _C.placed < moment,
    "agent": lambda agent: _C.agent == agent,
    "team": lambda team: _C.team == team,
    "channel": lambda channel: _C.channel == channel,
    "reference": lambda reference: _C.reference == reference,
    "started_negative_ended_positive": lambda asked: _if(
        asked, (_C.valence_start < _ZERO) & (_C.valence_end > _ZERO)
    ),
    "started_positive_ended_negative": lambda asked: _if(
        asked, (_C.valence_start > _ZERO) & (_C.valence_end < _ZERO)
    ),
    "risk": lambda level: _C.risk_highest == level.value,
    "risk_kind": lambda kind: _with(t.signs, "kind", kind),
    "any_risk": lambda kinds: exists(
        select(t.signs.c.call_id).where(
            t.signs.c.call_id == t.calls.c.call_id, t.signs.c.kind.in_(kinds)
        )
    ),
    "order": lambda value: _C.order == value.value,
    "nudge": lambda kind: _with(t.nudges, "kind", kind),
    "cause": lambda cause: _with(t.causes, "cause", cause),
    "nudges_missed": lambda asked: _if(asked, _C.nudges_missed > _ZERO),
    "good_example": lambda asked: _if(asked, _with(t.marks, "mark", GOOD_EXAMPLE)),
}
"""What each field of a filter asks of a call; `text` is the database's own art."""

# ---- rows ----------------------------------------------------------------------------------------


def _rows(
    connection: Connection, found: Sequence[Row[Any]], question: str | None
) -> tuple[CallRow, ...]:
    ids = [row.call_id for row in found]
    kinds = _by_call(connection, t.signs, "kind", ids)
    causes = _by_call(connection, t.causes, "cause", ids)
    said = _by_call(connection, t.utterances, "text", ids, "seq") if question else {}
    return tuple(
        _row(
            row,
            kinds.get(row.call_id, []),
            causes.get(row.call_id, []),
            snippet(said.get(row.call_id, []), question) if question else None,
        )
        for row in found
    )


def _by_call(
    connection: Connection, table: Any, column: str, ids: list[str], order: str | None = None
) -> dict[str, list[str]]:
    """The values of a column for each call."""
    asked = select(table.c.call_id, table.c[column]).where(table.c.call_id.in_(ids))
    found: dict[str, list[str]] = {}
    for call_id, value in connection.execute(asked.order_by(table.c[order or column])):
        found.setdefault(call_id, []).append(value)
    return found


_PLAIN = tuple(
    name
    for name in CallRow.__slots__
    if name not in {"risk_highest", "risk_kinds", "order", "causes", "snippet"}
)


def _row(row: Row[Any], kinds: list[str], causes: list[str], where: str | None) -> CallRow:
    content = row._mapping
    return CallRow(
        **{name: content[name] for name in _PLAIN},
        risk_highest=RiskLevel(content["risk_highest"]),
        risk_kinds=tuple(kinds),
        order=None if content["order"] is None else OrderValue(content["order"]),
        causes=tuple(causes),
        snippet=where,
    )
