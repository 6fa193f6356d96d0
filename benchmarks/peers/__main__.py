"""Play the same calls to the coach and to its peers; see the package."""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import machine, peers
from benchmarks.peers import environments
from benchmarks.peers.catalogue import PEERS, Peer
from benchmarks.peers.excerpt import Excerpt, excerpts
from benchmarks.peers.judge import Run, judge, ratio, read_log, read_notes, summary
from benchmarks.peers.watch import watch
from benchmarks.shared import shared_folder
from coach import paths
from models.prompt import PROMPT

PRODUCT = "Eerst Begrip"
PRODUCT_BOTH = "Eerst Begrip, both sides"
_PATIENCE_S = 240


def main(arguments: list[str] | None = None) -> int:
    """Set up, or run everything one after another, keep and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=peers.__doc__)
    parser.add_argument("--setup", action="store_true")
    parser.add_argument("--only", nargs="+", help="names of peers; the coach always runs")
    parser.add_argument("--calls", type=int, default=2)
    chosen = parser.parse_args(arguments)
    some = tuple(peer for peer in PEERS if not chosen.only or peer.name in chosen.only)
    if chosen.setup:
        return environments.build_all(some)
    played = excerpts(shared_folder() / "calls", chosen.calls)
    os.environ["HF_HUB_OFFLINE"] = "1"
    runs: dict[str, list[Run]] = {}
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, agent in ((PRODUCT, False), (PRODUCT_BOTH, True)):
            runs[name] = [_product(one, Path(scratch) / name, agent=agent) for one in played]
        for peer in some:
            try:
                runs[peer.name] = [_peer(peer, one, Path(scratch)) for one in played]
            except (LookupError, OSError) as why:
                failed[peer.name] = str(why)
            print(peer.name, failed.get(peer.name, "done"), file=sys.stderr, flush=True)
    figures = _figures(runs, failed)
    machine.keep("peers", figures)
    print(table(figures))
    return 0


def _product(excerpt: Excerpt, out: Path, *, agent: bool) -> Run:
    """The coach as a user runs it, beside the clock."""
    out.mkdir(parents=True, exist_ok=True)
    call = excerpt.write_call(out / f"{excerpt.call}.wav", agent=agent)
    command = [sys.executable, "-m", "coach", "analyse", str(call), "--realtime"]
    command += ["--out", str(out), "--agent-channel", "left"]
    log = out / f"{excerpt.call}.events.jsonl"
    watched = watch(command, out / "output.txt", excerpt.length_s + _PATIENCE_S)
    if watched.code != 0:
        sys.exit(f"the coach itself failed: {watched.complaint}")
    finished = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    name = PRODUCT_BOTH if agent else PRODUCT
    return judge(name, excerpt, read_log(log), float(finished["cpu_s"]), watched.peak_mb)


def _peer(peer: Peer, excerpt: Excerpt, scratch: Path) -> Run:
    """A peer through its driver. Raises `LookupError` with the reason when it cannot be run."""
    if not peer.python.is_file():
        raise LookupError("not installed: python -m benchmarks.peers --setup")
    sound = excerpt.write_customer(scratch / f"{excerpt.call}.wav")
    notes = scratch / f"{peer.name}-{excerpt.call}.jsonl"
    model = paths.models_folder() / "base"
    command = [str(peer.python), str(peer.script), str(sound), str(model), PROMPT, str(notes)]
    watched = watch(command, notes.with_suffix(".log"), excerpt.length_s + _PATIENCE_S)
    if not notes.is_file() or (watched.code != 0 and not notes.read_text(encoding="utf-8")):
        raise LookupError(f"exit code {watched.code}: {watched.complaint}")
    began, texts = read_notes(notes)
    # from the call's first second to the last text: loading does not count, for nobody
    end = began + max(excerpt.length_s, texts[-1].at_s if texts else 0.0)
    return judge(peer.name, excerpt, texts, watched.cpu_between(began, end), watched.peak_mb)


def _figures(runs: dict[str, list[Run]], failed: dict[str, str]) -> dict[str, Any]:
    ours = runs[PRODUCT]
    mine = summary(ours)
    systems = {}
    for name, some in runs.items():
        figures = summary(some)
        settings = next((peer.settings for peer in PEERS if peer.name == name), "as it is")
        times = {
            "wait_to_ours": ratio(some, ours),
            "cpu_to_ours": round(figures["cpu_s"] / mine["cpu_s"], 1),
        }
        systems[name] = {"settings": settings, **figures, **times}
    return {
        "systems": systems,
        "failed": failed,
        "runs": [asdict(run) for some in runs.values() for run in some],
    }


def table(figures: dict[str, Any]) -> str:
    """The figures as Markdown."""
    lines = [
        "| system | deciding words known | on screen after, p50 / max | final after, p50 / max |"
        " wait, to ours | WER | CPU s a second of audio | to ours | peak memory |",
        "|" + "---|" * 9,
    ]
    for name, one in figures["systems"].items():
        shown, final = one["shown"], one["final"]
        lines.append(
            f"| {name} | {shown['known']} of {one['words']} | {_pair(shown)} | {_pair(final)} |"
            f" {_times(one['wait_to_ours'])} | {one['wer']:.3f} | {one['rtf']:.2f} |"
            f" {_times(one['cpu_to_ours'])} | {one['peak_mb']} MB |"
        )
    lines += [f"\n{name} could not be run: {why}" for name, why in figures["failed"].items()]
    return "\n".join(lines)


def _pair(delays: dict[str, Any]) -> str:
    if not delays["known"]:
        return "never"
    return f"{delays['p50_s']:.1f} / {delays['max_s']:.1f} s"


def _times(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}x"


if __name__ == "__main__":
    sys.exit(main())
