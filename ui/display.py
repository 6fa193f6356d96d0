"""Whether there is a screen to show anything on. Does not load Qt.

Qt ends the whole process when it cannot reach a screen, so it is asked for only where one answers.
"""

import ctypes
import os
import socket
import sys

_LOCAL_DISPLAYS = "/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen, by convention
_NEEDED_BY_QT = "libxcb-cursor.so.0"
_PATIENCE_S = 1.0


def can_show() -> bool:
    """Whether a window can be shown: always on Windows and macOS, elsewhere with a display."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal", "vnc"}:
        return os.environ["QT_QPA_PLATFORM"] == "vnc"
    if sys.platform in {"win32", "darwin"}:
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    return bool(display) and _answers(display) and _loads(_NEEDED_BY_QT)


def _answers(display: str) -> bool:
    """Whether an X server listens at `display` (":0", "unix:1.0"); one elsewhere is believed."""
    host, _, number = display.rpartition(":")
    if host not in {"", "unix"}:
        return True
    path = _LOCAL_DISPLAYS.format(number=number.partition(".")[0])
    for address in (path, f"\0{path}"):  # a file, or on Linux a name without one
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(_PATIENCE_S)
            try:
                caller.connect(address)
            except OSError:
                continue
            return True
    return False


def _loads(library: str) -> bool:
    """Whether a system library is here that Qt's X11 part cannot do without."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
