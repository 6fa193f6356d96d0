"""Charts, drawn by hand: lines, bars and stacked columns.

Series differ by shape and pattern as well as by colour. A figure that is withheld is a hollow sign
at its place, so that nobody takes it for zero. The same drawing goes on the screen, into pictures
and into reports.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from ui.dashboard_chart import Chart, Form, Item
from ui.theme import Theme

COLOURS = ("accent", "low", "agent", "customer", "watch", "even")
_PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense4Pattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
)
_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
_LABEL_SHARE = 0.46
_LINE = 16.0
"""The height of a line of text for which lengths in pixels are meant."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure was drawn."""

    box: QRectF
    series: int
    item: Item


def draw(
    painter: QPainter, box: QRectF, chart: Chart, theme: Theme, chosen: Item | None = None
) -> list[Spot]:
    """Draw `chart` into `box` in the painter's font; where each figure is."""
    ways: dict[Form, Callable[[_Plot], list[Spot]]] = {
        Form.LINES: _lines,
        Form.BARS: _bars,
        Form.COLUMNS: _columns,
    }
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    spots = ways[chart.form](_Plot(painter, box, chart, theme, chosen))
    painter.restore()
    return spots


@dataclass
class _Plot:
    """What everything is drawn with."""

    painter: QPainter
    box: QRectF
    chart: Chart
    theme: Theme
    chosen: Item | None

    @property
    def metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.painter.font())

    @property
    def line(self) -> float:
        """The height of a line of text."""
        return self.metrics.height()

    @property
    def larger(self) -> float:
        """How many times larger than usual the text is."""
        return max(1.0, self.line / _LINE)

    def colour(self, name: str, alpha: int = 255) -> QColor:
        colour = QColor(getattr(self.theme, name))
        colour.setAlpha(alpha)
        return colour

    def brush(self, series: int) -> QBrush:
        return QBrush(
            self.colour(COLOURS[series % len(COLOURS)]), _PATTERNS[series % len(_PATTERNS)]
        )

    def pen(self, colour: str, width: float = 1.0) -> None:
        self.painter.setPen(QPen(self.colour(colour), width))

    def share(self, value: float) -> float:
        """Where on the axis a value lies, 0..1."""
        span = self.chart.highest - self.chart.lowest
        return (value - self.chart.lowest) / span if span else 0.0

    def text(self, box: QRectF, words: str, alignment: Qt.AlignmentFlag) -> None:
        shown = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        self.painter.drawText(box, alignment, shown)

    def ring(self, box: QRectF) -> None:
        """Show which figure is chosen."""
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.pen("ink", 2)
        self.painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 4, 4)


# ---- lines and columns: time from left to right --------------------------------------------------


def _lines(plot: _Plot) -> list[Spot]:
    area = _time_axes(plot)
    spots: list[Spot] = []
    for number, series in enumerate(plot.chart.series):
        line: list[QPointF] = []
        for place, item in enumerate(series.items):
            x = _x(plot, area, place)
            if item.value is None:
                _stroke(plot, line, number)
                line = []
                spots.append(_unknown(plot, QPointF(x, area.bottom() - 7), number, item))
                continue
            line.append(QPointF(x, area.bottom() - area.height() * plot.share(item.value)))
            spots.append(Spot(_around(line[-1]), number, item))
        _stroke(plot, line, number)
    for spot in spots:
        if spot.item.value is not None:
            _sign(plot, spot.box.center(), spot.series)
        if spot.item is plot.chosen:
            plot.ring(spot.box)
    return spots


def _stroke(plot: _Plot, line: list[QPointF], series: int) -> None:
    pen = QPen(plot.colour(COLOURS[series % len(COLOURS)]), 2 * plot.larger)
    pen.setStyle(_DASHES[series % len(_DASHES)])
    plot.painter.setPen(pen)
    plot.painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(line) > 1:
        plot.painter.drawPolyline(QPolygonF(line))


