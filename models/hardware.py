"""Which model this machine can run, and how."""

import os
from dataclasses import dataclass, replace

from models.catalogue import Entry, ModelStore, entries, entry
from models.tuning import Tuning

ON_GPU = "large-v3-turbo"
ON_CPU = "base"
_MOST_THREADS = 4
_OTHERS = 1
"""Understanding has a thread of its own: the recogniser's wait for each other, busily, while one of
them shares a processor with it."""


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


def smaller(than: Entry, store: ModelStore) -> Entry | None:
    """The largest model in the store that is smaller; for a machine that cannot keep up."""
    found = [
        one
        for one in entries()
        if one.parameters < than.parameters and store.check(one, thorough=False).state == "verified"
    ]
    return max(found, key=lambda one: one.parameters, default=None)


def choose(
    name: str,
    store: ModelStore,
    threads: int = 0,
    *,
    tuning: Tuning | None = None,
    share: float = 1.0,
) -> Choice:
    """The model to run. `name` "auto" follows the hardware; it never fetches anything.

    `tuning`: what was measured on this machine. `share` of the processors may be used, 0..1.
    Not tried on a GPU: the way there is CTranslate2's own.
    """
    cuda = gpus() > 0
    if name != "auto":
        model, reason = entry(name), "set"
    elif cuda and store.check(entry(ON_GPU), thorough=False).state == "verified":
        model, reason = entry(ON_GPU), "gpu"
    elif cuda:
        model, reason = entry(ON_CPU), "gpu without a larger model"
    else:
        model, reason = _for_cpu(store, tuning)
    usual = min(_MOST_THREADS, max(1, cpus() - _OTHERS)) if tuning is None else tuning.threads
    return Choice(
        model=model,
        device="cuda" if cuda else "cpu",
        compute_type="float16" if cuda else "int8",
        threads=threads or max(1, min(usual, int(cpus() * share))),
        reason=reason,
    )


def _for_cpu(store: ModelStore, tuning: Tuning | None) -> tuple[Entry, str]:
    """The largest model that was measured to keep up; the default one where none was."""
    fits = [
        one
        for one in entries()
        if tuning is not None
        and tuning.fits(one.name)
        and store.check(one, thorough=False).state == "verified"
    ]
    if not fits:
        return entry(ON_CPU), "cpu"
    return max(fits, key=lambda one: one.parameters), "measured"


def ways(choice: Choice) -> tuple[Choice, ...]:
    """The ways to run it, the best first. The last one is always the processor.

    There it is the default model: a processor does not keep up with one chosen for a card.
    """
    if choice.device == "cpu":
        return (choice,)
    less = replace(choice, compute_type="int8_float16", reason="less room on the card")
    on_cpu = replace(
        choice, model=entry(ON_CPU), device="cpu", compute_type="int8", reason="the card failed"
    )
    return choice, less, on_cpu


def cpus() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
