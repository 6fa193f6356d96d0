"""The composition root: the one place where audio, models, core and screen meet."""

import gc
import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from audio.callfile import CallFile, Channel
from audio.ear import StreamingEar
from coach import manners, paths
from coach.core.events import CallStarted, RunFinished, SpeechEnded
from coach.core.policy import DEFAULT_POLICY, LIVE_POLICY, Policy
from coach.core.segmenter import PATIENT_EARS, Ears
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Pace, Speaker
from coach.errors import CoachError, UserError
from coach.runtime.budget import Budget
from coach.runtime.desk import FAILURES, AudioHearing, Desk
from coach.runtime.engine import Said, run_beside_clock, run_events, run_fast
from coach.runtime.ports import Audio, Block, Recogniser, Understanding
from coach.runtime.script import Script, ScriptHearing
from coach.runtime.sequencer import Sequencer, Sink
from coach.runtime.stages import Stages, TimedDetector
from coach.settings import Settings
from coach.store.calllog import CallLog, log_path
from models.catalogue import ModelStore
from models.hardware import Choice, choose, cpus
from models.loading import load_steady
from models.prompt import prompt_for
from models.steady import SteadyRecogniser
from models.tuning import read as read_tuning
from models.understanding.roles import Clue, first_clue
from models.vad import SileroDetector

Heard = Callable[[float], None]
"""Told the share of the call, 0..1, that has been heard."""

Tap = Callable[[Block], None]
"""Gets the blocks of a call too, to record them."""

_LIVE_BLOCK_S = 0.1
_FAST_BLOCK_S = 1.0
_PROBE_S = 45.0
_PROBE_UTTERANCES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Models:
    """The models of a run, loaded once for all calls."""

    recogniser: Recogniser
    understanding: Understanding

    @property
    def paces(self) -> tuple[Pace, ...]:
        """What this machine can do less of when it falls behind."""
        steady = self.recogniser
        small = isinstance(steady, SteadyRecogniser) and steady.has_smaller
        return tuple(pace for pace in Pace if small or pace is not Pace.SMALL_MODEL)

    def smaller(self) -> Recogniser | None:
        """The smaller recogniser, if there is one."""
        return self.recogniser.smaller() if isinstance(self.recogniser, SteadyRecogniser) else None


def load_recogniser(settings: Settings) -> Recogniser:
    """The recogniser for this machine, verified before it is loaded. Raises `CoachError`."""
    store = ModelStore(paths.models_folder())
    rest = Budget(share, cpus()).rest if (share := settings.max_cpu / 100) < 1 else lambda: None
    prompt = settings.prompt or prompt_for(settings.sector, settings.organisation, settings.named)
    return load_steady(store, choice_for(settings), prompt, rest)


def choice_for(settings: Settings) -> Choice:
    """The model that this machine runs, and how. Raises `UserError` for a name nobody knows."""
    store, tuning = ModelStore(paths.models_folder()), read_tuning(paths.tuning_file(), cpus())
    share = settings.max_cpu / 100
    return choose(settings.model, store, settings.threads, tuning=tuning, share=share)


def load_understanding(settings: Settings) -> Understanding:
    """The understanding that the settings ask for. Raises `ProductError` if it is damaged."""
    if settings.understanding == "rules":
        from models.understanding.rules import RuleUnderstanding

        return RuleUnderstanding()
    from models.beforehand import open_torch
    from models.understanding.transformer import TransformerUnderstanding

    open_torch()  # beside a window that may be up already
    loaded = TransformerUnderstanding()
    _stays()
    return loaded


@cache
def _stays() -> None:
    """A look for garbage, with every thread waiting, need not go through what loading left.

    Once: windows that come and go later are not to stay.
    """
    gc.freeze()


def policy_in_force(usual: Policy) -> Policy:
    """`usual` with what the organisation set about nudges. Raises `UserError`: a broken file."""
    return manners.policy(usual, manners.load())