def _sign(plot: _Plot, at: QPointF, series: int) -> None:
    """A dot, a square, a triangle or a diamond."""
    plot.painter.setPen(Qt.PenStyle.NoPen)
    plot.painter.setBrush(plot.colour(COLOURS[series % len(COLOURS)]))
    x, y, r = at.x(), at.y(), 4.5 * plot.larger
    shapes = {
        1: [(-r, -r), (r, -r), (r, r), (-r, r)],
        2: [(0, -r - 1), (r + 1, r), (-r - 1, r)],
        3: [(0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)],
    }
    if (corners := shapes.get(series % 4)) is None:
        plot.painter.drawEllipse(at, r, r)
    else:
        plot.painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))


def _unknown(plot: _Plot, at: QPointF, series: int, item: Item) -> Spot:
    """A hollow sign for what is withheld; a short line for what could not be measured."""
    plot.painter.setBrush(Qt.BrushStyle.NoBrush)
    plot.pen("quiet", 1.5)
    if item.withheld:
        plot.painter.drawEllipse(at, 4, 4)
        plot.painter.drawLine(at + QPointF(-3, 3), at + QPointF(3, -3))
    else:
        plot.painter.drawLine(at + QPointF(-3, 0), at + QPointF(3, 0))
    return Spot(_around(at), series, item)


def _columns(plot: _Plot) -> list[Spot]:
    area = _time_axes(plot)
    spots: list[Spot] = []
    places = max((len(series.items) for series in plot.chart.series), default=0)
    width = min(area.width() / max(places, 1) * 0.5, 46.0)
    for place in range(places):
        x, top = _x(plot, area, place), area.bottom()
        hidden = 0
        for number, series in enumerate(plot.chart.series):
            item = series.items[place]
            if item.value is None or item.value == 0:
                if item.withheld:
                    at = QPointF(x + width / 2 + 7 + hidden * 11, area.bottom() - 7)
                    spots.append(_unknown(plot, at, number, item))
                    hidden += 1
                continue
            height = area.height() * plot.share(item.value)
            box = QRectF(x - width / 2, top - height, width, height)
            plot.pen(COLOURS[number % len(COLOURS)])
            plot.painter.setBrush(plot.brush(number))
            plot.painter.drawRect(box)
            spots.append(Spot(box, number, item))
            top -= height
    for spot in spots:
        if spot.item is plot.chosen:
            plot.ring(spot.box)
    return spots


def _time_axes(plot: _Plot) -> QRectF:
    """Grid, ticks, names of the weeks, marks and the legend; the room that is left."""
    ticks = [words for _, words in plot.chart.ticks]
    left = max((plot.metrics.horizontalAdvance(words) for words in ticks), default=0) + 10
    top = _legend(plot)
    area = plot.box.adjusted(left, top, -10, -plot.line - 6)
    _marks(plot, area)
    for value, words in plot.chart.ticks:
        y = area.bottom() - area.height() * plot.share(value)
        plot.pen("line")
        plot.painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        plot.pen("quiet")
        label = QRectF(plot.box.left(), y - plot.line / 2, left - 8, plot.line)
        plot.text(label, words, _RIGHT)
    _weeks(plot, area)
    return area


