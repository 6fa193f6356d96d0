"""Devices go and come back: the call goes on, the gap is on record, the sound is back in 2 s."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from tests.audio.live.listening import Listening, listening, tone
from tests.pulse import SoundServer, both_ears, until

RECOVERY_S = 2.0


@pytest.fixture
def ringing(tmp_path: Path) -> Path:
    return both_ears(tmp_path / "ringing.wav", tone(60))


def sound_returns(heard: Listening, speaker: Speaker) -> float:
    """Seconds from now until sound of this side is heard again, on the clock of the call."""
    back = heard.now()
    until(lambda: heard.hears(speaker, back), 10, f"the {speaker} is back")
    first = int(np.flatnonzero(np.abs(heard.side(speaker)[back:]) > 0.02)[0])
    return first / RATE


def nothing_comes(heard: Listening, speaker: Speaker) -> None:
    """Wait until a gap of this side is on record."""
    before = len(heard.gone(speaker))
    until(lambda: len(heard.gone(speaker)) > before, 5, "a gap on record")


def suspend(server: SoundServer) -> None:
    server.pactl("suspend-sink", "headset", "1")


def resume(server: SoundServer) -> None:
    server.pactl("suspend-sink", "headset", "0")


def unplug(server: SoundServer) -> None:
    server.unload("sink_name=headset")


def replug(server: SoundServer, rate: int = 44_100) -> None:
    server.pactl("load-module", "module-null-sink", "sink_name=headset", f"rate={rate}")
    server.pactl("set-default-sink", "headset")


def replug_at_another_rate(server: SoundServer) -> None:
    replug(server, rate=16_000)


def drop_to_hands_free(server: SoundServer) -> None:
    """As Bluetooth does: the headset goes, and is back as another device of telephone quality."""
    module = ("module-null-sink", "sink_name=headset_hands_free", "rate=8000", "channels=1")
    server.pactl("load-module", *module)
    server.pactl("set-default-sink", "headset_hands_free")


def restart(server: SoundServer) -> None:
    server.start()


@pytest.mark.parametrize(
    ("hurt", "mend", "reasons"),
    [
        (suspend, resume, {"no_data"}),
        (unplug, replug, {"device_moved", "device_gone", "device_missing", "no_data"}),
        (
            unplug,
            replug_at_another_rate,
            {"device_moved", "device_gone", "device_missing", "no_data"},
        ),
        (
            unplug,
            drop_to_hands_free,
            {"device_moved", "device_gone", "device_missing", "no_data"},
        ),
        (SoundServer.stop, restart, {"no_sound_server", "device_gone"}),
    ],
    ids=["suspended", "unplugged", "back at another rate", "hands-free", "server restarted"],
)
def test_the_customer_is_back_within_2_s_of_the_device(
    server: SoundServer,
    ringing: Path,
    hurt: Callable[[SoundServer], None],
    mend: Callable[[SoundServer], None],
    reasons: set[str],
) -> None:
    with listening() as heard:
        start = heard.now()
        with server.playing("headset", ringing):
            until(lambda: heard.hears(Speaker.CUSTOMER, start), 5, "the customer")
            hurt(server)
            broken = heard.now()
            nothing_comes(heard, Speaker.CUSTOMER)
            mend(server)
            plays_on = "headset_hands_free" if mend is drop_to_hands_free else "headset"
            with server.playing(plays_on, ringing):
                assert sound_returns(heard, Speaker.CUSTOMER) <= RECOVERY_S
        end = heard.now()
        until(lambda: len(heard.side(Speaker.CUSTOMER)) > end, 5, "a little more")
        gaps = [gap for gap in heard.gone(Speaker.CUSTOMER) if gap.end > broken]
    assert {gap.reason for gap in gaps} <= reasons
    assert len(heard.side(Speaker.AGENT)) == len(heard.side(Speaker.CUSTOMER))


def test_the_other_side_is_whole_while_one_is_gone(server: SoundServer, ringing: Path) -> None:
    with listening() as heard:
        start = heard.now()
        with server.playing("micloop", ringing):
            until(lambda: heard.hears(Speaker.AGENT, start), 5, "the agent")
            begun = heard.now()
            suspend(server)
            nothing_comes(heard, Speaker.CUSTOMER)
            end = heard.now() - RATE // 2
            until(lambda: len(heard.side(Speaker.AGENT)) > end, 5, "the agent goes on")
    agent = heard.side(Speaker.AGENT)[begun:end]
    assert (np.abs(agent).reshape(-1) > 0.02).any()
    silent = np.abs(agent[: len(agent) // 160 * 160]).reshape(-1, 160).max(axis=1) < 0.02
    assert not silent.any()


def test_when_the_default_moves_the_customer_moves_with_it(
    server: SoundServer, ringing: Path
) -> None:
    server.pactl("load-module", "module-null-sink", "sink_name=dongle")
    with listening() as heard, server.playing("dongle", ringing):
        server.pactl("set-default-sink", "dongle")
        assert sound_returns(heard, Speaker.CUSTOMER) <= RECOVERY_S
        devices = {state.speaker: state.device for state in heard.source.states()}
    assert devices[Speaker.CUSTOMER] == "dongle.monitor"
    assert devices[Speaker.AGENT] == "mic"


def test_a_recording_that_the_server_moves_elsewhere_is_noticed_and_taken_back(
    server: SoundServer, ringing: Path
) -> None:
    with listening() as heard, server.playing("headset", ringing):
        until(lambda: heard.hears(Speaker.CUSTOMER, 0), 5, "the customer")
        rows = server.pactl("list", "short", "source-outputs").splitlines()
        monitor = number_of(server, "headset.monitor")
        moved = next(row.split("\t")[0] for row in rows if row.split("\t")[1] == monitor)
        server.pactl("move-source-output", moved, "mic")
        nothing_comes(heard, Speaker.CUSTOMER)  # what was on its way may still be heard
        assert heard.gone(Speaker.CUSTOMER)[-1].reason == "device_moved"
        assert sound_returns(heard, Speaker.CUSTOMER) <= RECOVERY_S


def test_nothing_is_captured_on_hold(server: SoundServer, ringing: Path) -> None:
    before = recordings(server)
    with listening() as heard, server.playing("headset", ringing):
        until(lambda: heard.hears(Speaker.CUSTOMER, 0), 5, "the customer")
        assert len(recordings(server)) == len(before) + 2
        heard.source.hold()
        until(lambda: recordings(server) == before, 5, "both devices are closed")
        held = heard.now()
        nothing_comes(heard, Speaker.CUSTOMER)
        until(lambda: len(heard.side(Speaker.CUSTOMER)) > held + RATE, 5, "a second on hold")
        assert not heard.hears(Speaker.CUSTOMER, held)
        heard.source.resume()
        assert sound_returns(heard, Speaker.CUSTOMER) <= RECOVERY_S
    assert "hold" in {gap.reason for gap in heard.gone(Speaker.AGENT)}


def recordings(server: SoundServer) -> list[str]:
    """Who records anything now, by number."""
    rows = server.pactl("list", "short", "source-outputs").splitlines()
    return [row.split("\t")[0] for row in rows]


def number_of(server: SoundServer, source: str) -> str:
    rows = [row.split("\t") for row in server.pactl("list", "short", "sources").splitlines()]
    return next(number for number, name, *_ in rows if name == source)
