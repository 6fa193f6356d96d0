"""The sound check says what is wrong, to whom, and nothing when all is well."""

import json
from pathlib import Path

import numpy as np
import pytest

from audio.align import Gap
from audio.soundcheck import Listened, level, remarks
from coach import soundcheck
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.phrases import LANGUAGES, choose_language
from coach.runtime.ports import Audio
from coach.settings import Settings
from coach.soundcheck import _words
from tests.pulse import PATIENCE_S, SoundServer, both_ears, until

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def speech(seed: int, peak: float = 0.3, noise: float = 0.0005) -> Audio:
    """10 s of noise that comes in bursts, as speech does."""
    random = np.random.default_rng(seed)
    bursts = np.repeat(random.random(50) > 0.5, RATE // 5)
    sound = random.uniform(-peak, peak, 10 * RATE) * bursts
    return np.asarray(sound + random.normal(0, noise, 10 * RATE), np.float32)


FINE = {
    AGENT: Listened(speaker=AGENT, sound=speech(1)),
    CUSTOMER: Listened(speaker=CUSTOMER, sound=speech(2)),
}
SILENCE = np.zeros(10 * RATE, np.float32)
ROOM = np.random.default_rng(4).normal(0, 0.002, 10 * RATE).astype(np.float32)
GONE = [Gap(start=Samples(0), end=Samples(10 * RATE), reason="device_missing")]
SHORT = [Gap(start=Samples(0), end=Samples(RATE), reason="no_data")]


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        (FINE[AGENT], []),
        (Listened(speaker=AGENT, sound=SILENCE), [("silent", True)]),
        (Listened(speaker=CUSTOMER, sound=SILENCE), [("silent", False)]),
        (Listened(speaker=AGENT, sound=SILENCE, muted=True), [("muted", True)]),
        (Listened(speaker=AGENT, sound=SILENCE, gaps=GONE), [("missing", True)]),
        (Listened(speaker=AGENT, sound=np.clip(speech(1, 3.0), -1, 1)), [("clipped", False)]),
        (Listened(speaker=AGENT, sound=speech(1, 0.01, 0.0001)), [("soft", False)]),
        (Listened(speaker=AGENT, sound=ROOM), [("unheard", False)]),
        (Listened(speaker=AGENT, sound=speech(1, noise=0.02)), [("noisy", False)]),
        (Listened(speaker=CUSTOMER, sound=speech(2), rate=8_000), [("narrow", False)]),
        (Listened(speaker=CUSTOMER, sound=speech(2), gaps=SHORT), [("gaps", False)]),
        (Listened(speaker=AGENT, sound=speech(1), overruns=3), [("overruns", False)]),
    ],
    ids=lambda value: str(value[0][0]) if isinstance(value, list) and value else "",
)
def test_each_fault_has_its_finding(side: Listened, expected: list[tuple[str, bool]]) -> None:
    sides = {**FINE, side.speaker: side}
    found = remarks(sides[AGENT], sides[CUSTOMER])
    assert [(one.name, one.broken) for one in found] == expected
    assert {one.speaker for one in found} <= {side.speaker}
    for language in LANGUAGES:
        choose_language(language)
        assert all(_words(one) for one in found)
    choose_language("auto")


def test_one_device_for_both_sides_is_broken_and_a_leak_is_measured() -> None:
    voice = speech(1)
    same = remarks(Listened(speaker=AGENT, sound=voice), Listened(speaker=CUSTOMER, sound=voice))
    assert [(one.name, one.broken) for one in same] == [("same", True)]
    leak = np.asarray(0.25 * np.roll(voice, 640), np.float32)
    (echo,) = remarks(Listened(speaker=AGENT, sound=leak), Listened(speaker=CUSTOMER, sound=voice))
    assert (echo.name, echo.speaker, echo.broken) == ("echo", AGENT, False)
    assert echo.values["db"] == pytest.approx(-12, abs=0.5)


def test_levels_are_those_of_speech_and_of_the_pauses_between() -> None:
    heard = level(speech(3, peak=0.3, noise=0.001))
    assert heard.speech_dbfs == pytest.approx(-15.2, abs=0.5)
    assert heard.noise_dbfs == pytest.approx(-60, abs=0.5)


def test_the_doctor_listens_to_real_devices(
    server: SoundServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    idle = server.recordings()
    with (
        server.kept_awake("mic", "headset.monitor"),
        server.playing("micloop", both_ears(tmp_path / "a.wav", np.tile(speech(1), 6))),
        server.playing("headset", both_ears(tmp_path / "c.wav", np.tile(speech(2), 6))),
    ):
        until(lambda: server.recordings() == idle + 2, PATIENCE_S, "both sinks are awake")
        code = soundcheck.run(Settings(), seconds=3, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (code, told["findings"]) == (0, [])
    assert told["agent"]["speech_dbfs"] == pytest.approx(-15, abs=2)
    assert (told["agent"]["device"], told["customer"]["device"]) == ("mic", "headset.monitor")
    assert told["customer"]["rate"] in (44_100, 48_000)  # the server takes the player's, if it can
    with server.kept_awake("mic", "headset.monitor"):
        until(lambda: server.recordings() == idle + 2, PATIENCE_S, "both sinks are awake")
        server.pactl("set-source-mute", "mic", "1")
        assert soundcheck.run(Settings(), seconds=1, as_json=True) == 2
    told = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in told["findings"]} == {"muted", "silent"}
