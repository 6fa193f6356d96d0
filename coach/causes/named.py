"""The causes of one call: by their ids, as the record keeps them, and by name."""

from collections.abc import Sequence
from functools import cache

from coach.causes import load_tree
from coach.core.cause_tree import Tree
from coach.core.causes import complaint, find_causes
from coach.core.events import LogEvent
from coach.phrases import language


def cause_ids(events: Sequence[LogEvent]) -> tuple[str, ...]:
    """Why the customer was upset, by the product's own tree; empty: was not, or did not say."""
    return tuple(found.cause for found in find_causes(complaint(events), _tree()))


def main_cause(events: Sequence[LogEvent]) -> str | None:
    """The name of the main cause in the user's language; no model is loaded for one call."""
    found = cause_ids(events)
    return _tree().by_id[found[0]].name(language()) if found else None


@cache
def _tree() -> Tree:
    return load_tree()
