"""The sound check: ten seconds of both sides, and what to do about what was found.

As `coach doctor --audio`, from the settings, and by itself when a shift begins for the first time
on a day. That one hears what the shift hears anyway: it opens no device and holds up no call.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.text import Text

from audio import devices
from audio.align import Gap
from audio.line import one_thread
from audio.live import LiveSource
from audio.soundcheck import Gathering, Listened, Remark, level, remarks
from coach import paths
from coach.core.vocabulary import Speaker
from coach.errors import CoachError
from coach.phrases import say
from coach.runtime.ports import Block
from coach.settings import Settings

CHECK_S = 10.0
"""How long a sound check listens."""

out_console = Console()
err_console = Console(stderr=True)


def run(settings: Settings, *, seconds: float, as_json: bool) -> int:
    """Listen and tell; exit code 2 when calls cannot be coached like this."""
    known = devices.known()
    with _source(settings) as source:
        if not as_json:
            _tell(say("listen.check_known"), "bold")
            for device in known:
                words = say("listen.check_plays") if device.plays else say("listen.check_records")
                _tell(f"  {device.name}  ({device.description}; {words})", "dim")
            _tell(say("listen.check_speak", seconds=seconds), "bold")
        sides = _listen(source, seconds)
    found = remarks(sides[Speaker.AGENT], sides[Speaker.CUSTOMER])
    remember(found)
    if as_json:
        out_console.file.write(json.dumps(_as_json(sides, found), ensure_ascii=False) + "\n")
    else:
        _show(sides, found)
    return 2 if any(remark.broken for remark in found) else 0


def examine(settings: Settings, *, seconds: float) -> list[tuple[Remark, str]]:
    """Listen, and what was found with the words for it. Raises `CoachError`."""
    with _source(settings) as source:
        sides = _listen(source, seconds)
    found = remarks(sides[Speaker.AGENT], sides[Speaker.CUSTOMER])
    remember(found)
    return [(one, _words(one)) for one in found]


# ---- once a day ----------------------------------------------------------------------------------


def due(settings: Settings) -> bool:
    """Whether the sound has not been checked on this machine today, and should be."""
    if settings.sound_check == "never":
        return False
    try:
        return paths.checked_file().read_text(encoding="utf-8").strip() != _today()
    except (OSError, UnicodeDecodeError):
        return True


def remember(found: Sequence[Remark]) -> None:
    """Note that the sound was checked today; not where it has to be mended first."""
    if any(one.broken for one in found):
        return
    with suppress(OSError):  # then it is checked again at the next start: no harm
        paths.checked_file().parent.mkdir(parents=True, exist_ok=True)
        paths.checked_file().write_text(_today() + "\n", encoding="utf-8")


def _today() -> str:
    return date.today().isoformat()


# ---- at the start of a shift ---------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """One thing that the check has to say. `broken`: calls cannot be coached like this."""

    words: str
    good: bool = False
    broken: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckIs:
    """How the check of a shift stands: it listens, or has come to its verdicts.

    Neither: it was broken off.
    """

    listening: bool = False
    verdicts: tuple[Verdict, ...] = ()


class ShiftCheck:
    """Hears along at the start of a shift, until it knows enough or a call begins.

    Belongs to the thread of the shift; `told` is called there. What takes a moment is done beside.
    """

    def __init__(
        self,
        source: LiveSource,
        *,
        seconds: float = CHECK_S,
        background: Callable[[], Executor] = one_thread,
    ) -> None:
        self.told: Callable[[CheckIs], None] = lambda _: None
        self._source = source
        self._gathering: Gathering | None = Gathering(seconds)
        self._gaps: list[tuple[Speaker, Gap]] = []
        self._background = background
        self._pool: Executor | None = None
        self._finding: Future[list[Remark]] | None = None

    def begin(self) -> None:
        """Say that it listens."""
        self.told(CheckIs(listening=True))

    def gap(self, speaker: Speaker, gap: Gap) -> None:
        """Something of a side was missing."""
        if self._gathering is not None:
            self._gaps.append((speaker, gap))

    def hear(self, block: Block) -> None:
        """Take a block as the devices gave it."""
        if self._gathering is not None:
            gaps, self._gaps = self._gaps, []
            if self._gathering.hear(block, gaps):
                self._weigh(self._gathering)
        elif self._finding is not None and self._finding.done():
            self._tell(self._finding)

    def break_off(self) -> None:
        """A call begins, or nothing is captured any more: that goes first."""
        if self._gathering is not None or self._finding is not None:
            self._end()
            self.told(CheckIs())

    def close(self) -> None:
        """The shift is over."""
        self._end()

    def _weigh(self, gathered: Gathering) -> None:
        self._gathering = None
        states = self._source.states()

        def found() -> list[Remark]:
            sides = gathered.sides(states, devices.known())
            return remarks(sides[Speaker.AGENT], sides[Speaker.CUSTOMER])

        self._pool = self._background()
        self._finding = self._pool.submit(found)

    def _tell(self, finding: "Future[list[Remark]]") -> None:
        self._end()
        try:
            found = finding.result()
        except (CoachError, OSError):  # the devices cannot be asked: the shift tells of that itself
            self.told(CheckIs())
            return
        remember(found)
        self.told(CheckIs(verdicts=verdicts(found)))

    def _end(self) -> None:
        self._gathering = self._finding = None
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def verdicts(found: Sequence[Remark]) -> tuple[Verdict, ...]:
    """What the check of a shift has to say. That nobody has called yet is no finding there."""
    told = [one for one in found if not _waits_for_a_call(one)]
    if told:
        return tuple(Verdict(words=_words(one), broken=one.broken) for one in told)
    well = "listen.check_well_agent" if found else "listen.check_well"
    return (Verdict(words=say(well), good=True),)


def _waits_for_a_call(one: Remark) -> bool:
    return one.name == "silent" and one.speaker is Speaker.CUSTOMER


# ---- how it listens, and how it tells ------------------------------------------------------------


@contextmanager
def _source(settings: Settings) -> Iterator[LiveSource]:
    with closing(devices.choose(settings.microphone, settings.customer)) as both:
        yield LiveSource(both.agent, both.customer, changed=both.changed)


def _listen(source: LiveSource, seconds: float) -> dict[Speaker, Listened]:
    gathering, states = Gathering(seconds), source.states()
    with closing(source.blocks()) as blocks, err_console.status(say("listen.check_listening")):
        for block in blocks:
            if gathering.hear(block, source.gaps()):
                states = source.states()
                break
    return gathering.sides(states, devices.known())


def _as_json(sides: dict[Speaker, Listened], found: list[Remark]) -> dict[str, object]:
    return {
        **{speaker.value: _side_json(side) for speaker, side in sides.items()},
        "findings": [
            {
                "name": one.name,
                "side": one.speaker.value,
                "broken": one.broken,
                "message": _words(one),
            }
            for one in found
        ],
    }


def _side_json(side: Listened) -> dict[str, object]:
    heard = level(side.sound)
    return {
        "device": side.device,
        "rate": side.rate or None,
        "speech_dbfs": round(heard.speech_dbfs, 1),
        "noise_dbfs": round(heard.noise_dbfs, 1),
        "clipped": heard.clipped,
    }


def _show(sides: dict[Speaker, Listened], found: list[Remark]) -> None:
    names = {speaker.value: side.device or "–" for speaker, side in sides.items()}
    _tell(say("listen.devices", **names))
    for speaker, side in sides.items():
        heard = level(side.sound)
        name = say(f"screen.{speaker}")
        figures = {"speech": heard.speech_dbfs, "noise": heard.noise_dbfs}
        _tell(say("listen.check_level", side=name, **figures))
    told = [Verdict(words=_words(one), broken=one.broken) for one in found]
    for verdict in told or [Verdict(words=say("listen.check_well"), good=True)]:
        _tell(*marked(verdict))


def marked(verdict: Verdict) -> tuple[str, str]:
    """A verdict with its sign, and the style it is printed in."""
    sign, style = ("✓", "green") if verdict.good else ("–", "yellow")
    if verdict.broken:
        sign, style = "✗", "red"
    return f"{sign} {verdict.words}", style


def _words(remark: Remark) -> str:
    side = say(f"screen.{remark.speaker}")
    key = f"listen.check_{remark.name}"
    if remark.name in ("silent", "echo"):
        key = f"{key}_{remark.speaker}"
    return say(key, side=side, **remark.values)


def _tell(words: str, style: str = "") -> None:
    out_console.print(Text(words, style), soft_wrap=True)
