"""RealtimeSTT: its recorder fed by hand, realtime text on, one model for both kinds of text."""
# mypy: disable-error-code=import-not-found
# It runs in the environment of its peer, beside `playing.py`.

import sys
import threading
import time

from playing import Playing
from RealtimeSTT import AudioToTextRecorder

QUIET_S = 8.0
SILENCE = bytes(3_200)


class Screen:
    """Sentences that are final, and the one that is being spoken."""

    def __init__(self, playing: Playing) -> None:
        self._playing = playing
        self._lock = threading.Lock()
        self._final: list[str] = []
        self._open = ""
        self.changed_s = 0.0

    def update(self, text: str) -> None:
        """Realtime text: replaces what was shown of the open sentence."""
        with self._lock:
            self._open = text
            self._note()

    def finish(self, text: str) -> None:
        """The open sentence is final."""
        with self._lock:
            self._final.append(text.strip())
            self._open = ""
            self._note()

    def _note(self) -> None:
        self.changed_s = self._playing.now()
        final = " ".join(self._final)
        self._playing.note(final, f"{final} {self._open}".strip())


def main(playing: Playing) -> None:
    """Feed the recorder in real time, then silence until it has nothing more to say."""
    screen = Screen(playing)
    recorder = AudioToTextRecorder(
        use_microphone=False,
        model=playing.model,
        use_main_model_for_realtime=True,
        enable_realtime_transcription=True,
        on_realtime_transcription_update=screen.update,
        language="nl",
        device="cpu",
        compute_type="int8",
        initial_prompt=playing.prompt,
        initial_prompt_realtime=playing.prompt,
        spinner=False,
        no_log_file=True,
    )

    def texts() -> None:
        while True:
            recorder.text(screen.finish)

    threading.Thread(target=texts, daemon=True).start()
    for block in playing.blocks():
        recorder.feed_audio(block)
    while playing.now() < max(playing.length_s, screen.changed_s) + QUIET_S:
        recorder.feed_audio(SILENCE)  # a microphone goes on too
        time.sleep(0.1)
    playing.end()
    recorder.shutdown()


if __name__ == "__main__":
    main(Playing(sys.argv[1:]))
