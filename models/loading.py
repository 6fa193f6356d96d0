"""From a choice to a recogniser that is ready, and that goes on when a device fails."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from coach.errors import ProductError
from coach.runtime.ports import Recogniser
from models.catalogue import ModelStore
from models.hardware import Choice, smaller, ways
from models.steady import SteadyRecogniser


def load_steady(
    store: ModelStore, choice: Choice, prompt: str, rest: Callable[[], None] = lambda: None
) -> SteadyRecogniser:
    """The recogniser of `choice`, verified before it is loaded. Raises `CoachError`.

    On a graphics card that has no room for it, it takes less room there, and else the processor.
    """
    tries = ways(choice)
    less = smaller(choice.model, store)
    small = None if less is None else partial(_load, store, replace(tries[-1], model=less), prompt)
    for number, way in enumerate(tries):
        left = tries[number + 1 :]
        try:
            first = _load(store, way, prompt)
        except ProductError:
            if not left:
                raise
            continue
        spare = partial(_load, store, tries[-1], prompt) if left else None
        return SteadyRecogniser(first, spare=spare, small=small, rest=rest)
    raise AssertionError("there is always a way")


def _load(store: ModelStore, choice: Choice, prompt: str) -> Recogniser:
    """Load it on the calling thread: a model that was loaded on a thread that has ended since
    decoded thirty times slower on a busy machine."""
    from models.asr import WhisperRecogniser

    return WhisperRecogniser(
        store.locate(choice.model),
        choice.model.name,
        device=choice.device,
        compute_type=choice.compute_type,
        threads=choice.threads,
        prompt=prompt,
    )
