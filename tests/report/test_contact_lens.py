"""The export for tools that read Contact Lens: its form, and nothing about the agent's feelings."""

import json
from typing import Any

import pytest

from coach.core.events import LogEvent
from coach.core.metrics import figures, measure
from coach.core.vocabulary import Act, EscalationKind, OrderValue
from coach.report.contact_lens import contact_lens
from tests.core.metrics.test_counted import ANGRY, bereavement, calm, quarrel
from tests.core.metrics.written import CUSTOMER, agent, begun, ended, felt, said

SHAPE: dict[str, Any] = {
    "Version": str,
    "Channel": str,
    "ContentMetadata": {"Output": str, "RedactionTypes": list},
    "JobStatus": str,
    "LanguageCode": str,
    "Participants": [{"ParticipantId": str, "ParticipantRole": str}],
    "Categories": {"MatchedCategories": list, "MatchedDetails": dict},
    "ConversationCharacteristics": {
        "TotalConversationDurationMillis": int,
        "Sentiment": {"OverallSentiment": dict, "SentimentByPeriod": {"QUARTER": dict}},
        "Interruptions": {
            "InterruptionsByInterrupter": dict,
            "TotalCount": int,
            "TotalTimeMillis": int,
        },
        "NonTalkTime": {"TotalTimeMillis": int, "Instances": list},
        "TalkSpeed": {"DetailsByParticipant": dict},
        "TalkTime": {"TotalTimeMillis": int, "DetailsByParticipant": dict},
    },
    "Transcript": [
        {
            "Id": str,
            "ParticipantId": str,
            "Content": str,
            "BeginOffsetMillis": int,
            "EndOffsetMillis": int,
        }
    ],
}
"""The fields of "Example Contact Lens output files" that the export gives."""


def check(value: Any, shape: Any, place: str = "") -> None:
    if isinstance(shape, dict):
        for key, inner in shape.items():
            assert key in value, f"{place}.{key}"
            check(value[key], inner, f"{place}.{key}")
    elif isinstance(shape, list):
        assert value, place
        for one in value:
            check(one, shape[0], place)
    else:
        assert isinstance(value, shape), place


@pytest.mark.parametrize("call", [bereavement, quarrel, calm])
def test_the_form_is_that_of_contact_lens(call: Any) -> None:
    found = contact_lens(call())
    check(found, SHAPE)
    assert json.loads(json.dumps(found)) == found


def test_the_figures_of_a_counted_call() -> None:
    found = contact_lens(quarrel())["ConversationCharacteristics"]
    assert found["TotalConversationDurationMillis"] == 50_000
    assert found["Interruptions"] == {
        "InterruptionsByInterrupter": {
            "AGENT": [{"BeginOffsetMillis": 4000, "EndOffsetMillis": 6000, "DurationMillis": 2000}],
            "CUSTOMER": [
                {"BeginOffsetMillis": 43000, "EndOffsetMillis": 45000, "DurationMillis": 2000}
            ],
        },
        "TotalCount": 2,
        "TotalTimeMillis": 4000,
    }
    assert found["NonTalkTime"]["TotalTimeMillis"] == 20_000
    assert found["TalkTime"]["DetailsByParticipant"]["CUSTOMER"] == {"TotalTimeMillis": 12_500}
    assert found["TalkSpeed"]["DetailsByParticipant"]["AGENT"] == {"AverageWordsPerMinute": 92}
    assert found["Sentiment"]["OverallSentiment"] == {"CUSTOMER": 0.0}


@pytest.mark.parametrize("call", [bereavement, quarrel, calm])
def test_nothing_states_a_sentiment_of_the_agent(call: Any) -> None:
    found = contact_lens(call())
    sentiment = found["ConversationCharacteristics"]["Sentiment"]
    assert "AGENT" not in sentiment["OverallSentiment"]
    assert "AGENT" not in sentiment["SentimentByPeriod"]["QUARTER"]
    agents = [line for line in found["Transcript"] if line["ParticipantId"] == "AGENT"]
    assert agents
    assert all("Sentiment" not in line for line in agents)
    assert "sentiment_agent" not in found["EerstBegrip"]["Figures"]


def test_the_figures_are_those_of_the_call_not_of_its_redacted_words() -> None:
    text = "Mijn naam is Jan de Vries, ik woon op Dorpsstraat 12, 1234 AB Utrecht."
    events = [begun(), said(CUSTOMER, 1, 7, text), felt(0, 1, 7, 0.0)]
    events += ended(9, OrderValue.NO_ASK)
    found = contact_lens(events)
    assert "1234" not in found["Transcript"][0]["Content"]
    assert (
        found["EerstBegrip"]["Figures"]["pace_customer"]
        == figures(measure(events))["pace_customer"]
    )


def test_a_customers_turn_has_its_sentiment() -> None:
    lines = contact_lens(bereavement())["Transcript"]
    said_by = [one.get("Sentiment") for one in lines if one["ParticipantId"] == "CUSTOMER"]
    assert said_by == ["NEGATIVE", "NEGATIVE", "POSITIVE"]


def test_signs_stand_where_contact_lens_has_categories_and_numbers_are_gone() -> None:
    events: list[LogEvent] = [
        begun(),
        said(CUSTOMER, 1, 4, "Dan bel ik de krant, mijn nummer is 06 12345678."),
        felt(0, 1, 4, -2.0, ANGRY, signs=[EscalationKind.MEDIA]),
        *agent(1, 5, 6, "Goed.", Act.CLOSE),
        *ended(7, OrderValue.NO_ASK),
    ]
    found = contact_lens(events)
    assert found["Categories"]["MatchedCategories"] == ["media"]
    places = found["Categories"]["MatchedDetails"]["media"]["PointsOfInterest"]
    assert places == [{"BeginOffsetMillis": 1000, "EndOffsetMillis": 4000}]
    assert "12345678" not in json.dumps(found)


def test_nothing_is_made_up_where_nothing_is_known() -> None:
    found = contact_lens([begun(), *ended(0, OrderValue.NO_ASK)])
    characteristics = found["ConversationCharacteristics"]
    assert characteristics["Sentiment"]["OverallSentiment"] == {}
    assert characteristics["TalkSpeed"]["DetailsByParticipant"] == {}
    assert found["Transcript"] == []
