"""The causes of one call: by their ids, as the record keeps them, and by name."""

from collections.abc import Mapping, Sequence
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
    """The id of the main cause; no model is loaded for one call."""
    return next(iter(cause_ids(events)), None)


def cause_name(kept: str | None) -> str | None:
    """How a cause is called in the language of whoever reads it; one that the tree does not have is
    shown as it was kept.
    """
    known = _tree().by_id.get(cause_id(kept) or "")
    return kept if known is None else known.name(language())


def cause_id(kept: str | None) -> str | None:
    """The id of a cause that was kept by its id, or by a name, as incidents once were."""
    return kept if kept is None else _ids_by_name().get(kept, kept)


@cache
def _ids_by_name() -> Mapping[str, str]:
    return {name: one.id for one in _tree().causes for name in (one.nl, one.en)}


@cache
def _tree() -> Tree:
    return load_tree()