def _to_nobody(_: Block) -> None:
    """Nobody records the call."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """A recorded call as a source of blocks."""

    file: CallFile
    agent: Channel
    block_s: float
    tap: Tap = _to_nobody

    def blocks(self) -> Iterator[Block]:
        """The blocks of the call; `tap` gets each of them first."""
        for block in self.file.blocks(self.agent, block_s=self.block_s):
            self.tap(block)
            yield block


def analyse(
    file: CallFile,
    out: Path,
    models: Models,
    *,
    agent: Channel = "left",
    channel: str | None = None,
    realtime: bool = False,
    sinks: Iterable[Sink] = (),
    heard: Heard = lambda _: None,
    said: Said = tuple,
    stop: Callable[[], bool] = lambda: False,
    tap: Tap = _to_nobody,
) -> Path:
    """Run a recorded call through the whole chain; returns the path of its log.

    What was logged stays when the machine fails (a full disk). A log of bad input is taken away.
    """
    began = _Stopwatch()
    block_s = _LIVE_BLOCK_S if realtime else _FAST_BLOCK_S
    source = Recording(file=file, agent=agent, block_s=block_s, tap=tap)
    stages = Stages()
    sides = {
        speaker: StreamingEar(
            speaker, TimedDetector(SileroDetector(), stages), Ears() if realtime else PATIENT_EARS
        )
        for speaker in Speaker
    }
    hearing = AudioHearing(sides, models.recogniser, models.smaller)
    desk = Desk(hearing, models.understanding, stages)
    start = CallStarted(
        at=Samples(0),
        call_id=file.path.stem,
        mode="realtime" if realtime else "fast",
        recogniser=models.recogniser.name,
        understanding=models.understanding.name,
        policy=policy_in_force(LIVE_POLICY if realtime else DEFAULT_POLICY),
        agent_channel=agent,
        began=_recorded(file),
        channel=channel,
    )

    def progress(at: Samples) -> None:
        heard(min(1.0, at / RATE / file.duration_s))

    with CallLog(log_path(out, file.path.stem)) as log:
        try:
            sequencer = Sequencer(start, [log.write, *sinks], stages)
            run = partial(run_beside_clock, paces=models.paces) if realtime else run_fast
            end = run(source, sides, desk, sequencer, progress=progress, said=said, stop=stop)
        except CoachError as why:
            if isinstance(why, UserError) or not log.lines:
                log.discard()
            raise
        finished = began.finished(sequencer, end, models.recogniser.name, stages)
        _finish(finished, [log.write, *sinks])
    return log.path


def _recorded(file: CallFile) -> str | None:
    """When the call began, with its offset: a recording is finished when the call ends."""
    try:
        ended = file.path.stat().st_mtime
    except OSError:
        return None
    began = datetime.fromtimestamp(ended - file.duration_s).astimezone()
    return began.isoformat(timespec="seconds")


def run_script(
    script: Script, out: Path, understanding: Understanding, sinks: Iterable[Sink] = ()
) -> Path:
    """Run a call that is only text through the same core; returns the path of its log."""
    began = _Stopwatch()
    desk = Desk(ScriptHearing(script), understanding)
    start = CallStarted(
        at=Samples(0),
        call_id=script.call_id,
        mode="script",
        recogniser="script",
        understanding=understanding.name,
        policy=DEFAULT_POLICY,
    )
    with CallLog(log_path(out, script.call_id)) as log:
        sequencer = Sequencer(start, [log.write, *sinks])
        run_events(script.speech(), desk, sequencer, script.end)
        _finish(began.finished(sequencer, script.end, "script"), [log.write, *sinks])
    return log.path


def find_agent(file: CallFile, recogniser: Recogniser) -> Clue | None:
    """On which channel the words at the start say that the agent is; `None`: they do not say.

    Listens to the first utterances of both sides with word rules only: nobody's emotion is
    computed before it is known who is who.
    """
    return first_clue(_first_words(file, recogniser))


def _first_words(file: CallFile, recogniser: Recogniser) -> Iterator[tuple[Channel, str]]:
    """What is said first on both channels, decoded one utterance at a time as it is asked for."""
    heard = dict.fromkeys(Speaker, 0)
    ears = {speaker: StreamingEar(speaker, SileroDetector()) for speaker in Speaker}
    for event in first_speech(file, ears):
        if heard[event.speaker] < _PROBE_UTTERANCES:
            heard[event.speaker] += 1
            clip = ears[event.speaker].audio(event.start, event.end)
            yield ("left" if event.speaker is Speaker.AGENT else "right"), _words(recogniser, clip)
        if all(count >= _PROBE_UTTERANCES for count in heard.values()):
            return


def first_speech(file: CallFile, ears: Mapping[Speaker, StreamingEar]) -> Iterator[SpeechEnded]:
    """The stretches of speech at the start of a call, in order, as if the agent were left."""
    for block in file.blocks("left", block_s=_FAST_BLOCK_S):
        sides = ears[Speaker.AGENT].hear(block.agent), ears[Speaker.CUSTOMER].hear(block.customer)
        for event in heapq.merge(*sides, key=lambda event: event.at):
            if isinstance(event, SpeechEnded):
                yield event
        if block.start > _PROBE_S * RATE:
            return
    for ear in ears.values():
        yield from (event for event in ear.finish() if isinstance(event, SpeechEnded))


def _words(recogniser: Recogniser, clip: Audio) -> str:
    """What was said, nothing if the recogniser fails: the run itself will put that on record."""
    try:
        return recogniser.transcribe(clip, final=False).text
    except FAILURES:
        return ""


def _finish(finished: RunFinished, sinks: Iterable[Sink]) -> None:
    for sink in sinks:
        sink(finished)


class _Stopwatch:
    """Wall and processor time of a run."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def finished(
        self, sequencer: Sequencer, end: Samples, model: str, stages: Stages | None = None
    ) -> RunFinished:
        """The last line of the log."""
        return RunFinished(
            at=sequencer.now,
            audio=end,
            wall_s=round(time.perf_counter() - self._wall, 3),
            cpu_s=round(time.process_time() - self._cpu, 3),
            model=model,
            stages=() if stages is None else stages.told(),
        )


def demo_call() -> Path:
    """The bundled demo call: stereo, agent left."""
    return Path(__file__).parent / "demo" / "demo.flac"


def scratch_folder() -> Path:
    """Where the log of a demo goes: the user may look at it, nobody needs it."""
    return paths.logs_folder() / "demo"
