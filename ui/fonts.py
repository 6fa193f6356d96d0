"""Sizes of text, always a share of the system's own, so that its text size setting works."""

from PySide6.QtGui import QFont


def scaled(font: QFont, by: float, *, bold: bool = False) -> QFont:
    """The same font in another size, so that sizes follow the system's text size."""
    changed = QFont(font)
    changed.setPointSizeF(font.pointSizeF() * by)
    if bold:
        changed.setWeight(QFont.Weight.DemiBold)
    return changed
