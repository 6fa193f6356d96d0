"""The tables that an organisation sets: the nudges, and the escalation protocol."""

from collections.abc import Callable, Sequence

from coach.core.deadlines import Span
from coach.core.protocol import Channel
from coach.core.vocabulary import NudgeKind
from coach.phrases import say
from ui.settings_model import Draft, Field, Value
from ui.settings_table import Table

NUDGE_PARTS = (
    Field(name="on", kind="switch", label="settings.nudge_on"),
    Field(name="title", kind="line", label="settings.nudge_title"),
    Field(name="example", kind="text", label="settings.nudge_example"),
    Field(
        name="rest",
        kind="number",
        label="settings.nudge_rest",
        help="settings.nudge_rest_help",
        high=7_200,
        unit="settings.seconds",
    ),
)
PROTOCOL_PARTS = (
    Field(name="owner", kind="line", label="settings.owner"),
    Field(
        name="channel",
        kind="choice",
        label="settings.channel",
        choices=tuple((one.value, f"settings.channel_{one}") for one in Channel),
    ),
    Field(
        name="amount",
        kind="number",
        label="settings.within",
        help="settings.within_help",
        high=999,
    ),
    Field(
        name="span",
        kind="choice",
        label="settings.span",
        choices=tuple((one.value, f"settings.span_{one.name.lower()}") for one in Span),
    ),
    Field(name="call_back", kind="switch", label="settings.call_back"),
    Field(name="steps", kind="text", label="settings.steps", help="settings.steps_help"),
    Field(name="hand_over", kind="text", label="settings.hand_over", help="settings.gaps_help"),
)


def nudge_table(usual: Callable[[str, str], Value] | None = None) -> Table:
    """The nudges."""
    return Table(
        name="nudge",
        title="settings.nudges",
        rows=tuple(NudgeKind),
        parts=NUDGE_PARTS,
        called=_titled,
        ticked="on",
        usual=usual,
    )


def protocol_table(kinds: Sequence[str]) -> Table:
    """The protocol, a row for each sign that it has something to say about."""
    return Table(
        name="protocol",
        title="settings.protocol",
        rows=kinds,
        parts=PROTOCOL_PARTS,
        called=lambda _, kind: say(f"screen.kind_{kind}").capitalize(),
    )


def nudge_field(kind: NudgeKind, part: str) -> str:
    """The name of one value of the nudges."""
    return f"nudge.{kind}.{part}"


def protocol_field(kind: str, part: str) -> str:
    """The name of one value of the protocol."""
    return f"protocol.{kind}.{part}"


def _titled(draft: Draft, kind: str) -> str:
    return str(draft.now[f"nudge.{kind}.title"]) or say(f"nudges.{kind}")
