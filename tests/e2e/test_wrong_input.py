"""Wrong input, one row a case: a clear sentence, nothing half-written, and the others go on."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from coach.core.events import CallStarted
from coach.phrases import LANGUAGES, area
from coach.store.calllog import read_log
from tests.audio.recordings import write
from tests.audio.wrong import WRONG, Wrong, empty, text
from tests.e2e.command_line import CALLS, GREETS, CommandLine, call, coach, record, sentence

__all__ = ["coach"]

NOBODY = 65534


def contents(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def logged_agent(log: Path) -> str | None:
    start = next(read_log(log))
    assert isinstance(start, CallStarted)
    return start.agent_channel


def check_told(printed: str, key: str, language: str, path: Path) -> None:
    assert sentence(key, language) in printed
    assert path.name in printed
    assert "Traceback" not in printed
    assert not re.search(r"\{\w+\}", printed), "a value was not filled in"


# ---- one file that is no call, in a batch with one that is ---------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_and_the_good_one_gets_its_log(
    coach: CommandLine, tmp_path: Path, case: Wrong, language: str
) -> None:
    coach.language = language
    wrong, good, out = (
        case.make(tmp_path / case.name),
        record(tmp_path / "good.wav"),
        tmp_path / "out",
    )
    before = contents(tmp_path)
    ran = coach("analyse", wrong, good, "--out", out)
    assert ran.code == 2
    check_told(ran.err, case.key, language, wrong)
    assert len(ran.err.strip().splitlines()) == 1, "one sentence, and nothing of a library's"
    assert "good.events.jsonl" in ran.out
    assert contents(out) == {"good.events.jsonl"}
    assert contents(tmp_path) - before == {"out", "out/good.events.jsonl"}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_programs_get_the_reason_as_a_word(coach: CommandLine, tmp_path: Path, case: Wrong) -> None:
    wrong = case.make(tmp_path / case.name)
    ran = coach("analyse", wrong, "--out", tmp_path / "out", "--json")
    assert ran.code == 2
    assert ran.err == ""
    (told,) = ran.lines
    assert (told["file"], told["error"]) == (str(wrong), case.key)
    assert not (tmp_path / "out").exists(), "not even an empty folder is left"


def test_every_sentence_about_a_file_says_what_to_do_next() -> None:
    for key, sentences in area("audio").items():
        for language in LANGUAGES:
            if "{path}" in sentences[language] and key != "one_silent":
                advice = re.split(r"[.:,;] ", sentences[language])
                assert len(advice) > 2 or "opnieuw" in advice[-1], (key, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_silent_channel_is_a_warning_and_the_call_is_analysed(
    coach: CommandLine, tmp_path: Path, language: str
) -> None:
    coach.language = language
    sound = call()
    sound[1] = 0
    path = write(tmp_path / "half.wav", sound, 8_000)
    ran = coach("analyse", path, "--out", tmp_path / "out")
    assert ran.code == 0
    check_told(ran.err, "audio.one_silent", language, path)
    assert area("audio")["right"][language] in ran.err
    assert contents(tmp_path / "out") == {"half.events.jsonl"}


# ---- names that come twice, folders --------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_call_of_the_same_name_does_not_overwrite_the_first(
    coach: CommandLine, tmp_path: Path, language: str
) -> None:
    coach.language = language
    first = record(tmp_path / "a.wav")
    second = write(tmp_path / "a.flac", call()[::-1].copy(), 8_000, "flac")
    ran = coach("analyse", first, second, "--out", tmp_path / "out", "--agent-channel", "left")
    assert ran.code == 2
    check_told(ran.err, "cli.same_name", language, second)
    assert contents(tmp_path / "out") == {"a.events.jsonl"}


def test_a_bad_file_does_not_take_the_name_from_a_good_one(
    coach: CommandLine, tmp_path: Path
) -> None:
    text(tmp_path / "a.wav")
    ran = coach("analyse", tmp_path / "a.wav", record(tmp_path / "a.flac", "flac"),
                "--out", tmp_path / "out")  # fmt: skip
    assert ran.code == 2
    assert contents(tmp_path / "out") == {"a.events.jsonl"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_without_audio_is_told(coach: CommandLine, tmp_path: Path, language: str) -> None:
    coach.language = language
    folder = tmp_path / "verslagen"
    folder.mkdir()
    text(folder / "verslag.txt")
    ran = coach("analyse", folder, "--out", tmp_path / "out")
    assert ran.code == 2
    check_told(ran.err, "audio.empty_folder", language, folder)


def test_a_folder_is_analysed_whole_whatever_is_wrong_with_some_of_it(
    coach: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    for name in ("a.wav", "d.wav"):
        record(folder / name)
    empty(folder / "b.wav")
    text(folder / "c.mp3")
    (folder / "e.wav").mkdir()
    ran = coach("analyse", folder, "--out", tmp_path / "out")
    assert ran.code == 2
    assert contents(tmp_path / "out") == {"a.events.jsonl", "d.events.jsonl"}
    assert [name for name in ("b.wav", "c.mp3", "e.wav") if name not in ran.err] == []


# ---- permissions: as nobody, since the superuser may do all ------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can reach, unlike pytest's own."""
    with TemporaryDirectory(prefix="coach-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """The rights of an ordinary user, whoever runs the tests."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


def writable(folder: Path) -> Path:
    folder.mkdir()
    folder.chmod(0o777)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", [0o000, 0o444, 0o311], ids=["closed", "only names", "no names"])
def test_a_folder_that_may_not_be_read_is_told(
    coach: CommandLine,
    open_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    mode: int,
) -> None:
    coach.language = language
    monkeypatch.setenv("COACH_SETTINGS", str(open_folder / "none.toml"))
    closed, good = open_folder / "closed", record(open_folder / "good.wav")
    closed.mkdir()
    record(closed / "call.wav")
    out = writable(open_folder / "out")
    closed.chmod(mode)
    with as_nobody():
        ran = coach("analyse", closed, good, "--out", out)
    closed.chmod(0o755)
    assert ran.code == 2
    check_told(ran.err, "audio.no_permission", language, closed)
    assert contents(out) == {"good.events.jsonl"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_may_not_be_read_is_told(
    coach: CommandLine, open_folder: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    coach.language = language
    monkeypatch.setenv("COACH_SETTINGS", str(open_folder / "none.toml"))
    closed, good = record(open_folder / "closed.wav"), record(open_folder / "good.wav")
    out = writable(open_folder / "out")
    closed.chmod(0)
    with as_nobody():
        ran = coach("analyse", closed, good, "--out", out)
    assert ran.code == 2
    check_told(ran.err, "audio.no_permission", language, closed)
    assert contents(out) == {"good.events.jsonl"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("below", [".", "new", "new/and/deeper"])
def test_an_output_folder_that_may_not_be_written_is_told_before_the_work(
    coach: CommandLine,
    open_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    below: str,
) -> None:
    coach.language = language
    monkeypatch.setenv("COACH_SETTINGS", str(open_folder / "none.toml"))
    monkeypatch.setattr("coach.app.load_recogniser", lambda _: pytest.fail("models were loaded"))
    good = record(open_folder / "good.wav")
    locked = open_folder / "locked"
    locked.mkdir(mode=0o555)
    with as_nobody():
        ran = coach("analyse", good, "--out", locked / below)
    assert ran.code == 2
    check_told(ran.err, "audio.out_not_writable", language, locked)
    assert contents(locked) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("below", [".", "new"])
def test_an_output_folder_that_is_a_file_is_told(
    coach: CommandLine, tmp_path: Path, language: str, below: str
) -> None:
    coach.language = language
    good, there = record(tmp_path / "good.wav"), text(tmp_path / "notes.txt")
    before = there.read_bytes()
    ran = coach("analyse", good, "--out", there / below)
    assert ran.code == 2
    check_told(ran.err, "audio.out_is_file", language, there)
    assert there.read_bytes() == before


# ---- swapped channels ----------------------------------------------------------------------------


@pytest.fixture
def swapped(coach: CommandLine, tmp_path: Path) -> Path:
    """A call whose agent is on the right."""
    coach.listener.loud, coach.listener.soft = CALLS, GREETS
    return record(tmp_path / "swapped.wav")


@pytest.mark.parametrize("language", LANGUAGES)
def test_swapped_channels_are_an_error_that_names_the_option_when_nobody_can_be_asked(
    coach: CommandLine, tmp_path: Path, swapped: Path, language: str
) -> None:
    coach.language = language
    ran = coach("analyse", swapped, "--out", tmp_path / "out")
    assert ran.code == 2
    check_told(ran.err, "cli.swapped", language, swapped)
    assert "--agent-channel right" in ran.err
    assert "waarmee kan ik u helpen" in ran.err, "the words that say so are shown"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("language", "answer", "agent"),
    [
        ("nl", "j", "right"),
        ("nl", "n", "left"),
        ("nl", "", "right"),
        ("nl", "misschien\nn", "left"),
        ("en", "y", "right"),
        ("en", "n", "left"),
        ("en", "", "right"),
        ("en", "j\ny", "right"),
    ],
)
def test_a_person_at_a_terminal_is_asked(
    coach: CommandLine, swapped: Path, answer: str, agent: str, language: str
) -> None:
    coach.language = language
    coach.at_a_terminal(answer + "\n")
    ran = coach("analyse", swapped, "--out", swapped.with_name("out"))
    assert ran.code == 0
    assert sentence("cli.swapped_question", language) in ran.err
    assert ran.err.count(sentence("audio.yes_or_no", language)) == answer.count("\n")
    assert logged_agent(swapped.parent / "out" / "swapped.events.jsonl") == agent


def test_a_terminal_at_which_nobody_answers_gets_the_error(
    coach: CommandLine, tmp_path: Path, swapped: Path
) -> None:
    coach.at_a_terminal("")
    ran = coach("analyse", swapped, "--out", tmp_path / "out")
    assert ran.code == 2
    assert "--agent-channel right" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("asked", ["left", "right"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_channel_that_was_asked_for_is_taken_with_a_warning_if_the_words_say_otherwise(
    coach: CommandLine, tmp_path: Path, swapped: Path, asked: str, language: str
) -> None:
    coach.language = language
    ran = coach("analyse", swapped, "--out", tmp_path / "out", "--agent-channel", asked)
    assert ran.code == 0
    if asked == "left":
        check_told(ran.err, "cli.swapped_warning", language, swapped)
    else:
        assert ran.err == ""
    assert logged_agent(tmp_path / "out" / "swapped.events.jsonl") == asked


@pytest.mark.usefixtures("swapped")
def test_a_swap_is_seen_in_a_call_that_stops_in_the_middle_of_the_answer(
    coach: CommandLine, tmp_path: Path
) -> None:
    short = write(tmp_path / "short.wav", call()[:, : 3 * 8_000].copy(), 8_000)
    ran = coach("analyse", short, "--out", tmp_path / "out")
    assert ran.code == 2
    check_told(ran.err, "cli.swapped", "en", short)


def test_a_call_with_the_agent_on_the_left_passes_without_a_word(
    coach: CommandLine, tmp_path: Path
) -> None:
    ran = coach("analyse", record(tmp_path / "call.wav"), "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    assert logged_agent(tmp_path / "out" / "call.events.jsonl") == "left"
