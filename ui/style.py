"""The style sheet of every window, made from a theme and a scale of text.

It says nothing of fonts: those follow the system and the text size that the person chose. Lengths
grow with the text; lines of one or two pixels stay as thin as they are.
"""

import re
from pathlib import Path

from ui.theme import Theme

_ASSETS = Path(__file__).parent / "assets"
_PICTURES = ("check", "arrow-down", "arrow-up", "arrow-right")
_LENGTH = re.compile(r"\b(\d+)px")
_THIN = 2


def stylesheet(theme: Theme, scale: float = 1.0) -> str:
    """The style of the windows in the colours of `theme`, `scale` times as large."""
    named = {name: getattr(theme, name) for name in theme.__slots__}
    kind = "dark" if theme.dark else "light"
    pictures = {
        name.replace("-", "_"): (_ASSETS / f"{name}-{kind}.svg").as_posix() for name in _PICTURES
    }
    return _LENGTH.sub(lambda found: _larger(found, scale), _STYLE.format(**named, **pictures))


def _larger(found: re.Match[str], scale: float) -> str:
    length = int(found[1])
    return found[0] if length <= _THIN else f"{round(length * scale)}px"


_STYLE = """
QWidget {{ color: {ink}; background: {ground}; }}
QLabel, QCheckBox, QRadioButton {{ background: transparent; }}
QLabel[role="quiet"] {{ color: {quiet}; }}
QLabel[role="accent"] {{ color: {accent}; }}
QLabel[role="alert"] {{ color: {alert}; }}
QLabel[role="watch"] {{ color: {watch}; }}
QLabel[role="good"] {{ color: {high}; }}
QLabel[role="customer"] {{ color: {customer}; }}
QLabel[role="agent"] {{ color: {agent}; }}

QFrame[panel="true"] {{
    background: {surface}; border: 1px solid {line}; border-radius: 10px;
}}
QFrame[panel="true"] QWidget {{ background: transparent; }}
QFrame[panel="alert"] {{
    background: {alert_ground}; border: 1px solid {alert}; border-radius: 10px;
}}
QFrame[panel="alert"] QWidget {{ background: transparent; }}
QFrame[panel="accent"] {{
    background: {accent_ground}; border: 1px solid {accent}; border-radius: 10px;
}}
QFrame[panel="accent"] QWidget {{ background: transparent; }}
QFrame[line="true"] {{ background: {line}; border: none; }}

QPushButton, QFrame[panel] QPushButton {{
    background: {surface}; color: {ink};
    border: 1px solid {even}; border-radius: 7px; padding: 6px 12px;
}}
QFrame[panel="accent"] QPushButton {{ border-color: {accent}; padding: 4px 9px; }}
QPushButton:hover, QFrame[panel] QPushButton:hover {{ background: {pressed}; }}
QPushButton:pressed, QFrame[panel] QPushButton:pressed {{ background: {pressed}; }}
QPushButton:checked, QFrame[panel] QPushButton:checked {{
    background: {pressed}; border-color: {accent};
}}
QPushButton[kind="main"], QFrame[panel] QPushButton[kind="main"] {{
    background: {accent}; color: {on_accent}; border-color: {accent};
}}
QPushButton[kind="main"]:hover, QFrame[panel] QPushButton[kind="main"]:hover {{
    background: {quiet}; color: {ground};
}}
QPushButton:disabled, QFrame[panel] QPushButton:disabled {{
    background: {ground}; color: {quiet}; border-color: {line};
}}
QPushButton:focus, QFrame[panel] QPushButton:focus {{
    border: 2px solid {accent}; padding: 5px 11px;
}}
QFrame[panel="accent"] QPushButton:focus {{ padding: 3px 8px; }}
QPushButton[kind="main"]:focus, QFrame[panel] QPushButton[kind="main"]:focus {{
    border: 2px solid {ink};
}}

QToolButton, QFrame[panel] QToolButton {{
    background: transparent; color: {quiet}; border: 2px solid transparent;
    border-radius: 6px; padding: 2px 5px;
}}
QToolButton:hover, QToolButton:pressed {{ background: {pressed}; color: {ink}; }}
QToolButton:checked {{ background: {accent_ground}; color: {accent}; }}
QToolButton:focus {{ border-color: {accent}; color: {ink}; }}
QToolButton:disabled {{ color: {even}; }}
QToolButton::menu-indicator {{ image: none; }}

QTextBrowser, QPlainTextEdit, QTextEdit, QListView, QTableView, QTreeView {{
    background: {surface}; color: {ink}; placeholder-text-color: {quiet};
    selection-background-color: {pressed}; selection-color: {ink};
    border: 1px solid {line}; border-radius: 10px; padding: 5px;
    gridline-color: {line}; alternate-background-color: {ground}; outline: none;
}}
QTextBrowser:focus, QPlainTextEdit:focus, QTextEdit:focus, QListView:focus, QTableView:focus,
QTreeView:focus {{ border: 2px solid {accent}; padding: 4px; }}
QTableView, QTableView:focus {{ border-radius: 0; padding: 0; }}
QTableView::item {{ padding: 3px 6px; }}
QListView::item {{ padding: 5px 6px; border-radius: 6px; }}
QListView::item:hover, QTableView::item:hover {{ background: {accent_ground}; }}
QListView::item:selected, QTableView::item:selected {{ background: {pressed}; color: {ink}; }}
QHeaderView::section {{
    background: {ground}; color: {quiet}; border: none; border-bottom: 1px solid {line};
    padding: 5px 7px;
}}
QHeaderView::section:hover {{ color: {ink}; }}
QTableCornerButton::section {{ background: {ground}; border: none; }}

#sections {{ background: {surface}; border: none; border-right: 1px solid {line}; }}
#sections QWidget {{ background: transparent; }}
#sections QToolButton[kind="section"] {{
    padding: 7px 10px; border-radius: 8px; color: {quiet}; text-align: left;
}}
#sections QToolButton[kind="section"]:hover {{ background: {ground}; color: {ink}; }}
#sections QToolButton[kind="section"]:checked {{ background: {accent_ground}; color: {accent}; }}
#sections QToolButton[kind="section"]:focus {{ border: 2px solid {accent}; }}

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QDateTimeEdit, QTimeEdit {{
    background: {surface}; color: {ink}; placeholder-text-color: {quiet};
    selection-background-color: {pressed}; selection-color: {ink};
    border: 1px solid {even}; border-radius: 7px; padding: 5px 8px;
}}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QDateEdit:focus,
QDateTimeEdit:focus, QTimeEdit:focus {{ border: 2px solid {accent}; padding: 4px 7px; }}
QLineEdit[wrong="true"], QSpinBox[wrong="true"], QComboBox[wrong="true"],
QPlainTextEdit[wrong="true"] {{ border: 2px solid {alert}; }}
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled, QDateTimeEdit:disabled {{
    color: {quiet}; background: {ground};
}}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{
    border: none; padding: 0 0 0 7px; background: transparent;
}}
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down {{
    border: none; width: 22px;
}}
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {{
    image: url("{arrow_down}"); width: 12px; height: 12px;
}}
QComboBox QAbstractItemView {{
    background: {surface}; color: {ink}; border: 1px solid {even};
    selection-background-color: {pressed}; selection-color: {ink}; padding: 3px;
}}
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button,
QDoubleSpinBox::down-button {{ border: none; width: 18px; background: transparent; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{
    image: url("{arrow_up}"); width: 10px; height: 10px;
}}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{
    image: url("{arrow_down}"); width: 10px; height: 10px;
}}

QCheckBox, QRadioButton {{
    spacing: 7px; padding: 3px; border: 2px solid transparent; border-radius: 5px;
}}
QCheckBox[role="quiet"] {{ color: {quiet}; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; color: {ink}; }}
QCheckBox::indicator, QTableView::indicator, QListView::indicator {{
    width: 13px; height: 13px; border: 1px solid {quiet}; border-radius: 3px; background: {surface};
}}
QRadioButton::indicator {{
    width: 13px; height: 13px; border: 1px solid {quiet}; border-radius: 7px; background: {surface};
}}
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{check}");
}}
QRadioButton::indicator:checked {{ background: {accent}; border: 3px solid {surface}; }}

QTabBar::tab {{
    background: transparent; color: {quiet}; padding: 6px 12px; border: none;
    border-bottom: 2px solid transparent;
}}
QTabBar::tab:selected {{ color: {accent}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:hover {{ color: {ink}; }}
QTabBar::tab:focus {{ color: {ink}; background: {accent_ground}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}

QSlider::groove:horizontal {{ height: 4px; background: {line}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{
    width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: {accent};
    border: 2px solid {surface};
}}
QSlider:focus {{ border: 2px solid {accent}; border-radius: 5px; }}
QProgressBar {{
    background: {line}; border: none; border-radius: 4px; max-height: 8px; color: {ink};
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}

QMenu {{ background: {surface}; border: 1px solid {even}; padding: 5px; }}
QMenu::item {{ padding: 6px 22px 6px 12px; border-radius: 6px; background: transparent; }}
QMenu::item:selected {{ background: {pressed}; color: {ink}; }}
QMenu::item:disabled {{ color: {quiet}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QMenu::indicator {{ width: 13px; height: 13px; margin-left: 6px; }}
QMenu::indicator:checked {{ background: {accent}; border-radius: 3px; image: url("{check}"); }}

QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {line}; }}
QScrollArea {{ border: none; }}
QScrollArea:focus {{ border: 2px solid {accent}; border-radius: 8px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0 2px; }}
QScrollBar::handle {{ background: {even}; border-radius: 4px; margin: 0 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {surface}; color: {ink}; border: 1px solid {even}; padding: 4px; }}
"""
