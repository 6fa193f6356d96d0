"""Does a softphone stutter because a coach listens along?

A stand-in for a softphone plays the customer into the headset, through PortAudio in blocks of
20 ms, and counts the underflows that PortAudio tells of and the callbacks that came late. In turn:
alone, and while `coach listen` coaches the call with the real models. Prints a table and JSON:

    python -m benchmarks.softphone [--seconds 120] [--rounds 2]
"""

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.beside_a_call import Surroundings, coached, cpu_s, only_log, surroundings
from coach.core.events import AudioGap, Utterance

_BLOCK_S = 0.02
_LATENCY_S = 0.06
"""What softphones keep in hand: with more, nothing would ever stutter."""
_LATE = 2.0
"""A callback that comes after so many blocks' time is late."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """One round: what the softphone noticed, and what the coach used."""

    coached: bool
    seconds: float
    callbacks: int
    underflows: int
    late: int
    longest_ms: float
    player_underruns: int
    coach_cpu: float = 0.0
    utterances: int = 0
    gaps: int = 0


def phone(path: Path, seconds: float) -> dict[str, Any]:
    """Play `path` for so long, as a softphone does; what came of it."""
    import numpy as np
    import sounddevice
    import soundfile

    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    block = round(_BLOCK_S * rate)
    rounds = iter(range(1 << 62))
    came: list[float] = []
    underflows = 0

    def play(out: Any, count: int, _: Any, status: Any) -> None:
        nonlocal underflows
        came.append(time.perf_counter())
        underflows += bool(status.output_underflow)
        at = next(rounds) * count % (len(sound) - count)
        out[:] = sound[at : at + count]

    stream = sounddevice.OutputStream(
        device="pulse",
        samplerate=rate,
        channels=2,
        blocksize=block,
        latency=_LATENCY_S,
        callback=play,
    )
    with stream:
        threading.Event().wait(seconds)
    apart = np.diff(came)
    return {
        "seconds": seconds,
        "callbacks": len(came),
        "underflows": underflows,
        "late": int((apart > _LATE * _BLOCK_S).sum()),
        "longest_ms": round(float(apart.max()) * 1000, 1),
    }


def one_round(
    around: Surroundings, seconds: float, *, beside: bool, scripted: bool = False
) -> Heard:
    """The softphone alone, or `beside` a coach."""
    if not beside:
        return Heard(coached=False, **_played(around, seconds))
    command = ["benchmarks.live_hour", "--coach"] if scripted else ["coach"]
    with coached(around, [sys.executable, "-m", *command]) as coach:
        before = cpu_s(coach.pid)
        played = _played(around, seconds)
        used = cpu_s(coach.pid) - before
    log = only_log(around)
    return Heard(
        coached=True,
        **played,
        coach_cpu=round(used / seconds, 3),
        utterances=sum(isinstance(e, Utterance) and bool(e.text) for e in log),
        gaps=sum(isinstance(e, AudioGap) and e.is_loss for e in log),
    )


def _played(around: Surroundings, seconds: float) -> dict[str, Any]:
    agent = around.play("micloop", around.agent, listened_to=True)
    told: list[bytes] = []
    reader = threading.Thread(target=_read, args=(agent, told.append))
    reader.start()
    command = [sys.executable, "-m", "benchmarks.softphone", "--phone", str(around.customer)]
    done = subprocess.run(
        [*command, "--seconds", str(seconds)],
        cwd=machine.ROOT,
        env={**around.environment, "PULSE_SINK": "headset"},
        check=True,
        capture_output=True,
    )
    agent.kill()
    agent.wait()
    reader.join()
    played: dict[str, Any] = json.loads(done.stdout)
    underruns = sum(line.count(b"underrun") for line in told)
    return {**played, "player_underruns": underruns}


def _read(player: "subprocess.Popen[bytes]", told: Callable[[bytes], None]) -> None:
    assert player.stderr is not None  # noqa: S101 - `play` gives a pipe
    for line in player.stderr:
        told(line)


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rounds as Markdown."""
    head = "| softphone | underflows | callbacks over 40 ms late | longest | underruns of a player "
    lines = [f"{head}| coach, share of a core |", "|" + "---|" * 6]
    for row in rows:
        name = "beside a coach" if row["coached"] else "alone"
        lines.append(
            f"| {name}, {row['seconds']:.0f} s | {row['underflows']} | "
            f"{row['late']} of {row['callbacks']} | {row['longest_ms']:.0f} ms | "
            f"{row['player_underruns']} | {100 * row['coach_cpu']:.0f} % |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure in turn, keep and print."""
    parser = argparse.ArgumentParser(description="Does a softphone stutter beside a coach?")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--scripted", action="store_true", help="without a real recogniser")
    parser.add_argument("--phone", type=Path)
    asked = parser.parse_args()
    if asked.phone is not None:
        sys.stdout.write(json.dumps(phone(asked.phone, asked.seconds)))
        return
    with surroundings(asked.seconds / 60 + 1) as around:
        rows = [
            asdict(one_round(around, asked.seconds, beside=beside, scripted=asked.scripted))
            for _ in range(asked.rounds)
            for beside in (False, True)
        ]
    if not asked.scripted:
        machine.keep("softphone", {"rows": rows})
    print(table(rows))


if __name__ == "__main__":
    main()
