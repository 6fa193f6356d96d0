"""Translators work in Qt Linguist; the product's sentences go there and come back."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from coach.phrases import LANGUAGES, area, choose_language, counted
from tests.conftest import ROOT
from tests.test_house import KEYS
from ui.linguist import areas, take, translations, write

LRELEASE = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ts")
    write(made)
    return made


def test_every_sentence_is_in_the_file_of_every_language(folder: Path) -> None:
    for language in LANGUAGES:
        text = (folder / f"eerst_begrip_{language}.ts").read_text("utf-8")
        named, told = translations(text)
        assert named == language
        known = {
            f"{name}.{key}": said[language] for name in areas() for key, said in area(name).items()
        }
        assert told == known
        assert 'type="unfinished"' not in text


@pytest.mark.skipif(not LRELEASE, reason="this PySide6 comes without lrelease")
def test_qt_compiles_it_and_chooses_the_form_for_one_and_for_more(
    folder: Path, tmp_path: Path
) -> None:
    assert LRELEASE
    compiled = tmp_path / "en.qm"
    source = folder / "eerst_begrip_en.ts"
    done = subprocess.run(
        [LRELEASE, str(source), "-qm", str(compiled)], capture_output=True, text=True, check=True
    )
    assert re.search(r"\(\d+ finished and 0 unfinished\)", done.stdout)
    translator = QTranslator()
    assert translator.load(str(compiled))
    choose_language("en")
    for count in (1, 2):
        dutch = area("settings")["changed_other"]["nl"]
        told = translator.translate("settings", dutch, "changed", count)
        assert told.format(count=count) == counted("settings.changed", count)


def test_what_a_translator_wrote_comes_back_and_the_rest_stays(
    folder: Path, tmp_path: Path
) -> None:
    source = (folder / "eerst_begrip_en.ts").read_text("utf-8")
    words = area("screen")["ready_long"]["en"]
    changed = source.replace(f"<translation>{words}<", '<translation>Helpful "yes" &amp; kind<', 1)
    file = tmp_path / "back.ts"
    file.write_text(changed, "utf-8")
    phrases = tmp_path / "phrases"
    shutil.copytree(str(files("coach.phrases")), phrases, ignore=shutil.ignore_patterns("*.py"))
    assert take(file, phrases) == 1
    back = tomllib.loads((phrases / "screen.toml").read_text("utf-8"))
    assert back["ready_long"] == {**area("screen")["ready_long"], "en": 'Helpful "yes" & kind'}
    assert back.keys() == area("screen").keys()
    assert take(file, phrases) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<TS/>",
        "<html/>",
        '<!DOCTYPE x [<!ENTITY a "b">]><TS language="en"/>',
        "<TS language='fr'/>",
    ],
)
def test_a_file_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        translations(text)


# ---- no sentence is missing ----

SENTENCE = re.compile(r'"((?:screen|shell|settings|start|about|nudges|listen)\.[a-z0-9_]+)"')


@pytest.mark.parametrize("path", sorted((ROOT / "ui").glob("*.py")), ids=lambda path: path.name)
def test_every_sentence_that_a_window_names_exists(path: Path) -> None:
    named = set(SENTENCE.findall(path.read_text("utf-8")))
    missing = {key for key in named if key not in KEYS and f"{key}_one" not in KEYS}
    assert missing == set()
