"""Takes out of texts what tells who somebody is, and leaves what the call is about."""

from coach.core.redaction.cues import asked as asked_for
from coach.core.redaction.known import Known
from coach.core.redaction.log import Redactor, redact_events
from coach.core.redaction.marks import Kind, Redacted, Span, readable
from coach.core.redaction.text import UNSURE, find, redact

__all__ = [
    "UNSURE",
    "Kind",
    "Known",
    "Redacted",
    "Redactor",
    "Span",
    "asked_for",
    "find",
    "readable",
    "redact",
    "redact_events",
]
