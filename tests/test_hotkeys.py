"""Keys that work whatever program has the keyboard."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import hotkeys
from coach.hotkeys import Key, parse
from tests.e2e.screen import XDOTOOL, XVFB, x_server
from tests.pulse import until


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Ctrl+Shift+F9", Key(("ctrl", "shift"), "F9")),
        ("ctrl + alt + b", Key(("ctrl", "alt"), "b")),
        ("Super+1", Key(("super",), "1")),
        ("F9", None),
        ("Ctrl+", None),
        ("Ctrl+F99", None),
        ("Hyper+F9", None),
        ("", None),
        ("Ctrl+é", None),
    ],
)
def test_a_key_is_named_as_people_write_it_and_never_stands_alone(
    words: str, key: Key | None
) -> None:
    assert parse(words) == key


@given(st.text(max_size=20))
def test_whatever_is_written_in_the_settings_is_a_key_or_none(words: str) -> None:
    key = parse(words)
    assert key is None or key.held


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An X server of our own."""
    if not (XVFB and XDOTOOL):
        pytest.skip("keys need Xvfb and xdotool")
    with x_server() as name:
        monkeypatch.setenv("DISPLAY", name)
        yield name


def test_a_key_is_heard_also_with_caps_lock_and_other_keys_are_not(display: str) -> None:
    heard: list[str] = []

    def press(*keys: str) -> None:
        subprocess.run([XDOTOOL, "key", *keys], check=True, env={**os.environ, "DISPLAY": display})

    def begins_to_listen() -> bool:
        press("ctrl+shift+F9")
        return bool(heard)

    keys = {"call": "Ctrl+Shift+F9", "hold": "Ctrl+Shift+F10", "wrong": "F9"}
    before = threading.active_count()
    with hotkeys.pressed(keys, heard.append):
        until(begins_to_listen, 20, "the key is heard")
        assert set(heard) == {"call"}
        heard.clear()
        press("F9", "ctrl+F9", "a", "ctrl+shift+F11")
        press("Caps_Lock", "ctrl+shift+F10", "Caps_Lock")
        until(lambda: "hold" in heard, 5, "the other key")
        assert set(heard) <= {"hold", "call"}
    assert threading.active_count() == before


def test_without_a_display_there_are_no_keys_and_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert list(hotkeys.x11({"call": Key(("ctrl",), "F9")})) == []
    with hotkeys.pressed({"call": "Ctrl+F9"}, lambda _: None):
        pass
    with hotkeys.pressed({"call": ""}, lambda _: None):
        pass


class User32:
    """The part of Windows that knows keys: gives two presses, then the end."""

    def __init__(self) -> None:
        self.registered: list[tuple[int, int, int]] = []
        self.messages = [(0x0312, 1), (0x0200, 0), (0x0312, 0)]

    def RegisterHotKey(self, _: None, number: int, held: int, code: int) -> int:  # noqa: N802 - Windows'
        self.registered.append((number, held, code))
        return 1

    def GetMessageW(self, message: object, *_: object) -> int:  # noqa: N802 - Windows'
        if not self.messages:
            return 0
        what, which = self.messages.pop(0)
        view = memoryview(message).cast("B")  # type: ignore[call-overload]
        view[8:12] = what.to_bytes(4, sys.byteorder)
        view[16:24] = which.to_bytes(8, sys.byteorder)
        return 1


def test_on_windows_keys_are_asked_for_by_their_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    user32 = User32()
    windll = type("Windll", (), {"user32": user32})
    monkeypatch.setattr(hotkeys.ctypes, "windll", windll, raising=False)
    keys = {"call": Key(("ctrl", "shift"), "F9"), "hold": Key(("alt",), "b")}
    assert list(hotkeys.windows(keys)) == ["hold", "call"]
    assert user32.registered == [(0, 0x4006, 0x78), (1, 0x4001, 0x42)]
