"""How the windows look: light or dark, the size of text, and whether things may glide.

Drawn widgets ask `theme_of(self)` when they paint, so that no window has to hand colours down; a
widget with a method `set_theme` is told of a new theme as well.
"""

from dataclasses import dataclass
from typing import Literal
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.fonts import resize_text, unit
from ui.palette import palette
from ui.style import stylesheet
from ui.theme import DARK, LIGHT, Theme

Scheme = Literal["system", "light", "dark"]
TEXT_PERCENT = (100, 200)
"""The smallest and the largest text size."""
GLIDE_MS = 150
"""How long a nudge takes to come."""

_DARK, _STILL = "dark", "still"


@dataclass(frozen=True, kw_only=True, slots=True)
class Appearance:
    """What a person chose. `still`: nothing glides."""

    scheme: Scheme = "system"
    text_percent: int = 100
    still: bool = False


class Wardrobe(QObject):
    """Dresses windows, and dresses them anew when the choice or the system's theme changes."""

    def __init__(self, appearance: Appearance | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._usual = QFont(QApplication.font())
        self._windows: WeakSet[QWidget] = WeakSet()
        self.appearance = Appearance()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._changed)
        if appearance is not None:
            self.wear(appearance)

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        if self.appearance.scheme == "system":
            return system_theme()
        return DARK if self.appearance.scheme == "dark" else LIGHT

    def dress(self, window: QWidget) -> None:
        """Dress `window` now, and whenever something changes."""
        self._windows.add(window)
        dress(window, self.theme, still=self.appearance.still)

    def wear(self, appearance: Appearance) -> None:
        """Follow another choice from now on."""
        sized = appearance.text_percent != self.appearance.text_percent
        self.appearance = appearance
        if sized:
            font = QFont(self._usual)
            font.setPointSizeF(self._usual.pointSizeF() * appearance.text_percent / 100)
            QApplication.setFont(font)
        self._changed()

    def close(self) -> None:
        """Follow nothing any more; the usual text size is back."""
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._changed)
        QApplication.setFont(self._usual)
        self._windows.clear()

    def _changed(self) -> None:
        for window in list(self._windows):
            if isValid(window):  # one that was closed for good may still be known here
                self.dress(window)
            else:
                self._windows.discard(window)


def dress(window: QWidget, theme: Theme, *, still: bool = False) -> None:
    """Give `window`, and all in it, these colours and the application's text size."""
    window.setProperty(_DARK, theme.dark)
    window.setProperty(_STILL, still)
    resize_text(window)
    window.setPalette(palette(theme))
    window.setStyleSheet(stylesheet(theme, unit(window)))
    for widget in window.findChildren(QWidget):
        if callable(told := getattr(widget, "set_theme", None)):
            told(theme)


def theme_of(widget: QWidget) -> Theme:
    """The theme of the window that `widget` is in; light where nobody dressed it."""
    return DARK if _asked(widget, _DARK) else LIGHT


def glide_ms(widget: QWidget) -> int:
    """How long a movement in the window of `widget` may take; 0 where nothing shall glide."""
    return 0 if _asked(widget, _STILL) else GLIDE_MS


def system_theme() -> Theme:
    """Light or dark, as the system is set; light where it does not say."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def _asked(widget: QWidget, name: str) -> bool:
    """A property of the nearest dressed window around `widget`."""
    at: QWidget | None = widget
    while at is not None:
        found = at.property(name)
        if found is not None:
            return bool(found)
        at = at.parentWidget()
    return False
