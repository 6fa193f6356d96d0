"""Texts on the screen that are said anew when the language changes.

Qt tells every widget and its children of a change of language; a child that only listens for that
says the text again. So no window has to remember which words stand where. The texts are said when
Qt has told everybody: saying one may take widgets away, which Qt would still want to tell.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from coach.phrases import choose_language, language, say

Widget = TypeVar("Widget", bound=QWidget)


class _HasText(Protocol):
    def setText(self, text: str, /) -> None: ...  # noqa: N802 - Qt's name


Labelled = TypeVar("Labelled", bound=_HasText)


class _Saying(QObject):
    """Does `act` now and after every change of language; lives as long as its parent."""

    def __init__(self, owner: QObject, act: Callable[[], object]) -> None:
        super().__init__(owner)
        self.act = act
        act()

    def event(self, event: QEvent) -> bool:
        """Hear of a new language."""
        if event.type() is QEvent.Type.LanguageChange:
            if not _due:
                QTimer.singleShot(0, _say_what_is_due)
            _due.setdefault(id(self), self)
        return super().event(event)


_due: dict[int, _Saying] = {}


def _say_what_is_due() -> None:
    """Say the texts of those that were told of a new language and still live."""
    while _due:
        one = _due.pop(next(iter(_due)))
        if isValid(one):
            one.act()


def saying(owner: QObject, act: Callable[[], object]) -> None:
    """Do `act` now, and again whenever the language changes, as long as `owner` lives."""
    _Saying(owner, act)


def text(widget: Labelled, key: str) -> Labelled:
    """The widget, with the sentence `key` as its text in the language of the moment."""
    saying(cast(QObject, widget), lambda: widget.setText(say(key)))
    return widget


def named(widget: Widget, key: str) -> Widget:
    """The widget, with the sentence `key` as what a screen reader calls it."""
    saying(widget, lambda: widget.setAccessibleName(say(key)))
    return widget


def tipped(widget: Widget, key: str) -> Widget:
    """The widget, with the sentence `key` as its name for a screen reader and as its tool tip."""

    def tell() -> None:
        widget.setToolTip(say(key))
        widget.setAccessibleName(say(key))

    saying(widget, tell)
    return widget


_translators: list[QTranslator] = []


def speak(chosen: str) -> None:
    """From now on the product speaks "nl", "en", or as the system does ("auto"); at once."""
    choose_language(chosen)
    QLocale.setDefault(QLocale(language()))
    _translate_qt()
    for window in QApplication.topLevelWidgets():
        QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    _say_what_is_due()


def _translate_qt() -> None:
    """Qt's own words (menus of text fields, standard buttons) in the language of the product."""
    while _translators:
        QApplication.removeTranslator(_translators.pop())
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language()}", folder):
        QApplication.installTranslator(translator)
        _translators.append(translator)
