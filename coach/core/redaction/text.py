"""One text: everything in it that would tell who somebody is."""

from collections.abc import Sequence
from dataclasses import replace

from coach.core.redaction.addresses import addresses
from coach.core.redaction.answers import answered, at_home, introduced, mailed
from coach.core.redaction.births import births
from coach.core.redaction.cues import announced_kinds
from coach.core.redaction.emails import emails, written_emails
from coach.core.redaction.known import NOTHING_KNOWN, Known
from coach.core.redaction.marks import Kind, Redacted, Span, masked, settled
from coach.core.redaction.misheard import misheard, whole_answer
from coach.core.redaction.names import capitals, names
from coach.core.redaction.numbers import Found, numbers, strays, unfinished
from coach.core.redaction.tokens import Token, tokenise

NOTHING: frozenset[Kind] = frozenset()

_IN_WORDS = frozenset({Kind.NAME, Kind.ADDRESS, Kind.EMAIL})
"""What is told in words; all others are told in digits."""

UNSURE = 0.8
"""Below this confidence (the mean chance of a word) a text was heard badly."""


def redact(
    text: str, *, asked: frozenset[Kind] = NOTHING, known: Known = NOTHING_KNOWN
) -> Redacted:
    """`text` with marks in place of what tells who somebody is.

    `asked`: what the other has just asked for (`asked_for`). `known`: what was told before.
    """
    spans = find(text, asked=asked, known=known)
    return Redacted(text=masked(text, spans), spans=spans)


def find(
    text: str,
    *,
    asked: frozenset[Kind] = NOTHING,
    known: Known = NOTHING_KNOWN,
    open_end: bool = False,
    unsure: bool = False,
) -> tuple[Span, ...]:
    """The stretches of `text` that tell who somebody is, in order.

    `open_end`: somebody is still speaking, so that every row of digits may be the beginning of
    one that belongs to a person. `unsure`: a recogniser heard it badly; where something telling is
    asked for, announced or found, rather a mark too many.
    """
    if not text.strip():
        return ()
    tokens = tokenise(text)
    mails = list(emails(tokens, asked))
    dates = list(births(tokens, asked))
    taken = {n for first, last, _ in (*mails, *dates) for n in range(first, last + 1)}
    codes = [one for one in numbers(tokens, asked) if taken.isdisjoint(one[:2])]
    found: list[Found] = [*mails, *dates, *codes]
    found += [one for one in addresses(tokens, asked, found) if taken.isdisjoint(one[:2])]
    found += strays(tokens, found)
    found += names(tokens, asked, unsure=unsure)
    told = asked | announced_kinds(tokens) | {kind for _, _, kind in found} if unsure else NOTHING
    if open_end or told - _IN_WORDS:
        found += unfinished(tokens)
    if told & _IN_WORDS:
        found += capitals(tokens)
    if unsure:
        found += list(misheard(tokens, found, telling=bool(told - _IN_WORDS)))
        found += whole_answer(tokens) if Kind.NAME in asked else ()
        found += [*answered(tokens, asked), *introduced(tokens)]
        found += at_home(tokens, asked)
        found += mailed(tokens, asked)
    spans = [_span(tokens, one) for one in found]
    spans += [Span(start=a, end=b, kind=Kind.EMAIL) for a, b in written_emails(text)]
    known = replace(known, names=known.learn(text, spans).names)
    spans += [_span(tokens, one) for one in known.again(tokens)]
    return settled(spans, text)


def _span(tokens: Sequence[Token], found: Found) -> Span:
    """What was found, as characters; what clings to a number goes with it ("+31", "0620Fn")."""
    first, last, kind = found
    while (
        first
        and tokens[first].glued
        and (
            tokens[first - 1].text == "+"
            or not (tokens[first - 1].is_sign or tokens[first].is_sign)
        )
    ):
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].glued and not tokens[last + 1].is_sign:
        last += 1
    return Span(start=tokens[first].start, end=tokens[last].end, kind=kind)
