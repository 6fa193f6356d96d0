"""After the call: what went well first, at most two points to grow, none after abuse."""

from collections.abc import Callable

import pytest

from coach.core.events import LogEvent, NudgeAnswered, NudgeShown, RiskChanged
from coach.core.summary import MOST_GROWTH, MOST_PRAISE, AfterCall, after_call, is_timed
from coach.core.vocabulary import Act, Emotion, EscalationKind, NudgeKind, OrderValue, RiskLevel
from coach.phrases import say
from tests.core.metrics.test_counted import bereavement, calm, quarrel
from tests.core.metrics.written import AGENT, agent, begun, customer, ended, felt, said, t

SAD, ANGRY, GLAD = Emotion.SADNESS, Emotion.ANGER, Emotion.GRATITUDE


def told(*events: LogEvent, order: OrderValue = OrderValue.NO_ASK) -> AfterCall:
    return after_call([begun(), *events, *ended(99, order)])


def keys(summary: AfterCall) -> tuple[list[str], list[str]]:
    well = [point.key.removeprefix("summary.well_") for point in summary.well]
    return well, [point.key.removeprefix("summary.grow_") for point in summary.grow]


def test_an_end_that_was_forced_is_no_better_end() -> None:
    summary = told(
        *upset(),
        *agent(1, 5, 8, "Dit is een bedreiging, ik hang op.", Act.ANNOUNCE_END_OF_CALL),
        *customer(2, 9, 11, "Doe maar.", -1.0),
    )
    assert "ended_better" not in keys(summary)[0]


def upset(turn: int = 0, start: float = 0, end: float = 4) -> list[LogEvent]:
    return customer(turn, start, end, "Het is weer mis.", -2.0, ANGRY)


def glad(turn: int = 9, start: float = 12) -> list[LogEvent]:
    return customer(turn, start, start + 2, "Fijn, dank u.", 1.0, GLAD)


CASES: list[tuple[str, list[LogEvent], OrderValue, list[str], list[str]]] = [
    (
        "acknowledged before the data",
        [
            *upset(),
            *agent(1, 5, 8, "Wat vervelend.", Act.ACKNOWLEDGE_EMOTION),
            *agent(3, 10, 12, "Wat is uw postcode?", Act.ASK_IDENTIFICATION),
        ],
        OrderValue.ACKNOWLEDGED_FIRST,
        ["acknowledged_first"],
        [],
    ),
    (
        "acknowledged at once, nothing was asked",
        [*upset(), *agent(1, 5, 8, "Wat vervelend.", Act.ACKNOWLEDGE_EMOTION), *glad()],
        OrderValue.NO_ASK,
        ["acknowledged_soon", "ended_better"],
        [],
    ),
    (
        "asked first and never made up for it",
        [*upset(), *agent(1, 5, 8, "Wat is uw postcode?", Act.ASK_IDENTIFICATION)],
        OrderValue.ASKED_FIRST,
        ["done"],
        ["order"],
    ),
    (
        "a feeling that nobody named, and a rule for an answer",
        [*upset(), *agent(1, 5, 8, "Zo is de regel.", Act.HIDE_BEHIND_RULES)],
        OrderValue.NO_ASK,
        ["done"],
        ["acknowledge", "seriously"],
    ),
    (
        "a bare ask of a calm customer",
        [
            *customer(0, 0, 2, "Goedemorgen.", 0.0),
            *agent(1, 3, 5, "Uw postcode?", Act.ASK_IDENTIFICATION),
        ],
        OrderValue.NO_EMOTION,
        ["done"],
        ["explain"],
    ),
    (
        "a transfer into nothing and a promise without a time",
        [
            *customer(0, 0, 2, "Goedemorgen.", 0.0),
            *agent(1, 3, 5, "Ik verbind u door.", Act.ANNOUNCE_TRANSFER),
            *agent(3, 8, 10, "Wij bellen u terug.", Act.PROMISE_CALLBACK),
        ],
        OrderValue.NO_ASK,
        ["done"],
        ["transfer", "promise_time"],
    ),
    (
        "a warm transfer and a promise with a time",
        [
            *customer(0, 0, 2, "Goedemorgen.", 0.0),
            *agent(1, 3, 5, "Ik blijf erbij.", Act.ANNOUNCE_TRANSFER, Act.WARM_TRANSFER),
            *agent(3, 8, 10, "Ik bel u vrijdag terug.", Act.PROMISE_CALLBACK),
        ],
        OrderValue.NO_ASK,
        ["warm_transfer", "promised"],
        [],
    ),
    (
        "a search of half a minute that nobody announced",
        [
            *agent(1, 0, 2, "Welkom.", Act.GREET),
            *customer(2, 3, 5, "Waar blijft het?", 0.0),
            *agent(3, 40, 42, "Gevonden."),
        ],
        OrderValue.NO_ASK,
        ["done"],
        ["silence"],
    ),
]


