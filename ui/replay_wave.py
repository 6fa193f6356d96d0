"""The call over time: both voices, the customer's feeling, the risk, nudges and notes.

Place and shape carry everything that colour does: the customer is above the agent, feelings hang
below or stand above their line, a higher risk is a higher bar. The drawing is kept as a picture;
while the call plays only the line of the moment moves over it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.core.units import Samples, from_seconds
from ui import replay_words as words
from ui.appearance import theme_of
from ui.archive import Note
from ui.drawn import Drawn
from ui.fonts import unit
from ui.replay_draw import Picture
from ui.replay_model import ReplayCall
from ui.replay_sound import Peaks
from ui.saying import named, saying
from ui.theme import Theme

WHOLE_UP_TO = from_seconds(240)
"""A call up to this long is shown whole; of a longer one, a stretch around the moment."""
_STRETCH = from_seconds(120)
_CLOSEST = from_seconds(8)
_STEP, _LEAP = from_seconds(5), from_seconds(30)
_ZOOM = 1.5


class Waveform(Drawn):
    """Shows `call`; `sought` is told where a person wants to go."""

    def __init__(self, sought: Callable[[Samples], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sought = sought
        self._call: ReplayCall | None = None
        self._notes: tuple[Note, ...] = ()
        self._peaks: Peaks | None = None
        self._at = Samples(0)
        self.first, self.last = Samples(0), from_seconds(60)
        self._kept: QPixmap | None = None
        self._hidden_from: Samples | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(self, "replay.wave")
        saying(self, self._say)

    # ---- what it shows ----

    def set_call(self, call: ReplayCall, notes: Sequence[Note] = ()) -> None:
        """Show another call."""
        self._call, self._notes, self._peaks, self._at = call, tuple(notes), None, Samples(0)
        self._hidden_from = None
        length = max(call.length, _CLOSEST)
        self._show(Samples(0), Samples(length if length <= WHOLE_UP_TO else _STRETCH))
        self._say()

    def set_notes(self, notes: Sequence[Note]) -> None:
        """Show other notes."""
        self._notes = tuple(notes)
        self._redraw()

    def set_peaks(self, peaks: Peaks) -> None:
        """Show how loud it was; until then, who spoke when."""
        self._peaks = peaks
        self._redraw()

    def hide_from(self, at: Samples | None) -> None:
        """Show no nudge from `at` on, for practice."""
        self._hidden_from = at
        self._redraw()

    def set_moment(self, at: Samples, *, follow: bool) -> None:
        """Move the line of the moment; `follow`: turn the page when it leaves the picture."""
        before, self._at = self._at, at
        if follow and not self.first <= at < self.last:
            length = self.last - self.first
            self._show(Samples(at), Samples(at + length))
        elif round(self._x(at)) != round(self._x(before)):
            self.update()

    def zoom(self, by: float, around: Samples | None = None) -> None:
        """Show `1 / by` of the stretch, the moment staying in its place."""
        if self._call is None:
            return
        fixed = self._at if around is None else around
        fixed = min(max(fixed, self.first), self.last)
        length = max(_CLOSEST, min(round((self.last - self.first) / by), self._call.length))
        share = (fixed - self.first) / max(self.last - self.first, 1)
        self._show(Samples(round(fixed - share * length)), Samples(length), by_length=True)

    def scroll(self, by: int) -> None:  # type: ignore[override]  # Qt's own moves pixels
        """Show an earlier or later stretch, `by` samples on."""
        self._show(Samples(self.first + by), Samples(self.last + by))

    def _show(self, first: Samples, last: Samples, *, by_length: bool = False) -> None:
        length = last if by_length else last - first
        end = max(self._call.length if self._call else 0, _CLOSEST)
        length = min(length, end)
        start = max(0, min(first, end - length))
        self.first, self.last = Samples(start), Samples(start + length)
        self._redraw()

    def _say(self) -> None:
        if self._call is not None:
            self.setAccessibleDescription(words.wave(self._call))

    # ---- what is drawn ----

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for both voices, the bands and the times."""
        return QSize(400, round(190 * unit(self)))

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        super().set_theme(theme)
        self.updateGeometry()
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw for the new size."""
        super().resizeEvent(event)
        self._redraw()

    def _redraw(self) -> None:
        self._kept = None
        self.update()

    def draw(self, painter: QPainter) -> None:
        """The kept picture, the moment, and the frame of the focus."""
        if self._call is None:
            return
        if self._kept is None:
            self._kept = self._picture()
        painter.drawPixmap(QPoint(0, 0), self._kept)
        if self.first <= self._at <= self.last:
            x = self._x(self._at)
            painter.setPen(QPen(self.colour("accent"), 2))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height() - self._axis()))
        if self.hasFocus():
            painter.setPen(QPen(self.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _picture(self) -> QPixmap:
        assert self._call is not None  # noqa: S101 - asked only with a call
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self.colour("surface"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        Picture(
            painter=painter,
            theme=theme_of(self),
            call=self._call,
            notes=self._notes,
            peaks=self._peaks,
            first=self.first,
            last=self.last,
            width=self.width(),
            height=self.height(),
            gutter=self._gutter(),
            axis=self._axis(),
            larger=unit(self),
            hidden_from=self._hidden_from,
        ).draw()
        painter.end()
        return picture

    def _gutter(self) -> int:
        """Room at the left for the names of the bands."""
        names = (words.band(name) for name in ("customer", "agent", "mood", "risk"))
        widest = max(self.fontMetrics().horizontalAdvance(name) for name in names)
        return widest + round(16 * unit(self))

    def _axis(self) -> int:
        return self.fontMetrics().height() + 4

    def _x(self, at: Samples) -> float:
        gutter = self._gutter()
        share = (at - self.first) / max(self.last - self.first, 1)
        return gutter + (self.width() - gutter - 6) * share

    def _at_x(self, x: float) -> Samples:
        gutter = self._gutter()
        share = (x - gutter) / max(self.width() - gutter - 6, 1)
        at = self.first + max(0.0, min(1.0, share)) * (self.last - self.first)
        return Samples(round(at))

    # ---- what the person does ----

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go where it was clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._sought(self._at_x(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go along with the mouse while its button is held; else say what is there."""
        at = self._at_x(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._sought(at)
        elif self._call is not None:
            self.setToolTip(words.moment(self._call, at))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Move through the call; with Ctrl, come nearer."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_ZOOM if turned > 0 else 1 / _ZOOM, self._at_x(event.position().x()))
        else:
            self.scroll(-round((self.last - self.first) * turned / 1200))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move the moment, plus and minus come nearer and go away."""
        call = self._call
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: call.length if call else 0}
        leap = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = _LEAP if leap else _STEP
        moves = {Qt.Key.Key_Left: self._at - step, Qt.Key.Key_Right: self._at + step, **ends}
        zooms = {Qt.Key.Key_Plus: _ZOOM, Qt.Key.Key_Equal: _ZOOM, Qt.Key.Key_Minus: 1 / _ZOOM}
        if call is not None and event.key() in moves:
            self._sought(Samples(max(0, min(moves[Qt.Key(event.key())], call.length))))
        elif event.key() in zooms:
            self.zoom(zooms[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
