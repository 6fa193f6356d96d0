"""The scripted models say exactly what they were told, when they were told."""

import numpy as np
import pytest

from coach.core.readings import AgentReading, AgentText, Because, CustomerReading, CustomerText
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Act, Emotion, Speaker
from coach.runtime.ports import FRAME
from models.scripted import ScriptedDetector, ScriptedRecogniser, ScriptedUnderstanding

VOICE = np.ones(2 * RATE, np.float32)


def test_speech_is_heard_where_the_script_says() -> None:
    detector = ScriptedDetector(speech=[(Samples(2 * FRAME), Samples(4 * FRAME))])
    silence = np.zeros(FRAME, np.float32)
    assert [detector.probability(silence) for _ in range(6)] == [0, 0, 1, 1, 0, 0]
    detector.reset()
    assert [detector.probability(silence) for _ in range(3)] == [0, 0, 1]


def test_lines_come_one_a_final_decode_and_looks_see_their_beginning() -> None:
    recogniser = ScriptedRecogniser(lines=["een twee drie", "vier"], words_a_second=1.0)
    assert recogniser.transcribe(VOICE, final=False).text == "een twee"
    assert recogniser.transcribe(VOICE, final=True).text == "een twee drie"
    assert recogniser.transcribe(np.zeros(RATE, np.float32), final=True).text == ""
    assert recogniser.transcribe(VOICE, final=True).text == "vier"
    assert recogniser.transcribe(VOICE, final=True).text == ""


def test_a_stretch_that_went_on_is_still_the_same_line() -> None:
    recogniser = ScriptedRecogniser(lines=["een twee", "drie", "vier"])
    noise = np.random.default_rng(1).uniform(-1, 1, (2, 4 * RATE)).astype(np.float32)
    mine, other = noise
    assert recogniser.transcribe(mine[:RATE], final=True).text == "een twee"
    assert recogniser.transcribe(other[:RATE], final=True).text == "drie"
    assert recogniser.transcribe(mine[: 2 * RATE], final=True).text == "een twee"
    assert recogniser.transcribe(other[: 2 * RATE], final=True).text == "drie"
    assert recogniser.transcribe(mine[: 3 * RATE], final=True).text == "een twee"
    assert recogniser.transcribe(mine[3 * RATE :], final=True).text == "vier"


def test_a_reading_belongs_to_its_phrase() -> None:
    sad = CustomerReading(emotions=(Emotion.SADNESS,), intensity=2)
    asks = AgentReading(acts=(Act.ASK_IDENTIFICATION,))
    model = ScriptedUnderstanding(customers={"overleden": sad}, agents={"postcode": asks})
    said = CustomerText(channel=Speaker.CUSTOMER, text="Mijn hond is overleden.")
    assert model.customer(said) == sad
    assert model.agent(AgentText(text="Wat is uw postcode?")) == asks
    assert model.agent(AgentText(text="Mijn hond is overleden.")) == AgentReading()


def test_a_reason_must_stand_in_its_phrase() -> None:
    because = (Because(label=Act.CLOSE, words="tot ziens"),)
    with pytest.raises(ValueError, match="dag"):
        ScriptedUnderstanding(agents={"dag": AgentReading(acts=(Act.CLOSE,), because=because)})
