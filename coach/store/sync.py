"""An agent's finished calls to the team's database, as far as the policy lets them go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from coach.store.exchange import Parties, exchange
from coach.store.failures import Refused
from coach.store.sounding import send_sounds, settled


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncPolicy:
    """What goes to the team. `transcript`: what was said, redacted; without it only what was read
    in it and decided. `shared`: the lead may open the calls. `notes`: the agent's own notes and
    marks at calls, redacted. `callbacks`: the agent's list of call-backs, as written. `audio`: what
    was kept of the sound, never without the words. Incidents that the agent submitted always go.
    """

    transcript: bool = True
    audio: bool = False
    shared: bool = False
    notes: bool = False
    callbacks: bool = False

    @property
    def sound(self) -> bool:
        """Whether the sound of a call goes with it."""
        return self.audio and self.transcript


@dataclass(frozen=True, kw_only=True, slots=True)
class Synced:
    """How many calls went, and how many recordings; which were refused, with why; what people wrote
    that went with them (`wrote`), and that came back for the agent (`came`), by kind.
    """

    sent: int = 0
    sounds: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    wrote: Mapping[str, int] = field(default_factory=dict)
    came: Mapping[str, int] = field(default_factory=dict)


def sync(local: Store, team: Store, policy: SyncPolicy, sound_key: bytes | None = None) -> Synced:
    """Send what the team does not have yet; may be cut off anywhere and done again.

    `sound_key` (`Keys.audio`) opens the recordings of this machine. Raises `UserError` unless the
    login at the team's database is an agent's.
    """
    member = team.member
    if member.role != "agent" or member.agent is None:
        raise UserError("record.sync_agent_only", place=team.place)
    sent, refused = _send_calls(local, team, policy)
    sounds = 0
    if sound_key is not None and policy.sound:
        sounds, silent = send_sounds(local, team, member.agent, sound_key)
        refused += silent
    written = exchange(
        Parties(
            local=local,
            team=team,
            agent=member.agent,
            of_team=member.team,
            notes=policy.notes,
            callbacks=policy.callbacks,
        )
    )
    return Synced(
        sent=sent,
        sounds=sounds,
        refused=tuple(refused),
        wrote=written.sent,
        came=written.came,
    )


def _send_calls(local: Store, team: Store, policy: SyncPolicy) -> tuple[int, list[tuple[str, str]]]:
    """Send finished calls of this agent; returns how many went, and which were refused, and why."""
    member = team.member
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
        _mark(local, call_id, known, silent=not policy.sound)
        sent += 1
    return sent, refused


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


def _mark(local: Store, call_id: str, known: int, *, silent: bool) -> None:
    row = t.register.c.call_id == call_id
    with local.writing() as connection:
        connection.execute(update(t.register).where(row).values(synced=known))
        if silent:
            settled(connection, call_id)


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
