"""What is said, as it is said: the last words of each side, the newest at the bottom."""

import html
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from coach.core.vocabulary import Speaker
from coach.phrases import say
from ui import wording
from ui.theme import LIGHT, Theme
from ui.viewmodel import LiveView, SpokenLine

_NEAR_END = 4
"""Pixels from the end that still count as being there."""


class Transcript(QTextBrowser):
    """Follows the call while its end is in sight; stays where the reader scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._shown: tuple[tuple[SpokenLine, ...], str] = ((), "")
        self.setAccessibleName(say("screen.words_heard"))
        self.setPlaceholderText(say("screen.words_come_here"))
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # no text cursor that blinks: the arrow keys scroll, the mouse selects
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def set_theme(self, theme: Theme) -> None:
        """Write in these colours from now on."""
        self._theme = theme
        self._write()

    def set_view(self, view: LiveView) -> None:
        """Show the lines of `view`, the words that caused the nudge marked."""
        caused = view.card.because if view.card else ""
        if (view.lines, caused) != self._shown:
            self._shown = (view.lines, caused)
            self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the newest words in sight when there is less room for them."""
        follows = self._at_end()
        super().resizeEvent(event)
        if follows:
            self._to_end()

    def _at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - _NEAR_END

    def _to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _write(self) -> None:
        follows, stood = self._at_end(), self.verticalScrollBar().value()
        lines, caused = self._shown
        if not lines:
            self.clear()
            return
        groups = groupby(lines, key=lambda line: line.speaker)
        rows = [self._row(speaker, list(said), caused) for speaker, said in groups]
        self.setHtml(f"<table width='100%' cellspacing='0' cellpadding='2'>{''.join(rows)}</table>")
        if follows:
            self._to_end()
        else:
            self.verticalScrollBar().setValue(stood)

    def _row(self, speaker: Speaker, said: list[SpokenLine], caused: str) -> str:
        """One side's words until the other side speaks."""
        colour = self._theme.customer if speaker is Speaker.CUSTOMER else self._theme.quiet
        name = html.escape(say(f"screen.{speaker}"))
        width = self.fontMetrics().horizontalAdvance(say("screen.customer") + "mm")
        words = " ".join(self._words(line, caused) for line in said)
        return (
            f"<tr><td width='{width}' style='color:{colour}'><b>{name}</b></td>"
            f"<td>{words}</td></tr>"
        )

    def _words(self, line: SpokenLine, caused: str) -> str:
        settled, loose = self._marked(wording.settled(line), caused), wording.loose(line)
        quiet = f"<i style='color:{self._theme.quiet}'>{{}}</i>"
        parts = [quiet.format(settled) if line.lost else settled]
        if loose:
            parts.append(quiet.format(self._marked(loose, caused)))
        return " ".join(part for part in parts if part)

    def _marked(self, words: str, caused: str) -> str:
        """The words as HTML, those that caused the nudge on a ground of their own."""
        words = html.escape(words)
        if not caused:
            return words
        marked = f"<span style='background-color:{self._theme.said}'>{html.escape(caused)}</span>"
        return words.replace(html.escape(caused), marked)
