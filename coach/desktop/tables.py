"""The nudges and the protocol as the values of a dialog, and back; in the user's language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from coach.core.deadlines import Deadline, Span
from coach.core.policy import DEFAULT_POLICY
from coach.core.protocol import Channel, Entry, Protocol, to_toml
from coach.core.units import to_seconds
from coach.core.vocabulary import EscalationKind, NudgeKind
from coach.manners import LONGEST_WORDS, Manners
from coach.manners import Table as Nudges
from coach.phrases import area, language, say
from coach.protocol import faults_in, load_protocol, tell_fault
from ui.settings_model import Value
from ui.settings_tables import NUDGE_PARTS, nudge_field, protocol_field

# ---- nudges --------------------------------------------------------------------------------------


def usual(row: str, part: str) -> Value:
    """A part of a nudge as the product ships it."""
    kind = NudgeKind(row)
    if part == "on":
        return DEFAULT_POLICY.of(kind).enabled
    if part == "rest":
        return round(to_seconds(DEFAULT_POLICY.of(kind).rest))
    sentence = kind.value if part == "title" else f"{kind}_example"
    return area("nudges")[sentence][language()]


def nudge_values(table: Nudges) -> dict[str, Value]:
    """What is in force of every nudge."""
    found: dict[str, Value] = {}
    for kind in NudgeKind:
        told = table.get(kind, Manners())
        words = dict(told.words)
        for part in (one.name for one in NUDGE_PARTS):
            value: Value | None = {"on": told.on, "rest": told.rest_s}.get(part)
            if part in ("title", "example"):
                value = words.get(f"{part}_{language()}")
            found[nudge_field(kind, part)] = usual(kind, part) if value is None else value
    return found


def nudge_faults(values: Mapping[str, Value]) -> dict[str, str]:
    """Words that are missing, or too many to be read in a glance."""
    wrong = {}
    for kind in NudgeKind:
        for part in ("title", "example"):
            words = str(values[nudge_field(kind, part)]).strip()
            if not words:
                wrong[nudge_field(kind, part)] = say("settings.too_empty")
            elif len(words) > LONGEST_WORDS:
                wrong[nudge_field(kind, part)] = say("settings.too_long", most=LONGEST_WORDS)
    return wrong


def nudge_changes(
    table: Nudges, values: Mapping[str, Value], changed: Sequence[str]
) -> dict[NudgeKind, Manners]:
    """What is kept, with the changes; what is as the product ships it is not kept at all."""
    kept = dict(table)
    for name in changed:
        _, row, part = name.split(".")
        kind = NudgeKind(row)
        value = None if values[name] == usual(row, part) else values[name]
        kept[kind] = _told(kept.get(kind, Manners()), part, value)
    return kept


def _told(manners: Manners, part: str, value: Value | None) -> Manners:
    if part == "on":
        return replace(manners, on=None if value is None else bool(value))
    if part == "rest":
        return replace(manners, rest_s=None if value is None else int(value))
    words = dict(manners.words)
    words.pop(f"{part}_{language()}", None)
    if value is not None:
        words[f"{part}_{language()}"] = str(value).strip()
    return replace(manners, words=tuple(sorted(words.items())))


# ---- the protocol --------------------------------------------------------------------------------


def protocol_values(protocol: Protocol) -> dict[str, Value]:
    """What is in force of every entry."""
    found: dict[str, Value] = {}
    for entry in protocol.entries:
        values: dict[str, Value] = {
            "owner": entry.owner[language()],
            "channel": entry.channel.value,
            "amount": entry.deadline.amount,
            "span": entry.deadline.span.value,
            "call_back": entry.call_back,
            "steps": "\n".join(entry.steps[language()]),
            "hand_over": entry.hand_over[language()],
        }
        found |= {protocol_field(entry.kind, part): value for part, value in values.items()}
    return found


def protocol_faults(values: Mapping[str, Value]) -> dict[str, str]:
    """What the protocol itself says is wrong, at the part where it is wrong."""
    changed = [name for name in values if name.startswith("protocol.")]
    drafted = protocol_changes(load_protocol(), values, changed)
    wrong: dict[str, str] = {}
    for fault in faults_in(to_toml(drafted)):
        kind, _, rest = fault.field.partition(".")
        part = rest.partition(".")[0]
        name = protocol_field(kind, "amount" if part == "deadline" else part)
        if name in values:
            wrong.setdefault(name, say(f"protocol.{fault.key}", **dict(fault.values)))
        else:
            wrong.setdefault(changed[0], tell_fault(fault))
    return wrong


def protocol_changes(
    protocol: Protocol, values: Mapping[str, Value], changed: Sequence[str]
) -> Protocol:
    """The protocol with the changes."""
    rows = {name.split(".")[1] for name in changed}
    entries = tuple(
        _entry(entry, values) if entry.kind.value in rows else entry for entry in protocol.entries
    )
    return replace(protocol, entries=entries)


def _entry(entry: Entry, values: Mapping[str, Value]) -> Entry:
    kind = EscalationKind(entry.kind)

    def part(name: str) -> Any:
        return values[protocol_field(kind, name)]

    def spoken(old: Mapping[str, Any], new: Any) -> dict[str, Any]:
        return {**old, language(): new}

    steps = tuple(line.strip() for line in str(part("steps")).splitlines() if line.strip())
    return replace(
        entry,
        owner=spoken(entry.owner, str(part("owner")).strip()),
        channel=Channel(part("channel")),
        deadline=Deadline(amount=int(part("amount")), span=Span(part("span"))),
        call_back=bool(part("call_back")),
        steps=spoken(entry.steps, steps),
        hand_over=spoken(entry.hand_over, str(part("hand_over")).strip()),
    )
