"""One calm line in the main window when something promised, or a deadline, is due.

It says so at the start and when one falls due while the program runs; never in a call, but after
it. It takes no focus and opens nothing: the person shows the list, or puts it off.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QWidget

from coach.phrases import say
from ui.errands import Errands
from ui.home_page import Promises, ToKeep
from ui.parts import button, label, marked, row
from ui.saying import named, saying

AGAIN_AFTER = timedelta(minutes=30)
"""How long "later" is."""
_LOOKS_MS = 30_000


def _now() -> datetime:
    return datetime.now(UTC)


class PutOff:
    """What was spoken of already: put off for a while, or shown, which holds to the end."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._off: dict[str, datetime | None] = {}

    def later(self, found: Sequence[ToKeep]) -> None:
        """Be silent about these for `AGAIN_AFTER`."""
        self._off |= dict.fromkeys((one.number for one in found), self._clock() + AGAIN_AFTER)

    def shown(self, found: Sequence[ToKeep]) -> None:
        """Be silent about these: they were shown."""
        self._off |= dict.fromkeys((one.number for one in found), None)

    def due(self, found: Sequence[ToKeep]) -> tuple[ToKeep, ...]:
        """Of what is to be kept, that of which is to be spoken now."""
        now = self._clock()
        for number in [n for n, until in self._off.items() if until is not None and until <= now]:
            del self._off[number]
        return tuple(one for one in found if one.late and one.number not in self._off)


class DueBanner(QFrame):
    """The line; hidden as long as there is nothing to say.

    `promises` is asked behind the screen, by `errands`. `show`: bring the list to the front.
    """

    def __init__(
        self,
        promises: Promises,
        *,
        errands: Errands,
        show: Callable[[], None],
        clock: Callable[[], datetime] = _now,
        every_ms: int = _LOOKS_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._promises, self._errands, self._show_list = promises, errands, show
        self._put = PutOff(clock)
        self._due: tuple[ToKeep, ...] = ()
        self._said: set[str] = set()
        self._in_call = self._looking = False
        self.words = label(self)
        self.open = button(self, "start.due_show")
        self.later = named(button(self, "start.later"), "start.due_later")
        line = row(self.words, self.open, self.later, stretch=0)
        line.setContentsMargins(14, 8, 14, 8)
        self.setLayout(line)
        marked(self, "panel", "true")
        self.hide()
        self.open.clicked.connect(self._opened)
        self.later.clicked.connect(self._put_off)
        saying(named(self, "start.due"), self._tell)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(every_ms)

    def look(self) -> None:
        """See what is due by now; not in a call."""
        if not self._in_call and not self._looking:
            self._looking = True
            self._errands.run(self._promises.open, self._found, self._failed)

    def set_in_call(self, in_call: bool) -> None:
        """A call begins, or is over."""
        if in_call != self._in_call:
            self._in_call = in_call
            self.setVisible(bool(self._due) and not in_call)
            self.look()

    def stop(self) -> None:
        """The program ends: look no more."""
        self._timer.stop()

    def _failed(self, _: str) -> None:
        """It could not be asked now; the next look may."""
        self._looking = False

    def _found(self, open_: Sequence[ToKeep]) -> None:
        self._looking = False
        if self._in_call:
            return
        self._due = self._put.due(open_)
        self._tell()
        self.setVisible(bool(self._due))
        numbers = {one.number for one in self._due}
        if not numbers <= self._said:
            spoken = QAccessibleAnnouncementEvent(self, self.words.text())
            spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(spoken)
        self._said = numbers

    def _tell(self) -> None:
        if self._due:
            key = "start.due_one" if len(self._due) == 1 else "start.due_more"
            self.words.setText(say(key, words=self._due[0].words, count=len(self._due)))

    def _opened(self) -> None:
        self._put.shown(self._due)
        self._leave()
        self._show_list()

    def _put_off(self) -> None:
        self._put.later(self._due)
        self._leave()

    def _leave(self) -> None:
        self._due, self._said = (), set()
        self.hide()
