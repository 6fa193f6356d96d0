"""Which model this machine can run, and how."""

import os
from dataclasses import dataclass

from models.catalogue import Entry, ModelStore, entry

ON_GPU = "large-v3-turbo"
ON_CPU = "base"
_MOST_THREADS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A model and the way to run it; `reason` is for people ("doctor" prints it)."""

    model: Entry
    device: str
    compute_type: str
    threads: int
    reason: str


def gpus() -> int:
    """How many CUDA devices CTranslate2 can use."""
    import ctranslate2

    return int(ctranslate2.get_cuda_device_count())


def choose(name: str, store: ModelStore, threads: int = 0) -> Choice:
    """The model to run. `name` "auto" follows the hardware; it never fetches anything.

    Not tried on a GPU: the way there is CTranslate2's own.
    """
    cuda = gpus() > 0
    if name != "auto":
        model, reason = entry(name), "set"
    elif cuda and store.check(entry(ON_GPU), thorough=False).state == "verified":
        model, reason = entry(ON_GPU), "gpu"
    else:
        model, reason = entry(ON_CPU), "gpu without a larger model" if cuda else "cpu"
    return Choice(
        model=model,
        device="cuda" if cuda else "cpu",
        compute_type="float16" if cuda else "int8",
        threads=threads or min(_MOST_THREADS, cpus()),
        reason=reason,
    )


def cpus() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
