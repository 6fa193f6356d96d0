"""Colours by name, light and dark, and what they must be to be read.

Every pair of a text colour and the ground it stands on is listed in `TEXT_ON`, every mark that
carries meaning in `MARKS_ON`; a test holds them to WCAG 2.2 AA (4.5 and 3 to 1). Colour is never
the only carrier: each coloured thing also has a word, a shape or a place.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Named colours as "#rrggbb".

    `low` and `high` are the customer's mood below and above neutral; `watch` and `alert` are the
    upper two risk levels; `said` is the ground of the words that caused the nudge; `agent` and
    `customer` are the two sides of a call.
    """

    dark: bool
    ground: str
    surface: str
    line: str
    ink: str
    quiet: str
    accent: str
    accent_ground: str
    on_accent: str
    pressed: str
    agent: str
    customer: str
    low: str
    even: str
    high: str
    watch: str
    alert: str
    alert_ground: str
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
    on_accent="#ffffff",
    pressed="#d5e3f7",
    agent="#146367",
    customer="#6d3a8f",
    low="#a8442b",
    even="#767d89",
    high="#2b7a52",
    watch="#8a5a00",
    alert="#a8261c",
    alert_ground="#fbeae6",
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
    on_accent="#10223c",
    pressed="#2c4365",
    agent="#7fcfd2",
    customer="#cfa6ea",
    low="#f0917b",
    even="#8d95a2",
    high="#7ccba2",
    watch="#e7b85a",
    alert="#ff9285",
    alert_ground="#3b211f",
    said="#453a14",
)

TEXT_ON: Final = (
    *((text, "ground") for text in ("ink", "quiet", "high", "low", "watch", "alert", "accent")),
    *((text, "surface") for text in ("ink", "quiet", "accent", "agent", "customer", "alert")),
    *((text, "surface") for text in ("high", "low", "watch")),
    *((text, "accent_ground") for text in ("ink", "quiet", "accent")),
    *((text, "alert_ground") for text in ("ink", "alert")),
    *((text, "pressed") for text in ("ink", "accent")),
    ("on_accent", "accent"),
    ("ink", "said"),
    ("quiet", "said"),
)
"""Colours of text and the grounds they stand on."""

MARKS_ON: Final = (
    *((mark, "surface") for mark in ("low", "even", "high", "accent", "agent", "customer")),
    *((mark, "surface") for mark in ("watch", "alert", "quiet")),
    *((mark, "ground") for mark in ("low", "even", "watch", "alert", "high", "accent", "quiet")),
    ("accent", "accent_ground"),
    ("alert", "alert_ground"),
)
"""Colours of drawn marks, and of the focus ring, and the grounds they stand on."""


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """An sRGB channel 0..1 without its gamma."""
    dark = 0.04045
    return channel / 12.92 if channel <= dark else ((channel + 0.055) / 1.055) ** 2.4
