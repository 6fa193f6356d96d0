"""New understanding and new rules over what the recogniser heard before, without hearing again.

    python -m benchmarks.reread LOGS_DIR OUT_DIR
    python score_calls.py CALLS.jsonl TURNS_DIR OUT_DIR

`LOGS_DIR` holds the logs of a run over audio. Speech and utterances come from there; everything
that was understood or decided is worked out again. A look at a reply that is still being spoken
is answered with the words of the later utterance that were out by then: slightly better heard
than a real look.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from coach.core.events import (
    CallEnded,
    CallStarted,
    RunFinished,
    SpeechEnded,
    SpeechStarted,
    Utterance,
    Word,
)
from coach.core.policy import DEFAULT_POLICY
from coach.core.requests import Transcribe
from coach.core.units import Samples
from coach.core.vocabulary import Pace, Speaker
from coach.runtime.desk import Desk
from coach.runtime.engine import run_events
from coach.runtime.ports import Transcript, Understanding
from coach.runtime.sequencer import Sequencer
from coach.store.calllog import CallLog, log_path, read_log


class LoggedHearing:
    """Hears what the log says was heard."""

    def __init__(self, utterances: list[Utterance]) -> None:
        self._heard: dict[tuple[Speaker, int], Utterance] = {
            (u.speaker, u.segment): u for u in utterances
        }

    def take(self, request: Transcribe) -> Callable[[], Transcript]:
        """The words of the utterance that were out at the end of the request."""
        return partial(self._read, request)

    def at_pace(self, pace: Pace) -> None:
        """What was heard is known already."""

    def _read(self, request: Transcribe) -> Transcript:
        heard = self._heard.get((request.speaker, request.segment))
        if heard is None:
            return Transcript(words=())
        words = tuple(
            Word(
                start=Samples(word.start - request.start),
                end=Samples(word.end - request.start),
                text=word.text,
                probability=word.probability,
            )
            for word in heard.words
            if request.final or word.end <= request.end
        )
        return Transcript(words=words, confidence=heard.confidence, rejected=heard.rejected)


def reread(path: Path, out: Path, understanding: Understanding) -> Path:
    """Work one call out again from its log; returns the path of the new log."""
    events = list(read_log(path))
    began = next(e for e in events if isinstance(e, CallStarted))
    finished = next((e for e in events if isinstance(e, CallEnded)), None)
    speech = [e for e in events if isinstance(e, SpeechStarted | SpeechEnded)]
    end = finished.at if finished is not None else max(e.at for e in speech)
    start = CallStarted(
        at=Samples(0),
        call_id=began.call_id,
        mode="script",
        recogniser=began.recogniser,
        understanding=understanding.name,
        policy=DEFAULT_POLICY,
    )
    desk = Desk(LoggedHearing([e for e in events if isinstance(e, Utterance)]), understanding)
    with CallLog(log_path(out, began.call_id)) as log:
        sinks = [log.write]
        run_events(speech, desk, Sequencer(start, sinks), end)
        for event in events:
            if isinstance(event, RunFinished):
                log.write(event)
    return log.path


def main(logs: Path, out: Path) -> None:
    """Work every log of `logs` out again."""
    from models.understanding.transformer import TransformerUnderstanding

    understanding = TransformerUnderstanding()
    for path in sorted(logs.glob("*.events.jsonl")):
        reread(path, out, understanding)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
