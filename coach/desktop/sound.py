"""The sound behind the settings: which devices there are, how loud they are, the sound check.

Listens only while somebody looks; keeps the level of the last moment and nothing else. Sound
libraries stand no two threads at once, and lose running streams when they look for devices anew:
one thread does all of it, and none of it while a call is listened to.
"""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial

import numpy as np

from audio import devices
from audio.live import LiveSource
from coach import soundcheck
from coach.core.vocabulary import Speaker
from coach.errors import CoachError, UserError
from coach.phrases import say
from coach.runtime.ports import Audio, Block
from coach.settings import Settings
from ui.sound_panel import DeviceName, SoundRemark

_FLOOR = 1e-5
_FALLS_DB = 3.0
"""How far a bar falls from one block to the next: a word stays visible for a moment."""

Chosen = tuple[str, str]


class Sound:
    """The devices of this machine, for `ui.sound_panel`."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings
        self._known: tuple[DeviceName, ...] = ()
        self._levels: dict[Speaker, float | None] = dict.fromkeys(Speaker)
        self._wanted: Chosen | None = None
        self._chosen: Chosen = (devices.DEFAULT, devices.DEFAULT)
        self._over = self._lent = False
        self._changed = threading.Condition()
        self._devices = threading.Lock()
        self._thread: threading.Thread | None = None

    def devices(self) -> Sequence[DeviceName]:
        """What could be chosen when it was last looked."""
        return self._known

    def listen(self, microphone: str, customer: str) -> None:
        """Listen to these two, for their levels only."""
        self._chosen = (microphone, customer)
        self._want(self._chosen)

    def close(self) -> None:
        """Listen no more."""
        self._want(None)
        self._levels = dict.fromkeys(Speaker)

    def levels(self) -> Mapping[Speaker, float | None]:
        """The levels of the last moment."""
        return dict(self._levels)

    def check(self) -> Sequence[SoundRemark]:
        """Ten seconds of both sides. Raises `CoachError`."""
        if self._lent:
            raise UserError("settings.sound_in_call")
        microphone, customer = self._chosen
        chosen = {"microphone": microphone, "customer": customer}
        before, wanted = self._wanted, self._settings().model_copy(update=chosen)
        self._want(None)
        with self._devices:
            found = soundcheck.examine(wanted, seconds=soundcheck.CHECK_S)
        self._want(before)
        told = [SoundRemark(words=words, good=False, broken=one.broken) for one, words in found]
        return told or [SoundRemark(words=say("listen.check_well"), good=True)]

    def lend(self) -> None:
        """Let the devices go, until `take_back`. Waits for that."""
        self._lent = True
        self._want(None)
        with self._devices:
            pass

    def take_back(self) -> None:
        """The devices are free again."""
        self._lent = False

    def wait(self) -> None:
        """Let the devices go for good; for the end of the program."""
        with self._changed:
            self._over = True
            self._wanted = None
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    # ---- the one thread ----

    def _want(self, wanted: Chosen | None) -> None:
        with self._changed:
            self._wanted = None if self._lent else wanted
            if self._wanted is not None and self._thread is None:
                self._thread = threading.Thread(target=self._work, name="levels", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._over or self._wanted is not None)
                wanted = self._wanted
            if self._over or wanted is None:
                return
            with self._devices:
                self._known = _names()
                heard = self._hear(wanted)
            if not heard:  # the sound check says what is wrong, in words
                with self._changed:
                    self._changed.wait_for(partial(self._is_other, wanted))

    def _is_other(self, wanted: Chosen) -> bool:
        return self._over or self._wanted != wanted

    def _hear(self, wanted: Chosen) -> bool:
        """Listen until something else is wanted; whether that could be done."""
        try:
            both = devices.choose(*wanted)
        except CoachError:
            return False
        with closing(both):
            source = LiveSource(both.agent, both.customer, changed=both.changed)
            with closing(source.blocks()) as blocks:
                for block in blocks:
                    if self._wanted != wanted:
                        break
                    self._measure(source, block)
        return True

    def _measure(self, source: LiveSource, block: Block) -> None:
        missing = {state.speaker for state in source.states() if state.missing}
        sides = ((Speaker.AGENT, block.agent), (Speaker.CUSTOMER, block.customer))
        for side, sound in sides:
            before = self._levels[side]
            self._levels[side] = None if side in missing else loudness(sound, before)
        source.gaps()


def loudness(sound: Audio, before: float | None) -> float | None:
    """The level of a piece of sound in dB of full scale, falling slowly from what was `before`."""
    if not len(sound):
        return before
    now = 20 * math.log10(max(_FLOOR, float(np.sqrt(np.mean(np.square(sound))))))
    return now if before is None else max(now, before - _FALLS_DB)


def _names() -> tuple[DeviceName, ...]:
    """What can be chosen now; none where this machine has no sound."""
    try:
        known = devices.known()
    except CoachError:
        return ()
    return tuple(
        DeviceName(value=one.name, words=one.description or one.name, plays=one.plays)
        for one in known
    )
