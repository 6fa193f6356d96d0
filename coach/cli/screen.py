"""The main window."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import one_of, settings_from
from coach.phrases import say

if TYPE_CHECKING:
    from ui.archive import Archive

PAGES = ("live", "calls", "dashboard", "settings", "privacy")

cli = typer.Typer()


@cli.command("open", help=say("shell.help_open"))
def open_window(
    page: Annotated[
        str | None, typer.Option(help=say("shell.opt_page", names=", ".join(PAGES)))
    ] = None,
    logs: Annotated[Path | None, typer.Option(help=say("replay.opt_logs"))] = None,
    invented: Annotated[bool, typer.Option("--invented", help=say("replay.opt_invented"))] = False,
) -> None:
    """Open the main window."""
    one_of(page, *PAGES)
    settings = settings_from()
    from ui.display import can_show

    if not can_show():
        from coach.errors import UserError

        raise UserError("shell.no_display")
    from coach.desktop.program import open_desktop

    raise typer.Exit(open_desktop(settings, page=page, calls=_calls(logs, invented=invented)))


def _calls(logs: Path | None, *, invented: bool) -> "Archive | None":
    """The calls to look at instead of one's own; `None`: one's own."""
    from coach.archive import archive_of_logs, invented_archive

    if logs is not None:
        return archive_of_logs(logs)
    return invented_archive() if invented else None
