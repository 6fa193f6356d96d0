"""The command line as people and programs meet it."""

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach import __version__, app, cli
from coach.core.readings import AgentReading, Because
from coach.core.vocabulary import Act, Emotion, EscalationKind
from coach.errors import ProductError
from coach.phrases import choose_language
from models.scripted import ScriptedUnderstanding
from tests.harness import feels

HEAVY = (
    "torch",
    "transformers",
    "ctranslate2",
    "faster_whisper",
    "onnxruntime",
    "numpy",
    "PySide6",
)
BEREAVED = "Mijn broer is overleden en zijn pas moet geblokkeerd worden."
ASKS = "Wat is de postcode en het huisnummer?"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LANGUAGE", "en")
    choose_language("auto")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.cli, list(arguments))


def write_calls(folder: Path) -> tuple[Path, Path]:
    """A written call of two turns: a bereavement, and a bare ask."""
    turns = [
        {"n": 0, "speaker": "customer", "start_s": 0.5, "end_s": 4.5, "text": BEREAVED},
        {"n": 1, "speaker": "agent", "start_s": 5.0, "end_s": 7.5, "text": ASKS},
    ]
    calls = folder / "calls.jsonl"
    calls.write_text(json.dumps({"id": "one", "turns": turns}) + "\n", encoding="utf-8")
    (folder / "one.turns.json").write_text(json.dumps(turns), encoding="utf-8")
    return calls, folder


@pytest.fixture
def understood(monkeypatch: pytest.MonkeyPatch) -> None:
    grief = feels(Emotion.SADNESS, 2, -2)
    asks = AgentReading(
        acts=(Act.ASK_IDENTIFICATION,),
        because=(Because(label=Act.ASK_IDENTIFICATION, words="postcode"),),
    )
    made = ScriptedUnderstanding(customers={BEREAVED: grief}, agents={ASKS: asks})
    monkeypatch.setattr(app, "load_understanding", lambda _: made)


def scripted_log(folder: Path) -> Path:
    calls, turns = write_calls(folder)
    done = run("script", str(calls), "--turns", str(turns), "--out", str(folder / "out"))
    assert done.exit_code == 0, done.output
    return folder / "out" / "one.events.jsonl"


# ---- starting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["analyse", "--help"], ["--version"]])
def test_help_and_version_load_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from coach import cli\n"
        f"sys.argv = ['coach', *{arguments!r}]\n"
        "try: cli.cli()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_it_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "coach", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"Eerst Begrip {__version__}"


def test_every_command_is_listed_in_both_languages() -> None:
    for language, word in (("nl", "voorbeeldgesprek"), ("en", "demo call")):
        command = [sys.executable, "-m", "coach", "--help"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env={"COACH_LANGUAGE": language}
        )
        assert word in done.stdout
        assert all(f"\n  {name}" in done.stdout for name in ("demo", "analyse", "script", "replay"))


def test_completion_can_be_installed() -> None:
    assert "--install-completion" in run("--help").output


# ---- exit codes ----------------------------------------------------------------------------------


