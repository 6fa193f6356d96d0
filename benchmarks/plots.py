"""Draw the plots of `docs/measurements.md` from `results/*.json`: `python -m benchmarks.plots`.

Needs matplotlib (`pip install -e '.[bench]'`). A plot whose figures nobody measured is not drawn.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.machine import RESULTS, ROOT

PLOTS = ROOT / "docs" / "plots"
_WIDE, _HIGH = 7.2, 3.0
_OURS, _OTHER, _THIRD = "#1f6f78", "#b0612a", "#8a8f98"
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e6ea",
    "axes.axisbelow": True,
    "legend.frameon": False,
    "svg.hashsalt": "eerst-begrip",
}

Draw = Callable[[dict[str, Any], Any], None]


def latency(r: dict[str, Any], figure: Any) -> None:
    """The share of waits that are over after so many seconds."""
    axes = figure.subplots()
    for name, waits in r["each_s"].items():
        if name == "hold":
            continue
        shares = [(number + 1) / len(waits) for number in range(len(waits))]
        axes.step(waits, shares, where="post", label=f"{name} ({len(waits)})")
    axes.axvline(0, color=_THIRD, linewidth=1)
    axes.set(xlabel="seconds after the end of the voice", ylabel="known", ylim=(0, 1))
    axes.legend(loc="lower right")


def keeping_up(r: dict[str, Any], figure: Any) -> None:
    """Lag and memory over the length of the call."""
    lag, memory = figure.subplots(1, 2)
    for name, found in r["conditions"].items():
        lag.plot(found["lag_by_minute_s"], label=name, linewidth=1.2)
        memory.plot(found["memory_by_minute_mb"], label=name, linewidth=1.2)
    lag.set(xlabel="minute", ylabel="final words after, s (median)", ylim=(0, None))
    memory.set(xlabel="minute", ylabel="resident memory, MB", ylim=(0, None))
    lag.legend(fontsize=7)


def soak(r: dict[str, Any], figure: Any) -> None:
    """Memory after every call of a shift."""
    axes = figure.subplots()
    hours, mb = zip(*r["memory_by_hour"], strict=True)
    axes.plot(hours, mb, color=_OURS, linewidth=1)
    axes.set(xlabel="hour of the shift", ylabel="resident memory, MB", ylim=(0, None))


def words(r: dict[str, Any], figure: Any) -> None:
    """Word error rates beside the best offline decode."""
    calls, people = r["calls"], r["people"]["conditions"]
    names = ["calls, synthetic", *(f"acted, {name}" for name in people)]
    product = [calls["streaming"]["wer"], *(both["product"]["wer"] for both in people.values())]
    offline = [calls["offline"]["wer"], *(both["offline"]["wer"] for both in people.values())]
    _bars(figure, names, {"product": product, "offline": offline}, "word error rate")


def silence(r: dict[str, Any], figure: Any) -> None:
    """Texts on sounds in which nobody speaks."""
    total = r["totals"]["all"]
    counts = {
        "the product": total["kept"],
        "its recogniser, past the ears": total["clips_kept"],
        "faster-whisper": total["plain_segments"],
        "faster-whisper, vad_filter": total["plain_vad_segments"],
    }
    _bars(figure, list(counts), {"texts": list(counts.values())}, "texts")


def peers(r: dict[str, Any], figure: Any) -> None:
    """When the deciding words were known, against what that cost."""
    axes = figure.subplots()
    for name, system in r["systems"].items():
        wait, cost = system["shown"]["p50_s"], system["rtf"]
        ours = name.startswith("Eerst")
        axes.scatter(cost, wait, color=_OURS if ours else _OTHER, s=30)
        axes.annotate(name, (cost, wait), xytext=(5, 4), textcoords="offset points", fontsize=8)
    axes.set(xlabel="CPU seconds a second of audio", ylabel="deciding word known after, s (p50)")
    dearest = max(system["rtf"] for system in r["systems"].values())
    axes.set(yscale="log", xlim=(0, 1.2 * dearest))  # room for the name of the dearest


def _bars(figure: Any, names: list[str], series: dict[str, list[float]], label: str) -> None:
    axes = figure.subplots()
    height = 0.8 / len(series)
    for number, ((name, values), colour) in enumerate(
        zip(series.items(), (_OURS, _OTHER), strict=False)
    ):
        places = [place + number * height for place in range(len(names))]
        axes.barh(places, values, height=height * 0.9, color=colour, label=name)
    axes.set_yticks([place + 0.4 - height / 2 for place in range(len(names))], names)
    axes.invert_yaxis()
    axes.set(xlabel=label)
    if len(series) > 1:
        axes.legend()


DRAWN: dict[str, Draw] = {
    "latency": latency,
    "keeping_up": keeping_up,
    "soak": soak,
    "words": words,
    "silence": silence,
    "peers": peers,
}


def draw(name: str, folder: Path = PLOTS) -> Path | None:
    """Draw one plot as SVG, the same bytes for the same figures; `None` where there are none."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    results = RESULTS / f"{name}.json"
    if not results.is_file():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDE, _HIGH), layout="constrained")
        DRAWN[name](json.loads(results.read_text(encoding="utf-8")), figure)
        path = folder / f"{name}.svg"
        figure.savefig(path, metadata={"Date": None})
    return path


def main() -> int:
    """Draw them all; 0."""
    for name in DRAWN:
        path = draw(name)
        print(path.relative_to(ROOT) if path else f"{name}: not measured yet")
    return 0


if __name__ == "__main__":
    sys.exit(main())
