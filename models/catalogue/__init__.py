"""Which models exist, where they come from, and whether the copy here is the real one."""

from models.catalogue.entries import Entry, WheelFile, WheelSource, entries, entry
from models.catalogue.store import Check, ModelStore

__all__ = ["Check", "Entry", "ModelStore", "WheelFile", "WheelSource", "entries", "entry"]