def guarded(*arguments: str) -> int:
    return cli._guarded(lambda: cli.cli(list(arguments), standalone_mode=True))


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("analyse",),
        ("analyse", "x.wav", "--agent-channel", "middle"),
        ("--language", "fr", "doctor"),
        ("script", "missing.jsonl", "--turns", "."),
        ("models", "fetch", "no-such-model"),
        ("models", "verify", "no-such-model"),
        ("demo", "--model", "no-such-model", "--text"),
        ("demo", "--understanding", "crystal-ball", "--text"),
    ],
)
def test_what_the_user_can_mend_is_exit_code_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(*arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_products_own_fault_is_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def breaks(_: object) -> None:
        raise ProductError("models.wrong_sha256", name="base", file="model.bin")

    monkeypatch.setattr(app, "load_understanding", breaks)
    calls, turns = write_calls(tmp_path)
    assert guarded("script", str(calls), "--turns", str(turns), "--out", str(tmp_path)) == 1
    assert "model.bin" in capsys.readouterr().err


def test_a_bug_goes_into_the_diary_without_a_word_of_the_call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def breaks(_: object) -> None:
        raise RuntimeError("mijn broer is overleden")

    diary = tmp_path / "logs" / "faults.jsonl"
    monkeypatch.setenv("COACH_DIARY", str(diary))
    monkeypatch.setattr(app, "load_understanding", breaks)
    calls, turns = write_calls(tmp_path)
    assert guarded("script", str(calls), "--turns", str(turns), "--out", str(tmp_path)) == 1
    told = capsys.readouterr().err
    assert str(diary) in told.replace("\n", "")
    assert "overleden" not in told
    assert "Traceback" not in told
    (noted,) = [json.loads(line) for line in diary.read_text("utf-8").splitlines()]
    assert noted["kind"] == "RuntimeError"
    assert any("breaks" in place for place in noted["where"])
    assert "overleden" not in json.dumps(noted)


def test_a_diary_that_cannot_be_written_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COACH_DIARY", str(tmp_path / "file" / "faults.jsonl"))
    assert cli._guarded(lambda: 1 / 0) == 1
    assert "nothing could be written" in capsys.readouterr().err


def test_a_full_disk_leaves_the_diary_empty_and_no_trace_on_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setenv("COACH_DIARY", str(tmp_path / "faults.jsonl"))
    monkeypatch.setattr("coach.logs.RotatingFileHandler.shouldRollover", full)
    assert cli._guarded(lambda: 1 / 0) == 1
    told = capsys.readouterr().err
    assert "nothing could be written" in told
    assert "Traceback" not in told


def test_control_c_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert cli._guarded(interrupted) == 130
    assert "Stopped" in capsys.readouterr().err


# ---- script and replay ---------------------------------------------------------------------------


@pytest.mark.usefixtures("understood")
def test_a_written_call_gets_its_log_and_the_log_replays_identically(tmp_path: Path) -> None:
    log = scripted_log(tmp_path)
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert events[0]["type"] == "started"
    assert events[0]["understanding"] == "scripted"
    assert events[0]["emotion_from"] == "customer"
    assert events[-1]["type"] == "finished"
    assert "repair_acknowledgement" in [e["kind"] for e in events if e["type"] == "nudge"]
    again = run("replay", str(log))
    assert again.exit_code == 0
    assert again.output.strip().endswith("identical")


@pytest.mark.usefixtures("understood")
def test_a_changed_decision_is_found_and_shown(tmp_path: Path) -> None:
    log = scripted_log(tmp_path)
    text = log.read_text("utf-8").replace('"repair_acknowledgement"', '"explain_ask"', 1)
    log.write_text(text, encoding="utf-8")
    done = run("replay", "--json", str(log))
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert told["identical"] is False
    assert told["recorded"] != told["replayed"]


@pytest.mark.usefixtures("understood")
def test_a_folder_of_logs_is_replayed(tmp_path: Path) -> None:
    log = scripted_log(tmp_path)
    done = run("replay", "--json", str(log.parent))
    assert [json.loads(line)["identical"] for line in done.output.splitlines()] == [True]


@pytest.mark.parametrize("content", ["", "hello\n", '{"type": "started"}\n', "[1]\n", "\x00\xff\n"])
def test_what_is_no_log_is_said_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.events.jsonl"
    path.write_bytes(content.encode("latin-1"))
    done = run("replay", str(path))
    assert done.exit_code == 2, done.output


@pytest.mark.usefixtures("understood")
@pytest.mark.parametrize("broken", ["{", "[]", '{"no": "id"}'])
def test_a_broken_script_is_named_with_its_line(
    tmp_path: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    calls, turns = write_calls(tmp_path)
    calls.write_text(calls.read_text("utf-8") + broken + "\n", encoding="utf-8")
    assert guarded("script", str(calls), "--turns", str(turns), "--out", str(tmp_path / "o")) == 2
    assert "line 2" in capsys.readouterr().err


# ---- doctor, models ------------------------------------------------------------------------------


def test_the_doctor_says_what_works_and_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    done = run("doctor", "--json")
    found = {line["name"]: line for line in map(json.loads, done.output.splitlines())}
    assert {"python", "model", "vad", "understanding", "audio", "display", "gpu"} <= set(found)
    assert found["understanding"]["works"]
    assert found["vad"]["works"]
    assert all(line["detail"] for line in found.values())


def test_the_doctor_is_not_content_without_a_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_MODELS", str(tmp_path))
    done = run("doctor")
    assert done.exit_code == 2
    assert "coach models fetch base" in done.output


def test_the_catalogue_lists_what_exists_and_what_is_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_MODELS", str(tmp_path))
    listed = [json.loads(line) for line in run("models", "list", "--json").output.splitlines()]
    names = [model["name"] for model in listed]
    assert names == ["base", "small", "medium", "large-v3", "large-v3-turbo"]
    assert {model["state"] for model in listed} == {"missing"}
    assert run("models", "verify", "base").exit_code == 2
    assert run("models", "verify").exit_code == 0


def test_escalations_have_a_name_in_every_language() -> None:
    from coach.phrases import LANGUAGES, say

    for language in LANGUAGES:
        for emotion in Emotion:
            assert say(f"screen.{emotion}", language)
    assert len(EscalationKind) == 15
