"""`python -m models.training train|evaluate`: from the data folder to the weights that ship."""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WORK = ROOT / ".cache" / "training"
HEARD = Path(__file__).parent / "data" / "heard" / "lines.jsonl"


def main(arguments: list[str] | None = None) -> int:
    """Run a subcommand; 0 when it is done, 2 when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m models.training", description=__doc__)
    shared = Path(os.environ.get("COACH_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="the data folder")
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train, calibrate and write the weights")
    train.add_argument(
        "--wheels", type=Path, default=WORK / "wheels", help="the folder with the two wheels"
    )
    train.add_argument(
        "--work", type=Path, default=WORK, help="checkpoints; an interrupted run resumes"
    )
    train.add_argument("--out", type=Path, help="where to write the weights (default: as shipped)")
    train.add_argument("--threads", type=int, default=2)
    train.add_argument("--epochs", type=int)
    train.add_argument("--seed", type=int)
    train.add_argument("--version", default="1")
    heard = commands.add_parser(
        "heard", help="speak and transcribe lines as a telephone gives them"
    )
    heard.add_argument("--out", type=Path, default=HEARD, help="rows are added to this file")
    heard.add_argument("--customers", type=int, default=900)
    heard.add_argument("--agents", type=int, default=700)
    heard.add_argument("--telling", type=int, default=700)
    evaluate = commands.add_parser("evaluate", help="measure on calls that were not trained on")
    evaluate.add_argument("--weights", type=Path, help="default: as shipped")
    evaluate.add_argument("--calls", type=Path, help="default: calls/dev.jsonl of the data folder")
    evaluate.add_argument("--baselines", action="store_true", help="the whole table")
    chosen = parser.parse_args(arguments)
    if not (chosen.shared / "calls" / "train.jsonl").is_file():
        print(f"no labelled calls in {chosen.shared}: give --shared", file=sys.stderr)  # noqa: T201
        return 2
    if chosen.command == "train":
        from models.training.run import train as run_training

        run_training(chosen, tell=_tell)
    elif chosen.command == "heard":
        from models.training.run import hear

        hear(chosen, tell=_tell)
    else:
        from models.training.table import evaluate as run_evaluation

        run_evaluation(chosen, tell=_tell)
    return 0


def _tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (a command's progress)


if __name__ == "__main__":
    sys.exit(main())
