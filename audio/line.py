"""A device of one side and what happens to it: opened, gone, moved, silent, back again.

Opening, closing and asking about devices may take a while, and is done beside the thread that
places audio: when one device hangs, the other side goes on.
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress

from audio.align import Side
from audio.capture import Capture, Device, DeviceMissing
from coach.core.vocabulary import Speaker

RETRY_S = 0.25
"""How long after a failure a device is looked for again."""
_STALLED_S = 2.0
"""A device that gave nothing for so long is opened anew."""


def one_thread() -> Executor:
    """Where devices are opened and closed in real life."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="device")


class Line:
    """One side: its device, and where that device's sound stands. Belongs to one thread."""

    def __init__(
        self, speaker: Speaker, device: Device, background: Callable[[], Executor] = one_thread
    ) -> None:
        self.speaker = speaker
        self.device = device
        self.side = Side()
        self._capture: Capture | None = None
        self._heard_s = 0.0
        self._retry_s = 0.0
        self._lost_before = 0
        self._pool = background()
        self._opening: Future[Capture] | None = None
        self._looking: Future[bool] | None = None
        self._to_look = False

    @property
    def device_name(self) -> str | None:
        """What is recorded now; `None`: nothing."""
        return None if self._capture is None else self._capture.device

    @property
    def overruns(self) -> int:
        """How often samples were lost on their way, since the shift began."""
        return self._lost_before + (0 if self._capture is None else self._capture.overruns)

    def pump(self, now_s: float) -> None:
        """Take what has come, and look after the device. Does not wait."""
        if self._capture is None:
            self._open(now_s)
            return
        self._take(self._capture, now_s)
        if self._looking is not None and self._looking.done():
            moved, self._looking = self._looking.result(), None
            if moved:
                self._lose("device_moved", now_s)
                return
        if self._to_look and self._looking is None:
            self._to_look = False
            self._looking = self._pool.submit(self.device.moved, self._capture)
        if not self._capture.alive:
            self._lose("device_gone", now_s + RETRY_S)
        elif now_s - self._heard_s > _STALLED_S and not self._capture.silent_when_idle:
            self._lose("no_data", now_s)

    def look(self) -> None:
        """Something about the devices changed: see whether the recording is still the right one.

        A device that is being opened or looked at is looked at again afterwards: what was found out
        may be from before the change.
        """
        self._to_look = True

    def start_anew(self, reason: str) -> None:
        """Open the device again: who knows what its stream has become."""
        self._drop_opening()
        if self._capture is not None:
            self._lose(reason, 0.0)
        self.side.interrupt(reason)

    def hold(self) -> None:
        """Stop capturing, until the next `pump`."""
        self.start_anew("hold")

    def close(self) -> None:
        """Stop for good."""
        self._drop_opening()
        if self._capture is not None:
            self._lose("ended", 0.0)
        self._pool.shutdown()

    def _take(self, capture: Capture, now_s: float) -> None:
        audio = capture.read()
        if len(audio):
            self._heard_s = now_s
            self.side.hear(audio, capture.rate, now_s)

    def _open(self, now_s: float) -> None:
        if self._opening is None:
            if now_s >= self._retry_s:
                self._opening = self._pool.submit(self.device.open)
            return
        if not self._opening.done():
            return
        opening, self._opening = self._opening, None
        try:
            self._capture = opening.result()
        except DeviceMissing as why:
            self._retry_s = now_s + RETRY_S
            self.side.interrupt(why.reason)
        else:
            self._heard_s = now_s
            idle = self._capture.silent_when_idle
            self.side.when_nothing_comes = "nothing_played" if idle else "no_data"

    def _drop_opening(self) -> None:
        """What is being opened now is not wanted any more."""
        if self._opening is not None:
            self._opening.add_done_callback(_close_opened)
            self._opening = None

    def _lose(self, reason: str, retry_s: float) -> None:
        capture, self._capture = self._capture, None
        self._looking = None
        self._retry_s = retry_s
        self.side.interrupt(reason)
        if capture is not None:
            self._lost_before += capture.overruns
            self._pool.submit(capture.close)


def _close_opened(opening: "Future[Capture]") -> None:
    with suppress(DeviceMissing):
        opening.result().close()
