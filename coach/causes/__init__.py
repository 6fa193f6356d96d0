"""Why customers are upset: the tree of causes as a file, what the model adds, and themes."""

import tomllib
from importlib.resources import files
from pathlib import Path

from coach.core.cause_tree import Tree, TreeFault, read_tree
from coach.errors import UserError


def load_tree(path: Path | None = None) -> Tree:
    """The tree in `path`, else the one that the product brings. Raises `UserError`."""
    shown = path or "causes.toml"
    try:
        text = (path or files(__name__).joinpath("causes.toml")).read_text(encoding="utf-8")
        return read_tree(tomllib.loads(text))
    except (OSError, UnicodeDecodeError) as why:
        raise UserError("insight.cannot_read", path=shown) from why
    except tomllib.TOMLDecodeError as why:
        raise UserError("insight.bad_toml", path=shown, why=why) from why
    except TreeFault as why:
        place = f"{why.cause}.{why.field}".rstrip(".")
        raise UserError("insight.bad_tree", path=shown, place=place, why=why.why) from why
