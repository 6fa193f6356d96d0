"""Incidents: a ladder, the customer's words, and only the agent who reports them."""

from datetime import UTC, date, datetime

import pytest

from coach.core.events import LogEvent
from coach.core.incidents import AgentSubmission, Severity, draft, submit, trends
from coach.core.vocabulary import Act, Emotion, EscalationKind, OrderValue
from tests.core.metrics.written import CUSTOMER, agent, begun, ended, felt, said

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ANGRY = Emotion.ANGER


def call(*events: LogEvent) -> list[LogEvent]:
    start = begun(began="2026-03-02T09:00:00+01:00")
    return [start, *events, *ended(60, OrderValue.NO_ASK)]


def abuse(turn: int, start: float, kind: EscalationKind, text: str) -> list[LogEvent]:
    words = said(CUSTOMER, start, start + 4, text)
    return [words, felt(turn, start, start + 4, -2.0, ANGRY, signs=[kind])]


@pytest.mark.parametrize(
    ("events", "kind", "severity"),
    [
        (abuse(0, 5, EscalationKind.VERBAL_ABUSE, "x"), "verbal_abuse", Severity.WARNING),
        (
            [
                *abuse(0, 5, EscalationKind.VERBAL_ABUSE, "x"),
                *agent(1, 10, 12, "Ik hang op.", Act.ANNOUNCE_END_OF_CALL),
            ],
            "verbal_abuse",
            Severity.ENDED,
        ),
        (abuse(0, 5, EscalationKind.THREAT, "x"), "threat", Severity.THREAT),
        (
            [
                *abuse(0, 5, EscalationKind.VERBAL_ABUSE, "x"),
                *abuse(2, 20, EscalationKind.THREAT, "y"),
            ],
            "threat",
            Severity.THREAT,
        ),
    ],
)
def test_the_form_is_filled_in_from_the_customers_words(
    events: list[LogEvent], kind: str, severity: Severity
) -> None:
    found = draft(call(*events))
    assert found is not None
    assert (found.kind.value, found.severity) == (kind, severity)
    assert found.at == datetime(2026, 3, 2, 8, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize("kind", [EscalationKind.MEDIA, EscalationKind.SELF_HARM])
def test_what_is_no_abuse_makes_no_incident(kind: EscalationKind) -> None:
    assert draft(call(*abuse(0, 5, kind, "x"))) is None


def test_what_the_agent_does_never_makes_an_incident() -> None:
    assert draft(call(*agent(0, 1, 3, "Ik sla u.", *Act))) is None


def test_quotes_and_notes_are_redacted() -> None:
    text = "Bel me op nul zes een twee drie vier vijf zes zeven acht. said threat"
    found = draft(call(*abuse(0, 5, EscalationKind.THREAT, text)))
    assert found is not None
    (quote,) = found.quotes
    assert "drie" not in quote.words
    reported = submit(
        found, AgentSubmission(agent="a7", at=NOW), note="Mijn nummer is 06 12345678."
    )
    assert "12345678" not in reported.note
    assert reported.at == found.at


def test_a_report_needs_an_agent_and_a_moment() -> None:
    with pytest.raises(ValueError, match="only an agent"):
        AgentSubmission(agent=" ", at=NOW)
    with pytest.raises(ValueError, match="zone"):
        AgentSubmission(agent="a7", at=NOW.replace(tzinfo=None))


def test_the_agent_decides_how_severe_it_was() -> None:
    found = draft(call(*abuse(0, 5, EscalationKind.VERBAL_ABUSE, "x")))
    assert found is not None
    reported = submit(found, AgentSubmission(agent="a7", at=NOW), severity=Severity.POLICE)
    assert reported.severity is Severity.POLICE
    assert list(Severity) == ["warning", "ended", "threat", "report_to_police"]


def test_trends_by_week_and_cause_withhold_small_cells() -> None:
    week = [(datetime(2026, 3, 2 + n % 7, tzinfo=UTC), "billing") for n in range(6)]
    rare = [(datetime(2026, 3, 9, tzinfo=UTC), None)]
    cells = [(cell.week, cell.cause, cell.count) for cell in trends([*week, *rare])]
    assert cells == [
        (date(2026, 3, 2), "billing", 6),
        (date(2026, 3, 9), "unknown", None),
    ]