@pytest.mark.parametrize(
    ("events", "order", "well", "grow"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_is_said_after_a_call(
    events: list[LogEvent], order: OrderValue, well: list[str], grow: list[str]
) -> None:
    assert keys(told(*events, order=order)) == (well, grow)


def test_a_call_with_everything_says_the_most_telling_and_no_more() -> None:
    events = [
        *upset(),
        *agent(1, 5, 8, "Wat vervelend.", Act.ACKNOWLEDGE_EMOTION, Act.PARAPHRASE),
        *agent(3, 10, 12, "Dank voor de melding.", Act.THANK_FOR_REPORT, Act.OPEN_QUESTION),
        *glad(),
    ]
    well, _ = keys(told(*events))
    assert well == ["acknowledged_soon", "ended_better", "took_report"]
    assert len(well) == MOST_PRAISE


def test_coming_down_from_a_risk_is_worth_a_word() -> None:
    events = [
        *upset(),
        RiskChanged(at=t(4), level=RiskLevel.HIGH, because="x"),
        RiskChanged(at=t(60), level=RiskLevel.WATCH, because="y"),
    ]
    assert "calmed" in keys(told(*events))[0]


def test_what_the_agent_called_wrong_is_not_said_again() -> None:
    brushed = [*upset(), *agent(1, 5, 8, "Zo is de regel.", Act.HIDE_BEHIND_RULES)]
    nudge = NudgeShown(at=t(9), nudge=0, kind=NudgeKind.TAKE_SERIOUSLY, decided=t(9), because="x")
    wrong = NudgeAnswered(at=t(10), nudge=0, answer="wrong")
    assert keys(told(*brushed, nudge))[1] == ["acknowledge", "seriously"]
    assert keys(told(*brushed, nudge, wrong))[1] == ["acknowledge"]


@pytest.mark.parametrize(
    ("kind", "pause", "incident"),
    [
        (EscalationKind.THREAT, "summary.pause_abuse", True),
        (EscalationKind.VERBAL_ABUSE, "summary.pause_abuse", True),
        (EscalationKind.DISCRIMINATION, "summary.pause_abuse", True),
        (EscalationKind.SELF_HARM, "summary.pause_heavy", False),
        (EscalationKind.MEDIA, None, False),
        (EscalationKind.BEREAVEMENT, None, False),
    ],
)
def test_a_pause_is_offered_by_what_the_customer_said(
    kind: EscalationKind, pause: str | None, incident: bool
) -> None:
    heavy = felt(0, 1, 3, -2.0, ANGRY, signs=[kind])
    faulty = agent(1, 4, 6, "Uw postcode?", Act.ASK_IDENTIFICATION, Act.MINIMISE)
    summary = told(heavy, *faulty, order=OrderValue.ASKED_FIRST)
    assert (summary.pause.key if summary.pause else None) == pause
    assert summary.incident_due is incident
    assert bool(summary.grow) is not incident  # after abuse nobody is told what to do better


def test_the_agents_words_never_bring_a_pause() -> None:
    """Whatever the agent says or does, the customer's reading decides."""
    calm_customer = customer(0, 0, 2, "Goedemorgen.", 0.0)
    rude = said(AGENT, 3, 6, "Rot toch op, ik maak je dood.")
    assert told(*calm_customer, rude, *agent(1, 3, 6, "x", *Act)).pause is None


def test_a_limit_that_was_set_is_craft() -> None:
    abuse = felt(0, 1, 3, -2.0, ANGRY, signs=[EscalationKind.VERBAL_ABUSE])
    limit = agent(1, 4, 6, "Zo praat u niet tegen mij.", Act.BOUNDARY_WARNING)
    assert keys(told(abuse, *limit))[0][0] == "limit"
    assert keys(told(abuse))[0] == ["stood"]


@pytest.mark.parametrize("call", [bereavement, quarrel, calm])
def test_every_sentence_is_there(call: Callable[[], list[LogEvent]]) -> None:
    summary = after_call(call())
    points = [*summary.well, *summary.grow, *([summary.pause] if summary.pause else [])]
    assert 1 <= len(summary.well) <= MOST_PRAISE
    assert len(summary.grow) <= MOST_GROWTH
    for point in points:
        assert say(point.key, "nl")
        assert say(point.key, "en")
        assert point.example is None or say(point.example, "nl")


def test_every_remark_that_can_be_made_has_its_sentence() -> None:
    from coach.core.summary import _GROWTH, _PRAISE

    names = [f"well_{row[0]}" for row in _PRAISE] + [f"grow_{row[0]}" for row in _GROWTH]
    assert all(say(f"summary.{name}", "nl") for name in names)


def test_the_emotion_of_the_call_and_what_was_promised() -> None:
    summary = after_call(quarrel())
    found = (summary.start, summary.lowest, summary.end)
    assert [one.valence for one in found if one] == [-2, -2, 1]
    (promise,) = summary.promises
    assert (promise.words, promise.timed) == ("Ik bel u morgen voor twaalf uur terug.", True)


@pytest.mark.parametrize(
    ("words", "timed"),
    [
        ("Ik bel u vrijdagmiddag terug.", True),
        ("U hoort binnen twee dagen van ons.", True),
        ("Ik bel u om drie uur.", True),
        ("We laten het weten.", False),
        ("Ik bel u straks, voor de zekerheid.", False),
        ("Ik bel u terug.", False),
    ],
)
def test_a_promise_with_a_time(words: str, timed: bool) -> None:
    assert is_timed(words) is timed
