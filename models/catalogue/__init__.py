"""Which models exist, where they come from, and whether the copy here is the real one."""

from models.catalogue.entries import (
    Entry,
    HubSource,
    PinnedFile,
    WheelSource,
    entries,
    entry,
)
from models.catalogue.store import Check, ModelStore

__all__ = [
    "Check",
    "Entry",
    "HubSource",
    "ModelStore",
    "PinnedFile",
    "WheelSource",
    "entries",
    "entry",
]
