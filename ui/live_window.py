"""The window beside a call. Calm, legible, usable by keyboard; it never takes the focus.

Small by default, and everything in it finds room: words that come, one nudge, the way of the
customer's feeling. Moving, shrinking or closing it changes nothing for anybody else.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.core.summary import AfterCall
from ui.after_card import AfterCard
from ui.appearance import dress
from ui.coach_place import Answer, CoachPlace
from ui.controls import CallControls, NoCall
from ui.fonts import unit
from ui.help_window import helps
from ui.live_footer import Figures, Footer
from ui.live_header import Band, MiniLine
from ui.live_menu import LiveMenu, sure_to_object
from ui.messages import Message
from ui.note_pad import Listener, NotePad
from ui.parts import Pages
from ui.places import Placed, Places
from ui.promises import Agenda
from ui.saying import saying
from ui.theme import Theme
from ui.transcript import Transcript
from ui.viewmodel import ANSWERS, Light, LiveView

USUAL = QSize(384, 264)
"""Pixels at the usual text size; larger text, larger window."""
_SMALLEST = QSize(300, 190)
_ON_TOP = "live/on_top"
_NONE: Mapping[str, str] = {}


class LiveWindow(QWidget):
    """Shows one call after another as a `LiveView`; `controls` hears what the agent wants.

    `closing` is called once when the person closes the window, `painted` once when the window
    has been on the screen for the first time. `keys` answer a nudge while another program has the
    keyboard, by their answer. `open_main`, `report`: what the menu and the
    summary offer, where they can; `agenda`: where promises go that the agent confirms.
    """

    def __init__(
        self,
        *,
        answer: Answer | None = None,
        keys: Mapping[str, str] = _NONE,
        controls: CallControls | None = None,
        steers: bool | None = None,
        places: Places | None = None,
        closing: Callable[[], None] = lambda: None,
        painted: Callable[[], None] = lambda: None,
        open_main: Callable[[], None] | None = None,
        report: Callable[[AfterCall], None] | None = None,
        agenda: Agenda | None = None,
    ) -> None:
        super().__init__()
        self._closing, self._painted = closing, painted
        self._closed = self._was_painted = False
        self._view = LiveView()
        self._places = places or Places()
        self._whole = QSize()
        self.controls = controls or NoCall()
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.timeout.connect(self.close)
        self.setWindowTitle("Eerst Begrip")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.band, self.line = Band(self), MiniLine(self)
        self.transcript = Transcript(self)
        self.after = AfterCard(self, report=report, agenda=agenda)
        self.notes = NotePad(self.controls.note, self)
        self.listener = Listener(self.notes.set_heard, self)
        self.coach = CoachPlace(self.controls.answer if answer is None else answer, self, keys=keys)
        self.figures = Figures(self)
        self.footer = Footer(self, steers=controls is not None if steers is None else steers)
        self.menu = LiveMenu(self, open_main=open_main)
        self._lay_out()
        self._take_wishes()
        self._take_keys()
        self._placed = Placed(self, "live", self._places, docks=True)
        self._placed.restore(USUAL * unit(self))
        self.setMinimumSize(_SMALLEST * unit(self))
        saying(self, lambda: self.set_view(self._view))
        self.menu.on_top.setChecked(self._places.kept(_ON_TOP) != "false")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()  # no part of it has the keyboard before the person chooses one

    # ---- what it shows ----

    def set_view(self, view: LiveView) -> None:
        """Show `view`."""
        if view.call_id != self._view.call_id:
            self.notes.clear()
        self._view = view
        self.band.set_view(view)
        self.line.set_view(view)
        self.after.set_view(view)
        self.coach.set_view(view)
        self.transcript.set_view(view)
        self.figures.set_view(view)
        self.footer.set_view(view)
        self._turn_page()

    def hear(self, message: Message) -> None:
        """Listen for what belongs on the note pad."""
        if not self._closed:
            self.listener.hear(message)

    def set_theme(self, theme: Theme) -> None:
        """Wear these colours from now on."""
        dress(self, theme)

    @property
    def view(self) -> LiveView:
        """The picture that is shown."""
        return self._view

    @property
    def mini(self) -> bool:
        """Whether all of it stands in one line."""
        return not self.line.isHidden()

    def _turn_page(self) -> None:
        over = self._view.review is not None and self._view.light is Light.ENDED
        if over:
            self.after.set_noted(self.notes.lines["promise"].text())
        page: QWidget = self.after if over else self.transcript
        self.pages.setCurrentWidget(self.notes if self.footer.note.isChecked() else page)

    # ---- what the person does ----

    def _take_keys(self) -> None:
        for number, answer in enumerate(ANSWERS, start=1):
            key = QShortcut(QKeySequence(str(number)), self)
            key.activated.connect(lambda chosen=answer: self.coach.card.answer(chosen))
        footer = self.footer
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+W": self.close,
            "M": lambda: self.set_mini(not self.mini),
            "N": footer.note.click,
            "F": footer.figures.click,
            "W": footer.hold.click,
            "P": footer.pause.click,
            "X": footer.object.click,
            "Ctrl+Alt+Left": lambda: self.dock(left=True),
            "Ctrl+Alt+Right": lambda: self.dock(left=False),
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        helps(self)

    def _take_wishes(self) -> None:
        footer, state = self.footer, self.band.state
        state.mini.clicked.connect(lambda: self.set_mini(True))
        self.line.whole.clicked.connect(lambda: self.set_mini(False))
        state.menu.clicked.connect(lambda: self.menu.open_at(state.menu))
        self.menu.on_top.toggled.connect(self._keep_on_top)
        footer.note.toggled.connect(self._notes_wanted)
        footer.figures.toggled.connect(self.figures.setVisible)
        footer.hold.clicked.connect(lambda: self._toggle(Light.ON_HOLD, self.controls.hold))
        footer.pause.clicked.connect(lambda: self._toggle(Light.PAUSED, self.controls.pause))
        footer.object.clicked.connect(self._object)
        footer.skip.clicked.connect(self.controls.skip)

    def _toggle(self, light: Light, act: Callable[[], None]) -> None:
        if self._view.light is light:
            self.controls.resume()
        else:
            act()

    def _notes_wanted(self, on: bool) -> None:
        self._turn_page()
        if on and self.isActiveWindow():
            self.notes.lines["name"].setFocus()
        elif self.notes.isAncestorOf(self.focusWidget() or self):
            self.setFocus()

    def _object(self) -> None:
        if sure_to_object(self):
            self.controls.object()

    def set_mini(self, mini: bool) -> None:
        """Show everything in one line, or the whole window again."""
        if mini == self.mini:
            return
        if mini:
            self._whole = self.size()
        self.line.setVisible(mini)
        for part in (self.band, self.pages, self.coach, self.footer):
            part.setVisible(not mini)
        self.figures.setVisible(not mini and self.footer.figures.isChecked())
        self.setMinimumSize(QSize(0, 0) if mini else _SMALLEST * unit(self))
        self.coach.held_back = mini
        if mini:
            self.resize(self.width(), self.line.sizeHint().height() + 14)
        else:
            self.resize(self._whole)
            self.set_view(self._view)

    def dock(self, *, left: bool) -> None:
        """Stand at the left or the right edge of the screen."""
        free, frame = self.screen().availableGeometry(), self.frameGeometry()
        self.move(free.left() if left else free.right() - frame.width() + 1, frame.y())

    def _keep_on_top(self, on: bool) -> None:
        """Through the native window where there is one: a shown widget would be made anew."""
        self._places.keep(_ON_TOP, on)
        if (handle := self.windowHandle()) is not None:
            handle.setFlag(Qt.WindowType.WindowStaysOnTopHint, on)
        else:
            self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on)

    def close_after(self, wait_ms: int) -> None:
        """Close by itself after `wait_ms`; asked again in the meantime, it does not wait anew."""
        if not self._leaving.isActive():
            self._leaving.start(wait_ms)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The call is stopped, once."""
        if not self._closed:
            self._closed = True
            self._closing()
            self.listener.close()
            self.after.close_errands()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the window is there, after its first picture."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._painted)

    # ---- how it is laid out ----

    def _lay_out(self) -> None:
        self.pages = Pages(self)
        for page in (self.transcript, self.after, self.notes):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 6, 9, 4)
        column.setSpacing(5)
        column.addWidget(self.line)
        column.addWidget(self.band)
        column.addWidget(self.pages, 1)
        for part in (self.coach, self.figures, self.footer):
            column.addWidget(part)
        self.line.hide()
        self.figures.hide()
