"""The rules of the house, held by tests: sizes, prints, phrases, paths, the layout."""

import ast
import re
import string
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from coach.phrases import LANGUAGES

ROOT = Path(__file__).parent.parent
PACKAGES = ("coach", "models", "audio", "ui", "benchmarks", "tests")
LONGEST_FILE, LONGEST_FUNCTION, SHORT_FUNCTION, SHARE_SHORT = 400, 60, 30, 0.9


def sources(*packages: str) -> list[Path]:
    found = [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]
    assert found
    return found


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


EVERY_SOURCE = pytest.mark.parametrize("path", sources(*PACKAGES), ids=name_of)


# ---- sizes ---------------------------------------------------------------------------------------


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a file with its length in lines, without decorators and docstring."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            told = ast.get_docstring(node, clean=False)
            docstring = (first.end_lineno or 0) - first.lineno + 1 if told is not None else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - docstring


@EVERY_SOURCE
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@EVERY_SOURCE
def test_no_function_is_long(path: Path) -> None:
    assert [found for found in functions(path) if found[1] > LONGEST_FUNCTION] == []


def test_most_functions_are_short() -> None:
    lengths = [length for path in sources(*PACKAGES) for _, length in functions(path)]
    assert sum(length < SHORT_FUNCTION for length in lengths) >= SHARE_SHORT * len(lengths)


# ---- what stands where ---------------------------------------------------------------------------

FORBIDDEN_NAMES = {"utils", "helpers", "util", "helper", "manager", "base", "misc", "common"}

MAY_PRINT = ("benchmarks/", "models/training/", "tests/")
"""Commands for people who build the product; what users see goes through the phrases."""


def test_the_top_level_is_as_promised() -> None:
    for folder in PACKAGES:
        assert (ROOT / folder / "__init__.py").is_file()
    assert (ROOT / "pyproject.toml").is_file()
    packages = {Path(name).parts[0] for name in tracked() if name.endswith("/__init__.py")}
    assert packages == set(PACKAGES)
    assert [name for name in tracked() if "/" not in name and name.endswith(".py")] == []


@EVERY_SOURCE
def test_a_file_is_named_after_what_is_in_it(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES


def prints(path: Path) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]


@EVERY_SOURCE
def test_only_commands_for_builders_print(path: Path) -> None:
    if not name_of(path).startswith(MAY_PRINT) and "# noqa: T201" not in path.read_text("utf-8"):
        assert prints(path) == []


@cache
def tracked() -> tuple[str, ...]:
    """The files that are, or will be, in the repository."""
    ls = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(ls, cwd=ROOT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a checkout of git")
    return tuple(name for name in done.stdout.splitlines() if (ROOT / name).is_file())


OURS = re.compile(r"(?<![\w.])(/[w]ork|/[t]mp/lab)\b")
"""Places on the machines where this was built."""


def test_no_file_knows_the_machine_on_which_it_was_made() -> None:
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content[:8_000]:
            lines = content.decode("utf-8", "replace").splitlines()
            found += [f"{name}:{n}" for n, line in enumerate(lines, 1) if OURS.search(line)]
    assert found == []


# ---- phrases -------------------------------------------------------------------------------------

AREAS = {path.stem: path for path in sorted((ROOT / "coach" / "phrases").glob("*.toml"))}

SENTENCE_CALLS = {"say", "UserError", "ProductError"}
"""Calls whose first argument is the key of a sentence."""


@cache
def area(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(AREAS[name].read_text(encoding="utf-8"))


KEYS = {f"{name}.{sentence}" for name in AREAS for sentence in area(name)}


def placeholders(text: str) -> set[str]:
    return {field.split(".")[0] for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_sentence_is_there_in_both_languages_with_the_same_gaps(key: str) -> None:
    name, _, sentence = key.partition(".")
    said = area(name)[sentence]
    assert set(said) == set(LANGUAGES)
    assert all(text.strip() for text in said.values())
    assert placeholders(said["nl"]) == placeholders(said["en"])


def sentence_keys(path: Path) -> Iterator[tuple[int, str]]:
    """Keys given to `say` and to errors; of an f-string, what stands before its first gap."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
        called = called.id if isinstance(called, ast.Name) else called
        if called in SENTENCE_CALLS:
            yield from ((node.lineno, key) for key in _texts(node.args[0]))


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text + "*"
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one)
            yield from _texts(other)


@pytest.mark.parametrize("path", sources("coach", "models", "audio", "ui"), ids=name_of)
def test_every_sentence_that_the_code_says_exists(path: Path) -> None:
    missing = [
        f"line {line}: {key}"
        for line, key in sentence_keys(path)
        if not (
            any(known.startswith(key[:-1]) for known in KEYS) if key.endswith("*") else key in KEYS
        )
    ]
    assert missing == []


def test_the_search_for_sentences_finds_some() -> None:
    found = {key for path in sources("coach", "models", "audio") for _, key in sentence_keys(path)}
    assert len(found) > 40
    assert any(key.endswith("*") for key in found)


@pytest.mark.parametrize("kind", ["NudgeKind", "Emotion", "RiskLevel", "OrderValue", "Speaker"])
def test_every_word_of_the_field_has_a_name_on_the_screen(kind: str) -> None:
    from coach.core import vocabulary

    prefix = {
        "NudgeKind": "nudges.",
        "RiskLevel": "screen.risk_",
        "OrderValue": "screen.order_",
    }.get(kind, "screen.")
    words = [f"{prefix}{word}" for word in getattr(vocabulary, kind)]
    if kind == "NudgeKind":
        words += [f"{word}_example" for word in words]
    assert [word for word in words if word not in KEYS] == []
