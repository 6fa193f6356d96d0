"""Qt's application object: made once, with the product's name and the system's font."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.theme import DARK, LIGHT, Theme


def application() -> QApplication:
    """The application object; the same one however often it is asked for."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    made = QApplication(["eerst-begrip"])
    made.setApplicationName("eerst-begrip")
    made.setApplicationDisplayName("Eerst Begrip")
    made.setDesktopFileName("eerst-begrip")
    made.setStyle("Fusion")  # drawn alike on every system, so that the theme's colours hold
    return made


def system_theme() -> Theme:
    """Light or dark, as the system is set; light where it does not say."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


@contextmanager
def follow_system_theme(wear: Callable[[Theme], None]) -> Iterator[None]:
    """Wear the system's theme now and whenever it changes, until the end of the block."""
    hints = QGuiApplication.styleHints()

    def changed(_: Qt.ColorScheme) -> None:
        wear(system_theme())

    wear(system_theme())
    hints.colorSchemeChanged.connect(changed)
    try:
        yield
    finally:
        hints.colorSchemeChanged.disconnect(changed)
