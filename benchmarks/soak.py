"""A simulated shift of eight hours, as fast as possible, with faults: does anything add up?

    python -m benchmarks.soak [--hours 8] [--call-minutes 6]

Call after call runs through the engine that live calls use, its threads included, on a clock that
jumps from event to event. Ears, detector, core, log and phrase rules are the real ones; the
recogniser is scripted (eight hours of Whisper would take two). Every few answers the recogniser or
the understanding fails, runs out of memory, answers nonsense or stalls for up to two minutes of
the call's time; devices leave gaps; agents answer nudges; calls are broken off. After each call:
resident memory, threads, open files. Each log is replayed and must give the same decisions, and
every stretch of speech must have its final words, or its loss on record.
"""

import argparse
import itertools
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audio.callfile import CallFile, inspect
from audio.ear import StreamingEar
from benchmarks import machine
from benchmarks.keeping_up import resident_mb
from benchmarks.memory import Talker, build
from coach.app import Recording
from coach.core.events import (
    AudioGap,
    CallStarted,
    LogEvent,
    NudgeAnswered,
    NudgeShown,
    SpeechEnded,
    Utterance,
    WorkLost,
    WorldEvent,
)
from coach.core.policy import LIVE_POLICY
from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText
from coach.core.replay import compare
from coach.core.units import RATE, Samples, from_seconds
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Answer, AudioHearing, Desk
from coach.runtime.engine import CallClock, run_beside_clock
from coach.runtime.lanes import Lanes
from coach.runtime.ports import Audio, Transcript
from coach.runtime.sequencer import Sequencer
from coach.store.calllog import CallLog, log_path, read_log
from models.understanding.rules import RuleUnderstanding
from models.vad import SileroDetector

_STALL_S = 120.0
_DECODE_S = 0.2
_STEP = from_seconds(0.2)
_FAULTS = {
    "fails": 0.02,
    "out of memory": 0.01,
    "says nothing": 0.02,
    "not a number": 0.01,
    "stalls": 0.005,
}
_GAP, _ANSWER, _BROKEN_OFF = 0.0005, 0.5, 0.1
_EDGE = 6


class JumpingClock(CallClock):
    """A clock that waits for nobody: when the models have nothing to say it is later at once."""

    def __init__(self) -> None:
        super().__init__()
        self._now = Samples(0)

    def now(self) -> Samples:
        """How long the call lasts by now."""
        return self._now

    def pass_on(self, seconds: float) -> None:
        """Let time pass: a model is at work, or hangs."""
        self._now = Samples(self._now + from_seconds(seconds))

    def wait(self, lanes: Lanes, until: Samples) -> Answer | None:
        """The next answer if there is work, else none, and it is `until`."""
        if lanes.busy:
            return lanes.take(60.0)
        self._now = max(self._now, until)
        return None


@dataclass(kw_only=True)
class Faults:
    """Throws the dice before every answer, and counts what happened."""

    random: random.Random
    clock: JumpingClock
    happened: Counter[str] = field(default_factory=Counter)

    def strike(self) -> str | None:
        """The fault of this answer. Raises what a model may raise; a stall lets time pass."""
        self.clock.pass_on(_DECODE_S * self.random.random())
        thrown, sum_ = self.random.random(), 0.0
        for fault, chance in _FAULTS.items():
            sum_ += chance
            if thrown < sum_:
                self.happened[fault] += 1
                return self._raised(fault)
        return None

    def _raised(self, fault: str) -> str:
        if fault == "fails":
            raise RuntimeError("a model failed")
        if fault == "out of memory":
            raise MemoryError
        if fault == "stalls":
            self.clock.pass_on(self.random.uniform(1, _STALL_S))
        return fault


class FaultyRecogniser:
    """Hears like `Talker`, with faults."""

    name = "talker with faults"

    def __init__(self, faults: Faults) -> None:
        self._faults, self._talker = faults, Talker()

    def transcribe(self, audio: Audio, *, final: bool) -> Transcript:
        """Words, nothing, or an error."""
        match self._faults.strike():
            case "says nothing":
                return Transcript(words=(), rejected="no_speech")
            case "not a number":
                heard = self._talker.transcribe(audio, final=final)
                return Transcript(words=heard.words, confidence=float("nan"))
            case _:
                return self._talker.transcribe(audio, final=final)


class FaultyUnderstanding:
    """Reads with the phrase rules, with faults."""

    name = "rules with faults"

    def __init__(self, faults: Faults) -> None:
        self._faults, self._rules = faults, RuleUnderstanding()

    def customer(self, said: CustomerText) -> CustomerReading:
        """What the customer's words tell, or an error."""
        self._faults.strike()
        return self._rules.customer(said)

    def agent(self, said: AgentText) -> AgentReading:
        """What the agent does, or an error."""
        self._faults.strike()
        return self._rules.agent(said)


