"""A chart on the screen: tells what is under the mouse, and opens the calls behind a figure."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import charts
from ui.appearance import theme_of
from ui.archive import CallQuery
from ui.dashboard_chart import Chart, Form, Item
from ui.drawn import Drawn
from ui.fonts import unit

_LOW, _HIGH = 150, 210
_BAR = 30


class ChartView(Drawn):
    """Shows a chart; `opened` is told the calls behind a figure that a person chooses.

    Arrow keys go from figure to figure and Return opens one; each is said in words.
    """

    def __init__(self, opened: Callable[[CallQuery], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._chart: Chart | None = None
        self._spots: list[charts.Spot] = []
        self._chosen: Item | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def put(self, chart: Chart, name: str, told: str) -> None:
        """Show `chart`; `name` and `told` are what a screen reader says of it."""
        self._chart, self._chosen = chart, None
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.updateGeometry()
        self.update()

    @property
    def items(self) -> list[Item]:
        """The figures of the chart, series by series."""
        if self._chart is None:
            return []
        return [item for series in self._chart.series for item in series.items]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its bars, or as a line needs."""
        return QSize(260, self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A chart that is lower than this cannot be read."""
        return QSize(200, self._height())

    def _height(self) -> int:
        larger = unit(self)
        if self._chart is not None and self._chart.form is Form.BARS:
            return round(max(60, _BAR * len(self.items) + 8) * larger)
        several = self._chart is not None and len(self._chart.series) > 1
        return round((_HIGH if several else _LOW) * larger)

    def draw(self, painter: QPainter) -> None:
        """The chart, and the frame of the focus."""
        if self._chart is None:
            return
        painter.setFont(self.font())
        box = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        chosen = self._chosen if self.hasFocus() else None
        self._spots = charts.draw(painter, box, self._chart, theme_of(self), chosen)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    # ---- what the person does ----

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Say what is under the mouse."""
        spot = self._spot(event.position())
        self.setToolTip(self._told(spot.item) if spot else "")
        opens = spot is not None and spot.item.query is not None
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the calls behind what was clicked."""
        spot = self._spot(event.position())
        if event.button() is Qt.MouseButton.LeftButton and spot is not None:
            self._open(spot.item)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from figure to figure; open one."""
        forward = event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down)
        back = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up)
        if (forward or back) and self.items:
            self._choose(1 if forward else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is not None:
            self._open(self._chosen)
        else:
            super().keyPressEvent(event)

    def _choose(self, by: int) -> None:
        items = self.items
        at = next((n for n, item in enumerate(items) if item is self._chosen), None)
        following = (0 if by > 0 else -1) if at is None else (at + by) % len(items)
        self._chosen = items[following]
        told = self._told(self._chosen)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))
        self.setToolTip(told)
        self.update()

    def _told(self, item: Item) -> str:
        """The figure in words, with its series where there are more."""
        if self._chart is None or len(self._chart.series) <= 1:
            return item.told
        name = next((s.name for s in self._chart.series if any(one is item for one in s.items)), "")
        return f"{name}, {item.told}"

    def _open(self, item: Item) -> None:
        """Only what may be told leads to calls."""
        if item.query is not None and not item.withheld and item.value:
            self._opened(item.query)

    def _spot(self, at: QPointF) -> charts.Spot | None:
        return next((spot for spot in reversed(self._spots) if spot.box.contains(at)), None)
