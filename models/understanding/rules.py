"""Understanding by phrase rules: the first reading of a call, and the yardstick for better ones.

Phrases stand in `lexicons/`; here is what words around them do: negation, reported speech, idiom,
the condition that is a threat ("anders stap ik naar de krant").
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from coach.core.readings import (
    AgentReading,
    AgentText,
    Because,
    CustomerReading,
    CustomerText,
    Escalation,
)
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality
from models.understanding.phrases import Match, clause, compiled, find, is_negated, plain

_NEGATIVE = (
    Emotion.ANGER,
    Emotion.FRUSTRATION,
    Emotion.DISAPPOINTMENT,
    Emotion.SADNESS,
    Emotion.FEAR,
    Emotion.STRESS,
)
_STRONGEST = 3
_CLEAR = 2
_THIN_WORDS = 3
_NEUTRAL_WORDS = frozenset("ja nee oke oké goed klopt dag hallo hoi".split())

_REPORTED = compiled(
    "(mijn|m'n|onze|ons|een|de|haar|zijn) (buurman|buurvrouw|buren|buur|vriend|vriendin|collega|"
    "zus|broer|schoonzus|zwager|neef|nicht|oom|tante|kennis|schoonmoeder|schoonvader)"
)
_PAST = compiled(
    "(vroeger|destijds|ooit|indertijd|toentertijd|vorig jaar|jaren geleden|in het verleden)"
)
_PERSONAL = frozenset(
    {
        EscalationKind.BEREAVEMENT,
        EscalationKind.VULNERABLE,
        EscalationKind.HEALTH_SAFETY,
        EscalationKind.REPEAT_CONTACT,
    }
)
"""Kinds that are a fact about the caller's life also when somebody else is the subject."""

_NEVER_NEGATED = frozenset({EscalationKind.SELF_HARM, EscalationKind.REPEAT_CONTACT})
"""Kinds whose own phrases carry a negation, or where a missed sign costs more than a false one."""

_BEFORE_ASK = (Act.GREET, Act.CONDOLE, Act.ACKNOWLEDGE_EMOTION, Act.APOLOGISE)
_QUESTION_WORD = re.compile(
    r"^\s*(?:en |maar |oke |dus )?(?:hoe|wat|waar|wie|wanneer|waarom|welke?)\b"
)


@dataclass(frozen=True, slots=True)
class _Lexicons:
    emotions: dict[Emotion, tuple[tuple[int, tuple[str, ...]], ...]]
    acts: dict[Act, tuple[str, ...]]
    signs: dict[EscalationKind, tuple[tuple[str, ...], tuple[str, ...]]]


@cache
def _lexicons() -> _Lexicons:
    def table(name: str) -> dict[str, dict[str, list[str]]]:
        text = files("models.understanding").joinpath(f"lexicons/{name}.toml").read_text("utf-8")
        return tomllib.loads(text)

    return _Lexicons(
        emotions={
            Emotion(name): tuple((int(s), tuple(p)) for s, p in sorted(lists.items(), reverse=True))
            for name, lists in table("emotions").items()
        },
        acts={Act(name): tuple(lists["phrases"]) for name, lists in table("acts").items()},
        signs={
            EscalationKind(name): (tuple(lists["phrases"]), tuple(lists["casual"]))
            for name, lists in table("escalations").items()
        },
    )


class RuleUnderstanding:
    """Reads turns by phrases. Pure: the same text gives the same reading."""

    name = "rules 1"

    def customer(self, said: CustomerText) -> CustomerReading:
        """Emotions, intensity, valence and escalations, with the words that carry them."""
        text = said.text
        folded = plain(text).lower()
        felt = _emotions(text, folded)
        signs = _signs(text, folded)
        if not felt and not signs and _is_thin(folded):
            return CustomerReading()
        intensity = max((strength for _, strength, _ in felt), default=0)
        return CustomerReading(
            emotions=tuple(emotion for emotion, _, _ in felt),
            intensity=intensity,
            valence=_valence(felt, signs),
            escalations=signs,
            because=tuple(Because(label=e.value, words=m.words) for e, _, m in felt),
        )

    def agent(self, said: AgentText) -> AgentReading:
        """Dialogue acts, in spoken order, with the words that show them."""
        text = said.text
        folded = plain(text).lower()
        found = _acts(text, folded)
        return AgentReading(
            acts=tuple(act for act, _ in found),
            because=tuple(Because(label=act.value, words=m.words) for act, m in found),
        )


