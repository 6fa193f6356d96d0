"""A live source that runs in a test: what came of it, and when."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from audio import pulse
from audio.align import Gap
from audio.capture import Device
from audio.live import LiveSource
from audio.loopback import PulseDevice
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, Block
from tests.pulse import PATIENCE_S, until


class Listening:
    """Runs a source on a thread and keeps all that it gives."""

    def __init__(self, source: LiveSource) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.gaps: list[tuple[Speaker, Gap]] = []
        self._thread = threading.Thread(target=self._run, name="listening")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.source.close()
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()

    def side(self, speaker: Speaker) -> Audio:
        """All that was heard of a side so far."""
        blocks = [getattr(block, speaker.value) for block in list(self.blocks)]
        return np.concatenate([np.empty(0, np.float32), *blocks])

    def now(self) -> int:
        """The moment on the clock of the source, in samples."""
        return int(self.source.clock.now() * RATE)

    def hears(self, speaker: Speaker, since: int) -> bool:
        """Whether something loud was heard of a side from sample `since` on."""
        return bool((np.abs(self.side(speaker)[since:]) > 0.02).any())

    def gone(self, speaker: Speaker) -> list[Gap]:
        return [gap for side, gap in self.gaps if side is speaker]

    def _run(self) -> None:
        for block in self.source.blocks():
            self.blocks.append(block)
            self.gaps += self.source.gaps()


@contextmanager
def listening(agent: Device | None = None, customer: Device | None = None) -> Iterator[Listening]:
    """Listen to two devices, the default ones if not given, once both give sound."""
    changes = pulse.Changes()
    source = LiveSource(
        agent or PulseDevice(name="default", speaker=Speaker.AGENT),
        customer or PulseDevice(name="default", speaker=Speaker.CUSTOMER),
        changed=changes.happened,
    )
    heard = Listening(source)
    heard.start()
    try:
        until(
            lambda: all(s.missing is None for s in source.states()),
            PATIENCE_S,
            "both devices give sound",
        )
        yield heard
    finally:
        heard.stop()
        changes.close()


def tone(seconds: float, hertz: float = 440.0, level: float = 0.5) -> Audio:
    """A sine."""
    at = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(level * np.sin(2 * np.pi * hertz * at), np.float32)


def pitch(audio: Audio) -> float:
    """The strongest frequency in Hz."""
    spectrum = np.abs(np.fft.rfft(audio * np.hanning(len(audio))))
    return float(np.argmax(spectrum) * RATE / len(audio))


def loudest(audio: Audio) -> float:
    return float(np.abs(audio).max())
