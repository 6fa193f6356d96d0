"""The first run in three steps: what this is, whether both sides are heard, the sample call."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.core.units import Samples
from coach.core.vocabulary import NudgeKind
from coach.phrases import say
from ui.choice import Choice
from ui.coach_place import NudgeCard
from ui.fonts import sized, unit
from ui.parts import Pages, button, heading, label, panel, quiet, row
from ui.saying import named, saying
from ui.sound_panel import SoundDesk, SoundPanel
from ui.viewmodel import Nudge

_USUAL = QSize(580, 440)


class FirstRun(QWidget):
    """Three pages. `demo` plays the sample call, `done` is told once that it is over.

    `language` is told the language that was chosen, `device` a side and its device; both hold at
    once.
    """

    def __init__(
        self,
        sound: SoundDesk,
        *,
        demo: Callable[[], None],
        done: Callable[[], None],
        language: Callable[[str], None],
        device: Callable[[str, str], None],
    ) -> None:
        super().__init__()
        self._demo, self._done, self._language = demo, done, language
        self._over = False
        saying(self, lambda: self.setWindowTitle(f"{say('start.title')} – Eerst Begrip"))
        self.sound_panel = SoundPanel(sound, device, self)
        self.choice = Choice("settings.language", _LANGUAGES, self._speak, self)
        self.pages = Pages(self)
        for page in (self._hello(), self._sound(), self._sample()):
            self.pages.addWidget(page)
        self.step = quiet(self)
        self.back, self.next = button(self, "start.back"), button(self, "start.next", main=True)
        self.later = button(self, "start.later")
        self.play = button(self, "start.demo_play", main=True)
        self._take_wishes()
        self._lay_out()
        saying(self, self._show_step)
        self.resize(_USUAL * unit(self))
        if (screen := self.screen()) is not None:
            middle = screen.availableGeometry().center()
            self.move(middle - self.rect().center())

    def show_values(self, language: str, microphone: str, customer: str) -> None:
        """Show what is chosen already."""
        self.choice.choose(language)
        self.sound_panel.show_values(microphone, customer)

    def go_to(self, step: int) -> None:
        """Show step 0, 1 or 2."""
        self.pages.setCurrentIndex(max(0, min(step, self.pages.count() - 1)))
        self._show_step()
        (self.play if self._last else self.next).setFocus()

    @property
    def _last(self) -> bool:
        return self.pages.currentIndex() == self.pages.count() - 1

    def _show_step(self) -> None:
        at = self.pages.currentIndex()
        self.step.setText(say("start.step", step=at + 1, steps=self.pages.count()))
        self.back.setEnabled(at > 0)
        self.next.setVisible(not self._last)
        self.play.setVisible(self._last)

    def _speak(self) -> None:
        self._language(str(self.choice.value))

    def _play(self) -> None:
        self._finish()
        self._demo()

    def _finish(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closed is done too: nobody is asked twice."""
        if not self._over:
            self._over = True
            self.sound_panel.close_errands()
            self._done()
        super().closeEvent(event)

    def _take_wishes(self) -> None:
        self.next.clicked.connect(lambda: self.go_to(self.pages.currentIndex() + 1))
        self.back.clicked.connect(lambda: self.go_to(self.pages.currentIndex() - 1))
        self.play.clicked.connect(self._play)
        self.later.clicked.connect(self._finish)
        for keys in ("Return", "Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._enter)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self._finish)

    def _enter(self) -> None:
        (self.play if self._last else self.next).click()

    def _hello(self) -> QWidget:
        page = QWidget(self)
        column = _column(page)
        column.addWidget(heading(page, "start.hello", 1.5))
        column.addWidget(sized(label(page, "start.hello_what"), 1.1))
        promise = panel(page)
        inside = QVBoxLayout(promise)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.setSpacing(8)
        for key in ("start.hello_here", "start.hello_you", "start.hello_first"):
            inside.addWidget(_ticked(promise, key))
        column.addWidget(promise)
        name = label(page, "settings.language", wraps=False)
        name.setBuddy(self.choice)
        column.addLayout(row(name, self.choice))
        column.addStretch()
        return page

    def _sound(self) -> QWidget:
        page = QWidget(self)
        column = _column(page)
        column.addWidget(heading(page, "start.sound_title", 1.5))
        column.addWidget(label(page, "start.sound_what"))
        column.addWidget(self.sound_panel)
        column.addStretch()
        return page

    def _sample(self) -> QWidget:
        page = QWidget(self)
        column = _column(page)
        column.addWidget(heading(page, "start.demo_title", 1.5))
        column.addWidget(label(page, "start.demo_what"))
        column.addWidget(self._picture(page))
        column.addWidget(label(page, "start.demo_keys"))
        column.addStretch()
        return page

    def _picture(self, page: QWidget) -> QWidget:
        """What a nudge looks like; it can only be looked at."""
        card = NudgeCard(lambda _number, _answer: None, page)
        shown = Nudge(number=0, kind=NudgeKind.ACKNOWLEDGE_FIRST, at=Samples(0), because="…")
        card.set_nudge(shown)
        card.because.hide()
        card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for one in card.buttons:
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return card

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.step, 1)
        for one in (self.later, self.back, self.next, self.play):
            foot.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 18)
        column.setSpacing(14)
        column.addWidget(named(self.pages, "start.title"), 1)
        column.addLayout(foot)


def _column(page: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(page)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(14)
    return made


def _ticked(parent: QWidget, key: str) -> QWidget:
    line = QWidget(parent)
    sign = label(line, wraps=False)
    sign.setText("✓")
    both = row(sign, label(line, key), stretch=1)
    both.setContentsMargins(0, 0, 0, 0)
    both.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    line.setLayout(both)
    return line


_LANGUAGES = (
    ("auto", lambda: say("settings.language_auto")),
    ("nl", lambda: say("settings.language_nl")),
    ("en", lambda: say("settings.language_en")),
)
