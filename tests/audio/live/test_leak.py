"""The customer's voice in the agent's microphone is found, measured and kept out; nothing else."""

import numpy as np
import pytest

from audio.callfile import inspect
from audio.leak import LeakGuard, find_echo, is_echo, repeats
from coach.app import demo_call
from coach.core.events import Word
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio

BLOCK = 800
DELAY = round(0.04 * RATE)


@pytest.fixture(scope="module")
def call() -> dict[Speaker, Audio]:
    """40 s of the demo call, cut to whole blocks."""
    blocks = list(inspect(demo_call()).blocks("left"))
    whole = {s: np.concatenate([getattr(b, s.value) for b in blocks]) for s in Speaker}
    return {speaker: sound[: 40 * RATE] for speaker, sound in whole.items()}


def leaking(into: Audio, voice: Audio, db: float | None) -> Audio:
    mixed = into.copy()
    if db is not None:
        mixed[DELAY:] += 10 ** (db / 20) * voice[:-DELAY]
    return mixed


def guarded(agent: Audio, customer: Audio) -> tuple[Audio, Audio, LeakGuard]:
    guard = LeakGuard()
    starts = range(0, len(agent), BLOCK)
    out = [guard.hear(agent[at : at + BLOCK], customer[at : at + BLOCK]) for at in starts]
    agents, customers = zip(*out, strict=True)
    return np.concatenate(agents), np.concatenate(customers), guard


@pytest.mark.parametrize("db", [-6.0, -12.0, -20.0])
@pytest.mark.parametrize("leaks_into", list(Speaker))
def test_a_leak_is_measured_and_silenced_and_own_speech_stays(
    call: dict[Speaker, Audio], db: float, leaks_into: Speaker
) -> None:
    victim = call[leaks_into]
    voice = call[Speaker.CUSTOMER if leaks_into is Speaker.AGENT else Speaker.AGENT]
    heard = {**call, leaks_into: leaking(victim, voice, db)}
    agent, customer, guard = guarded(heard[Speaker.AGENT], heard[Speaker.CUSTOMER])
    after = agent if leaks_into is Speaker.AGENT else customer
    echo = guard.echo(leaks_into)
    assert echo is not None
    assert echo.db == pytest.approx(db, abs=1)
    assert echo.delay == pytest.approx(DELAY, abs=4)
    beside = Speaker.CUSTOMER if leaks_into is Speaker.AGENT else Speaker.AGENT
    assert guard.echo(beside) is None
    assert np.array_equal(customer if leaks_into is Speaker.AGENT else agent, call[beside])
    level = np.repeat(np.abs(victim).reshape(-1, BLOCK).max(axis=1), BLOCK)
    own, others = level > 0.05, (level < 0.005) & (np.arange(len(victim)) > 10 * RATE)
    assert np.square(after[own]).sum() > 0.99 * np.square(victim[own]).sum()
    assert np.square(after[others]).sum() < 0.05 * np.square(heard[leaks_into][others]).sum()


def test_two_people_who_speak_by_turns_or_at_once_have_no_echo(call: dict[Speaker, Audio]) -> None:
    both_at_once = call[Speaker.CUSTOMER][: 12 * RATE] * 0, call[Speaker.AGENT][: 12 * RATE]
    rolled = np.roll(call[Speaker.CUSTOMER], -6 * RATE)
    for agent, customer in (
        (call[Speaker.AGENT], call[Speaker.CUSTOMER]),
        (call[Speaker.AGENT], rolled),
        both_at_once,
    ):
        after_agent, after_customer, guard = guarded(agent, customer)
        assert guard.echo(Speaker.AGENT) is guard.echo(Speaker.CUSTOMER) is None
        assert np.array_equal(after_agent, agent)
        assert np.array_equal(after_customer, customer)


def test_where_both_speak_during_a_leak_the_own_voice_is_kept(call: dict[Speaker, Audio]) -> None:
    voice = call[Speaker.CUSTOMER]
    own = np.roll(call[Speaker.AGENT], 5 * RATE)  # falls over the customer's turns
    heard = leaking(own, voice, -12)
    after, _, guard = guarded(heard, voice)
    assert guard.echo(Speaker.AGENT) is not None
    loud = np.repeat(np.abs(own).reshape(-1, BLOCK).max(axis=1) > 0.1, BLOCK)
    silenced = loud & (after == 0) & (heard != 0)
    assert silenced.sum() <= 0.01 * loud.sum()


@pytest.mark.parametrize("db", [-6.0, -12.0, -20.0])
def test_a_leak_is_found_while_both_speak(call: dict[Speaker, Audio], db: float) -> None:
    voice = call[Speaker.CUSTOMER]
    loud = np.flatnonzero(np.abs(voice) > 0.1)[0]
    voice = voice[loud : loud + 3 * RATE]
    own = call[Speaker.AGENT]
    first = np.flatnonzero(np.abs(own) > 0.1)[0]
    own = own[first : first + 3 * RATE]
    _, _, guard = guarded(leaking(own, voice, db), voice)
    echo = guard.echo(Speaker.AGENT)
    assert echo is not None
    assert echo.delay == pytest.approx(DELAY, abs=4)


def test_silence_has_no_echo() -> None:
    silence = np.zeros(RATE, np.float32)
    assert find_echo(silence, silence) is None


def test_the_same_sound_on_both_sides_is_no_echo_of_either(call: dict[Speaker, Audio]) -> None:
    piece = call[Speaker.AGENT][RATE : 4 * RATE]
    echo = find_echo(piece, piece)
    assert echo is not None
    assert not is_echo(echo)


def words(text: str, start_s: float, end_s: float) -> list[Word]:
    spoken = text.split()
    step = (end_s - start_s) / len(spoken)
    moments = [Samples(round((start_s + n * step) * RATE)) for n in range(len(spoken) + 1)]
    return [Word(start=moments[n], end=moments[n + 1], text=word) for n, word in enumerate(spoken)]


@pytest.mark.parametrize(
    ("mine", "theirs", "echo"),
    [
        (("ik wil mijn geld terug", 1, 3), ("Ik wil mijn geld terug!", 1, 3), True),
        (("ik wil mijn held terug", 1, 3), ("Ik wil mijn geld terug!", 1, 3), True),
        (("wil mijn geld terug", 1.2, 3), ("Ik wil mijn geld terug!", 1, 3), True),
        (("ik wil mijn geld terug", 4, 6), ("ik wil mijn geld terug", 1, 3), False),
        (("u wilt uw geld terug", 1, 3), ("ik wil mijn geld terug", 1, 3), False),
        (("ja dat klopt", 1, 2), ("ja dat klopt", 1, 2), False),
        (("terug geld mijn wil ik", 1, 3), ("ik wil mijn geld terug", 1, 3), False),
    ],
    ids=[
        "same",
        "one misheard",
        "a part",
        "said later",
        "said again by the agent",
        "too few",
        "order",
    ],
)
def test_words_that_are_the_other_sides_at_the_same_time_are_an_echo(
    mine: tuple[str, float, float], theirs: tuple[str, float, float], echo: bool
) -> None:
    assert repeats(words(*mine), words(*theirs)) is echo
