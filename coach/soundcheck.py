"""`coach doctor --audio`: ten seconds of both sides, and what to do about what was found."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager

import numpy as np
from rich.console import Console
from rich.text import Text

from audio import devices
from audio.live import LiveSource
from audio.soundcheck import Level, Listened, Remark, level, remarks
from coach.core.units import RATE
from coach.core.vocabulary import Speaker
from coach.phrases import say
from coach.settings import Settings

WARMING_UP_S = 2.5
"""Devices may take this long to start; what they miss by that is no finding."""

out_console = Console()
err_console = Console(stderr=True)


def run(settings: Settings, *, seconds: float, as_json: bool) -> int:
    """Listen and tell; exit code 2 when calls cannot be coached like this."""
    known = devices.known()
    with _source(settings) as source:
        if not as_json:
            _tell(say("listen.check_known"), "bold")
            for device in known:
                words = say("listen.check_plays") if device.plays else say("listen.check_records")
                _tell(f"  {device.name}  ({device.description}; {words})", "dim")
            _tell(say("listen.check_speak", seconds=seconds), "bold")
        sides = _listen(source, seconds)
    found = remarks(sides[Speaker.AGENT], sides[Speaker.CUSTOMER])
    if as_json:
        out_console.file.write(json.dumps(_as_json(sides, found), ensure_ascii=False) + "\n")
    else:
        _show(sides, found)
    return 2 if any(remark.broken for remark in found) else 0


def examine(settings: Settings, *, seconds: float) -> list[tuple[Remark, str]]:
    """Listen, and what was found with the words for it. Raises `CoachError`."""
    with _source(settings) as source:
        sides = _listen(source, seconds)
    return [(one, _words(one)) for one in remarks(sides[Speaker.AGENT], sides[Speaker.CUSTOMER])]


@contextmanager
def _source(settings: Settings) -> Iterator[LiveSource]:
    with closing(devices.choose(settings.microphone, settings.customer)) as both:
        yield LiveSource(both.agent, both.customer, changed=both.changed)


def _listen(source: LiveSource, seconds: float) -> dict[Speaker, Listened]:
    kept, gaps = [], []
    first = round(WARMING_UP_S * RATE)
    states = source.states()
    with closing(source.blocks()) as blocks, err_console.status(say("listen.check_listening")):
        for block in blocks:
            gaps += source.gaps()
            if block.start < first:
                continue
            kept.append(block)
            if block.start >= first + seconds * RATE:
                states = source.states()
                break
    about = {known.name: known for known in devices.known()}
    sides = {}
    for state in states:
        device = about.get(state.device or "")
        sound = np.concatenate([getattr(block, state.speaker.value) for block in kept])
        sides[state.speaker] = Listened(
            speaker=state.speaker,
            sound=sound,
            gaps=[gap for speaker, gap in gaps if speaker is state.speaker and gap.end > first],
            overruns=state.overruns,
            rate=device.rate if device else 0,
            muted=device.muted if device else False,
        )
    return sides


def _as_json(sides: dict[Speaker, Listened], found: list[Remark]) -> dict[str, object]:
    levels = {speaker.value: level(side.sound) for speaker, side in sides.items()}
    return {
        **{name: _level_json(heard) for name, heard in levels.items()},
        "findings": [
            {
                "name": one.name,
                "side": one.speaker.value,
                "broken": one.broken,
                "message": _words(one),
            }
            for one in found
        ],
    }


def _level_json(heard: Level) -> dict[str, float]:
    return {
        "speech_dbfs": round(heard.speech_dbfs, 1),
        "noise_dbfs": round(heard.noise_dbfs, 1),
        "clipped": heard.clipped,
    }


def _show(sides: dict[Speaker, Listened], found: list[Remark]) -> None:
    for speaker, side in sides.items():
        heard = level(side.sound)
        name = say(f"screen.{speaker}")
        figures = {"speech": heard.speech_dbfs, "noise": heard.noise_dbfs}
        _tell(say("listen.check_level", side=name, **figures))
    for remark in found:
        mark, style = ("✗", "red") if remark.broken else ("–", "yellow")
        _tell(f"{mark} {_words(remark)}", style)
    if not found:
        _tell(f"✓ {say('listen.check_well')}", "green")


def _words(remark: Remark) -> str:
    side = say(f"screen.{remark.speaker}")
    key = f"listen.check_{remark.name}"
    if remark.name in ("silent", "echo"):
        key = f"{key}_{remark.speaker}"
    return say(key, side=side, **remark.values)


def _tell(words: str, style: str = "") -> None:
    out_console.print(Text(words, style), soft_wrap=True)
