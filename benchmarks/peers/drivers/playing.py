"""What every driver shares: the recording, played at the speed of life, and the notes.

A driver is called as `DRIVER AUDIO.wav MODEL_FOLDER PROMPT NOTES.jsonl`. The recording is 16 kHz,
16 bit, one channel. A note is what stands on the peer's screen at one moment: the text that the
peer calls final, and all of its text. `began` is on the system's monotonic clock.

Plain Python: this runs in the environments of the peers.
"""

import json
import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path

RATE = 16_000
BLOCK = 1_600
"""Samples in a block: 0.1 s."""


class Playing:
    """One recording and the notes about it."""

    def __init__(self, arguments: list[str]) -> None:
        path, self.model, self.prompt, notes = arguments
        with wave.open(path, "rb") as file:
            if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
                sys.exit(f"{path} is not 16 kHz, one channel, 16 bit")
            self.pcm = file.readframes(file.getnframes())
        self.length_s = len(self.pcm) / 2 / RATE
        self._notes = Path(notes)
        self._notes.write_text("", encoding="utf-8")
        self._last: tuple[str, str] | None = None
        self.began = 0.0

    def begin(self) -> None:
        """The models are loaded: the call begins now."""
        self.began = time.monotonic()
        self._write({"began": self.began})

    def now(self) -> float:
        """Seconds since the call began."""
        return time.monotonic() - self.began

    def blocks(self) -> Iterator[bytes]:
        """The recording in blocks, each when it has been spoken; the call begins here."""
        self.begin()
        for start in range(0, len(self.pcm), 2 * BLOCK):
            block = self.pcm[start : start + 2 * BLOCK]
            time.sleep(max(0.0, (start + len(block)) / 2 / RATE - self.now()))
            yield block

    def note(self, final: str, shown: str) -> None:
        """Write down what stands on the screen, if it changed."""
        if (final, shown) != self._last:
            self._last = (final, shown)
            self._write({"at_s": round(self.now(), 3), "final": final, "shown": shown})

    def end(self) -> None:
        """The peer has said everything."""
        self._write({"ended_s": round(self.now(), 3)})

    def _write(self, note: dict[str, object]) -> None:
        with self._notes.open("a", encoding="utf-8") as file:
            file.write(json.dumps(note, ensure_ascii=False) + "\n")
