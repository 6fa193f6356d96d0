"""What goes wrong during a run: odd names, a full disk, a recogniser that fails, ctrl-C."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from coach.core.events import CallEnded, LogEvent, Utterance, WorkLost
from coach.phrases import LANGUAGES
from coach.store.calllog import SUFFIX, read_log
from tests.audio.recordings import write
from tests.audio.wrong import text
from tests.e2e.command_line import CALLS, GREETS, CommandLine, call, coach, record, sentence

__all__ = ["coach"]

NAMES = [
    "met spatie.wav",
    " aan beide kanten .wav",
    'it\'s "goed".wav',
    "[bold].wav",
    "a[/red].wav",
    "[red]x[/].wav",
    "[link=file:x]y.wav",
    r"a\[b].wav",
    ":warning: :smile:.wav",
    "🙂 één ünï.wav",
    "日本語.wav",
    "{path}{0}%s.wav",
    "wav",
    "x" * 230 + ".wav",
]


def logs(folder: Path) -> list[LogEvent]:
    (log,) = folder.glob(f"*{SUFFIX}")
    return list(read_log(log))


def place(folder: Path, name: str) -> Path:
    """Where a file of this name goes; a name may have folders in it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


# ---- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_printed_as_it_is_when_the_call_is_good(
    coach: CommandLine, tmp_path: Path, name: str
) -> None:
    path, out = record(tmp_path / "call.wav").rename(place(tmp_path, name)), tmp_path / "out"
    ran = coach("analyse", path, "--out", out)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{out / path.stem}{SUFFIX}: ")
    assert (out / (path.stem + SUFFIX)).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_printed_as_it_is_when_the_file_is_bad(
    coach: CommandLine, tmp_path: Path, name: str
) -> None:
    ran = coach("analyse", text(place(tmp_path, name)), "--out", tmp_path / "out")
    assert ran.code == 2
    assert ran.err.startswith(f"{tmp_path / name}: ")


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_printed_as_it_is_in_warnings_and_questions(
    coach: CommandLine, tmp_path: Path, name: str
) -> None:
    coach.listener.loud, coach.listener.soft = CALLS, GREETS
    path = record(tmp_path / "call.wav").rename(place(tmp_path, name))
    warned = coach("analyse", path, "--out", tmp_path / "out", "--agent-channel", "left")
    assert warned.err.startswith(f"{path}: ")
    coach.at_a_terminal("y\n")
    asked = coach("analyse", path, "--out", tmp_path / "out")
    assert asked.code == 0
    assert str(path) in asked.err
    assert f"Checking {path.name}" in asked.err, "the progress bar shows the name"


def test_a_name_that_begins_with_a_dash_is_no_option(
    coach: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    record(tmp_path / "call.wav").rename(tmp_path / "--text.wav")
    assert coach("analyse", "--out", "out", "--", "--text.wav").code == 0
    assert (tmp_path / "out" / f"--text{SUFFIX}").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_too_long_for_a_log_is_told_before_the_work(
    coach: CommandLine, tmp_path: Path, language: str
) -> None:
    coach.language = language
    path = record(tmp_path / "call.wav").rename(tmp_path / ("é" * 123 + ".wav"))
    ran = coach("analyse", path, record(tmp_path / "good.wav"), "--out", tmp_path / "out")
    assert ran.code == 2
    assert sentence("audio.name_too_long", language) in ran.err
    assert [log.name for log in (tmp_path / "out").iterdir()] == [f"good{SUFFIX}"]


@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["for people", "for programs"])
def test_a_name_that_is_no_text_is_told_readably(
    coach: CommandLine, tmp_path: Path, as_json: list[str]
) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    record(folder / "good.wav")
    bad = bytes(folder) + b"/gesprek \xe9\xe9n.wav"
    Path(str(bad, "utf-8", "surrogateescape")).write_bytes((folder / "good.wav").read_bytes())
    ran = coach("analyse", folder, "--out", tmp_path / "out", *as_json)
    assert ran.code == 2
    assert "gesprek \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}n.wav" in ran.out + ran.err
    assert [log.name for log in (tmp_path / "out").iterdir()] == [f"good{SUFFIX}"]


