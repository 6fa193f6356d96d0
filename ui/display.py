"""Whether there is a screen to show anything on. Does not load Qt."""

import os
import sys


def can_show() -> bool:
    """Whether a window can be shown: always on Windows and macOS, elsewhere with a display."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal", "vnc"}:
        return os.environ["QT_QPA_PLATFORM"] == "vnc"
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
