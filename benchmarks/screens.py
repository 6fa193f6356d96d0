"""Pictures of every window: light and dark, Dutch and English, usual and twice as large text.

    python -m benchmarks.screens [--out docs/screens] [--only live-nudge] [--few]

With `--few` only the two that differ most: Dutch, light, usual text; and English, dark, large.
Drawn by Qt without a display, in the fonts of this machine.
"""

import argparse
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.appearance import Wardrobe

OUT = Path(__file__).parent.parent / "docs" / "screens"
COLOURS = 96
"""In one picture: text stays smooth, and a file small."""
FEW = (("nl", "light", 100), ("en", "dark", 200))
ALL = tuple(product(("nl", "en"), ("light", "dark"), (100, 200)))


def main() -> None:
    """Draw them, and say how large they are together."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--few", action="store_true")
    asked = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    files = list(draw(asked.out, asked.only, FEW if asked.few else ALL))
    size = sum(file.stat().st_size for file in files)
    print(f"{len(files)} pictures, {size / 1e6:.1f} MB, in {asked.out}")


def draw(out: Path, only: list[str], looks: tuple[tuple[str, str, int], ...]) -> Iterator[Path]:
    """Draw every scene (or `only` some) in every look; the files."""
    from ui.appearance import Appearance, Wardrobe
    from ui.application import application
    from ui.saying import speak
    from ui.scenes import scenes

    application()
    out.mkdir(parents=True, exist_ok=True)
    wardrobe = Wardrobe()
    found = scenes()
    for language, scheme, percent in looks:
        speak(language)
        wardrobe.wear(Appearance(scheme=_scheme(scheme), text_percent=percent, still=True))
        for name in only or found:
            file = out / f"{name}-{language}-{scheme}-{percent}.png"
            _picture(found[name](), wardrobe, file)
            yield file
    wardrobe.close()


def _scheme(name: str) -> Literal["light", "dark"]:
    return "dark" if name == "dark" else "light"


def _picture(window: "QWidget", wardrobe: "Wardrobe", file: Path) -> None:
    from PySide6.QtWidgets import QWidget

    from ui.fonts import unit

    wardrobe.dress(window)
    if (room := window.property("roomy")) is not None:
        window.resize(room * unit(window))
    window.show()
    _settle(window)
    window.grab().save(str(file))
    _squeeze(file)
    window.close()
    for part in (window, *window.findChildren(QWidget)):
        if callable(close := getattr(part, "close_errands", None)):
            close()
    window.deleteLater()


def _settle(window: "QWidget") -> None:
    """Until nothing is under way: some windows fetch what they show behind the screen."""
    from PySide6.QtTest import QTest

    from ui.errands import Errands

    QTest.qWait(60)
    for _ in range(200):
        if not any(errands.busy for errands in window.findChildren(Errands)):
            break
        QTest.qWait(10)
    QTest.qWait(30)


def _squeeze(file: Path) -> None:
    """Fewer colours, if the library for that is here."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


if __name__ == "__main__":
    main()