def _weeks(plot: _Plot, area: QRectF) -> None:
    """The names below the axis, as many as there is room for."""
    items = plot.chart.series[0].items if plot.chart.series else ()
    if not items:
        return
    widest = max(plot.metrics.horizontalAdvance(item.label) for item in items) + 12
    every = max(1, -(-int(widest * len(items)) // max(int(area.width()), 1)))
    plot.pen("quiet")
    for place in range(0, len(items), every):
        x = _x(plot, area, place)
        left = min(max(x - widest / 2, plot.box.left()), plot.box.right() - widest)
        label = QRectF(left, area.bottom() + 4, widest, plot.line)
        plot.text(label, items[place].label, Qt.AlignmentFlag.AlignCenter)


def _marks(plot: _Plot, area: QRectF) -> None:
    """Disruptions: a hatched ground with a name, behind everything."""
    count = _count(plot.chart)
    for mark in plot.chart.marks:
        left = area.left() + area.width() * mark.first / count
        right = area.left() + area.width() * mark.last / count
        box = QRectF(left, area.top(), max(right - left, 2.0), area.height())
        plot.painter.setPen(Qt.PenStyle.NoPen)
        plot.painter.setBrush(QBrush(plot.colour("watch", 70), Qt.BrushStyle.BDiagPattern))
        plot.painter.drawRect(box)
        width = min(plot.metrics.horizontalAdvance(mark.name) + 10, plot.box.right() - left)
        top = area.bottom() - plot.line - 3 if plot.chart.form is Form.LINES else area.top() + 2
        label = QRectF(left, top, width, plot.line + 2)
        plot.painter.setBrush(plot.colour("surface"))
        plot.painter.drawRect(label)
        plot.pen("watch")
        plot.text(label.adjusted(4, 0, -2, 0), mark.name, _LEFT)


def _legend(plot: _Plot) -> float:
    """The names of the series above the chart, if there are more than one; their height."""
    if len(plot.chart.series) <= 1:
        return 6.0
    x, y = plot.box.left() + 4, plot.box.top()
    for number, series in enumerate(plot.chart.series):
        width = plot.metrics.horizontalAdvance(series.name) + 34
        if x + width > plot.box.right() and x > plot.box.left() + 4:
            x, y = plot.box.left() + 4, y + plot.line + 3
        middle = QPointF(x + 7, y + plot.line / 2)
        if plot.chart.form is Form.COLUMNS:
            plot.pen(COLOURS[number % len(COLOURS)])
            plot.painter.setBrush(plot.brush(number))
            plot.painter.drawRect(QRectF(x + 1, y + plot.line / 2 - 6, 12, 12))
        else:
            _sign(plot, middle, number)
        plot.pen("ink")
        plot.text(QRectF(x + 19, y, width, plot.line), series.name, _LEFT)
        x += width
    return y + plot.line + 8 - plot.box.top()


def _count(chart: Chart) -> int:
    return max((len(series.items) for series in chart.series), default=1) or 1


def _x(plot: _Plot, area: QRectF, place: int) -> float:
    return area.left() + area.width() * (place + 0.5) / _count(plot.chart)


def _around(at: QPointF) -> QRectF:
    return QRectF(at.x() - 7, at.y() - 7, 14, 14)


# ---- bars: names at the left ---------------------------------------------------------------------


def _bars(plot: _Plot) -> list[Spot]:
    items = plot.chart.series[0].items if plot.chart.series else ()
    spots: list[Spot] = []
    if not items:
        return spots
    names = max(plot.metrics.horizontalAdvance(item.label) for item in items) + 12
    left = min(names, plot.box.width() * _LABEL_SHARE)
    told = max(plot.metrics.horizontalAdvance(_short(item)) for item in items) + 12
    area = plot.box.adjusted(left, 2, -told, -2)
    step = min(area.height() / len(items), plot.line * 2.4)
    for place, item in enumerate(items):
        top = area.top() + place * step
        plot.pen("ink")
        plot.text(QRectF(plot.box.left(), top, left - 10, step), item.label, _RIGHT)
        thick = min(step * 0.62, plot.line * 1.3)
        width = area.width() * plot.share(item.value) if item.value is not None else 0.0
        box = QRectF(area.left(), top + (step - thick) / 2, max(width, 2.0), thick)
        spots.append(Spot(QRectF(area.left(), top, max(width, 24.0), step), 0, item))
        _bar(plot, box, item)
        plot.pen("quiet" if item.value is None else "ink")
        beyond = area.left() + 10 if item.withheld else box.right()
        after = QRectF(beyond + 6, top, plot.box.right() - beyond - 6, step)
        plot.text(after, _short(item), _LEFT)
        if item is plot.chosen:
            plot.ring(box)
    return spots


def _bar(plot: _Plot, box: QRectF, item: Item) -> None:
    if item.value is None:
        plot.painter.setBrush(Qt.BrushStyle.NoBrush)
        plot.pen("quiet")
        if item.withheld:
            hollow = QRectF(box.left(), box.top(), 10, box.height())
            plot.painter.drawRoundedRect(hollow, 2, 2)
        return
    plot.painter.setPen(Qt.PenStyle.NoPen)
    plot.painter.setBrush(plot.colour("accent"))
    plot.painter.drawRoundedRect(box, 3, 3)


def _short(item: Item) -> str:
    """The figure in words, without its name."""
    return item.told.removeprefix(f"{item.label}: ")
