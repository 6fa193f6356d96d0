"""Drawn signs: the customer's feeling over the call, the feeling now, and the risk ladder.

Each says in words what it draws, for a screen reader, and uses place and shape beside colour.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.core.units import Samples, from_seconds
from coach.core.vocabulary import RiskLevel
from coach.phrases import say
from ui import wording
from ui.appearance import theme_of
from ui.fonts import unit
from ui.saying import saying
from ui.theme import Theme
from ui.viewmodel import LiveView, Mood

_SHORTEST_AXIS = from_seconds(60)
_HALF = 2.0
_RISK_STEPS = 3


class Drawn(QWidget):
    """A widget that is painted by hand, in the colours of the window that it is in."""

    def set_theme(self, _: Theme) -> None:
        """Draw in other colours, and as large as the text is now."""
        self.updateGeometry()
        self.update()

    def colour(self, name: str) -> QColor:
        """A colour of the theme by its name."""
        return QColor(getattr(theme_of(self), name))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw the widget; to be given by each kind."""
        raise NotImplementedError


def mood_colour(valence: float | None) -> str:
    """The name of the colour of a valence: below, at or above neutral."""
    if valence is None or abs(valence) < 0.5:  # noqa: PLR2004 - half a step is no direction
        return "even"
    return "low" if valence < 0 else "high"


class EmotionStrip(Drawn):
    """The customer's turns over the time of the call: bars below the line are negative ones.

    Small triangles on top are nudges; the thin line is now.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = LiveView()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        saying(self, self._tell)

    def set_view(self, view: LiveView) -> None:
        """Show the moods, the nudges and the time of `view`."""
        old = self._view
        self._view = view
        told = (view.moods, view.nudges) != (old.moods, old.nudges)
        if told:
            self._tell()
        moved = int(self._x(view.now)) != int(self._x(old.now))
        if told or moved or view.length != old.length:
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for two steps either way."""
        return QSize(round(110 * unit(self)), round(28 * unit(self)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may become narrow, and still shows the way of a call."""
        return QSize(round(60 * unit(self)), round(24 * unit(self)))

    def _tell(self) -> None:
        words = wording.course(self._view.moods, len(self._view.nudges))
        self.setAccessibleName(say("screen.strip"))
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    def draw(self, painter: QPainter) -> None:
        """Bars, nudges, the moment, and the times at both ends."""
        middle = self._middle()
        painter.setPen(QPen(self.colour("line"), 1))
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        for mood in self._view.moods:
            self._bar(painter, mood, middle)
        for nudge in self._view.nudges:
            self._pointer(painter, self._x(nudge.at))
        if self._view.now:
            x = self._x(self._view.now)
            painter.setPen(QPen(self.colour("accent"), 1.5))
            painter.drawLine(QPointF(x, 5), QPointF(x, 2 * middle - 2))
        if self._with_times():
            self._times(painter)

    def _axis(self) -> Samples:
        known = self._view.length or _SHORTEST_AXIS
        return Samples(max(known, self._view.now))

    def _x(self, at: Samples) -> float:
        return 1 + (self.width() - 2) * at / self._axis()

    def _middle(self) -> float:
        below = self.fontMetrics().height() if self._with_times() else 0
        return 2 + (self.height() - below) / 2

    def _with_times(self) -> bool:
        return self.height() > 3 * self.fontMetrics().height()

    def _bar(self, painter: QPainter, mood: Mood, middle: float) -> None:
        valence = mood.valence or 0.0
        left, right = self._x(mood.start), self._x(mood.end)
        reach = (middle - 7) * min(abs(valence) / _HALF, 1.0)
        height = max(reach, 4.0)
        top = middle - height if valence > 0 else middle
        if mood_colour(valence) == "even":
            top, height = middle - 2, 4.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(mood_colour(mood.valence)))
        painter.drawRoundedRect(QRectF(left, top, max(right - left, 3.0), height), 2, 2)

    def _pointer(self, painter: QPainter, x: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour("accent"))
        tip = [QPointF(x - 4, 0), QPointF(x + 4, 0), QPointF(x, 6)]
        painter.drawPolygon(QPolygonF(tip))

    def _times(self, painter: QPainter) -> None:
        painter.setPen(self.colour("quiet"))
        line = self.fontMetrics().height()
        box = QRectF(0, self.height() - line, self.width(), line)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, "0:00")
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, wording.clock(self._axis()))


class MoodSign(Drawn):
    """A small face: the corners of its mouth go with the valence; no mouth while unknown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mood: Mood | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        saying(self, self._tell)

    def set_mood(self, mood: Mood | None) -> None:
        """Show the feeling of `mood`."""
        if mood != self._mood:
            self._mood = mood
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line of text and a little."""
        return QSize(26, 26) * (0.9 * unit(self))

    def _tell(self) -> None:
        self.setAccessibleName(wording.feeling_spoken(self._mood))

    def draw(self, painter: QPainter) -> None:
        """The circle, the eyes, the mouth."""
        painter.scale(self.width() / 26, self.width() / 26)
        valence = self._mood.valence if self._mood else None
        pen = QPen(self.colour(mood_colour(valence)), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(QRectF(2, 2, 22, 22))
        eyes = QPen(pen)
        eyes.setWidthF(3)
        painter.setPen(eyes)
        for x in (9.5, 16.5):
            painter.drawPoint(QPointF(x, 10.5))
        painter.setPen(pen)
        if valence is None:
            return
        bend = max(-1.0, min(1.0, valence / _HALF)) * 4.0
        mouth = [(8.0, 16.5 - bend / 2), (13.0, 16.5 + bend / 2), (18.0, 16.5 - bend / 2)]
        self._curve(painter, [QPointF(x, y) for x, y in mouth])

    @staticmethod
    def _curve(painter: QPainter, through: list[QPointF]) -> None:
        start, middle, end = through
        bow = QPointF(middle.x(), 2 * middle.y() - (start.y() + end.y()) / 2)
        steps = [step / 8 for step in range(9)]
        points = [start * (1 - t) ** 2 + bow * (2 * t * (1 - t)) + end * t**2 for t in steps]
        painter.drawPolyline(QPolygonF(points))


class RiskLadder(Drawn):
    """Three rising steps, filled up to the level."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = LiveView()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        saying(self, self._tell)

    def set_view(self, view: LiveView) -> None:
        """Show the risk of `view`."""
        old, self._view = self._view, view
        same = (old.risk, old.risk_because, old.risk_kinds)
        if same != (view.risk, view.risk_because, view.risk_kinds):
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as a line of text."""
        return QSize(26, 20) * (0.85 * unit(self))

    def _tell(self) -> None:
        words = wording.risk_spoken(self._view)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def draw(self, painter: QPainter) -> None:
        """The steps."""
        painter.scale(self.width() / 26, self.width() / 26)
        level = self._view.risk
        name = {RiskLevel.NONE: "quiet", RiskLevel.WATCH: "watch", RiskLevel.HIGH: "alert"}[level]
        if level is RiskLevel.WATCH and wording.asks_for_care(self._view):
            name = "accent"
        full = self.colour(name)
        for step in range(_RISK_STEPS):
            height = 7 + step * 5.5
            box = QRectF(1 + step * 9, 20 - height - 1, 6, height)
            painter.setPen(QPen(full if step <= level.rank else self.colour("even"), 1))
            painter.setBrush(full if step <= level.rank else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 1.5, 1.5)
