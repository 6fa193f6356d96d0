"""What ten seconds of both sides tell about the devices. Pure: sound in, findings out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from audio.align import Gap
from audio.devices import Known
from audio.leak import find_echo, is_echo
from audio.live import LineState
from coach.core.units import RATE, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, Block

SILENT_DBFS = -65.0
SOFT_DBFS = -42.0
NOISY_DBFS = -45.0
CLIPPED = 0.98
CLIPPED_SHARE = 1e-4
WIDEBAND = 16_000
WARMING_UP_S = 2.5
"""Devices may take this long to start; what they miss by that is no finding."""
FLAT_DB = 10.0
"""Who speaks is at least so much louder than the pauses between the words."""

_FRAME = RATE // 20
_SAME = 0.95


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """How loud a side is, in dB of full scale; `clipped` is the share of samples at the limit."""

    speech_dbfs: float
    noise_dbfs: float
    clipped: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A finding: its name ("silent"), the side it is about, figures for its sentence.

    `broken`: calls cannot be coached like this; else it is good to know.
    """

    name: str
    speaker: Speaker
    broken: bool
    values: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listened:
    """A side that was listened to. `rate` is the device's own, 0 if unknown."""

    speaker: Speaker
    sound: Audio
    gaps: Sequence[Gap] = ()
    overruns: int = 0
    rate: int = 0
    muted: bool = False
    device: str | None = None


class Gathering:
    """Keeps what a check needs of a live source: `seconds` of blocks, once devices had their time.

    Belongs to one thread.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._first: int | None = None
        self._blocks: list[Block] = []
        self._gaps: list[tuple[Speaker, Gap]] = []

    def hear(self, block: Block, gaps: Iterable[tuple[Speaker, Gap]] = ()) -> bool:
        """Take the next block, and what was missing meanwhile; whether there is enough now."""
        self._gaps += gaps
        if self._first is None:
            self._first = block.start + from_seconds(WARMING_UP_S)
        if block.start >= self._first and len(block.agent):
            self._blocks.append(block)
        return block.start >= self._first + from_seconds(self._seconds)

    def sides(self, states: Iterable[LineState], known: Iterable[Known]) -> dict[Speaker, Listened]:
        """Both sides, with what is known of their devices."""
        about = {device.name: device for device in known}
        return {state.speaker: self._side(state, about.get(state.device or "")) for state in states}

    def _side(self, state: LineState, device: Known | None) -> Listened:
        nothing = np.empty(0, np.float32)
        sound = np.concatenate([nothing, *(getattr(b, state.speaker.value) for b in self._blocks)])
        first = self._first or 0
        return Listened(
            speaker=state.speaker,
            sound=sound,
            gaps=[gap for side, gap in self._gaps if side is state.speaker and gap.end > first],
            overruns=state.overruns,
            rate=device.rate if device else 0,
            muted=device.muted if device else False,
            device=state.device,
        )


def level(sound: Audio) -> Level:
    """The level of the loud and of the quiet moments: 95th and 10th percentile of 50 ms."""
    frames = sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME)
    if not len(frames):
        return Level(speech_dbfs=-120.0, noise_dbfs=-120.0, clipped=0.0)
    power = np.mean(np.square(frames, dtype=np.float64), axis=1)
    loud, quiet = np.percentile(power, (95, 10))
    return Level(
        speech_dbfs=_dbfs(float(loud)),
        noise_dbfs=_dbfs(float(quiet)),
        clipped=float(np.mean(np.abs(sound) >= CLIPPED)),
    )


def remarks(agent: Listened, customer: Listened) -> list[Remark]:
    """What is wrong, or good to know; nothing where all is well. Broken things first."""
    found = _of_side(agent) + _of_side(customer) + _of_both(agent, customer)
    return sorted(found, key=lambda remark: not remark.broken)


def _of_side(side: Listened) -> list[Remark]:
    found = []

    def remark(name: str, *, broken: bool = False, **values: float) -> None:
        found.append(Remark(name=name, speaker=side.speaker, broken=broken, values=values))

    if side.gaps and sum(gap.end - gap.start for gap in side.gaps) >= len(side.sound):
        remark("missing", broken=True)
        return found
    heard = level(side.sound)
    if side.muted:
        remark("muted", broken=True)
    elif heard.speech_dbfs < SILENT_DBFS:
        # Nobody may have called in these ten seconds; a microphone is never quite silent.
        remark("silent", broken=side.speaker is Speaker.AGENT)
    else:
        if heard.clipped > CLIPPED_SHARE:
            remark("clipped", percent=100 * heard.clipped)
        elif heard.speech_dbfs < SOFT_DBFS:
            remark("unheard" if _nobody_spoke(side, heard) else "soft", db=heard.speech_dbfs)
        if heard.noise_dbfs > NOISY_DBFS:
            remark("noisy", db=heard.noise_dbfs)
    if 0 < side.rate < WIDEBAND:
        remark("narrow", rate=side.rate / 1000)
    if side.gaps:
        remark("gaps", seconds=sum(gap.end - gap.start for gap in side.gaps) / RATE)
    if side.overruns:
        remark("overruns", count=side.overruns)
    return found


def _nobody_spoke(side: Listened, heard: Level) -> bool:
    """A microphone that hears the room and nobody in it is not too soft."""
    return side.speaker is Speaker.AGENT and heard.speech_dbfs - heard.noise_dbfs < FLAT_DB


def _of_both(agent: Listened, customer: Listened) -> list[Remark]:
    length = min(len(agent.sound), len(customer.sound))
    found = []
    for side, other in ((agent, customer), (customer, agent)):
        echo = find_echo(other.sound[:length], side.sound[:length])
        if echo is None:
            continue
        if echo.share > _SAME and not is_echo(echo) and abs(echo.db) < 1:
            return [Remark(name="same", speaker=agent.speaker, broken=True)]
        if is_echo(echo):
            found.append(
                Remark(name="echo", speaker=side.speaker, broken=False, values={"db": echo.db})
            )
    return found


def _dbfs(power: float) -> float:
    return float(10 * np.log10(max(power, 1e-12)))
