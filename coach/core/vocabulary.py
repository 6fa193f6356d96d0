"""The words of the field: who speaks, what is felt, done, risked and advised.

The identifiers are the contract with call logs and labelled calls; never rename one
without a migration. Every list here is closed: an unknown word is an error, not a default.
"""

from enum import StrEnum


class Speaker(StrEnum):
    """A side of the call; one audio channel each."""

    AGENT = "agent"
    CUSTOMER = "customer"

    @property
    def other(self) -> "Speaker":
        """The one at the other end of the line."""
        return Speaker.CUSTOMER if self is Speaker.AGENT else Speaker.AGENT


class Pace(StrEnum):
    """How much the machine can do beside the call, from everything to the bare minimum."""

    FULL = "full"
    FEWER_LOOKS = "fewer_looks"
    FINALS_ONLY = "finals_only"
    QUICK_FINALS = "quick_finals"
    SMALL_MODEL = "small_model"

    @property
    def looks(self) -> int:
        """How many times as long as usual it is from look to look; 0: nobody looks."""
        return {Pace.FULL: 1, Pace.FEWER_LOOKS: 3}.get(self, 0)

    @property
    def careful(self) -> bool:
        """Whether there is time for careful decodes, on long windows."""
        return self not in {Pace.QUICK_FINALS, Pace.SMALL_MODEL}


class Emotion(StrEnum):
    """What the customer's words tell an attentive listener. Never computed for the agent."""

    ANGER = "anger"
    FRUSTRATION = "frustration"
    DISAPPOINTMENT = "disappointment"
    SADNESS = "sadness"
    FEAR = "fear"
    STRESS = "stress"
    CONFUSION = "confusion"
    GRATITUDE = "gratitude"
    RELIEF = "relief"
    JOY = "joy"


class Act(StrEnum):
    """A dialogue act of the agent: what is done with words."""

    GREET = "greet"
    ACKNOWLEDGE_EMOTION = "acknowledge_emotion"
    CONDOLE = "condole"
    APOLOGISE = "apologise"
    PARAPHRASE = "paraphrase"
    OPEN_QUESTION = "open_question"
    CLOSED_QUESTION = "closed_question"
    THANK_FOR_REPORT = "thank_for_report"
    EXPLAIN_ASK = "explain_ask"
    ASK_IDENTIFICATION = "ask_identification"
    ASK_CONTACT_DETAILS = "ask_contact_details"
    MINIMISE = "minimise"
    BLAME_CUSTOMER = "blame_customer"
    HIDE_BEHIND_RULES = "hide_behind_rules"
    ANNOUNCE_HOLD = "announce_hold"
    ANNOUNCE_TRANSFER = "announce_transfer"
    WARM_TRANSFER = "warm_transfer"
    OFFER_SOLUTION = "offer_solution"
    PROMISE_CALLBACK = "promise_callback"
    SUMMARISE = "summarise"
    BOUNDARY_WARNING = "boundary_warning"
    ANNOUNCE_END_OF_CALL = "announce_end_of_call"
    DISCLOSE_PRIVATE_DATA = "disclose_private_data"
    PRESS_STATEMENT = "press_statement"
    SMALL_TALK = "small_talk"
    CLOSE = "close"


class EscalationKind(StrEnum):
    """A sign that the call may grow beyond this desk, or that somebody needs care."""

    MEDIA = "media"
    SOCIAL_MEDIA = "social_media"
    LEGAL = "legal"
    REGULATOR = "regulator"
    CANCEL = "cancel"
    REPEAT_CONTACT = "repeat_contact"
    SUPERVISOR_REQUEST = "supervisor_request"
    HEALTH_SAFETY = "health_safety"
    THREAT = "threat"
    VERBAL_ABUSE = "verbal_abuse"
    DISCRIMINATION = "discrimination"
    SELF_HARM = "self_harm"
    PRESS_CALLER = "press_caller"
    BEREAVEMENT = "bereavement"
    VULNERABLE = "vulnerable"


class Modality(StrEnum):
    """How an escalation is meant. Only `ASSERTED` counts as risk."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    REPORTED = "reported"
    CASUAL = "casual"


class NudgeKind(StrEnum):
    """What the coach may suggest to the agent."""

    ACKNOWLEDGE_FIRST = "acknowledge_first"
    REPAIR_ACKNOWLEDGEMENT = "repair_acknowledgement"
    EXPLAIN_ASK = "explain_ask"
    LET_FINISH = "let_finish"
    TAKE_SERIOUSLY = "take_seriously"
    PARAPHRASE = "paraphrase"
    NOTE_CONTACT_BEFORE_TRANSFER = "note_contact_before_transfer"
    WARM_TRANSFER = "warm_transfer"
    REFER_PRESS = "refer_press"
    FOLLOW_PROTOCOL = "follow_protocol"
    BOUNDARY_WARNING = "boundary_warning"
    END_CALL = "end_call"
    PRIVACY_GUARD = "privacy_guard"
    THANK_FOR_REPORT = "thank_for_report"
    SAFETY_FIRST = "safety_first"


class RiskLevel(StrEnum):
    """How much care the call needs now."""

    NONE = "none"
    WATCH = "watch"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0, 1, 2: for comparing levels."""
        return (RiskLevel.NONE, RiskLevel.WATCH, RiskLevel.HIGH).index(self)


class OrderValue(StrEnum):
    """The order check, judged at the agent's first ask for identification."""

    ACKNOWLEDGED_FIRST = "acknowledged_first"
    ASKED_FIRST = "asked_first"
    EXPLAINED_ASK = "explained_ask"
    NO_EMOTION = "no_emotion"
    NO_ASK = "no_ask"
