"""Measure this machine with the sentences of the demo call, and keep what was found."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from audio.callfile import inspect
from audio.ear import StreamingEar
from coach import app, paths
from coach.core.vocabulary import Speaker
from coach.errors import ProductError
from coach.runtime.ports import Audio, Recogniser
from models.catalogue import ModelStore, entries, entry
from models.hardware import ON_CPU, Choice, cpus, gpus
from models.loading import load_steady
from models.tuning import Tuning, measure, read, write
from models.vad import SileroDetector

_CLIPS = 3


def at_first_start() -> Tuning | None:
    """What was measured before on this machine; measured now if nothing was, or on another one.

    `None` where it makes no sense: on a graphics card, or without a model.
    """
    store = ModelStore(paths.models_folder())
    if gpus() or store.check(entry(ON_CPU), thorough=False).state != "verified":
        return None
    return read(paths.tuning_file(), cpus()) or tune()


def tune() -> Tuning:
    """Measure and keep it. Raises `CoachError`: no model here, or no room for the result."""
    store = ModelStore(paths.models_folder())
    store.locate(entry(ON_CPU))
    here = [one for one in entries() if store.check(one, thorough=False).state == "verified"]
    others = [one.name for one in here if one.name != ON_CPU]
    clips = list(islice(_clips(), _CLIPS))
    found = measure(partial(_load, store), clips, [ON_CPU, *others], cpus())
    path = paths.tuning_file()
    try:
        write(path, found)
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why
    return found


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
