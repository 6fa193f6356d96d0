"""Colours by name, light and dark, and what they must be to be read.

Every pair of a text colour and the ground it stands on is listed in `TEXT_ON`, every mark that
carries meaning in `MARKS_ON`; a test holds them to WCAG 2.2 AA (4.5 and 3 to 1). Colour is never
the only carrier: each coloured thing also has a word, a shape or a place.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Named colours as "#rrggbb".

    `low` and `high` are the customer's mood below and above neutral; `watch` and `alert` are the
    upper two risk levels; `said` is the ground of the words that caused the nudge.
    """

    dark: bool
    ground: str
    surface: str
    line: str
    ink: str
    quiet: str
    accent: str
    accent_ground: str
    pressed: str
    customer: str
    low: str
    even: str
    high: str
    watch: str
    alert: str
    said: str


LIGHT: Final = Theme(
    dark=False,
    ground="#f5f4f0",
    surface="#ffffff",
    line="#dcd8d0",
    ink="#1e2329",
    quiet="#59616d",
    accent="#22559f",
    accent_ground="#eaf1fb",
    pressed="#d5e3f7",
    customer="#6d3a8f",
    low="#a8442b",
    even="#767d89",
    high="#2b7a52",
    watch="#8a5a00",
    alert="#a8261c",
    said="#fbecb8",
)

DARK: Final = Theme(
    dark=True,
    ground="#15181c",
    surface="#1e2227",
    line="#363c45",
    ink="#e8eaed",
    quiet="#a4acb8",
    accent="#91bbf5",
    accent_ground="#1f2e44",
    pressed="#2c4365",
    customer="#cfa6ea",
    low="#f0917b",
    even="#8d95a2",
    high="#7ccba2",
    watch="#e7b85a",
    alert="#ff9285",
    said="#453a14",
)

TEXT_ON: Final = (
    *((text, "ground") for text in ("ink", "quiet", "high", "low", "watch", "alert", "accent")),
    *((text, "surface") for text in ("ink", "quiet", "accent", "customer", "alert")),
    *((text, "accent_ground") for text in ("ink", "quiet", "accent")),
    *((text, "pressed") for text in ("ink", "accent")),
    ("ink", "said"),
    ("quiet", "said"),
)
"""Colours of text and the grounds they stand on."""

MARKS_ON: Final = (
    *((mark, "surface") for mark in ("low", "even", "high", "accent")),
    *((mark, "ground") for mark in ("even", "watch", "alert", "high", "accent")),
    ("accent", "accent_ground"),
)
"""Colours of drawn marks, and of the focus ring, and the grounds they stand on."""


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def stylesheet(theme: Theme) -> str:
    """The style of the windows. Says nothing of fonts: those follow the system and its scale."""
    named = {name: getattr(theme, name) for name in theme.__slots__}
    check = (
        Path(__file__).parent / "assets" / ("check-dark.svg" if theme.dark else "check-light.svg")
    )
    return _STYLE.format(check=check.as_posix(), **named)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """An sRGB channel 0..1 without its gamma."""
    dark = 0.04045
    return channel / 12.92 if channel <= dark else ((channel + 0.055) / 1.055) ** 2.4


_STYLE = """
QWidget {{ color: {ink}; background: {ground}; }}
QLabel {{ background: transparent; }}
QLabel[role="quiet"] {{ color: {quiet}; }}
QLabel[role="accent"] {{ color: {accent}; }}
QLabel[role="alert"] {{ color: {alert}; }}
QLabel[role="watch"] {{ color: {watch}; }}

#coach {{ background: {surface}; border: 1px solid {line}; border-radius: 10px; }}
#coach[nudging="true"] {{ background: {accent_ground}; border: 1px solid {accent}; }}
#coach QWidget {{ background: transparent; }}

QPushButton, #coach QPushButton {{
    background: {surface}; color: {ink};
    border: 1px solid {line}; border-radius: 7px; padding: 6px 10px;
}}
#coach[nudging="true"] QPushButton {{ border-color: {accent}; }}
QPushButton:hover, #coach QPushButton:hover {{ background: {pressed}; }}
QPushButton:pressed, #coach QPushButton:pressed {{ background: {pressed}; }}
QPushButton:focus, #coach[nudging="true"] QPushButton:focus {{
    border: 2px solid {accent}; padding: 5px 9px;
}}

QTextBrowser {{
    background: {surface}; color: {ink}; placeholder-text-color: {quiet};
    selection-background-color: {pressed};
    selection-color: {ink}; border: 1px solid {line}; border-radius: 10px; padding: 6px 4px 6px 8px;
}}
QTextBrowser:focus {{ border: 2px solid {accent}; padding: 5px 3px 5px 7px; }}

QCheckBox {{
    color: {quiet}; spacing: 6px; padding: 3px; border: 2px solid transparent; border-radius: 5px;
}}
QCheckBox:focus {{ border-color: {accent}; color: {ink}; }}
QCheckBox::indicator {{
    width: 12px; height: 12px; border: 1px solid {quiet}; border-radius: 3px; background: {surface};
}}
QCheckBox::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{check}");
}}

QScrollBar:vertical {{ background: transparent; width: 8px; margin: 2px 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 4px; min-height: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QToolTip {{ background: {surface}; color: {ink}; border: 1px solid {line}; }}
"""
