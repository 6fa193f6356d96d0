"""Is this the end of a turn? What the words say about the silence that follows them.

A question wants an answer; "en eh" wants to go on. Recognisers put a full stop behind nearly
everything, so a full stop says nothing; the last word says more. In spontaneous Dutch the median
gap between speakers is 34 ms and most pauses within a turn are below 0.7 s, so silence alone has
to wait where words can help.
"""

from typing import Final

from coach.core.units import Samples, from_seconds

SHORT: Final = from_seconds(0.448)
"""After a complete question."""

LONG: Final = from_seconds(1.088)
"""After words that ask for more."""

_WHOLE_QUESTION = 3
_MARKS = " .,!?…-–:;'\""
_GOES_ON = frozenset(
    """en maar want omdat dus of dat als toen terwijl hoewel zodat doordat voordat nadat tenzij
    een de het mijn m'n jouw uw zijn haar ons onze hun dit deze die geen elke iedere
    met van voor naar bij op in aan om over tot uit door onder zonder tegen tussen sinds
    eh uh ehm uhm euh hè nou ja-maar namelijk ongeveer zeg zeggen eigenlijk gewoon
    ik jij je hij ze we wij jullie ben heb heeft is was ging wil wilde moet kan""".split()
)
_OPEN_MARKS = ("…", "...", ",", "-", "–")


def pause_after(text: str) -> Samples | None:
    """How much silence ends speech that stands at `text`; `None`: as much as usual."""
    said = text.rstrip()
    words = said.split()
    if not words:
        return None
    if said.endswith(_OPEN_MARKS) or words[-1].strip(_MARKS).lower() in _GOES_ON:
        return LONG
    if said.endswith("?") and len(words) >= _WHOLE_QUESTION:
        return SHORT
    return None
