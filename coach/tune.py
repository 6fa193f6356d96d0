"""Measure this machine with the sentences of the demo call, and keep what was found."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from audio.callfile import inspect
from audio.ear import StreamingEar
from coach import app, paths
from coach.core.vocabulary import Speaker
from coach.errors import ProductError
from coach.logs import note_fault
from coach.runtime.ports import Audio, Recogniser
from models.catalogue import ModelStore, entries, entry
from models.hardware import ON_CPU, Choice, cpus, gpus
from models.loading import load_steady
from models.tuning import Tuning, measure, read, write
from models.vad import SileroDetector

_CLIPS = 3

Step = Callable[[float], None]
"""Told how much is done, 0..1, before each piece of the measurement. May raise `Skipped`."""


class Skipped(Exception):
    """Somebody does not want to wait: the machine is measured another time."""


def at_first_start(step: Step = lambda _: None) -> Tuning | None:
    """What was measured before on this machine; measured now if nothing was, or on another one.

    `None` where it makes no sense, on a graphics card or without a model, and when it was skipped.
    A result that cannot be kept is found again at the next start.
    """
    store = ModelStore(paths.models_folder())
    if gpus() or store.check(entry(ON_CPU), thorough=False).state != "verified":
        return None
    if (known := read(paths.tuning_file(), cpus())) is not None:
        return known
    try:
        found = _measured(step)
        _keep(found)
    except Skipped:
        return None
    except ProductError as why:
        note_fault(why)
        return None
    return found


def tune() -> Tuning:
    """Measure and keep it. Raises `CoachError`: no model here, or no room for the result."""
    found = _measured(lambda _: None)
    _keep(found)
    return found


def _measured(step: Step) -> Tuning:
    store = ModelStore(paths.models_folder())
    store.locate(entry(ON_CPU))
    here = [one for one in entries() if store.check(one, thorough=False).state == "verified"]
    others = [one.name for one in here if one.name != ON_CPU]
    clips = list(islice(_clips(), _CLIPS))
    return measure(partial(_load, store), clips, [ON_CPU, *others], cpus(), step=step)


def _keep(found: Tuning) -> None:
    path = paths.tuning_file()
    try:
        write(path, found)
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why


def _load(store: ModelStore, name: str, threads: int) -> Recogniser:
    choice = Choice(
        model=entry(name), device="cpu", compute_type="int8", threads=threads, reason="tuning"
    )
    return load_steady(store, choice, "")


def _clips() -> Iterator[Audio]:
    """The first sentences of the demo call, both sides."""
    ears = {speaker: StreamingEar(speaker, SileroDetector()) for speaker in Speaker}
    for event in app.first_speech(inspect(app.demo_call()), ears):
        yield ears[event.speaker].audio(event.start, event.end)
