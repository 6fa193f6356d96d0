"""WhisperLive: its own server with faster-whisper, float samples over a websocket."""
# mypy: disable-error-code=import-not-found
# It runs in the environment of its peer, beside `playing.py`.

import json
import sys
import threading

import numpy as np
from playing import Playing
from serving import free_port, server
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

SERVE = """
import sys
from whisper_live.server import TranscriptionServer
TranscriptionServer().run(
    "127.0.0.1", port=int(sys.argv[1]), backend="faster_whisper",
    faster_whisper_custom_model_path=sys.argv[2],
)
"""
QUIET_S = 10.0


class Screen:
    """The segments as the server's own client would show them."""

    def __init__(self) -> None:
        self._done: dict[str, str] = {}
        self._open = ""

    def show(self, segments: list[dict[str, object]]) -> tuple[str, str]:
        """What is final, and everything, after one more message."""
        self._open = ""
        for segment in segments:
            text = str(segment["text"]).strip()
            if segment.get("completed"):
                self._done[str(segment["start"])] = text
            else:
                self._open = text
        final = " ".join(self._done[start] for start in sorted(self._done, key=float))
        return final, f"{final} {self._open}".strip()


def listen(playing: Playing, socket: ClientConnection, ready: threading.Event) -> None:
    """Note the segments until the server has been quiet for a while after the end."""
    screen = Screen()
    shown, latest_s = "", 0.0
    while not ready.is_set() or playing.now() < max(playing.length_s, latest_s) + QUIET_S:
        try:
            said = json.loads(socket.recv(timeout=1))
        except TimeoutError:
            continue
        except ConnectionClosed:
            break
        if said.get("message") == "SERVER_READY":
            playing.begin()
            ready.set()
        elif "segments" in said:
            final, now_shown = screen.show(said["segments"])
            latest_s = playing.now() if now_shown != shown else latest_s
            shown = now_shown
            playing.note(final, shown)
    playing.note(shown, shown)


def main(playing: Playing) -> None:
    """Serve, talk, stop."""
    port = free_port()
    options = {
        "uid": "benchmark",
        "language": "nl",
        "task": "transcribe",
        "model": playing.model,
        "use_vad": True,
        "initial_prompt": playing.prompt,
    }
    url = f"ws://127.0.0.1:{port}"
    with server("-c", SERVE, str(port), playing.model, port=port), connect(url) as socket:
        socket.send(json.dumps(options))
        ready = threading.Event()
        listening = threading.Thread(target=listen, args=(playing, socket, ready))
        listening.start()
        if not ready.wait(60):
            sys.exit("the server never said that it is ready")
        for block in playing.blocks():
            socket.send((np.frombuffer(block, np.int16).astype(np.float32) / 32_768).tobytes())
        # END_OF_AUDIO would make this server hang up on what it has not decoded yet: its own
        # client waits too until no new text comes.
        listening.join()
    playing.end()


if __name__ == "__main__":
    main(Playing(sys.argv[1:]))
