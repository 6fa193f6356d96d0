"""What was recognised of an echo never becomes the words of the wrong side."""

import numpy as np
import pytest

from coach.core.requests import Transcribe
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Pace, Speaker
from coach.echo import HearingWithoutEcho
from coach.runtime.ports import Audio, Transcript
from models.asr import spread


class Ear:
    """Holds the sound that the test gives it."""

    def __init__(self, sound: Audio) -> None:
        self.sound = sound

    def hear(self, _: Audio) -> list[object]:
        return []

    def finish(self) -> list[object]:
        return []

    def audio(self, start: Samples, end: Samples) -> Audio:
        return self.sound[start:end]


class Says:
    """A hearing that says what the test tells it, and knows whether it was asked."""

    def __init__(self) -> None:
        self.text: dict[Speaker, str] = {}
        self.asked = 0

    def take(self, request: Transcribe):  # type: ignore[no-untyped-def]
        def heard() -> Transcript:
            self.asked += 1
            words = self.text[request.speaker].split()
            return Transcript(words=spread(words, Samples(request.end - request.start)))

        return heard

    def at_pace(self, pace: Pace) -> None:
        self.pace = pace


def noise(seed: int) -> Audio:
    return np.random.default_rng(seed).uniform(-0.3, 0.3, 4 * RATE).astype(np.float32)


def request(speaker: Speaker) -> Transcribe:
    return Transcribe(
        speaker=speaker, segment=0, start=Samples(0), end=Samples(3 * RATE), final=True
    )


def hearing(agent: Audio, customer: Audio) -> tuple[HearingWithoutEcho, Says]:
    says = Says()
    ears = {Speaker.AGENT: Ear(agent), Speaker.CUSTOMER: Ear(customer)}
    return HearingWithoutEcho(says, ears), says  # type: ignore[arg-type]


@pytest.mark.parametrize("leaks_into", list(Speaker))
def test_a_stretch_that_sounds_like_the_other_side_is_not_even_recognised(
    leaks_into: Speaker,
) -> None:
    voice = noise(1)
    leak = 0.25 * np.roll(voice, 400)
    agent, customer = (leak, voice) if leaks_into is Speaker.AGENT else (voice, leak)
    guarded, says = hearing(agent, customer)
    answer = guarded.take(request(leaks_into))()
    assert (answer.text, answer.rejected, says.asked) == ("", "echo", 0)


def test_words_of_the_customer_at_the_same_time_are_not_the_agents() -> None:
    guarded, says = hearing(noise(1), noise(2))
    says.text = {
        Speaker.CUSTOMER: "ik wil mijn geld terug",
        Speaker.AGENT: "ik wil mijn held terug",
    }
    assert guarded.take(request(Speaker.CUSTOMER))().text == "ik wil mijn geld terug"
    answer = guarded.take(request(Speaker.AGENT))()
    assert (answer.text, answer.rejected) == ("", "echo")


def test_two_people_who_say_different_things_at_once_both_keep_their_words() -> None:
    guarded, says = hearing(noise(1), noise(2))
    says.text = {Speaker.CUSTOMER: "ik wil mijn geld terug", Speaker.AGENT: "een moment graag ik"}
    for speaker in Speaker:
        assert guarded.take(request(speaker))().text == says.text[speaker]
