"""Keys that answer a nudge: asked for while one stands, and at no other moment."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest

from coach.answer_keys import answer_keys, answering
from coach.core.events import CallEnded, LogEvent, NudgeAnswered, NudgeShown, NudgeWithdrawn
from coach.core.units import Samples
from coach.core.vocabulary import NudgeKind
from coach.settings import load_settings
from tests.e2e.screen import XDOTOOL
from tests.pulse import until
from tests.test_hotkeys import display

__all__ = ["display"]

KEYS = {"useful": "Ctrl+Shift+1", "not_now": "Ctrl+Shift+2", "wrong": "Ctrl+Shift+3"}
AT = Samples(0)


def shown(number: int) -> NudgeShown:
    return NudgeShown(at=AT, nudge=number, kind=NudgeKind.PARAPHRASE, decided=AT, because="en toen")


def withdrawn(number: int) -> NudgeWithdrawn:
    return NudgeWithdrawn(at=AT, nudge=number, kind=NudgeKind.PARAPHRASE, reason="done")


class Keyboard:
    """Stands for the system's keys: who asks for them now, and who asked in all."""

    def __init__(self) -> None:
        self.press: Callable[[str], None] | None = None
        self.asked = 0

    @contextmanager
    def pressed(self, _: Mapping[str, str], told: Callable[[str], None]) -> Iterator[None]:
        self.asked += 1
        self.press = told
        yield
        self.press = None

    def taken(self) -> bool:
        return self.press is not None

    def free(self) -> bool:
        return self.press is None


@pytest.mark.parametrize(
    "over", [withdrawn(1), NudgeAnswered(at=AT, nudge=1, answer="useful"), CallEnded(at=AT), None]
)
def test_the_keys_are_taken_while_a_nudge_stands_and_given_back(
    over: LogEvent | None,
) -> None:
    keyboard, answers = Keyboard(), list[tuple[int, str]]()
    before = threading.active_count()
    with answering(KEYS, lambda *told: answers.append(told), keyboard.pressed) as sink:
        assert keyboard.free()
        sink(shown(1))
        until(keyboard.taken, 5, "the keys are taken")
        assert keyboard.press is not None
        keyboard.press("wrong")
        sink(over)
        until(keyboard.free, 5, "the keys are given back")
        sink(shown(2))
        until(keyboard.taken, 5, "the keys are taken again")
    assert keyboard.free()
    assert (answers, keyboard.asked) == ([(1, "wrong")], 2)
    assert threading.active_count() == before


def test_a_nudge_that_replaces_another_gets_the_answers() -> None:
    keyboard, answers = Keyboard(), list[tuple[int, str]]()
    with answering(KEYS, lambda *told: answers.append(told), keyboard.pressed) as sink:
        sink(shown(1))
        until(keyboard.taken, 5, "the keys are taken")
        sink(withdrawn(1))
        sink(shown(2))
        until(lambda: keyboard.asked == 2 and keyboard.taken(), 5, "for the next nudge")
        assert keyboard.press is not None
        keyboard.press("useful")
    assert answers == [(2, "useful")]


def test_without_keys_nothing_is_asked_for() -> None:
    keyboard = Keyboard()
    with answering({}, lambda *_: None, keyboard.pressed) as sink:
        sink(shown(1))
    assert keyboard.asked == 0


def test_a_system_that_gives_no_keys_costs_the_keys_and_nothing_else() -> None:
    def refuses(*_: object) -> "Keyboard":
        raise OSError("no more processes")

    with answering(KEYS, lambda *_: None, refuses) as sink:  # type: ignore[arg-type]
        sink(shown(1))
        sink(withdrawn(1))


def test_the_settings_name_the_keys_where_the_desktop_gives_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    settings = load_settings(hotkey_wrong="")
    usual = {"useful": "Ctrl+Shift+1", "not_now": "Ctrl+Shift+2"}
    assert answer_keys(settings) == usual
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    if sys.platform != "win32":
        assert answer_keys(settings) == {}
        monkeypatch.delenv("DISPLAY")
        monkeypatch.delenv("XDG_SESSION_TYPE")
        assert answer_keys(settings) == {}


def test_a_nudge_is_answered_while_another_program_has_the_keyboard(display: str) -> None:
    """Real keys on a real display: nothing of ours has a window there at all."""
    if shutil.which(XDOTOOL) is None:
        pytest.skip("keys need xdotool")
    answers: list[tuple[int, str]] = []

    def press(key: str) -> bool:
        subprocess.run([XDOTOOL, "key", key], check=True, env={**os.environ, "DISPLAY": display})
        return bool(answers)

    with answering(KEYS, lambda *told: answers.append(told)) as sink:
        press("ctrl+shift+2")
        sink(shown(7))
        until(lambda: press("ctrl+shift+2"), 20, "the nudge is answered")
        assert set(answers) == {(7, "not_now")}
