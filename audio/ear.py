"""One side of a call: from blocks of any length to stretches of speech."""

from collections.abc import Iterator

import numpy as np

from audio.framer import Framer
from audio.ring import Ring
from coach.core.events import SpeechEnded, SpeechEvent, SpeechPaused, SpeechStarted
from coach.core.segmenter import Ears, Heard, Hushed, Opened, Segmenter, expect, finish, hear
from coach.core.units import Samples
from coach.core.vocabulary import Speaker
from coach.runtime.ports import Audio, SpeechDetector

KEEPS_S = 60
"""Seconds of audio that an ear remembers for the recogniser."""


class StreamingEar:
    """Finds the speech of one channel. Frames are of fixed length, so cuts change nothing."""

    def __init__(
        self, speaker: Speaker, detector: SpeechDetector, ears: Ears | None = None
    ) -> None:
        self._speaker = speaker
        self._detector = detector
        self._ears = ears or Ears()
        self._framer = Framer()
        self._ring = Ring(seconds=KEEPS_S)
        self._segmenter = Segmenter()
        self._segment = -1

    def hear(self, audio: Audio) -> Iterator[SpeechEvent]:
        """What began, paused or ended in the next piece of audio, at the end of its frame.

        Goes on listening when the next event is asked for: what `expect` says about one event is
        heeded from the frame behind it on, however the audio was cut.
        """
        self._ring.write(audio)
        return (event for frame in self._framer.push(audio) for event in self._judge(frame))

    def expect(self, segment: int, pause: Samples | None) -> None:
        """Let `pause` of silence end stretch `segment`, if it is still open; `None`: as usual."""
        if segment == self._segment:
            self._segmenter = expect(self._segmenter, pause)

    def finish(self) -> list[SpeechEvent]:
        """The call is over: the last half frame is heard too, and open speech has ended."""
        rest = self._framer.flush()
        events = [] if rest is None else self._judge(rest)
        self._segmenter, closed = finish(self._segmenter)
        return events + [self._event(one) for one in closed]

    def audio(self, start: Samples, end: Samples) -> Audio:
        """What was heard from `start` to `end`; a copy, so that the ring may move on."""
        return self._ring.read(start, Samples(min(end, self._ring.end)))

    def _judge(self, frame: Audio) -> list[SpeechEvent]:
        probability = self._detector.probability(np.ascontiguousarray(frame))
        self._segmenter, heard = hear(self._segmenter, probability, self._ears)
        return [self._event(one) for one in heard]

    def _event(self, heard: Heard) -> SpeechEvent:
        at = self._segmenter.now
        if isinstance(heard, Opened):
            self._segment += 1
            return SpeechStarted(
                at=at, speaker=self._speaker, segment=self._segment, start=heard.start
            )
        if isinstance(heard, Hushed):
            return SpeechPaused(
                at=at,
                speaker=self._speaker,
                segment=self._segment,
                start=heard.start,
                end=heard.end,
            )
        return SpeechEnded(
            at=at,
            speaker=self._speaker,
            segment=self._segment,
            start=heard.start,
            end=heard.end,
            reason=heard.reason,
            rested=heard.rested or None,
        )