@dataclass(kw_only=True)
class People:
    """Devices and an agent: gaps now and then, answers to half of the nudges; may break off."""

    random: random.Random
    clock: JumpingClock
    until: Samples
    _shown: list[int] = field(default_factory=list)

    def watch(self, event: LogEvent) -> None:
        """See what is on the screen."""
        if isinstance(event, NudgeShown):
            self._shown.append(event.nudge)

    def said(self) -> Iterable[WorldEvent]:
        """What happened since the last block."""
        now = self.clock.now()
        if self.random.random() < _GAP:
            start = Samples(max(0, now - RATE))
            speaker = self.random.choice(list(Speaker))
            yield AudioGap(at=now, speaker=speaker, start=start, end=now, reason="device lost")
        while self._shown:
            nudge = self._shown.pop()
            if self.random.random() < _ANSWER:
                answer = self.random.choice(("useful", "not_now", "wrong"))
                yield NudgeAnswered(at=now, nudge=nudge, answer=answer)

    def broke_off(self) -> bool:
        """Whether the call was broken off."""
        return self.clock.now() > self.until


def run_call(
    call: CallFile, out: Path, call_id: str, dice: random.Random
) -> tuple[Path, Counter[str]]:
    """One call with faults; its log and the faults."""
    clock = JumpingClock()
    faults = Faults(random=dice, clock=clock)
    length = from_seconds(call.duration_s)
    broken = dice.random() < _BROKEN_OFF
    people = People(random=dice, clock=clock, until=Samples(length // 2 if broken else 2**62))
    ears = {speaker: StreamingEar(speaker, SileroDetector()) for speaker in Speaker}
    recogniser, understanding = FaultyRecogniser(faults), FaultyUnderstanding(faults)
    desk = Desk(AudioHearing(ears, recogniser), understanding)
    start = CallStarted(
        at=Samples(0),
        call_id=call_id,
        mode="live",
        recogniser=recogniser.name,
        understanding=understanding.name,
        policy=LIVE_POLICY,
    )
    source = Recording(file=call, agent="left", block_s=_STEP / RATE)
    with CallLog(log_path(out, call_id)) as log:
        sequencer = Sequencer(start, [log.write, people.watch])
        run_beside_clock(
            source, ears, desk, sequencer, said=people.said, stop=people.broke_off, clock=clock
        )
    return log.path, faults.happened


def unaccounted(events: list[LogEvent]) -> int:
    """Stretches of speech without final words and without a loss on record."""
    stretches = {(e.speaker, e.start, e.end) for e in events if isinstance(e, SpeechEnded)}
    answered = {
        (e.speaker, e.start, e.end)
        for e in events
        if isinstance(e, Utterance) or (isinstance(e, WorkLost) and e.part == "recogniser")
    }
    return len(stretches - answered)


def shift(hours: float, call_minutes: float, folder: Path) -> dict[str, Any]:
    """Run the calls; what was measured after each of them, and what happened in all."""
    dice = random.Random(8)  # noqa: S311 - dice, not secrets
    calls = {}
    for minutes in {call_minutes, call_minutes / 2, call_minutes / 6}:
        calls[minutes] = folder / f"{minutes:g}.flac"
        build(calls[minutes], minutes)
    rows, happened, heard_s, odd, differ = [], Counter[str](), 0.0, 0, 0
    began = time.perf_counter()
    for number in itertools.count():
        if heard_s >= hours * 3600:
            break
        minutes = dice.choice(list(calls))
        log, faults = run_call(inspect(calls[minutes]), folder, f"call-{number:04d}", dice)
        events = list(read_log(log))
        happened += faults
        happened["lost"] += sum(isinstance(event, WorkLost) for event in events)
        odd += unaccounted(events)
        differ += compare(events) is not None
        heard_s += minutes * 60
        log.unlink()
        rows.append((round(heard_s / 3600, 3), resident_mb(), *_handles()))
    return {
        "hours": round(heard_s / 3600, 2),
        "calls": len(rows),
        "wall_s": round(time.perf_counter() - began),
        "faults": dict(happened),
        "stretches_unaccounted_for": odd,
        "logs_that_replay_differently": differ,
        **_growth(rows),
        "memory_by_hour": [[at, mb] for at, mb, _, _ in rows],
    }


def _handles() -> tuple[int, int]:
    """Threads of this process, and its open files."""
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))


def _growth(rows: list[tuple[float, float, int, int]]) -> dict[str, Any]:
    edge = max(1, len(rows) // _EDGE)
    half = len(rows) // 2
    mb = [row[1] for row in rows]
    return {
        "memory_mb": {
            "after_first": mb[0],
            "most": max(mb),
            "second_half": round(sum(mb[-edge:]) / edge - sum(mb[half : half + edge]) / edge, 1),
        },
        "threads": {"after_first": rows[0][2], "after_last": rows[-1][2]},
        "open_files": {"after_first": rows[0][3], "after_last": rows[-1][3]},
    }


def main(arguments: list[str] | None = None) -> int:
    """Run a shift, keep what came of it; 1 if something was lost without a word or has grown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--call-minutes", type=float, default=6.0)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = shift(chosen.hours, chosen.call_minutes, Path(folder))
    machine.keep("soak", found)
    print(json.dumps({k: v for k, v in found.items() if k != "memory_by_hour"}, indent=1))
    leaked = found["threads"]["after_last"] > found["threads"]["after_first"]
    lost = found["stretches_unaccounted_for"] + found["logs_that_replay_differently"]
    return 1 if leaked or lost else 0


if __name__ == "__main__":
    sys.exit(main())
