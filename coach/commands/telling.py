"""How commands tell what they did: words on a terminal with progress, JSON for programs."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

out_console = Console()
err_console = Console(stderr=True)

Say = Callable[[float], None]
"""Told a share, 0..1."""


def print_json(what: dict[str, Any]) -> None:
    """One line of JSON on standard output."""
    out_console.file.write(json.dumps(what, ensure_ascii=False) + os.linesep)


def tell(as_json: bool, what: dict[str, Any], words: str) -> None:
    """Tell what came of it: to a program or to a person."""
    if as_json:
        print_json(what)
    else:
        print_words(out_console, words)


def warn(words: str) -> None:
    """Words in yellow on standard error."""
    print_words(err_console, words, "yellow")


def print_words(console: Console, words: str, style: str = "") -> None:
    """Print words as they are: in a file name, "[red]" and ":key:" are letters."""
    console.print(Text(words, style), soft_wrap=True)


@contextmanager
def steps(title: str) -> Iterator[Callable[[str, float], None]]:
    """A progress bar whose steps have names."""
    title_column = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), title_column, BarColumn(), TimeElapsedColumn())
    quiet = not err_console.is_terminal
    with Progress(*columns, console=err_console, transient=True, disable=quiet) as progress:
        task = progress.add_task(title, total=1.0)

        def step(name: str, share: float) -> None:
            progress.update(task, description=f"{title} {name}", completed=share)

        yield step


@contextmanager
def bar(title: str) -> Iterator[Say]:
    """A progress bar, on a terminal only."""
    with steps(title) as step:
        yield lambda share: step("", share)
