"""WhisperLiveKit: its own server with LocalAgreement over faster-whisper, PCM over a websocket."""
# mypy: disable-error-code=import-not-found
# It runs in the environment of its peer, beside `playing.py`.

import asyncio
import json
import sys

from playing import Playing
from serving import free_port, server
from websockets.asyncio.client import ClientConnection, connect

LATEST_S = 120


async def talk(playing: Playing, port: int) -> None:
    """Play the recording to the server and note what it answers."""
    async with connect(f"ws://127.0.0.1:{port}/asr", max_size=None) as socket:
        listening = asyncio.create_task(_listen(playing, socket))
        blocks = playing.blocks()
        while (block := await asyncio.to_thread(next, blocks, None)) is not None:
            await socket.send(block)
        await socket.send(b"")
        await asyncio.wait_for(listening, LATEST_S)


async def _listen(playing: Playing, socket: ClientConnection) -> None:
    async for message in socket:
        said = json.loads(message)
        if said.get("type") == "ready_to_stop":
            return
        if "lines" in said:
            final = " ".join((line.get("text") or "").strip() for line in said["lines"]).strip()
            shown = f"{final} {said.get('buffer_transcription', '').strip()}".strip()
            playing.note(final, shown)


def main(playing: Playing) -> None:
    """Serve, talk, stop."""
    port = free_port()
    settings = ["--model_dir", playing.model, "--backend", "faster-whisper", "--lan", "nl"]
    settings += ["--backend-policy", "localagreement", "--pcm-input", "--warmup-file", ""]
    settings += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "WARNING"]
    with server("-m", "whisperlivekit.basic_server", *settings, port=port):
        asyncio.run(talk(playing, port))
    playing.end()


if __name__ == "__main__":
    main(Playing(sys.argv[1:]))
