"""Panels as files: a table (CSV), a picture (PNG), a report (PDF). What is withheld stays so."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from coach.errors import UserError
from ui import charts
from ui.dashboard_chart import Form, Panel
from ui.theme import LIGHT, Theme

_DPI = 144
_WIDTH, _LINES = 900, 300
_BAR = 34
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a report says above its panels."""

    title: str
    scope: str
    privacy: str


def to_csv(panels: Sequence[Panel], report: Report) -> str:
    """The tables of the panels, one below the other; opens in a Dutch or English spreadsheet."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerows([_safe(words)] for words in (report.title, report.scope, report.privacy))
    for panel in panels:
        table.writerow([])
        table.writerow([_safe(panel.title), _safe(panel.headline)])
        table.writerow([_safe(panel.means)])
        table.writerow([_safe(cell) for cell in panel.header])
        table.writerows([_safe(cell) for cell in row.cells] for row in panel.rows)
    return written.getvalue()


def write(panels: Sequence[Panel], kind: str, path: Path, report: Report) -> None:
    """Write `panels` as "csv", "png" or "pdf". Raises `UserError` when the file is not taken."""
    try:
        if kind == "csv":
            path.write_text(to_csv(panels, report), encoding="utf-8-sig", newline="")
        elif kind == "png":
            path.write_bytes(b"")  # tells whether the file may be written
            if not picture(panels, LIGHT).save(str(path), "PNG"):  # type: ignore[call-overload]
                raise OSError("PNG")
        else:
            path.write_bytes(b"")
            _pdf(panels, path, report)
    except OSError as why:
        raise UserError("dashboard.not_written", path=path, why=why.strerror or why) from why


def picture(panels: Sequence[Panel], theme: Theme) -> QImage:
    """The charts of the panels, one below the other."""
    heights = [_height(panel) for panel in panels]
    image = QImage(_WIDTH * 2, sum(heights) * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    image.fill(QColor(theme.surface))
    painter = QPainter(image)
    top = 0
    for panel, height in zip(panels, heights, strict=True):
        _draw(painter, panel, QRectF(24, top + 16, _WIDTH - 48, height - 32), theme)
        top += height
    painter.end()
    return image


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "@", "\t") or cell[:2] in ("+=", "-=") else cell


def _height(panel: Panel) -> int:
    items = sum(len(series.items) for series in panel.chart.series)
    bars = panel.chart.form is Form.BARS
    return 110 + (_BAR * max(items, 1) if bars else _LINES)


def _font(by: float = 1.0, *, bold: bool = False) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(10 * by)
    font.setBold(bold)
    return font


def _draw(painter: QPainter, panel: Panel, box: QRectF, theme: Theme) -> None:
    """A panel as a picture: title, figure, chart, note."""
    painter.setPen(QColor(theme.ink))
    top = box.top()
    for words, font in ((panel.title, _font(1.2, bold=True)), (panel.headline, _font(1.4))):
        painter.setFont(font)
        metrics = QFontMetricsF(font, painter.device())
        painter.drawText(QRectF(box.left(), top, box.width(), metrics.height()), words)
        top += metrics.height() + 2
    painter.setFont(_font())
    note = QFontMetricsF(painter.font(), painter.device()).height() if panel.note else 0.0
    charts.draw(
        painter,
        QRectF(box.left(), top + 6, box.width(), box.bottom() - top - note - 8),
        panel.chart,
        theme,
    )
    if panel.note:
        painter.setPen(QColor(theme.quiet))
        painter.drawText(QRectF(box.left(), box.bottom() - note, box.width(), note), panel.note)


# ---- a report on paper ---------------------------------------------------------------------------


@dataclass
class _Paper:
    """Pages that are filled from top to bottom."""

    writer: QPdfWriter
    painter: QPainter
    top: float = 0.0

    @property
    def size(self) -> QSizeF:
        return QSizeF(self.writer.width(), self.writer.height())

    def room(self, height: float) -> QRectF:
        """The next `height`; on a new page if this one has no room."""
        if self.top and self.top + height > self.size.height():
            self.writer.newPage()
            self.top = 0.0
        box = QRectF(0, self.top, self.size.width(), height)
        self.top += height
        return box

    def text(self, words: str, font: QFont, colour: str, after: float = 6.0) -> None:
        """A paragraph."""
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        metrics = QFontMetricsF(font, self.writer)
        wide = QRectF(0, 0, self.size.width(), self.size.height())
        height = metrics.boundingRect(wide, int(_WRAP), words).height()
        self.painter.drawText(self.room(height), int(_WRAP), words)
        self.top += after


def _pdf(panels: Sequence[Panel], path: Path, report: Report) -> None:
    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(18, 16, 18, 16), QPageLayout.Unit.Millimeter)
    writer.setTitle(report.title)
    writer.setCreator("Eerst Begrip")
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError("PDF")
    paper = _Paper(writer, painter)
    paper.text(report.title, _font(1.6, bold=True), LIGHT.ink)
    paper.text(report.scope, _font(), LIGHT.ink)
    paper.text(report.privacy, _font(0.9), LIGHT.quiet, after=18)
    for panel in panels:
        _page(paper, panel)
    painter.end()


def _page(paper: _Paper, panel: Panel) -> None:
    """A panel on paper: the picture, what it means, and its table."""
    scale = paper.size.width() / _WIDTH
    box = paper.room(_height(panel) * scale)
    paper.painter.save()
    paper.painter.translate(box.topLeft())
    _draw(paper.painter, panel, QRectF(0, 8, box.width(), box.height() - 16), LIGHT)
    paper.painter.restore()
    paper.text(panel.means, _font(0.85), LIGHT.quiet)
    _table(paper, panel)
    paper.top += 22


def _table(paper: _Paper, panel: Panel) -> None:
    font, bold = _font(0.85), _font(0.85, bold=True)
    high = QFontMetricsF(font, paper.writer).height() * 1.35
    wide = paper.size.width() / max(len(panel.header), 1)
    for number, cells in enumerate((panel.header, *(row.cells for row in panel.rows))):
        box = paper.room(high)
        paper.painter.setFont(font if number else bold)
        paper.painter.setPen(QColor(LIGHT.ink))
        metrics = QFontMetricsF(paper.painter.font(), paper.writer)
        for place, cell in enumerate(cells):
            shown = metrics.elidedText(cell, Qt.TextElideMode.ElideRight, wide - 8)
            at = QRectF(box.left() + place * wide, box.top(), wide - 8, high)
            paper.painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, shown)
        if not number:
            paper.painter.drawLine(box.bottomLeft(), box.bottomRight())
