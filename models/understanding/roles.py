"""Who is the agent: from the words at the start of a call, before anything else is read.

Word rules only. When the words do not say it, or both sides look alike, the answer is `None`: a
false alarm would be worse than silence. Known limit: a company that is called and answers with its
name, by an agent who says no more than "ik bel voor …", looks like the agent.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from models.understanding.phrases import find, plain

_NUMBER = (
    "(postcode|huisnummer|geboortedatum|burgerservicenummer|bsn|rijksregisternummer|kenteken|"
    "nummerplaat|(klant|klanten|polis|order|bestel|dossier|zaak|rekening|factuur|contract|"
    "relatie|lidmaatschaps|abonnements|aansluit|meter|rit|reserverings|boekings|referentie|"
    "ticket|serie)nummer)"
)
_ADVERB = "(eigenlijk |gewoon |nu |al |weer |even |nog )?"

_AGENT = {
    2: (
        "(waarmee|hoe|waar) kan … (helpen|dienst|plezieren|behulpzaam)",
        "wat kan ik (voor|nog voor)",
        "welkom bij",
        "(zegt u het|zeg het|zeg 't|vertelt u het|vertel het) (maar|eens)",
        "(waarover belt|waarvoor belt|waarover gaat|met wie) (u|je|het|spreek ik)",
        "ik bel (u|je) (even )?(terug|namens)",
        "ik bel (u |je )?(even )?(over|vanwege|in verband met|naar aanleiding van) (uw|je)",
        "ik bel (namens|vanuit)",
        "(komt het|bel ik|stoor ik) (u |je )?(even )?(gelegen|uit|goed uit)",
    ),
    1: (
        "(klantenservice|klantendienst|helpdesk|servicedesk|servicelijn|infolijn|meldpunt|"
        "onthaal|receptie|aftersales|storingsdienst)",
        "(u|je) spreekt met",
        f"(uw|je|jouw|welk|welke) {_NUMBER}",
        f"(wat is|wat was|mag ik|kunt u|heeft u|hebt u|heb je|weet u|hebt ge) … {_NUMBER}",
        rf"{_NUMBER}\?",
        "(wat is|wat was|welk|mag ik|heeft u|hebt u) … (adres|naam|bij de hand)",
        "ik ga (even|eens|het|dat|u|je|voor u|meteen) … (kijken|helpen|zoeken|opzoeken|nakijken)",
        "ik (kijk|zoek|help|verbind) (even|u|je|het|dat|eens|met|graag)",
        "(kijk|zoek|help|verbind) ik (even|u|je|het|dat|eens|voor)",
        "(gecondoleerd|goed dat (u|je) (belt|het (ons )?meldt|ons belt)|vervelend voor (u|je))",
        "dat (begrijp|snap) ik",
        "(dank u|bedankt|dank je|dank) voor (het|uw|je) (wachten|geduld|melding|bellen)",
    ),
}
_CALLER = {
    2: (
        f"ik bel {_ADVERB}(omdat|over|voor|om|met|in verband|ter)",
        "ik bel (u|je|jullie) (nu|al|weer|omdat ik|over mijn|met|voor)",
        f"ik (heb|had) {_ADVERB}(een )?(vraag|vraagje|klacht|probleem|probleempje)",
        f"'t is {_ADVERB}(voor|over|wegens)",
        "ik (wil|wou|wilde|zou) … (opzeggen|weten|melden|vragen|annuleren|bestellen)",
        "(mijn|m'n) (abonnement|rekening|factuur|pakket|bestelling|contract|internet|postcode|"
        "klantnummer|huisnummer|geboortedatum|polis|aansluiting|uitkering|aanvraag)",
    ),
    1: (
        "jullie",
        "ik (wil|wou|wilde|moet|moest|krijg|kreeg|sta|zit|wacht|kom|word|hoorde|had|zou)",
        "ik heb (hier|net|al|een|nu|nog|in|gisteren|vorige|daarjuist|vandaag|vanmiddag|vanmorgen)",
        "ik ben (een|de|het|hier|al|nu|zo|nogal|even|klant|erdoor|helemaal|echt|vandaag)",
        "ons(|e) (kind|kinderen|zoon|dochter|kleinste|ma|mama|papa|huis|auto)",
        "wij (hebben|horen|zitten|staan|wachten|hadden|krijgen)",
    ),
}
_MY_OWN = "(mijn|m'n|mijne|mijnen)"
_NOT_MY_OWN = "(mijn|m'n) (naam|collega*|scherm|systeem|excuses)"
_GREETING = (
    r"(?:goede|goeie|goeden|goeien)\s?(?:morgen|middag|namiddag|avond|dag)|dag|hallo|hoi|hai|hey"
)
_ANSWERS = re.compile(
    rf"""^\W*(?!(?:ja|nee|ha|he|hey|nou|met)\b)   # a caller's first word
    (?:(?:{_GREETING})\b\W*)?
    (?!(?:{_GREETING}|mevrouw|meneer|u|je)\b)
    (?:(?!\bmet\b)[^.?!]){{10,60}}                # the organisation, and perhaps a greeting
    (?<=\W)met\W+\w+""",
    re.IGNORECASE | re.VERBOSE,
)
"""How an organisation answers the telephone: its name first, then "met" and who it is."""
_SURE = 2

Channel = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Clue:
    """The channel on which the agent seems to speak, and the words that say so."""

    channel: Channel
    words: str


@dataclass(frozen=True, slots=True)
class _Side:
    """What one side's words weigh: as an agent's, as a caller's; and the agent's words."""

    agent: int
    caller: int
    words: str


def first_clue(said: Iterable[tuple[Channel, str]]) -> Clue | None:
    """The first clue in what is said, utterance by utterance; no more is taken than needed.

    Both sides must have spoken: one side alone says little about the other.
    """
    texts: dict[Channel, list[str]] = {"left": [], "right": []}
    for channel, text in said:
        if text:
            texts[channel].append(text)
        if all(texts.values()) and (
            clue := agent_channel(left=texts["left"], right=texts["right"])
        ):
            return clue
    return None


def agent_channel(*, left: list[str], right: list[str]) -> Clue | None:
    """The agent's channel by what the two sides say first; `None` when that is not clear."""
    here, there = _weigh(left), _weigh(right)
    surplus = (here.agent - here.caller) - (there.agent - there.caller)
    if surplus >= _SURE and _fits(here, there):
        return Clue("left", here.words)
    if -surplus >= _SURE and _fits(there, here):
        return Clue("right", there.words)
    return None


def _fits(agent: _Side, caller: _Side) -> bool:
    """Both sides must play their part: being no caller does not make anybody an agent."""
    return agent.agent > agent.caller and caller.caller >= caller.agent


def _weigh(texts: list[str]) -> _Side:
    text = " . ".join(texts)
    agent, words = _sum(_AGENT, text)
    caller, _ = _sum(_CALLER, text)
    if answers := _ANSWERS.match(plain(text)):
        agent, words = agent + 1, words or text[: answers.end()]
    caller += bool(find(_MY_OWN, text)) and not find(_NOT_MY_OWN, text)
    return _Side(agent, caller, words)


def _sum(weights: Mapping[int, tuple[str, ...]], text: str) -> tuple[int, str]:
    """The weight of all phrases that are there, and the words of the first one."""
    total, words = 0, ""
    for weight, phrases in weights.items():
        for phrase in phrases:
            if match := find(phrase, text):
                total += weight
                words = words or match.words
    return total, words
