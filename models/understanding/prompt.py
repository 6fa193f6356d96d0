"""From a turn and its context to token numbers.

`<s> klant: what came before </s></s> the turn </s>`. The agent's words are never part of a
customer's prompt: of the agent's last turn only the acts arrive, as one Dutch word each. So do
the signs that the customer gave earlier in the call.
"""

from dataclasses import dataclass

from tokenizers import Tokenizer

from coach.core.readings import AgentText, CustomerText
from coach.core.vocabulary import Act, EscalationKind

TURN_TOKENS = 160
CONTEXT_TOKENS = 48
_START, _END = 0, 2
_EARLIER_TURNS = 2

ACT_WORDS: dict[Act, str] = {
    Act.GREET: "begroeting",
    Act.ACKNOWLEDGE_EMOTION: "erkenning",
    Act.CONDOLE: "condoleance",
    Act.APOLOGISE: "excuses",
    Act.PARAPHRASE: "samenvatting",
    Act.OPEN_QUESTION: "open vraag",
    Act.CLOSED_QUESTION: "gesloten vraag",
    Act.THANK_FOR_REPORT: "dank",
    Act.EXPLAIN_ASK: "uitleg",
    Act.ASK_IDENTIFICATION: "gegevens vragen",
    Act.ASK_CONTACT_DETAILS: "contact vragen",
    Act.MINIMISE: "bagatelliseren",
    Act.BLAME_CUSTOMER: "verwijt",
    Act.HIDE_BEHIND_RULES: "regels",
    Act.ANNOUNCE_HOLD: "wachtstand",
    Act.ANNOUNCE_TRANSFER: "doorverbinden",
    Act.WARM_TRANSFER: "overdracht",
    Act.OFFER_SOLUTION: "oplossing",
    Act.PROMISE_CALLBACK: "terugbellen",
    Act.SUMMARISE: "afspraken",
    Act.BOUNDARY_WARNING: "waarschuwing",
    Act.ANNOUNCE_END_OF_CALL: "ophangen",
    Act.DISCLOSE_PRIVATE_DATA: "privacy",
    Act.PRESS_STATEMENT: "pers",
    Act.SMALL_TALK: "praatje",
    Act.CLOSE: "afscheid",
}

SIGN_WORDS: dict[EscalationKind, str] = {
    EscalationKind.MEDIA: "krant of televisie",
    EscalationKind.SOCIAL_MEDIA: "sociale media",
    EscalationKind.LEGAL: "advocaat",
    EscalationKind.REGULATOR: "ombudsman",
    EscalationKind.CANCEL: "opzeggen",
    EscalationKind.REPEAT_CONTACT: "eerder gebeld",
    EscalationKind.SUPERVISOR_REQUEST: "leidinggevende",
    EscalationKind.HEALTH_SAFETY: "gevaar",
    EscalationKind.THREAT: "dreiging",
    EscalationKind.VERBAL_ABUSE: "schelden",
    EscalationKind.DISCRIMINATION: "discriminatie",
    EscalationKind.SELF_HARM: "zelfmoord",
    EscalationKind.PRESS_CALLER: "journalist",
    EscalationKind.BEREAVEMENT: "overlijden",
    EscalationKind.VULNERABLE: "kwetsbaar",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """`ids`: token numbers. `own`: 1 on the turn's tokens. `spans`: characters of those tokens."""

    ids: tuple[int, ...]
    own: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def customer_context(said: CustomerText) -> str:
    """What a customer's turn is judged beside: own earlier words and signs, the agent's acts."""
    acts = ", ".join(word for act, word in ACT_WORDS.items() if act in said.agent_acts)
    signs = ", ".join(word for sign, word in SIGN_WORDS.items() if sign in said.signs)
    earlier = " … ".join(said.earlier[-_EARLIER_TURNS:])
    known = f"eerder: {signs}" if signs else ""
    return " ; ".join(part for part in (earlier, acts, known) if part)


def agent_context(said: AgentText) -> str:
    """What an agent's turn is judged beside: the customer's last words."""
    return said.previous


def prompt(tokenizer: Tokenizer, role: str, context: str, text: str) -> Prompt:
    """The prompt of one turn; `role` is "klant" or "agent". Long turns keep start and end."""
    turn = tokenizer.encode(text, add_special_tokens=False)
    before = tokenizer.encode(f"{role}: {context}", add_special_tokens=False).ids
    if len(before) > CONTEXT_TOKENS:
        before = before[:2] + before[-(CONTEXT_TOKENS - 2) :]
    ids, spans = list(turn.ids), list(turn.offsets)
    if len(ids) > TURN_TOKENS:
        half = TURN_TOKENS // 2
        ids, spans = ids[:half] + ids[-half:], spans[:half] + spans[-half:]
    head = [_START, *before, _END, _END]
    return Prompt(
        ids=(*head, *ids, _END),
        own=(*([0] * len(head)), *([1] * len(ids)), 0),
        spans=tuple(spans),
    )
