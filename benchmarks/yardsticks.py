"""What is asked of the product's speed, beside what was measured: one table of all.

Drawn from `results/*.json` as the other tables are; each figure's own table has its machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import results

_GROWTH = 1.1
"""A lag at the end of an hour that is less than this times that at its beginning has not grown."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A measured `value` and its `limit`: at most, or `least` for at least."""

    value: float
    limit: float
    unit: str
    what: str = ""
    digits: int = 2
    least: bool = False

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.least else self.value <= self.limit

    @property
    def asked(self) -> str:
        return f"{self.what}{'≥' if self.least else '≤'} {self.limit:g} {self.unit}"

    @property
    def measured(self) -> str:
        return f"{self.what}{self.value:,.{self.digits}f} {self.unit}"


def yardsticks() -> str:
    """Every yardstick: what is asked, what was measured, and whether it holds."""
    rows = ["| | asked | measured | |", "|---|---|---|---|"]
    for name, *figures in (*_waits(), *_hours(), *_reading(), *_screen()):
        asked, measured = (
            ", ".join(getattr(figure, column) for figure in figures)
            for column in ("asked", "measured")
        )
        holds = "holds" if all(figure.holds for figure in figures) else "**does not hold**"
        rows.append(f"| {name} | {asked} | {measured} | {holds} |")
    return "\n".join(rows)


_Row = tuple[Any, ...]
"""A name, and the figures that must hold together."""


def _waits() -> Iterator[_Row]:
    waits = results("latency")["waits_s"]
    known, read = waits["decision"], waits["reading"]
    yield (
        "from the end of the voice until it is known that a nudge is needed",
        _Figure(known["p50"], 0.6, "s", "p50 "),
        _Figure(known["p95"], 1.2, "s", "p95 "),
    )
    yield (
        "from the final words to the feeling that was read in them",
        _Figure(read["p50"], 0.4, "s", "p50 "),
    )


def _hours() -> Iterator[_Row]:
    for name, hour in results("keeping_up")["conditions"].items():
        memory = hour["memory_mb"]
        first, last = hour["lag_first_s"]["p50"], hour["lag_last_s"]["p50"]
        yield (
            f"an hour, both sides ({name})",
            _Figure(hour["cpu_share"] / 2, 0.35, "of two cores"),
            _Figure(memory["most"] / 1000, 1.2, "GB"),
            _Figure(memory["second_half"], 20, "MB more in the second half", digits=0),
            _Figure(last / first, _GROWTH, "× the lag"),
        )


def _reading() -> Iterator[_Row]:
    words, calls = results("words")["calls"], results("labelled_calls")["audio"]
    speed = results("understanding")["speed"]
    points, again = words["difference"]["points"], calls["replay_times_real_time"]
    heard = _Figure(calls["times_real_time"], 4, "× real time", digits=1, least=True)
    yield "words, above the best offline decode", _Figure(points, 1, "points", digits=1)
    yield "a recorded call, from its sound", heard
    yield "a recorded call, from its log", _Figure(again, 60, "× real time", digits=0, least=True)
    yield "understanding an utterance, one core", _Figure(speed["p50_ms"], 15, "ms", "p50 ")
    yield "the understanding on disk", _Figure(speed["bytes"] / 1e6, 100, "MB", digits=0)


def _screen() -> Iterator[_Row]:
    r = results("ui")
    yield "longest pause of the UI thread", _Figure(r["longest_pause_ms"], 50, "ms", digits=0)
    yield "the window is there", _Figure(r["window_s"], 2, "s")
    listens = r["window_s"] + r["listening_s"]
    yield "it listens, models loaded", _Figure(listens, 6, "s", digits=1)
