"""Who is the agent: from the words at the start of a call, before anything else is read.

Word rules only. When the words do not say it, or both sides look alike, the answer is `None`: a
false alarm would be worse than silence.
"""

from dataclasses import dataclass
from typing import Literal

from models.understanding.phrases import find

_GREETS = (
    "waarmee kan ik (u|je|jou) (helpen|van dienst zijn)",
    "waar kan ik (u|je|jou) mee helpen",
    "hoe kan ik (u|je|jou) helpen",
    "wat kan ik voor (u|je|jou) (doen|betekenen)",
    "(klantenservice|klantendienst|helpdesk|servicedesk|servicelijn|onthaal|receptie)",
    "welkom bij",
    "zegt u het maar",
)
_ASKS = (
    "(wat is|mag ik|kunt u|heeft u|hebt u) … (postcode|huisnummer|klantnummer|geboortedatum)",
    "(uw|je) (postcode|klantnummer|huisnummer|geboortedatum|bestelnummer)",
)
_CALLS = (
    "ik bel (u |je )?(omdat|over|voor|om|met|even|nu|al|weer|voor de)",
    "ik heb (een )?(vraag|klacht|probleem|rekening|factuur|brief)",
    "(mijn|m'n|onze) (man|vrouw|vader|moeder|abonnement|rekening|factuur|pakket|bestelling|"
    "contract|internet|postcode|klantnummer|huisnummer|geboortedatum)",
    "ik (wil|wou|wilde) (graag |eigenlijk )?(iets |mijn |een )?(opzeggen|weten|melden|vragen)",
)
_SURE = 2
_CLEARLY_MORE = 2


@dataclass(frozen=True, slots=True)
class Clue:
    """The channel on which the agent seems to speak, and the words that say so."""

    channel: Literal["left", "right"]
    words: str


def agent_channel(*, left: list[str], right: list[str]) -> Clue | None:
    """The agent's channel by what the two sides say first; `None` when that is not clear."""
    left_score, left_words = _agent_score(left)
    right_score, right_words = _agent_score(right)
    if left_score - right_score >= _CLEARLY_MORE and left_score >= _SURE and left_words:
        return Clue("left", left_words)
    if right_score - left_score >= _CLEARLY_MORE and right_score >= _SURE and right_words:
        return Clue("right", right_words)
    return None


def _agent_score(texts: list[str]) -> tuple[int, str]:
    """How much these words are an agent's: greeting counts double, a caller's words against."""
    text = " . ".join(texts)
    greets = next((m.words for p in _GREETS if (m := find(p, text))), "")
    asks = next((m.words for p in _ASKS if (m := find(p, text))), "")
    calls = any(find(p, text) for p in _CALLS)
    return 2 * bool(greets) + bool(asks) - 2 * calls, greets or asks
