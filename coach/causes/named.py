"""The causes of a call by their ids, as the record keeps them."""

from collections.abc import Sequence
from functools import cache

from coach.causes import load_tree
from coach.core.cause_tree import Tree
from coach.core.causes import complaint, find_causes
from coach.core.events import LogEvent


def cause_ids(events: Sequence[LogEvent]) -> tuple[str, ...]:
    """Why the customer was upset, by the product's own tree; empty: was not, or did not say."""
    return tuple(found.cause for found in find_causes(complaint(events), _tree()))


@cache
def _tree() -> Tree:
    return load_tree()
