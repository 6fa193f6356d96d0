"""The peers: what each is, how it is installed and how it is set up."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import ROOT

ENVIRONMENTS = ROOT / ".cache" / "peers"
DRIVERS = Path(__file__).parent / "drivers"

TORCH = "torch==2.13.0"
"""The build that the product has: without it pip would bring gigabytes of CUDA."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """One peer: `installs` are the arguments of one `pip install` each."""

    name: str
    driver: str
    installs: tuple[tuple[str, ...], ...]
    settings: str
    environment: str = ""
    needs: str = ""

    @property
    def python(self) -> Path:
        """The Python of its environment; peers may share one."""
        return ENVIRONMENTS / (self.environment or self.name) / "bin" / "python"

    @property
    def script(self) -> Path:
        """Its driver."""
        return DRIVERS / self.driver


PEERS = (
    Peer(
        name="faster-whisper",
        driver="vad_filter.py",
        installs=(("faster-whisper==1.2.1",),),
        settings="vad_filter, beam 5, domain prompt; offline, the whole channel after the call",
    ),
    Peer(
        name="LocalAgreement",
        driver="local_agreement.py",
        installs=(("faster-whisper==1.2.1",),),
        environment="faster-whisper",
        settings="whisper_streaming's policy: chunk 1 s, beam 5, --vad, trimmed over 15 s; "
        "the domain prompt until there is text of its own",
    ),
    Peer(
        name="whisperlivekit",
        driver="whisperlivekit_server.py",
        installs=(("whisperlivekit==0.2.26", TORCH),),
        settings="its server, faster-whisper, LocalAgreement (its default policy, AlignAtt, needs "
        "PyTorch weights that this model file is not), PCM input; it takes no prompt",
    ),
    Peer(
        name="realtimestt",
        driver="realtimestt_recorder.py",
        installs=((TORCH, "realtimestt[faster-whisper,silero-onnx-cpu]==1.1.2"),),
        needs="portaudio19-dev",
        settings="defaults; int8, realtime text on, one model for both texts, domain prompt",
    ),
    Peer(
        name="whisper-live",
        driver="whisper_live_server.py",
        installs=(
            ("--no-deps", "whisper-live==0.10.0"),
            (TORCH, "faster-whisper==1.2.0", "fastapi", "uvicorn"),
            ("python-multipart", "websockets", "scipy", "requests"),
        ),
        settings="its server, faster-whisper, use_vad, domain prompt; installed without the "
        "CUDA and OpenVINO libraries that this backend does not import",
    ),
)
