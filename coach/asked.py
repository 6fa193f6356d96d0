"""What the escalation protocol asks for after a call, with the cause of the customer's trouble."""

from collections.abc import Sequence

from coach.causes.named import main_cause
from coach.core.events import LogEvent
from coach.errors import UserError
from coach.protocol import load_protocol
from coach.protocol.asked import AskedAfter, asked_for


def asked_after(events: Sequence[LogEvent]) -> AskedAfter:
    """For the screens: a protocol that cannot be read is told, and stops nobody."""
    try:
        return AskedAfter(asked=asked_for(events, load_protocol(), main_cause(events)))
    except UserError as why:
        return AskedAfter(why_not=str(why))