# ---- customers -----------------------------------------------------------------------------------


def _emotions(text: str, folded: str) -> list[tuple[Emotion, int, Match]]:
    found = []
    for emotion, strengths in _lexicons().emotions.items():
        strongest = _strongest(text, folded, strengths)
        if strongest is not None:
            found.append((emotion, *strongest))
    return found


def _strongest(
    text: str, folded: str, strengths: tuple[tuple[int, tuple[str, ...]], ...]
) -> tuple[int, Match] | None:
    for strength, phrases in strengths:
        for phrase in phrases:
            match = find(phrase, text, folded)
            if match is None or ("niet" not in phrase and is_negated(folded, match)):
                continue
            return min(_STRONGEST, strength), match
    return None


def _valence(felt: list[tuple[Emotion, int, Match]], signs: tuple[Escalation, ...]) -> float:
    """The strongest side wins; at a draw the negative one, since thanks are often politeness."""
    bad = max((s for e, s, _ in felt if e in _NEGATIVE), default=0)
    good = max(
        (s for e, s, _ in felt if e not in _NEGATIVE and e is not Emotion.CONFUSION), default=0
    )
    if bad and bad >= good:
        return -2.0 if bad >= _CLEAR else -1.0
    if good:
        return 2.0 if good >= _CLEAR else 1.0
    risky = any(s.modality is Modality.ASSERTED for s in signs)
    return -1.0 if risky else 0.0


def _signs(text: str, folded: str) -> tuple[Escalation, ...]:
    signs = []
    for kind, (phrases, casual) in _lexicons().signs.items():
        match = next((m for p in phrases if (m := find(p, text, folded))), None)
        if match is not None:
            modality = _modality(kind, text, folded, match, casual)
            signs.append(Escalation(kind=kind, modality=modality, because=match.words))
    return tuple(signs)


def _modality(
    kind: EscalationKind, text: str, folded: str, match: Match, casual: tuple[str, ...]
) -> Modality:
    for idiom in casual:
        look_alike = find(idiom, text, folded)
        if look_alike is not None and _overlap(look_alike, match):
            return Modality.CASUAL
    if kind not in _NEVER_NEGATED and is_negated(folded, match):
        return Modality.NEGATED
    if kind not in _PERSONAL:
        start, end = clause(folded, match)
        around = folded[start:end]
        if _REPORTED.search(around) or _PAST.search(around):
            return Modality.REPORTED
    return Modality.ASSERTED


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end


def _is_thin(folded: str) -> bool:
    """Too little to judge: a few words that say neither yes nor no."""
    words = re.findall(r"\w+", folded)
    return len(words) < _THIN_WORDS and not (words and _NEUTRAL_WORDS.issuperset(words))


# ---- agents --------------------------------------------------------------------------------------


def _acts(text: str, folded: str) -> list[tuple[Act, Match]]:
    found: list[tuple[Act, Match]] = []
    for act, phrases in _lexicons().acts.items():
        match = next((m for p in phrases if (m := find(p, text, folded))), None)
        if match is not None:
            found.append((act, match))
    found += _questions(text, folded, {act for act, _ in found})
    return sorted(found, key=lambda one: (one[1].start, one[0] not in _BEFORE_ASK))


def _questions(text: str, folded: str, acts: set[Act]) -> list[tuple[Act, Match]]:
    """A closed question: a question mark behind something that no other act explains."""
    asked = {Act.ASK_IDENTIFICATION, Act.ASK_CONTACT_DETAILS, Act.OPEN_QUESTION, Act.PARAPHRASE}
    end = folded.rfind("?")
    if end < 0 or asked & acts:
        return []
    start = max(folded.rfind(mark, 0, end) for mark in ".!?") + 1
    if _QUESTION_WORD.match(folded[start:end]) and "hoe " in folded[start:end]:
        return []
    words = text[start : end + 1].strip()
    begins = text.index(words, start)
    return [(Act.CLOSED_QUESTION, Match(start=begins, end=end + 1, words=words))]
