"""faster-whisper with its VAD filter, over the whole recording once the call is over."""
# mypy: disable-error-code=import-not-found
# It runs in the environment of its peer, beside `playing.py`.

import sys

import numpy as np
from faster_whisper import WhisperModel
from playing import Playing


def main(playing: Playing) -> None:
    """Decode everything; a segment is known when it comes out, after the end of the call."""
    model = WhisperModel(playing.model, device="cpu", compute_type="int8", local_files_only=True)
    audio = np.frombuffer(playing.pcm, np.int16).astype(np.float32) / 32_768
    playing.begin()
    playing.began -= playing.length_s  # the call lies behind
    segments, _ = model.transcribe(
        audio, language="nl", beam_size=5, vad_filter=True, initial_prompt=playing.prompt
    )
    text = ""
    for segment in segments:
        text = f"{text} {segment.text.strip()}".strip()
        playing.note(text, text)
    playing.end()


if __name__ == "__main__":
    main(Playing(sys.argv[1:]))
