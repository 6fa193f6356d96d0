"""The picture of a call: lanes for the voices, bands for feeling and risk, marks for the rest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from coach.core.units import RATE, Samples, from_seconds, to_seconds
from coach.core.vocabulary import RiskLevel, Speaker
from coach.phrases import forms
from ui import replay_words as words
from ui.archive import Note
from ui.drawn import mood_colour
from ui.replay_model import ReplayCall
from ui.replay_sound import Peaks
from ui.theme import Theme

_HALF = 2.0
_QUIETEST = 1.5
"""Pixels that even silence is high, so that the lane is seen."""
_TICKS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_TICK_EVERY = 90
_RISK_COLOURS = {RiskLevel.NONE: "high", RiskLevel.WATCH: "watch", RiskLevel.HIGH: "alert"}


@dataclass(kw_only=True)
class Picture:
    """Draws a stretch of a call, `first` to `last`, into a picture `width` by `height`."""

    painter: QPainter
    theme: Theme
    call: ReplayCall
    notes: tuple[Note, ...]
    peaks: Peaks | None
    first: Samples
    last: Samples
    width: int
    height: int
    gutter: int
    axis: int
    larger: float
    hidden_from: Samples | None = None

    def draw(self) -> None:
        """Everything, from the back to the front."""
        marks = 14 * self.larger
        body = self.height - self.axis - marks
        lane = body * 0.31
        customer = QRectF(self.gutter, marks, self._span, lane)
        agent = QRectF(self.gutter, marks + lane, self._span, lane)
        mood = QRectF(self.gutter, marks + 2 * lane, self._span, body * 0.26)
        risk = QRectF(self.gutter, mood.bottom() + 3, self._span, body * 0.12 - 4)
        self._silences(customer.united(agent))
        self._lane(customer, Speaker.CUSTOMER, "customer")
        self._lane(agent, Speaker.AGENT, "agent")
        self._overlaps(agent)
        self._moods(mood)
        self._risks(risk)
        self._losses(customer.united(agent))
        for name, box in (("customer", customer), ("agent", agent), ("mood", mood), ("risk", risk)):
            self._name(name, box)
        self._marks(marks)
        self._times()

    # ---- places ----

    @property
    def _span(self) -> float:
        return max(1, self.width - self.gutter - 6)

    def _x(self, at: int) -> float:
        return self.gutter + self._span * (at - self.first) / max(self.last - self.first, 1)

    def _box(self, start: int, end: int, lane: QRectF) -> QRectF | None:
        """Where a stretch of the call lies in a lane; `None`: not in the picture."""
        left, right = max(self._x(start), lane.left()), min(self._x(end), lane.right())
        if right < lane.left() or left > lane.right():
            return None
        return QRectF(left, lane.top(), max(right - left, 1.5), lane.height())

    def _colour(self, name: str, alpha: int = 255) -> QColor:
        colour = QColor(getattr(self.theme, name))
        colour.setAlpha(alpha)
        return colour

    # ---- voices ----

    def _lane(self, box: QRectF, speaker: Speaker, name: str) -> None:
        middle = box.center().y()
        self.painter.setPen(QPen(self._colour("line"), 1))
        self.painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        if self.peaks is None:
            self._speech(box, speaker, name)
            return
        side = self.peaks.agent if speaker is Speaker.AGENT else self.peaks.customer
        heights = self._heights(side) * (box.height() / 2 - 3)
        x = np.arange(len(heights)) + box.left()
        lines = [
            QLineF(at, middle - high, at, middle + high)
            for at, high in zip(
                x.tolist(), np.maximum(heights, _QUIETEST / 2).tolist(), strict=True
            )
        ]
        self.painter.setPen(QPen(self._colour(name), 1.2))
        self.painter.drawLines(lines)

    def _heights(self, side: NDArray[np.float32]) -> NDArray[np.float32]:
        """The loudest moment of every pixel, 0..1; the loudest of the call fills the lane."""
        pixels = int(self._span)
        edges = np.linspace(self.first, self.last, pixels + 1) / RATE * (self.peaks or _NO).per_s
        places = np.clip(edges.astype(np.int64), 0, max(len(side) - 1, 0))
        if not len(side):
            return np.zeros(pixels, np.float32)
        highest = np.maximum.reduceat(side, places[:-1])
        highest[edges[:-1] >= len(side)] = 0.0
        top = float(side.max()) or 1.0
        heights: NDArray[np.float32] = np.sqrt(highest / top).astype(np.float32)
        return heights

    def _speech(self, lane: QRectF, speaker: Speaker, name: str) -> None:
        """Who spoke when, where there is no sound to draw."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        for line in self.call.lines:
            box = self._box(line.start, line.end, lane) if line.speaker is speaker else None
            if box is not None:
                self.painter.setBrush(self._colour("even" if line.lost else name))
                inner = box.adjusted(0, lane.height() * 0.28, 0, -lane.height() * 0.28)
                self.painter.drawRoundedRect(inner, 3, 3)

    def _silences(self, lane: QRectF) -> None:
        """Long silence of both: a ground with dots."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QBrush(self._colour("even", 120), Qt.BrushStyle.Dense7Pattern))
        for span in self.call.silences:
            if (box := self._box(span.start, span.end, lane)) is not None:
                self.painter.drawRect(box)

    def _overlaps(self, agent: QRectF) -> None:
        """Both at once: a hatched block between the lanes."""
        between = QRectF(agent.left(), agent.top() - 5, agent.width(), 10)
        self.painter.setPen(QPen(self._colour("watch"), 1))
        self.painter.setBrush(QBrush(self._colour("watch"), Qt.BrushStyle.BDiagPattern))
        for span in self.call.overlaps:
            if (box := self._box(span.start, span.end, between)) is not None:
                self.painter.drawRect(box)

    def _losses(self, lane: QRectF) -> None:
        """What nobody heard: crossed out."""
        self.painter.setPen(QPen(self._colour("alert"), 1))
        self.painter.setBrush(QBrush(self._colour("alert", 140), Qt.BrushStyle.DiagCrossPattern))
        for loss in self.call.losses:
            if (box := self._box(loss.start, loss.end, lane)) is not None:
                self.painter.drawRect(box)

    # ---- bands ----

    def _moods(self, band: QRectF) -> None:
        middle, reach = band.center().y(), band.height() / 2 - 2
        self.painter.setPen(QPen(self._colour("line"), 1))
        self.painter.drawLine(QPointF(band.left(), middle), QPointF(band.right(), middle))
        self.painter.setPen(Qt.PenStyle.NoPen)
        for mood in self.call.moods:
            box = self._box(mood.start, mood.end, band)
            if box is None:
                continue
            valence = mood.valence or 0.0
            height = max(reach * min(abs(valence) / _HALF, 1.0), 3.0)
            name = mood_colour(mood.valence)
            top = middle - height if valence > 0 else middle
            if name == "even":
                top, height = middle - 1.5, 3.0
            self.painter.setBrush(self._colour(name))
            self.painter.drawRoundedRect(QRectF(box.left(), top, box.width(), height), 2, 2)

    def _risks(self, band: QRectF) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        for span in self.call.risks:
            box = self._box(span.start, span.end, band)
            if box is None:
                continue
            share = (span.level.rank + 1) / len(RiskLevel)
            self.painter.setBrush(self._colour(_RISK_COLOURS[span.level]))
            height = max(band.height() * share, 2.0)
            self.painter.drawRect(QRectF(box.left(), band.bottom() - height, box.width(), height))

    def _name(self, name: str, box: QRectF) -> None:
        self.painter.setPen(self._colour(name if name in ("customer", "agent") else "quiet"))
        place = QRectF(4, box.top(), self.gutter - 8, box.height())
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.painter.drawText(place, alignment | Qt.TextFlag.TextDontClip, words.band(name))

    # ---- marks and times ----

    def _marks(self, height: float) -> None:
        """Above the lanes: triangles are nudges, squares are notes."""
        size = height * 0.55
        self.painter.setPen(Qt.PenStyle.NoPen)
        for coached in self.call.coached:
            at = coached.nudge.at
            if self._in_sight(at) and (self.hidden_from is None or at < self.hidden_from):
                x = self._x(at)
                tip = [QPointF(x - size, 1), QPointF(x + size, 1), QPointF(x, height - 2)]
                self.painter.setBrush(self._colour("accent"))
                self.painter.drawPolygon(QPolygonF(tip))
        for note in self.notes:
            if self._in_sight(note.at):
                x = self._x(note.at)
                self.painter.setBrush(self._colour("high" if note.went_well else "watch"))
                square = QRectF(x - size * 0.7, 2, size * 1.4, size * 1.4)
                self.painter.drawRoundedRect(square, 2, 2)

    def _in_sight(self, at: int) -> bool:
        return self.first <= at <= self.last

    def _times(self) -> None:
        length_s = to_seconds(Samples(self.last - self.first))
        least = _TICK_EVERY * self.larger * length_s / self._span
        every = from_seconds(next((one for one in _TICKS_S if one >= least), _TICKS_S[-1]))
        top = self.height - self.axis
        for tick in range(-(-self.first // every) * every, self.last + 1, every):
            x = self._x(tick)
            self.painter.setPen(QPen(self._colour("line"), 1))
            self.painter.drawLine(QPointF(x, top), QPointF(x, top + 4))
            self.painter.setPen(self._colour("quiet"))
            text = forms.lasting(to_seconds(Samples(tick)))
            width = self.painter.fontMetrics().horizontalAdvance(text) + 4
            left = min(max(x - width / 2, 0), self.width - width)
            place = QRectF(left, top + 3, width, self.axis - 3)
            self.painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


_NO = Peaks(per_s=1, agent=np.zeros(0, np.float32), customer=np.zeros(0, np.float32))
