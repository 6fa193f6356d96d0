"""The main window."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import one_of, settings_from
from coach.phrases import say

if TYPE_CHECKING:
    from coach.desktop.record import Calls

PAGES = ("live", "calls", "dashboard", "settings", "privacy")

cli = typer.Typer()


@cli.command("open", help=say("shell.help_open"))
def open_window(
    page: Annotated[
        str | None, typer.Option(help=say("shell.opt_page", names=", ".join(PAGES)))
    ] = None,
    logs: Annotated[Path | None, typer.Option(help=say("replay.opt_logs"))] = None,
    invented: Annotated[bool, typer.Option("--invented", help=say("replay.opt_invented"))] = False,
    database: Annotated[str | None, typer.Option(help=say("shell.opt_database"))] = None,
) -> None:
    """Open the main window."""
    one_of(page, *PAGES)
    settings = settings_from()
    from ui.display import can_show

    if not can_show():
        from coach.errors import UserError

        raise UserError("shell.no_display")
    from coach.desktop.program import open_desktop

    with _calls(logs, invented=invented, database=database, who=settings.agent or "?") as calls:
        raise typer.Exit(open_desktop(settings, page=page, calls=calls))


def _calls(
    logs: Path | None, *, invented: bool, database: str | None, who: str
) -> "AbstractContextManager[Calls | None]":
    """The calls to look at instead of one's own; `None`: one's own."""
    from coach.archive import archive_of_logs, invented_archive
    from coach.desktop.record import Calls, calls_of_team

    if database is not None:
        return calls_of_team(database, who)
    if logs is not None:
        return nullcontext(Calls(archive=archive_of_logs(logs)))
    return nullcontext(Calls(archive=invented_archive()) if invented else None)
