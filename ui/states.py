"""What stands in the middle of a page that has nothing else to show: loading, empty, failed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.parts import column


def centred(page: QWidget, *widgets: QWidget) -> QVBoxLayout:
    """Put `widgets` one below the other into the middle of `page`."""
    inside = column(page, margin=12, spacing=10)
    inside.addStretch(2)
    for widget in widgets:
        if isinstance(widget, QLabel):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(widget)
        else:
            inside.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    inside.addStretch(3)
    return inside
