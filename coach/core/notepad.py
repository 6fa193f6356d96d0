"""The note pad: what was heard of a name, a number, a product and a promise, for the agent.

A pure function of what was said. Nothing of it is kept: it lasts as long as the call, and what the
agent chooses goes where the agent puts it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from coach.core.events import AgentScored, LogEvent, Utterance
from coach.core.moments import due
from coach.core.redaction import Kind, asked_for, find
from coach.core.redaction.spoken import runs
from coach.core.redaction.tokens import tokenise
from coach.core.units import Samples, to_seconds
from coach.core.vocabulary import Act, Speaker

Field = Literal["name", "number", "product", "promise"]
FIELDS: tuple[Field, ...] = ("name", "number", "product", "promise")

_NUMBERS = (Kind.PHONE, Kind.NUMBER)
_SPOKEN_WITH_LETTERS = (Kind.NUMBER, Kind.POSTCODE)
_PRODUCTS = re.compile(
    r"\b(internet\w*|glasvezel|wifi|modem|router|televisie|tv|decoder|simkaart|sim.?only"
    r"|abonnement\w*|mobiel(?:e)? abonnement|telefoontoestel|toestel|energiecontract|stroom|gas"
    r"|elektriciteit|zonnepanelen|laadpaal|cv.?ketel|warmtepomp|meter|waterfactuur"
    r"|\w*verzekering|polis|hypotheek|lening|creditcard|bankpas|bankkaart|spaarrekening"
    r"|betaalrekening|pakket\w*|bestelling|wasmachine|wasdroger|koelkast|vaatwasser|fornuis"
    r"|bankstel|matras|kast|fiets|laptop|tablet|printer|reis|vlucht|hotel|treinkaartje|toeslag"
    r"|uitkering|paspoort|rijbewijs|identiteitskaart|parkeervergunning)\b",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"\b(ik|we|wij|mijn collega|een collega|de monteur|hij|zij|iemand)\b.{0,60}?"
    r"\b(bel|bellen|belt|mail|mailen|mailt|stuur|sturen|stuurt|kom|komen|komt|regel|regelen|laat)\b"
    r"|\b(bel|mail|stuur|kom|regel) (ik|we|wij)\b|\b(u|je) (wordt|hoort|krijgt)\b.{0,40}"
    r"|\bterugge\w+|\bterugbel\w*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """Something heard at `at`. `text` is for the line of the pad; `words` as they were said.

    `due`: of a promise, at the latest (wall clock), when its words name a moment; `exact`: a time
    of the day was named with it.
    """

    field: Field
    text: str
    words: str
    at: Samples
    due: datetime | None = None
    exact: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Pad:
    """What was heard so far. `began`: the wall clock at the beginning of the call."""

    began: datetime | None = None
    facts: tuple[Fact, ...] = ()
    asked: tuple[Speaker, frozenset[Kind]] = (Speaker.AGENT, frozenset())
    promising: bool = False

    def hear(self, event: LogEvent) -> "Pad":
        """With what `event` adds."""
        if isinstance(event, AgentScored):
            return replace(self, promising=Act.PROMISE_CALLBACK in event.acts)
        if not isinstance(event, Utterance) or not event.text.strip():
            return self
        of, kinds = self.asked
        asked = kinds if event.speaker is of else frozenset()
        pad = self
        for fact in _facts(event, asked, self.began):
            pad = pad._with(fact)
        ask = asked_for(event.text)
        return replace(pad, asked=(event.speaker.other, ask)) if ask else pad

    def _with(self, fact: Fact) -> "Pad":
        same = any(one.field == fact.field and one.text == fact.text for one in self.facts)
        return self if same else replace(self, facts=(*self.facts, fact))

    def latest(self, field: Field) -> Fact | None:
        """What the line of that field says: of names and products the first, else the last."""
        found = [fact for fact in self.facts if fact.field == field]
        if not found:
            return None
        return found[0] if field in ("name", "product") else found[-1]

    def lines(self) -> dict[str, str]:
        """A text for every field of which something was heard."""
        latest = ((field, self.latest(field)) for field in FIELDS)
        return {field: fact.text for field, fact in latest if fact is not None}

    def promises(self) -> tuple[Fact, ...]:
        """Everything that was promised."""
        return tuple(fact for fact in self.facts if fact.field == "promise")


def listen(events: Iterable[LogEvent], began: datetime | None = None) -> Pad:
    """The pad at the end of `events`."""
    pad = Pad(began=began)
    for event in events:
        pad = pad.hear(event)
    return pad


def _facts(event: Utterance, asked: frozenset[Kind], began: datetime | None) -> Iterable[Fact]:
    for span in find(event.text, asked=asked):
        words = event.text[span.start : span.end]
        if span.kind is Kind.NAME and event.speaker is Speaker.CUSTOMER:
            yield Fact(field="name", text=_named(words), words=words, at=event.end)
        elif span.kind in _NUMBERS:
            yield Fact(field="number", text=_written(words), words=words, at=event.end)
    if event.speaker is Speaker.CUSTOMER:
        for found in _PRODUCTS.finditer(event.text):
            text = found[0].lower()
            yield Fact(field="product", text=text, words=found[0], at=event.start)
    else:
        yield from _promised(event, began)


def _promised(event: Utterance, began: datetime | None) -> Iterable[Fact]:
    """Sentences in which the agent says what will be done; the moment counts from then on."""
    for found in _SENTENCE.finditer(event.text):
        words = found[0].strip()
        if not _PROMISES.search(words) or words.endswith("?"):
            continue
        now = began and began + timedelta(seconds=to_seconds(event.end))
        when = due(words, now or datetime(2001, 1, 1)) if words else None
        if when is None and "terug" not in words.lower():
            continue  # "ik stuur het even door" binds nobody
        by = when.by if when is not None and now is not None else None
        yield Fact(
            field="promise",
            text=words,
            words=words,
            at=event.end,
            due=by,
            exact=when is not None and when.exact,
        )


def _named(words: str) -> str:
    """A name as it is written, also when it was heard in small letters."""
    return words if words != words.lower() else " ".join(_capital(word) for word in words.split())


def _capital(word: str) -> str:
    return word if word in ("van", "de", "der", "den", "ter", "ten", "'t") else word.capitalize()


def _written(words: str) -> str:
    """A number in digits: "nul zes, twaalf" is "0612"."""
    return "".join(run.value for run in runs(tokenise(words))) or words
