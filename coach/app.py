"""The composition root: the one place where audio, models, core and screen meet."""

import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audio.callfile import CallFile, Channel
from audio.ear import StreamingEar
from coach import paths
from coach.core.events import CallStarted, RunFinished, SpeechEnded
from coach.core.policy import DEFAULT_POLICY, LIVE_POLICY
from coach.core.units import RATE, Samples
from coach.core.vocabulary import Speaker
from coach.errors import CoachError
from coach.runtime.desk import FAILURES, AudioHearing, Desk
from coach.runtime.engine import Said, run_beside_clock, run_events, run_fast
from coach.runtime.ports import Audio, Block, Recogniser, Understanding
from coach.runtime.script import Script, ScriptHearing
from coach.runtime.sequencer import Sequencer, Sink
from coach.settings import Settings
from coach.store.calllog import CallLog, log_path
from models.catalogue import ModelStore
from models.hardware import choose
from models.understanding.roles import Clue, first_clue
from models.vad import SileroDetector

Heard = Callable[[float], None]
"""Told the share of the call, 0..1, that has been heard."""

_LIVE_BLOCK_S = 0.1
_FAST_BLOCK_S = 1.0
_PROBE_S = 45.0
_PROBE_UTTERANCES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Models:
    """The models of a run, loaded once for all calls."""

    recogniser: Recogniser
    understanding: Understanding


def load_recogniser(settings: Settings) -> Recogniser:
    """The recogniser for this machine, verified before it is loaded. Raises `CoachError`."""
    from models.asr import PROMPT, WhisperRecogniser

    store = ModelStore(paths.models_folder())
    choice = choose(settings.model, store, settings.threads)
    return WhisperRecogniser(
        store.locate(choice.model),
        choice.model.name,
        device=choice.device,
        compute_type=choice.compute_type,
        threads=choice.threads,
        prompt=settings.prompt or PROMPT,
    )


def load_understanding(settings: Settings) -> Understanding:
    """The understanding that the settings ask for. Raises `ProductError` if it is damaged."""
    if settings.understanding == "rules":
        from models.understanding.rules import RuleUnderstanding

        return RuleUnderstanding()
    from models.understanding.transformer import TransformerUnderstanding

    return TransformerUnderstanding()


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """A recorded call as a source of blocks."""

    file: CallFile
    agent: Channel
    block_s: float

    def blocks(self) -> Iterator[Block]:
        """The blocks of the call."""
        return self.file.blocks(self.agent, block_s=self.block_s)


def analyse(
    file: CallFile,
    out: Path,
    models: Models,
    *,
    agent: Channel = "left",
    realtime: bool = False,
    sinks: Iterable[Sink] = (),
    heard: Heard = lambda _: None,
    said: Said = tuple,
    stop: Callable[[], bool] = lambda: False,
) -> Path:
    """Run a recorded call through the whole chain; returns the path of its log.

    An error that makes the call worthless takes the log away: nothing half-written stays.
    """
    began = _Stopwatch()
    source = Recording(file=file, agent=agent, block_s=_LIVE_BLOCK_S if realtime else _FAST_BLOCK_S)
    sides = {speaker: StreamingEar(speaker, SileroDetector()) for speaker in Speaker}
    desk = Desk(AudioHearing(sides, models.recogniser), models.understanding)
    start = CallStarted(
        at=Samples(0),
        call_id=file.path.stem,
        mode="realtime" if realtime else "fast",
        recogniser=models.recogniser.name,
        understanding=models.understanding.name,
        policy=LIVE_POLICY if realtime else DEFAULT_POLICY,
        agent_channel=agent,
    )

    def progress(at: Samples) -> None:
        heard(min(1.0, at / RATE / file.duration_s))

    with CallLog(log_path(out, file.path.stem)) as log:
        try:
            sequencer = Sequencer(start, [log.write, *sinks])
            run = run_beside_clock if realtime else run_fast
            end = run(source, sides, desk, sequencer, progress=progress, said=said, stop=stop)
        except CoachError:
            log.discard()
            raise
        _finish(began.finished(sequencer, end, models.recogniser.name), [log.write, *sinks])
    return log.path


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
    for event in _first_speech(file, ears):
        if heard[event.speaker] < _PROBE_UTTERANCES:
            heard[event.speaker] += 1
            clip = ears[event.speaker].audio(event.start, event.end)
            yield ("left" if event.speaker is Speaker.AGENT else "right"), _words(recogniser, clip)
        if all(count >= _PROBE_UTTERANCES for count in heard.values()):
            return


def _first_speech(file: CallFile, ears: Mapping[Speaker, StreamingEar]) -> Iterator[SpeechEnded]:
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

    def finished(self, sequencer: Sequencer, end: Samples, model: str) -> RunFinished:
        """The last line of the log."""
        return RunFinished(
            at=sequencer.now,
            audio=end,
            wall_s=round(time.perf_counter() - self._wall, 3),
            cpu_s=round(time.process_time() - self._cpu, 3),
            model=model,
        )


def demo_call() -> Path:
    """The bundled demo call: stereo, agent left."""
    return Path(__file__).parent / "demo" / "demo.flac"


def scratch_folder() -> Path:
    """Where the log of a demo goes: the user may look at it, nobody needs it."""
    return paths.logs_folder() / "demo"