# ---- the disk ------------------------------------------------------------------------------------


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Writing past `size` bytes fails, as on a full disk; only the errno differs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [700, 2500, 4000])
def test_a_disk_that_fills_up_keeps_what_was_logged_and_says_so(
    coach: CommandLine, tmp_path: Path, language: str, size: int
) -> None:
    coach.language = language
    path, out = record(tmp_path / "call.wav"), tmp_path / "out"
    whole = coach("analyse", path, "--out", out, "--json")
    assert whole.code == 0
    (log,) = out.iterdir()
    assert log.stat().st_size > 4000, "else the limit is not reached"
    with files_no_longer_than(size):
        ran = coach("analyse", path, "--out", tmp_path / "full", "--json")
    assert ran.code == 1, "the machine's fault, not the user's"
    (told,) = ran.lines
    assert told["error"] == "cli.cannot_write"
    assert sentence("cli.cannot_write", language) in told["message"]
    assert "call.events.jsonl" in told["message"]
    kept = [list(read_log(one)) for one in (tmp_path / "full").iterdir()]
    assert kept in ([], [list(read_log(log))[: len(kept[0]) if kept else 0]])
    assert bool(kept) == (size > len(log.read_bytes().split(b"\n")[0]))


# ---- the recogniser ------------------------------------------------------------------------------


def test_a_recogniser_that_fails_is_on_record_and_the_other_calls_go_on(
    coach: CommandLine, tmp_path: Path
) -> None:
    turns = count()

    def fails_at_first() -> None:
        if next(turns) == 0:
            raise RuntimeError("CUDA out of memory")

    coach.listener.before = fails_at_first
    first, second = record(tmp_path / "first.wav"), record(tmp_path / "second.wav")
    ran = coach("analyse", first, second, "--out", tmp_path / "out")
    assert ran.code == 0
    events = list(read_log(tmp_path / "out" / f"first{SUFFIX}"))
    (lost,) = [event for event in events if isinstance(event, WorkLost)]
    assert (lost.part, lost.reason) == ("recogniser", "CUDA out of memory")
    assert any(isinstance(event, Utterance) for event in events), "the call went on"
    assert any(isinstance(event, CallEnded) for event in events)
    after = list(read_log(tmp_path / "out" / f"second{SUFFIX}"))
    assert not any(isinstance(event, WorkLost) for event in after)


@pytest.mark.parametrize("why", [RuntimeError("no"), ValueError("no"), MemoryError(), OSError()])
def test_a_recogniser_that_fails_at_the_first_look_does_not_stop_the_batch(
    coach: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise why

    monkeypatch.setattr(coach.listener, "transcribe", fails)
    ran = coach("analyse", record(tmp_path / "call.wav"), "--out", tmp_path / "out")
    assert ran.code == 0
    assert "Traceback" not in ran.err
    assert any(isinstance(event, WorkLost) for event in logs(tmp_path / "out"))


# ---- ctrl-C --------------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", ["--fast", "--realtime"])
def test_ctrl_c_stops_the_run_and_the_log_reads_to_its_last_line(
    coach: CommandLine, tmp_path: Path, speed: str
) -> None:
    coach.listener.before = lambda: signal.raise_signal(signal.SIGINT)
    first, second = record(tmp_path / "first.wav"), record(tmp_path / "second.wav")
    ran = coach("analyse", first, second, "--out", tmp_path / "out", speed)
    assert ran.code == 130
    assert "Traceback" not in ran.err
    events = logs(tmp_path / "out")
    assert len(events) > 1
    assert not any(isinstance(event, CallEnded) for event in events)


def test_silence_between_the_words_is_no_failure(coach: CommandLine, tmp_path: Path) -> None:
    sound = call()
    sound[:, :] *= [[1.0], [0.0]]
    ran = coach("analyse", write(tmp_path / "call.wav", sound, 8_000), "--out", tmp_path / "out")
    assert ran.code == 0
    assert any(isinstance(event, CallEnded) for event in logs(tmp_path / "out"))
