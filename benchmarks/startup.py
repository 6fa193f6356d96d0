"""How soon the command line answers: `python -m benchmarks.startup`.

Whole processes, one after another with plain `python -c pass` in turn, so that a busy machine
slows both: the median of each and of their ratio.
"""

import statistics
import subprocess
import sys
import time

from benchmarks import machine

RUNS = 15


def main() -> int:
    """Time, print, keep."""
    helped, plain = [], []
    for _ in range(RUNS):
        helped.append(_seconds("-m", "coach", "--help"))
        plain.append(_seconds("-c", "pass"))
    figures = {
        "help_s": round(statistics.median(helped), 3),
        "help_slowest_s": round(max(helped), 3),
        "python_s": round(statistics.median(plain), 3),
        "ratio": round(statistics.median(h / p for h, p in zip(helped, plain, strict=True)), 1),
    }
    machine.keep("startup", figures)
    print(figures)
    return 0


def _seconds(*arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
