"""Where the time of a run went, stage by stage: `coach analyse --profile`."""

from dataclasses import asdict

from rich.table import Table

from coach.commands.telling import out_console, print_json
from coach.core.events import RunFinished
from coach.phrases import say


def show_stages(finished: RunFinished, *, as_json: bool) -> None:
    """Print the stages of a run, from the sound to the log."""
    if as_json:
        print_json({"stages": [asdict(stage) for stage in finished.stages]})
        return
    table = Table(box=None, pad_edge=False)
    table.add_column(say("tune.stage"))
    for name in ("tune.count", "tune.total", "tune.share"):
        table.add_column(say(name), justify="right")
    for name in ("p50, ms", "p95, ms"):
        table.add_column(name, justify="right")
    for stage in finished.stages:
        share = stage.total_s / finished.wall_s if finished.wall_s else 0.0
        table.add_row(
            say(f"tune.{stage.name}"),
            str(stage.count),
            f"{stage.total_s:.2f}",
            f"{share:.0%}",
            f"{stage.p50_ms:.2f}",
            f"{stage.p95_ms:.2f}",
        )
    out_console.print(table)
