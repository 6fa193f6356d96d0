"""Keys that answer a nudge while another program has the keyboard: useful, not now, wrong.

They are asked for when a nudge appears and given back when it goes, so that at every other moment
they belong to whatever program the agent works in.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from queue import SimpleQueue

from coach.core.events import CallEnded, LogEvent, NudgeAnswered, NudgeShown, NudgeWithdrawn
from coach.hotkeys import can_be_had, parse, pressed
from coach.settings import Settings

Answer = Callable[[int, str], None]
"""Told the number of the nudge and the answer."""

Pressed = Callable[[Mapping[str, str], Callable[[str], None]], AbstractContextManager[None]]

_NOTHING, _OVER = 0, -1
"""No nudge stands; the calls are over. Nudges are counted from 1."""


def answer_keys(settings: Settings) -> dict[str, str]:
    """The keys that answer a nudge, by their answer; none where keys cannot be asked for."""
    keys = {
        "useful": settings.hotkey_useful,
        "not_now": settings.hotkey_not_now,
        "wrong": settings.hotkey_wrong,
    }
    known = {answer: words for answer, words in keys.items() if parse(words) is not None}
    return known if can_be_had() else {}


@contextmanager
def answering(
    keys: Mapping[str, str], answer: Answer, pressed: Pressed = pressed
) -> Iterator[Callable[[LogEvent | None], None]]:
    """A sink for the events of calls that asks for `keys` while a nudge stands; never waits.

    `None` stands for a call that was removed, and has no end.
    """
    if not keys:
        yield lambda _: None
        return
    stands: SimpleQueue[int] = SimpleQueue()
    work = threading.Thread(target=_ask, args=(keys, answer, pressed, stands), name="answer keys")
    work.start()
    try:
        yield lambda event: _follow(event, stands)
    finally:
        stands.put(_OVER)
        work.join()


def _follow(event: LogEvent | None, stands: "SimpleQueue[int]") -> None:
    match event:
        case NudgeShown():
            stands.put(event.nudge)
        case NudgeWithdrawn() | NudgeAnswered() | CallEnded() | None:
            stands.put(_NOTHING)
        case _:
            pass


def _ask(
    keys: Mapping[str, str], answer: Answer, pressed: Pressed, stands: "SimpleQueue[int]"
) -> None:
    """Have the keys while a nudge stands; without them, it is answered in the window."""
    nudge = _NOTHING
    while nudge != _OVER:
        if nudge == _NOTHING:
            nudge = _latest(stands)
            continue
        told, nudge = partial(answer, nudge), _NOTHING
        with suppress(OSError), pressed(keys, told):
            nudge = _latest(stands)


def _latest(stands: "SimpleQueue[int]") -> int:
    """What stands now; waits for news."""
    found = stands.get()
    while found != _OVER and not stands.empty():
        found = stands.get()
    return found
