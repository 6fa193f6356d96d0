"""What the recogniser may expect to hear: one natural sentence with the words of the domain.

It lowers the word error rate, and puts its own words into the mouths of people who are hard to
hear. They must never come from us: a doubtful text with words of the prompt is decoded again
without it (`models.asr`), and `benchmarks.silence` holds that silence stays silent.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from coach.errors import UserError

PROMPT: Final = (
    "Gesprek met de klantenservice over een klacht, met postcode, huisnummer en klantnummer."
)
"""For any organisation."""

_ABOUT = "Gesprek met de klantenservice{organisation}{agent} over een klacht, met {words}."
_USUAL = "postcode, huisnummer en klantnummer"


def sectors() -> tuple[str, ...]:
    """The sectors with words of their own."""
    return tuple(_lists())


def prompt_for(sector: str = "", organisation: str = "", agent: str = "") -> str:
    """The sentence for a sector, the organisation's and the agent's names in it; all may be empty.

    Raises `UserError` for a sector that nobody knows.
    """
    if sector and sector not in _lists():
        raise UserError("cli.bad_choice", value=sector, choices=", ".join(sectors()))
    words = f"postcode, klantnummer, {_lists()[sector]}" if sector else _USUAL
    return _ABOUT.format(
        organisation=f" van {organisation.strip()}" if organisation.strip() else "",
        agent=f", met {agent.strip()}," if agent.strip() else "",
        words=words,
    )


@cache
def _lists() -> dict[str, str]:
    """The words of every sector, as they stand in a sentence."""
    text = files(__package__).joinpath("sectors.toml").read_text(encoding="utf-8")
    return {name: str(table["about"]) for name, table in tomllib.loads(text).items()}
