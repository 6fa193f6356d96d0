"""A report on paper: the same content as the page, as a PDF on A4."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from coach.errors import ProductError
from coach.report.wording import Bar, Chart, Page

INK, SOFT, LINE, BAR, TRACK, BACK = (
    "#1f2a30",
    "#5b6a72",
    "#d9e0e3",
    "#2f7f86",
    "#e9eff0",
    "#f3f6f6",
)
_MM = 72 / 25.4
_MARGIN = 18 * _MM
_PAD = 6.0
"""What the frame of a page keeps free beside the text."""
_WIDTH = 174 * _MM - 2 * _PAD
_LABEL, _TEXT = 52 * _MM, 44 * _MM
_TRACK = _WIDTH - _LABEL - _TEXT
_LONG_WORD = 6
_FONT, _BOLD = "Helvetica", "Helvetica-Bold"


def write_pdf(page: Page, path: Path) -> None:
    """Write the paper. Raises `ProductError` when the disk does not take it."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        document = SimpleDocTemplate(
            str(path),
            pagesize=A4,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=16 * _MM,
            bottomMargin=18 * _MM,
            title=page.title,
            author="Eerst Begrip",
            lang=page.language,
            invariant=1,
        )
        footer = _footer(page)
        document.build(list(_story(page)), onFirstPage=footer, onLaterPages=footer)
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why


def _footer(page: Page) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(_FONT, 8)
        canvas.setFillColor(SOFT)
        canvas.drawString(_MARGIN + _PAD, 10 * _MM, page.title)
        canvas.drawRightString(210 * _MM - _MARGIN - _PAD, 10 * _MM, str(document.page))
        canvas.restoreState()

    return draw


def _story(page: Page) -> Iterator[Any]:
    from reportlab.platypus import KeepTogether, Spacer

    yield _text(page.title, size=18, bold=True, after=2)
    yield _text(page.period, colour=SOFT, after=10)
    yield _lead(page)
    yield Spacer(1, 12)
    for chart in page.charts:
        yield KeepTogether([*_chart(chart), Spacer(1, 10)])
    yield _text(page.heading, size=11.5, bold=True, after=4)
    yield _figures(page)
    yield Spacer(1, 8)
    yield from (_text(note, size=8.5, colour=SOFT, after=3) for note in page.notes)


def _lead(page: Page) -> Any:
    from reportlab.platypus import Table

    cells = [
        [_text(value, size=lead_size(value), bold=True, after=1), _text(name, size=8, colour=SOFT)]
        for value, name in page.lead
    ]
    table = Table([cells], colWidths=[_WIDTH / len(cells)] * len(cells))
    table.setStyle(
        [
            ("BOX", (0, 0), (-1, -1), 0.6, LINE),
            ("LINEBEFORE", (1, 0), (-1, -1), 0.6, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, -1), BACK),
            ("TOPPADDING", (0, 0), (-1, -1), 7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ]
    )
    return table


def lead_size(value: str) -> float:
    """How large a figure at the top is: words ("withheld") smaller, so that none is broken."""
    longest = max(map(len, value.split()), default=0)
    return 15.0 if longest <= _LONG_WORD else 9.5


def _chart(chart: Chart) -> Iterator[Any]:
    yield _text(chart.heading, size=11.5, bold=True, after=4)
    if not chart.bars:
        yield _text(chart.instead, colour=SOFT)
    else:
        yield _bars(chart.bars)
    if chart.note:
        yield _text(chart.note, size=8.5, colour=SOFT)


def _bars(bars: tuple[Bar, ...]) -> Any:
    from reportlab.platypus import Table

    rows: list[list[Any]] = []
    spans: list[tuple[Any, ...]] = []
    for bar in bars:
        rows.append([_text(bar.label), _bar(bar.share), _text(bar.text, right=True)])
        if bar.examples:
            spans.append(("SPAN", (1, len(rows)), (2, len(rows))))
            quotes = [_text(words, size=8.5, colour=SOFT) for words in bar.examples]
            rows.append(["", quotes, ""])
    table = Table(rows, colWidths=[_LABEL, _TRACK, _TEXT])
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            *spans,
        ]
    )
    return table


def _bar(share: float | None) -> Any:
    """A track with its part filled; dashed where nothing may be shown."""
    from reportlab.graphics.shapes import Drawing, Rect

    width = _TRACK - 12
    drawing = Drawing(width, 9)
    rest: dict[str, Any] = {"fillColor": _colour(TRACK), "strokeColor": None}
    if share is None:
        rest = {"fillColor": None, "strokeColor": _colour(LINE), "strokeDashArray": [3, 3]}
    drawing.add(Rect(0, 0, width, 9, rx=2, ry=2, **rest))
    if share:
        filled = max(2.0, width * share)
        drawing.add(Rect(0, 0, filled, 9, rx=2, ry=2, fillColor=_colour(BAR), strokeColor=None))
    return drawing


def _figures(page: Page) -> Any:
    from reportlab.platypus import Table

    head = [_text(page.columns[0], size=8.5, colour=SOFT)]
    head += [_text(name, size=8.5, colour=SOFT, right=True) for name in page.columns[1:]]
    rows = [head]
    for row in page.rows:
        name = [_text(row.name), _text(row.meaning, size=8, colour=SOFT)]
        value = _text(row.value, right=True, colour=SOFT if row.withheld else INK)
        rows.append([name, value, _text(row.calls, right=True)])
    table = Table(rows, colWidths=[_WIDTH - 56 * _MM, 36 * _MM, 20 * _MM], repeatRows=1)
    table.setStyle(
        [
            ("LINEABOVE", (0, 1), (-1, -1), 0.5, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return table


def _text(
    words: str,
    *,
    size: float = 9.5,
    bold: bool = False,
    colour: str = INK,
    right: bool = False,
    after: float = 0,
) -> Any:
    from reportlab.lib.enums import TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "text",
        fontName=_BOLD if bold else _FONT,
        fontSize=size,
        leading=size * 1.32,
        textColor=colour,
        alignment=TA_RIGHT if right else TA_LEFT,
        spaceAfter=after,
    )
    return Paragraph(escape(words), style)


def _colour(name: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(name)
