"""Where windows stood: remembered per screen, so that a second screen keeps its own place.

Kept in a small file on this machine. Nothing else is kept of what somebody does with a window.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSettings, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

NEAR = 28
"""Pixels from the edge of the screen within which a window that is let go settles on it."""
_SETTLES_MS = 250


class Places:
    """The file of places. Without one, windows stand where they are put, for this run."""

    def __init__(self, file: Path | None = None) -> None:
        self._kept = QSettings(str(file), QSettings.Format.IniFormat) if file else None

    def put(self, window: str, screen: str, place: QRect) -> None:
        """Remember `place` of `window` on `screen`."""
        if self._kept is not None:
            words = f"{place.x()} {place.y()} {place.width()} {place.height()}"
            self._kept.setValue(f"{window}/{_safe(screen)}", words)
            self._kept.setValue(f"{window}/last", _safe(screen))

    def last_screen(self, window: str) -> str | None:
        """The screen on which `window` was last, as `screen_name` calls it."""
        found = self._kept.value(f"{window}/last") if self._kept is not None else None
        return found if isinstance(found, str) else None

    def get(self, window: str, screen: str) -> QRect | None:
        """The place of `window` on `screen`; `None`: it was never there, or the file is broken."""
        found = self._kept.value(f"{window}/{_safe(screen)}") if self._kept is not None else None
        numbers = str(found).split() if isinstance(found, str) else []
        if len(numbers) != 4 or not all(one.lstrip("-").isdigit() for one in numbers):  # noqa: PLR2004 - x, y, width, height
            return None
        return QRect(*map(int, numbers))

    def keep(self, name: str, value: object) -> None:
        """Remember something small, such as a switch."""
        if self._kept is not None:
            self._kept.setValue(name, value)

    def kept(self, name: str) -> str | None:
        """What was remembered, as text."""
        found = self._kept.value(name) if self._kept is not None else None
        return None if found is None else str(found).lower()


class Placed(QObject):
    """Keeps the place of one window, and lets it settle on an edge when it is let go near one."""

    def __init__(self, window: QWidget, name: str, places: Places, *, docks: bool = False) -> None:
        super().__init__(window)
        self._window, self._name, self._places, self._docks = window, name, places, docks
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLES_MS)
        self._settled.timeout.connect(self.settle)
        window.installEventFilter(self)

    def restore(self, usual: QSize) -> None:
        """Stand where the window stood on the screen it was last on, else bottom right."""
        screen = self._screen()
        if screen is None:
            self._window.resize(usual)
            return
        free = screen.availableGeometry()
        kept = self._places.get(self._name, screen_name(screen))
        if kept is None:
            corner = QPoint(
                free.right() - usual.width() - NEAR, free.bottom() - usual.height() - 60
            )
            kept = QRect(corner, usual)
        self._window.setGeometry(inside(kept, free))

    def settle(self) -> None:
        """The window has come to rest: dock it, remember it."""
        if not self._window.isVisible() or self._window.isMaximized():
            return
        screen = self._window.screen()
        free = screen.availableGeometry()
        if self._docks:
            frame = self._window.frameGeometry()
            to = docked(frame, free)
            if to != frame.topLeft():
                self._window.move(to)
        self._places.put(self._name, screen_name(screen), self._window.geometry())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice that the window moves."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self._window.isVisible():
            self._settled.start()
        return super().eventFilter(watched, event)

    def _screen(self) -> QScreen | None:
        last = self._places.last_screen(self._name)
        for screen in QGuiApplication.screens():
            if _safe(screen_name(screen)) == last:
                return screen
        return QGuiApplication.primaryScreen()


def screen_name(screen: QScreen) -> str:
    """What tells one screen from another, also when both are of the same make."""
    size = screen.size()
    return f"{screen.name()} {size.width()}x{size.height()}"


def docked(frame: QRect, free: QRect, near: int = NEAR) -> QPoint:
    """Where a window that was let go at `frame` comes to rest: on the edges that it is near to."""
    x, y = frame.x(), frame.y()
    if abs(frame.left() - free.left()) <= near:
        x = free.left()
    elif abs(frame.right() - free.right()) <= near:
        x = free.right() - frame.width() + 1
    if abs(frame.top() - free.top()) <= near:
        y = free.top()
    elif abs(frame.bottom() - free.bottom()) <= near:
        y = free.bottom() - frame.height() + 1
    return QPoint(x, y)


def inside(place: QRect, free: QRect) -> QRect:
    """The same place, moved and shrunk until it lies on the screen."""
    width, height = min(place.width(), free.width()), min(place.height(), free.height())
    x = max(free.left(), min(place.x(), free.right() - width + 1))
    y = max(free.top(), min(place.y(), free.bottom() - height + 1))
    return QRect(x, y, width, height)


def _safe(screen: str) -> str:
    """A screen's name without the signs that mean something in the file."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in screen)
