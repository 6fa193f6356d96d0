"""How long a newcomer waits: `python -m benchmarks.fresh_clone [--test]`.

Clones the last commit into a temporary folder and runs `make run` there twice, without a display
and without anything cached: no environment, no models, no downloads. With `--test`: `make test`
too. Debian packages that are installed already stay.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import machine

FIRST_LINE = "00:0"


def main(arguments: list[str] | None = None) -> int:
    """Time, print, keep; exit code 1 when a command fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        clone = Path(scratch) / "clone"
        subprocess.run(["git", "clone", "-q", str(machine.ROOT), str(clone)], check=True)
        alone = {
            **os.environ,
            "COACH_MODELS": str(Path(scratch) / "models"),
            "COACH_LOGS": str(Path(scratch) / "logs"),
            "PIP_NO_CACHE_DIR": "1",
        }
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL"):
            alone.pop(name, None)
        figures: dict[str, Any] = {
            "first_run": _watched("run", clone, alone),
            "second_run": _watched("run", clone, alone),
        }
        if chosen.test:
            figures["test"] = _watched("test", clone, alone)
        size = subprocess.run(
            ["du", "-sm", str(clone / ".venv")], capture_output=True, text=True, check=True
        )
        figures["environment_mb"] = int(size.stdout.split()[0])
    machine.keep("fresh_clone", figures)
    print(figures)
    return int(any(part["exit_code"] for part in figures.values() if isinstance(part, dict)))


def _watched(target: str, clone: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Seconds in all and to the first line of the transcript."""
    began = time.perf_counter()
    first = None
    log = clone.parent / f"{target}.log"
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            ["make", target],
            cwd=clone,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None  # noqa: S101 - asked for above
        for line in process.stdout:
            file.write(line)
            if first is None and line.startswith(FIRST_LINE):
                first = round(time.perf_counter() - began, 1)
        code = process.wait()
    if code:
        sys.stderr.write(log.read_text(encoding="utf-8")[-4000:])
    found: dict[str, Any] = {"seconds": round(time.perf_counter() - began, 1), "exit_code": code}
    return found | ({"first_line_s": first} if first is not None else {})


if __name__ == "__main__":
    sys.exit(main())
