"""An agent's finished calls to the team's database, as far as the policy lets them go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select, update

from coach.core.events import (
    AgentScored,
    CallStarted,
    CustomerScored,
    Heard,
    LogEvent,
    NudgeShown,
    NudgeSpared,
    OrderJudged,
    RiskChanged,
    Utterance,
)
from coach.core.redaction import redact_events
from coach.errors import UserError
from coach.store import tables as t
from coach.store.database import Origin, Store
from coach.store.failures import Refused


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncPolicy:
    """What goes to the team. `transcript`: what was said, redacted; without it only what was read
    in it and decided. `shared`: the lead may open the calls. There is no audio in the record, so
    none goes.
    """

    transcript: bool = True
    shared: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Synced:
    """How many calls went, and which were refused, with why."""

    sent: int = 0
    refused: tuple[tuple[str, str], ...] = ()


def sync(local: Store, team: Store, policy: SyncPolicy) -> Synced:
    """Send what the team does not have yet; may be cut off anywhere and done again.

    Raises `UserError` unless the login at the team's database is an agent's.
    """
    member = team.member
    if member.role != "agent" or member.agent is None:
        raise UserError("record.sync_agent_only", place=team.place)
    origin = Origin(agent=member.agent, team=member.team, shared=policy.shared)
    sent, refused = 0, []
    for call_id, known, causes in _waiting(local):
        events = local.events(call_id)
        first = events[0]
        if not isinstance(first, CallStarted) or first.agent not in {None, member.agent}:
            continue  # somebody else's call on the same machine
        name = f"{member.agent}.{call_id}"  # a call's name among everybody's calls
        start = replace(first, call_id=name, agent=member.agent)
        try:
            whence = replace(origin, causes=tuple((causes or "").split()))
            team.append_whole(name, _as_allowed([start, *events[1:]], policy), whence)
        except Refused as why:
            refused.append((call_id, str(why)))
            continue
        _mark(local, call_id, known)
        sent += 1
    return Synced(sent=sent, refused=tuple(refused))


def _waiting(local: Store) -> list[tuple[str, int, str | None]]:
    """Finished calls with events that the team does not have, and their causes."""
    r = t.register.c
    asked = (
        select(r.call_id, r.next_seq, r.causes)
        .join(t.calls, t.calls.c.call_id == r.call_id)
        .where(t.calls.c.finished, r.synced < r.next_seq)
        .order_by(r.number)
    )
    with local.reading() as connection:
        return [(call_id, known, causes) for call_id, known, causes in connection.execute(asked)]


def _mark(local: Store, call_id: str, known: int) -> None:
    row = t.register.c.call_id == call_id
    with local.writing() as connection:
        connection.execute(update(t.register).where(row).values(synced=known))


def _as_allowed(events: Sequence[LogEvent], policy: SyncPolicy) -> list[LogEvent]:
    """A log as it may go: redacted once more."""
    log = redact_events(events)
    return log if policy.transcript else list(without_words(log))


def without_words(events: Sequence[LogEvent]) -> Iterator[LogEvent]:
    """The log without anything that was said: judgements, decisions and moments stay."""
    for event in events:
        match event:
            case Utterance() | Heard():
                yield replace(event, text="", words=())
            case CustomerScored() | AgentScored():
                yield replace(
                    event,
                    because=tuple(replace(one, words="") for one in event.because),
                    escalations=tuple(replace(one, because="") for one in event.escalations),
                )
            case NudgeShown() | NudgeSpared() | RiskChanged():
                yield replace(event, because="")
            case OrderJudged():
                yield replace(event, because=None)
            case _:
                yield event
