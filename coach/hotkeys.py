"""Keys that steer a call and answer a nudge whatever program has the keyboard.

X11 and Windows let a program ask for single keys; the rest of what is typed is never seen. A
process of its own asks for them and writes a line for each press, so that a display that goes away
takes that process with it and not the coach. Where keys cannot be had (Wayland, macOS, a key that
another program has), the desktop's own shortcuts can run `coach call`.
"""

import ctypes
import ctypes.util
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

_X_MODIFIERS = {"ctrl": 4, "shift": 1, "alt": 8, "super": 64}
_X_LOCKS = (0, 2, 16, 18)
"""Caps lock and num lock, on or off: X11 takes them for other keys."""
_X_KEY_PRESS, _X_ASYNC, _X_EVENT_BYTES = 2, 1, 192
_FUNCTIONS = frozenset(str(number) for number in range(1, 25))
_WIN_MODIFIERS = {"alt": 1, "ctrl": 2, "shift": 4, "super": 8}
_WIN_NO_REPEAT, _WIN_HOTKEY, _WIN_F1 = 0x4000, 0x0312, 0x70


class Key(NamedTuple):
    """A key with what is held beside it: ("ctrl", "shift"), "F9"."""

    held: tuple[str, ...]
    name: str


def parse(words: str) -> Key | None:
    """The key that "Ctrl+Shift+F9" stands for; `None` if it stands for none.

    A key without anything held beside it would be taken away from every other program.
    """
    *held, name = (part.strip() for part in words.split("+"))
    known = tuple(part.casefold() for part in held)
    is_letter = len(name) == 1 and name.isascii() and name.isalnum()
    is_function = name[:1] in "Ff" and name[1:] in _FUNCTIONS
    if not known or not set(known) <= _X_MODIFIERS.keys() or not (is_letter or is_function):
        return None
    return Key(known, name.upper() if is_function else name.casefold())


def can_be_had() -> bool:
    """Whether this desktop gives a program single keys."""
    if sys.platform == "win32":
        return True
    wayland = os.environ.get("XDG_SESSION_TYPE") == "wayland"
    return bool(os.environ.get("DISPLAY")) and not wayland


@contextmanager
def pressed(keys: Mapping[str, str], told: Callable[[str], None]) -> Iterator[None]:
    """Call `told` with the name of each key of `keys` that is pressed, on a thread of its own."""
    asked = [f"{name}={words}" for name, words in keys.items() if parse(words) is not None]
    if not asked:
        yield
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "coach.hotkeys", *asked],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None  # noqa: S101 - asked for just above
    reader = threading.Thread(target=_read, args=(process.stdout, told), name="hotkeys")
    reader.start()
    try:
        yield
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


def _read(lines: Iterable[str], told: Callable[[str], None]) -> None:
    for line in lines:
        told(line.strip())


# ---- the process that asks for keys --------------------------------------------------------------


def x11(keys: Mapping[str, Key]) -> Iterator[str]:
    """The names of the keys that are pressed, by X11; none without a display."""
    library = ctypes.util.find_library("X11")
    if library is None or not os.environ.get("DISPLAY"):
        return
    x = ctypes.CDLL(library)
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XDefaultRootWindow.argtypes, x.XDefaultRootWindow.restype = [ctypes.c_void_p], ctypes.c_ulong
    x.XStringToKeysym.restype = ctypes.c_ulong
    x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x.XKeysymToKeycode.restype = ctypes.c_ubyte
    x.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
    display_and_key = (ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_ulong)
    x.XGrabKey.argtypes = (*display_and_key, ctypes.c_int, ctypes.c_int, ctypes.c_int)
    handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
    x.XSetErrorHandler(handler)  # another program has the key: go on without it
    display = x.XOpenDisplay(None)
    if not display:
        return
    root, names = x.XDefaultRootWindow(display), {}
    for name, key in keys.items():
        code = x.XKeysymToKeycode(display, x.XStringToKeysym(key.name.encode()))
        held = sum(_X_MODIFIERS[one] for one in set(key.held))
        names[code, held] = name
        for locks in _X_LOCKS:
            x.XGrabKey(display, code, held | locks, root, 1, _X_ASYNC, _X_ASYNC)
    x.XSync(display, 0)
    event = (ctypes.c_char * _X_EVENT_BYTES)()
    while True:
        x.XNextEvent(display, event)
        if (found := _pressed_of(event, names)) is not None:
            yield found


class _XKeyEvent(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        *[(name, ctypes.c_ulong) for name in ("window", "root", "subwindow", "time")],
        *[(name, ctypes.c_int) for name in ("x", "y", "x_root", "y_root")],
        ("state", ctypes.c_uint),
        ("keycode", ctypes.c_uint),
    ]


def _pressed_of(event: Any, names: Mapping[tuple[int, int], str]) -> str | None:
    key = _XKeyEvent.from_buffer(event)
    if key.type != _X_KEY_PRESS:
        return None
    return names.get((key.keycode, key.state & sum(_X_MODIFIERS.values())))


def windows(keys: Mapping[str, Key]) -> Iterator[str]:
    """The names of the keys that are pressed, by Windows. Written, and not tried there."""
    user32 = getattr(ctypes, "windll").user32  # noqa: B009 - other systems do not have it
    names = list(keys)
    for number, key in enumerate(keys.values()):
        held = sum(_WIN_MODIFIERS[one] for one in set(key.held)) | _WIN_NO_REPEAT
        is_function = len(key.name) > 1
        code = _WIN_F1 + int(key.name[1:]) - 1 if is_function else ord(key.name.upper())
        user32.RegisterHotKey(None, number, held, code)
    message = (ctypes.c_byte * 64)()  # a MSG: window, number, then what belongs to it
    pointer = ctypes.sizeof(ctypes.c_void_p)
    while user32.GetMessageW(message, None, 0, 0) > 0:
        what = ctypes.c_uint.from_buffer(message, pointer).value
        which = ctypes.c_size_t.from_buffer(message, 2 * pointer).value
        if what == _WIN_HOTKEY and which < len(names):
            yield names[which]


def main(arguments: list[str]) -> None:
    """Write the name of each key that is pressed, a line each, for ever."""
    asked = (argument.partition("=") for argument in arguments)
    keys = {name: key for name, _, words in asked if (key := parse(words)) is not None}
    for name in (windows if sys.platform == "win32" else x11)(keys):
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
