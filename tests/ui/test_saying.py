import shiboken6
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.saying import saying, speak, text


def test_texts_are_said_in_the_language_of_the_moment(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = text(QLabel(window), "shell.dashboard")
    said = {}
    for language in ("nl", "en"):
        speak(language)
        said[language] = label.text()
    assert said["nl"] != said["en"]


def test_saying_a_text_may_take_other_widgets_away(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    rows = []

    def say_again() -> None:
        while rows:
            shiboken6.delete(rows.pop())
        rows.extend(text(QLabel(window), "shell.dashboard") for _ in range(20))

    saying(window, say_again)
    for language in ("nl", "en", "nl", "en"):
        speak(language)
    speak("nl")
    assert len({row.text() for row in rows}) == 1
    assert len(window.findChildren(QLabel)) == len(rows) == 20


def test_a_widget_that_is_gone_says_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel(window)
    said = []
    saying(label, lambda: said.append(label.text()))
    saying(window, lambda: shiboken6.delete(label) if shiboken6.isValid(label) else None)
    speak("en")
    assert len(said) == 1
