"""A report as one HTML file: no script, nothing fetched, prints well."""

from importlib.resources import files
from pathlib import Path

from coach.errors import ProductError
from coach.report.wording import Page


def html(page: Page) -> str:
    """The page; what calls brought into it is escaped."""
    from jinja2 import Environment, StrictUndefined

    text = files("coach.report").joinpath("page.html").read_text(encoding="utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined).from_string(text)
    return made.render(page=page) + "\n"


def write_html(page: Page, path: Path) -> None:
    """Write it. Raises `ProductError` when the disk does not take it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html(page), encoding="utf-8")
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why
