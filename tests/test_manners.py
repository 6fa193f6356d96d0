"""What an organisation set about nudges, and the settings file that people edit too."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import manners, settings_file
from coach.core.policy import DEFAULT_POLICY
from coach.core.units import from_seconds
from coach.core.vocabulary import NudgeKind
from coach.errors import UserError
from coach.manners import Manners
from coach.phrases import choose_language, say

KIND = NudgeKind.ACKNOWLEDGE_FIRST


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    choose_language("nl")
    yield
    manners.speak({})
    choose_language("auto")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own" / "nudges.toml"


def test_without_a_file_everything_is_as_the_product_ships_it(file: Path) -> None:
    assert manners.load(file) == {}
    assert manners.policy(DEFAULT_POLICY, {}) is DEFAULT_POLICY


def test_what_is_kept_comes_back(file: Path) -> None:
    table = {KIND: Manners(on=False, rest_s=30, words=(("title_nl", 'Eerst "dat"'),))}
    manners.save(table, file)
    assert manners.load(file) == table


def test_what_is_as_usual_is_not_kept(file: Path) -> None:
    manners.save({KIND: Manners()}, file)
    assert file.read_text("utf-8") == ""


def test_the_policy_has_what_was_set_and_keeps_its_order() -> None:
    changed = manners.policy(DEFAULT_POLICY, {KIND: Manners(on=False, rest_s=30)})
    assert not changed.of(KIND).enabled
    assert changed.of(KIND).rest == from_seconds(30)
    assert [one.kind for one in changed.nudges] == [one.kind for one in DEFAULT_POLICY.nudges]
    assert changed.of(NudgeKind.LET_FINISH) == DEFAULT_POLICY.of(NudgeKind.LET_FINISH)


def test_nudges_are_said_in_the_organisations_words_in_that_language_only() -> None:
    manners.speak({KIND: Manners(words=(("title_nl", "Eerst {dat}"),))})
    assert say(f"nudges.{KIND}") == "Eerst {dat}"
    assert say(f"nudges.{KIND}", "en") == "First name what you hear"
    manners.speak({})
    assert say(f"nudges.{KIND}") == "Noem eerst wat u hoort"


@pytest.mark.parametrize(
    "text",
    [
        "[bestaat_niet]\non = true",
        "[acknowledge_first]\nuit = true",
        "[acknowledge_first]\non = 1",
        "[acknowledge_first]\nrest_s = -1",
        "[acknowledge_first]\nrest_s = true",
        "[acknowledge_first]\ntitle_nl = ''",
        "acknowledge_first = 3",
        "[acknowledge_first",
    ],
)
def test_a_broken_file_is_refused_and_named(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(UserError, match=r"nudges\.toml"):
        manners.load(file)


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("in de weg", "utf-8")
    with pytest.raises(UserError):
        manners.save({KIND: Manners(on=False)}, tmp_path / "own" / "nudges.toml")


# ---- the settings file ----


def test_what_people_wrote_by_hand_stays(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# van mij\nmodel = "base"  \nthreads=2\n\n[later]\nmodel = "x"\n', "utf-8")
    settings_file.keep({"model": "small", "still": True}, file)
    assert file.read_text("utf-8") == (
        '# van mij\nmodel = "small"\nthreads=2\nstill = true\n\n[later]\nmodel = "x"\n'
    )


def test_a_file_that_is_not_toml_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("model = ", "utf-8")
    with pytest.raises(UserError):
        settings_file.keep({"still": True}, file)
    assert file.read_text("utf-8") == "model = "


def test_a_value_over_several_lines_is_not_broken(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    text = 'prompt = """\nmodel = "in de tekst"\n"""\n'
    file.write_text(text, "utf-8")
    with pytest.raises(UserError):
        settings_file.keep({"prompt": "kort"}, file)
    assert file.read_text("utf-8") == text


@given(st.one_of(st.text(), st.booleans(), st.integers(-(2**40), 2**40)))
def test_every_value_is_written_so_that_it_comes_back(value: object) -> None:
    if isinstance(value, str) and any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        return
    assert tomllib.loads(f"x = {settings_file.toml_value(value)}") == {"x": value}
