"""Markdown of the papers to documents for a word processor.

Only what the papers use: headings, paragraphs, lists, tables, **bold** and `code`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_HEADING = re.compile(r"(#+) (.*)")
_BULLET = re.compile(r"[*-] (.*)")
_NUMBERED = re.compile(r"\d+\. (.*)")
_PIECE = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")
_RULE = re.compile(r"\|(-+\|)+")
_FONT, _CODE_FONT = "Calibri", "Consolas"
_SIZE_PT, _TABLE_PT = 11, 9.5
_HEAD_SHADE = "E7ECEF"
_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


def write_document(text: str, path: Path, language: str) -> None:
    """Write `text` (Markdown) as DOCX, proofed in its language."""
    document = _empty(language)
    lines = text.splitlines()
    document.core_properties.title = next((ln[2:] for ln in lines if ln.startswith("# ")), "")
    document.core_properties.author = "Eerst Begrip"
    at = 0
    while at < len(lines):
        if lines[at].startswith("|"):
            rows = list(_rows(lines[at:]))
            _table(document, [_cells(row) for row in rows if not _RULE.fullmatch(row)])
            at += len(rows)
            continue
        _line(document, lines[at])
        at += 1
    document.save(str(path))


def _empty(language: str) -> "Document":
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.3)
        section.top_margin = section.bottom_margin = Cm(2.2)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(_SIZE_PT)
    normal.paragraph_format.space_after = Pt(6)
    properties = normal.element.get_or_add_rPr()
    spoken = properties.makeelement(qn("w:lang"), {qn("w:val"): _LANGUAGES[language]})
    properties.append(spoken)
    for level in (1, 2):
        style: Any = document.styles[f"Heading {level}"]
        style.font.name = _FONT
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "minorHAnsi")
    return document


def _line(document: "Document", line: str) -> None:
    if not line.strip():
        return
    if found := _HEADING.fullmatch(line):
        document.add_heading(found[2], level=len(found[1]))
    elif found := _BULLET.fullmatch(line):
        _write(document.add_paragraph(style="List Bullet"), found[1])
    elif found := _NUMBERED.fullmatch(line):
        _write(document.add_paragraph(style="List Number"), found[1])
    else:
        _write(document.add_paragraph(), line)


def _write(paragraph: Any, text: str, *, bold: bool = False) -> None:
    at = 0
    for found in _PIECE.finditer(text):
        _run(paragraph, text[at : found.start()], bold=bold)
        _run(paragraph, found[1] or found[2], bold=bold or bool(found[1]), code=bool(found[2]))
        at = found.end()
    _run(paragraph, text[at:], bold=bold)


def _run(paragraph: Any, text: str, *, bold: bool, code: bool = False) -> None:
    if text:
        run = paragraph.add_run(text)
        run.bold = bold or None
        if code:
            run.font.name = _CODE_FONT


# ---- tables --------------------------------------------------------------------------------------


def _rows(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield line.strip()


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def _table(document: "Document", rows: list[list[str]]) -> None:
    from docx.shared import Pt

    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(at, column)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            _write(paragraph, text, bold=at == 0)
            for run in paragraph.runs:
                run.font.size = Pt(_TABLE_PT)
            if at == 0:
                _shade(cell)
    _hold_together(table)
    document.add_paragraph()


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _HEAD_SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _hold_together(table: Any) -> None:
    """No row is broken over two pages, and the first row comes again on every page."""
    for at, row in enumerate(table.rows):
        _flag(row, "w:cantSplit")
        if at == 0:
            _flag(row, "w:tblHeader")


def _flag(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    flag = OxmlElement(name)
    flag.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(flag)
