"""Devices go and come back: the call goes on, the gap is on record, the sound is back in 2 s."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from tests.audio.live.listening import Listening, listening
from tests.pulse import PATIENCE_S, SoundServer, both_ears, until

RECOVERY_S = 2.0


@pytest.fixture
def ringing(tmp_path: Path) -> Path:
    """Noise: two players of one tone on one device may cancel each other to silence."""
    noise = np.random.default_rng(7).uniform(-0.4, 0.4, 60 * RATE).astype(np.float32)
    return both_ears(tmp_path / "ringing.wav", noise)


def sound_returns(heard: Listening, speaker: Speaker) -> float:
    """Seconds from now until sound of this side is heard again, on the clock of the call."""
    back = heard.now()
    until(lambda: heard.hears(speaker, back), PATIENCE_S, f"the {speaker} is back")
    first = int(np.flatnonzero(np.abs(heard.side(speaker)[back:]) > 0.02)[0])
    return first / RATE


def nothing_comes(heard: Listening, speaker: Speaker, since: int, reason: str = "") -> None:
    """Wait until a gap of this side that reaches beyond sample `since` is on record."""

    def on_record() -> bool:
        gaps = [gap for gap in heard.gone(speaker) if gap.end > since]
        return any(gap.reason == reason or not reason for gap in gaps)

    until(on_record, PATIENCE_S, "a gap on record")


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
        (unplug, replug, {"device_moved", "device_gone", "device_missing"}),
        (
            unplug,
            replug_at_another_rate,
            {"device_moved", "device_gone", "device_missing"},
        ),
        (
            unplug,
            drop_to_hands_free,
            {"device_moved", "device_gone", "device_missing"},
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
            until(lambda: heard.hears(Speaker.CUSTOMER, start), PATIENCE_S, "the customer")
            broken = heard.now()
            hurt(server)
            nothing_comes(heard, Speaker.CUSTOMER, broken)
            mend(server)
            plays_on = "headset_hands_free" if mend is drop_to_hands_free else "headset"
            with server.playing(plays_on, ringing):
                assert sound_returns(heard, Speaker.CUSTOMER) <= RECOVERY_S
        end = heard.now()
        until(lambda: len(heard.side(Speaker.CUSTOMER)) > end, PATIENCE_S, "a little more")
        gaps = [gap for gap in heard.gone(Speaker.CUSTOMER) if gap.end > broken]
    told = {gap.reason for gap in gaps}
    assert told & reasons
    assert told <= reasons | {"no_data"}  # a sink without hardware may take 2 s to wake up
    assert len(heard.side(Speaker.AGENT)) == len(heard.side(Speaker.CUSTOMER))


def replug_the_microphone(server: SoundServer) -> None:
    module = ("module-remap-source", "source_name=mic", "master=micloop.monitor")
    server.pactl("load-module", *module)
    server.pactl("set-default-source", "mic")


def test_the_agent_is_back_within_2_s_of_the_microphone(server: SoundServer, ringing: Path) -> None:
    """Without one the desktop offers the headset's sound as a microphone: that is refused."""
    with listening() as heard, server.playing("micloop", ringing):
        start = heard.now()
        until(lambda: heard.hears(Speaker.AGENT, start), PATIENCE_S, "the agent")
        broken = heard.now()
        server.unload("source_name=mic")
        nothing_comes(heard, Speaker.AGENT, broken)
        replug_the_microphone(server)
        assert sound_returns(heard, Speaker.AGENT) <= RECOVERY_S
    reasons = {gap.reason for gap in heard.gone(Speaker.AGENT)} - {"starting"}
    assert reasons <= {"device_moved", "device_gone", "device_missing", "no_microphone", "no_data"}
    assert reasons


def test_the_other_side_is_whole_while_one_is_gone(server: SoundServer, ringing: Path) -> None:
    with listening() as heard:
        start = heard.now()
        with server.playing("micloop", ringing):
            until(lambda: heard.hears(Speaker.AGENT, start), PATIENCE_S, "the agent")
            begun = heard.now()
            suspend(server)
            nothing_comes(heard, Speaker.CUSTOMER, begun)
            end = heard.now() - RATE // 2
            until(lambda: len(heard.side(Speaker.AGENT)) > end, PATIENCE_S, "the agent goes on")
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


def test_when_the_default_microphone_moves_the_agent_moves_with_it(
    server: SoundServer, ringing: Path
) -> None:
    server.pactl("load-module", "module-null-sink", "sink_name=desk")
    module = ("module-remap-source", "source_name=desk_mic", "master=desk.monitor")
    server.pactl("load-module", *module)
    with listening() as heard, server.playing("desk", ringing):
        server.pactl("set-default-source", "desk_mic")
        assert sound_returns(heard, Speaker.AGENT) <= RECOVERY_S
        devices = {state.speaker: state.device for state in heard.source.states()}
    assert devices == {Speaker.AGENT: "desk_mic", Speaker.CUSTOMER: "headset.monitor"}


def test_a_recording_that_the_server_moves_elsewhere_is_noticed_and_taken_back(
    server: SoundServer, ringing: Path
) -> None:
    with listening() as heard, server.playing("headset", ringing):
        until(lambda: heard.hears(Speaker.CUSTOMER, 0), PATIENCE_S, "the customer")
        rows = server.pactl("list", "short", "source-outputs").splitlines()
        monitor = number_of(server, "headset.monitor")
        moved = next(row.split("\t")[0] for row in rows if row.split("\t")[1] == monitor)
        before = heard.now()
        server.pactl("move-source-output", moved, "mic")
        # what was on its way may still be heard
        nothing_comes(heard, Speaker.CUSTOMER, before, reason="device_moved")
        assert sound_returns(heard, Speaker.CUSTOMER) <= RECOVERY_S


def test_nothing_is_captured_on_hold(server: SoundServer, ringing: Path) -> None:
    before = recordings(server)
    with listening() as heard, server.playing("headset", ringing):
        until(lambda: heard.hears(Speaker.CUSTOMER, 0), PATIENCE_S, "the customer")
        assert len(recordings(server)) == len(before) + 2
        heard.source.hold()
        until(lambda: recordings(server) == before, PATIENCE_S, "both devices are closed")
        held = heard.now()
        nothing_comes(heard, Speaker.CUSTOMER, held)
        until(
            lambda: len(heard.side(Speaker.CUSTOMER)) > held + RATE, PATIENCE_S, "a second on hold"
        )
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
