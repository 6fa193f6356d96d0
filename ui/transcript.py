"""What is said, as it is said: the last words of each side, the newest at the bottom."""

import html
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from coach.core.vocabulary import Speaker
from coach.phrases import say
from ui import wording
from ui.appearance import theme_of
from ui.saying import named, saying
from ui.theme import Theme
from ui.viewmodel import LiveView, SpokenLine

_LINES_WITH_BAR = 4
"""Lines of room from which a scroll bar helps more than it hides."""
_NEAR_END = 4
"""Pixels from the end that still count as being there."""


class Transcript(QTextBrowser):
    """Follows the call while its end is in sight; stays where the reader scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._shown: tuple[tuple[SpokenLine, ...], str] = ((), "")
        self._check: tuple[str, ...] = ()
        named(self, "screen.words_heard")
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # no text cursor that blinks: the arrow keys scroll, the mouse selects
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._follows, self._busy = True, False
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._grown)
        saying(self, self._write)

    def set_theme(self, theme: Theme) -> None:
        """Write in these colours from now on."""
        self._theme = theme
        self._write()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may shrink to one line: a nudge takes its room."""
        return QSize(60, self.fontMetrics().height() + 16)

    def set_view(self, view: LiveView) -> None:
        """Show the lines of `view`, the words that caused the nudge marked."""
        self.setPlaceholderText(wording.waiting(view))
        caused = view.card.because if view.card else ""
        if (*self._shown, self._check) != (view.lines, caused, view.check):
            self._shown, self._check = (view.lines, caused), view.check
            self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the newest words in sight when there is less room for them."""
        before, self._busy = self._busy, True  # a scroll bar that appears resizes while writing
        roomy = self.height() > _LINES_WITH_BAR * self.fontMetrics().height()
        shown, off = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(shown if roomy else off)
        super().resizeEvent(event)
        self._busy = before
        self._grown()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """When it is first shown, Qt would scroll to its text cursor: to the beginning."""
        self._busy = True
        super().showEvent(event)
        self._busy = False
        self._grown()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Let words that are scrolled half out of sight fade instead of being cut through."""
        super().paintEvent(event)
        if not self.verticalScrollBar().value():
            return
        height = self.fontMetrics().height()
        ground = self.palette().base().color()
        fade = QLinearGradient(0, 0, 0, height)
        fade.setColorAt(0, ground)
        ground.setAlpha(0)
        fade.setColorAt(1, ground)
        with QPainter(self.viewport()) as painter:
            painter.fillRect(0, 0, self.viewport().width(), height, fade)

    def _scrolled(self) -> None:
        """Somebody scrolled: follow the call from the end only."""
        self.viewport().update()  # Qt moves the pixels that are there, the fade with them
        if not self._busy:
            bar = self.verticalScrollBar()
            self._follows = bar.value() >= bar.maximum() - _NEAR_END

    def _grown(self) -> None:
        """There is more, or less, to scroll through."""
        if self._follows and not self._busy:
            self._to_end()

    def _to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _write(self) -> None:
        stood = self.verticalScrollBar().value()
        lines, caused = self._shown
        if not lines:
            self._busy = True  # the worst finding comes first: stay there
            self.setPlainText("\n".join(self._check))
            self._busy = False
            return
        groups = groupby(lines, key=lambda line: line.speaker)
        rows = [self._row(speaker, list(said), caused) for speaker, said in groups]
        self._busy = True
        self.setHtml(f"<table width='100%' cellspacing='0' cellpadding='2'>{''.join(rows)}</table>")
        if self._follows:
            self._to_end()
        else:
            self.verticalScrollBar().setValue(stood)
        self._busy = False

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
