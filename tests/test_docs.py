"""The documentation is true: commands run, tables are the code's, links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from benchmarks.pages import drawn
from tests.conftest import ROOT
from tests.e2e.command_line import CommandLine, coach, record

__all__ = ["coach"]

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "coach" / "demo" / "README.md"])
_FENCE = re.compile(r"```\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


def commands(page: Path) -> list[str]:
    """The lines between fences, without their comments."""
    blocks = _FENCE.findall(page.read_text(encoding="utf-8"))
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tables_are_as_the_code_and_the_measurements_say(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert drawn(text) == text, "run: python -m benchmarks.pages"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


OPEN_ENDED = {"open", "listen"}
"""Commands that last until somebody ends them: tried with `--help` here, whole in `tests/e2e`."""


def test_the_commands_of_the_readme_run(
    coach: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    record(tmp_path / "CALL.wav")
    lines = [line for line in commands(ROOT / "README.md") if line.startswith(".venv/bin/coach")]
    assert len(lines) >= 3
    for line in lines:
        words = shlex.split(line)[1:]
        done = coach(*words, *(["--help"] if words[0] in OPEN_ENDED else []))
        assert done.code == 0, f"{line}: {done.err}"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_targets_that_are_named_exist(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {line.split()[1] for line in commands(ROOT / page) if line.startswith("make ")}
    assert named
    assert named <= targets


def test_nothing_is_left_to_fill_in() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert "<!-- figures" not in text, page
        assert "TODO" not in text, page
