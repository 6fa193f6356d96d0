"""What the escalation protocol asks for after a call, with the cause of the customer's trouble."""

from collections.abc import Sequence

from coach.causes.named import main_cause
from coach.core.events import LogEvent
from coach.core.metrics import measure
from coach.errors import UserError
from coach.protocol import load_protocol
from coach.protocol.asked import Asked, asked_for


def asked_after(events: Sequence[LogEvent]) -> Asked:
    """For the screens: a protocol that cannot be read is told, and stops nobody."""
    try:
        return asked_for(events, load_protocol(), main_cause(events))
    except UserError as why:
        return Asked(call=measure(events), why_not=str(why))
