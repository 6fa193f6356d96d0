"""Figures, causes, papers, protocol, incidents and call-backs, from the command line."""

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.e2e.command_line import CommandLine, coach, sentence

__all__ = ["coach"]

GOLDEN = Path(__file__).parent.parent / "golden"
ESCALATION = GOLDEN / "escalation.events.jsonl"
QUIET = GOLDEN / "quiet.events.jsonl"


@pytest.fixture(autouse=True)
def _away_from_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("COACH_KEY_STORE", "file")
    monkeypatch.setenv("COACH_PROTOCOL", str(tmp_path / "protocol.toml"))


def test_the_figures_of_a_folder(coach: CommandLine) -> None:
    done = coach("metrics", GOLDEN, "--json")
    assert done.code == 0
    by_call = {line["call_id"]: line for line in done.lines}
    assert set(by_call) == {"bereavement", "escalation", "quiet"}
    assert by_call["bereavement"]["order"] == "asked_first"
    assert by_call["escalation"]["risk_highest"] == "high"
    assert by_call["quiet"]["upset"] is False


def test_the_figures_for_people(coach: CommandLine) -> None:
    coach.language = "nl"
    done = coach("metrics", ESCALATION)
    assert done.code == 0
    assert "Hoogste risico" in done.out
    assert "hoog" in done.out
    assert "onbekend" in done.out


def test_what_every_figure_means(coach: CommandLine) -> None:
    done = coach("metrics", "--definitions", "--json")
    names = {line["name"] for line in done.lines}
    assert {"acknowledged_before_data", "sentiment_agent", "nudge_precision"} <= names


@pytest.mark.parametrize("command", [("metrics",), ("export",), ("causes", "--words")])
def test_an_empty_record_is_told(coach: CommandLine, command: tuple[str, ...]) -> None:
    done = coach(*command)
    assert done.code == 2
    assert sentence("insight.no_calls", "en") in done.err


def test_a_log_that_is_none_is_told_and_the_others_go_on(
    coach: CommandLine, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.events.jsonl"
    broken.write_text('{"type": "started"}\n', encoding="utf-8")
    done = coach("metrics", broken, QUIET, "--json")
    assert done.code == 2
    assert [line["call_id"] for line in done.lines] == ["quiet"]
    assert "broken" in done.err
    assert coach("metrics", tmp_path / "none.jsonl").code == 2


def test_the_summary_after_a_call(coach: CommandLine) -> None:
    done = coach("summary", ESCALATION, "--json")
    (told,) = done.lines
    assert told["incident_due"] is True
    assert told["grow"] == []
    assert told["pause"]["key"] == "summary.pause_abuse"
    assert told["well"][0]["key"] == "summary.well_limit"
    words = coach("summary", ESCALATION)
    assert sentence("summary.pause_abuse", "en") in words.out


@pytest.mark.parametrize("form", ["contact-lens", "csv", "parquet"])
def test_exports(coach: CommandLine, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    done = coach("export", GOLDEN, "--form", form, "--out", tmp_path / "out", "--json")
    assert done.code == 0
    assert done.lines[0]["calls"] == 3
    names = {path.name for path in (tmp_path / "out").iterdir()}
    if form == "contact-lens":
        assert "quiet_analysis.json" in names
        found = json.loads((tmp_path / "out" / "quiet_analysis.json").read_text("utf-8"))
        assert found["Version"] == "1.1.0"
    else:
        assert names == {f"calls.{form}"}


def test_causes_of_few_calls_are_withheld_but_counted(coach: CommandLine) -> None:
    done = coach("causes", GOLDEN, "--words", "--json")
    (told,) = done.lines
    assert (told["calls"], told["upset"], told["withheld"]) == (3, 2, True)
    assert "bereavement" in told["by_call"]["bereavement"]
    assert sentence("insight.causes_withheld", "en") in coach("causes", GOLDEN, "--words").out


def test_a_tree_of_ones_own(coach: CommandLine, tmp_path: Path) -> None:
    tree = tmp_path / "tree.toml"
    tree.write_text('[water]\nnl = "Water"\nen = "Water"\ncues = ["water"]\n', encoding="utf-8")
    done = coach("causes", ESCALATION, "--words", "--tree", tree, "--json")
    assert done.lines[0]["by_call"]["escalation"] == ["water"]
    tree.write_text("[water]\nnl = 'Water'\n", encoding="utf-8")
    wrong = coach("causes", ESCALATION, "--words", "--tree", tree)
    assert wrong.code == 2
    assert "water.en" in wrong.err


@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_a_report(coach: CommandLine, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"report.{suffix}"
    done = coach("report", GOLDEN, "--words", "--out", out, "--json")
    assert done.code == 0
    assert done.lines[0]["withheld"] > 0
    assert out.stat().st_size > 1_000


def test_a_report_is_of_the_period_that_was_asked_for(coach: CommandLine, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        log, began = tmp_path / f"{day}.events.jsonl", f'"began": "2026-03-0{day}T23:30:00"'
        text = ESCALATION.read_text(encoding="utf-8").replace('"escalation"', f'"call-{day}"', 1)
        log.write_text(text.replace('"started",', f'"started", {began},', 1), encoding="utf-8")
    logs = sorted(tmp_path.glob("*.jsonl"))
    out = ("--words", "--out", tmp_path / "r.html", "--json")
    assert coach("store", "import", *logs).code == 0
    for named in (logs, ()):
        since = coach("report", *named, *out, "--since", "2026-03-02")
        assert since.lines[0]["calls"] == 2
        one = coach("report", *named, *out, "--since", "2026-03-02", "--until", "2026-03-02")
        assert one.lines[0]["calls"] == 1
        assert coach("report", *named, *out, "--until", "2025-01-01").code == 2
        causes = coach("causes", *named, "--words", "--until", "2026-03-01", "--json")
        assert causes.lines[0]["calls"] == 1
    assert coach("report", *out, "--since", "gisteren").code == 2
    assert coach("report", *out, "--until", "9999-12-31").code == 2


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (("--out", "report.docx"), "insight.bad_report_form"),
        (("--changed", "gisteren"), "insight.bad_day"),
        (("--minimum", "2"), "insight.too_small"),
    ],
)
def test_a_report_that_cannot_be(coach: CommandLine, options: tuple[str, ...], key: str) -> None:
    done = coach("report", GOLDEN, "--words", *options)
    assert done.code == 2
    assert sentence(key, "en") in done.err


def test_the_protocol_is_checked_edited_and_brought_back(
    coach: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert coach("protocol", "check", "--json").lines[0]["missing"] == []
    assert coach("protocol", "edit").code == 2  # no editor
    monkeypatch.setenv("EDITOR", "sed -i s/Webcare/Annemarie/")
    assert coach("protocol", "edit").code == 0
    coach.language = "nl"
    assert "Annemarie" in coach("protocol", "show").out
    assert coach("protocol", "undo").code == 0
    assert "Annemarie" not in coach("protocol", "show").out
    monkeypatch.setenv("EDITOR", "sed -i s/channel/kanaal/")
    refused = coach("protocol", "edit")
    assert refused.code == 2
    assert "regel" in refused.err
    assert coach("protocol", "path").out.strip() == str(tmp_path / "protocol.toml")


def test_what_the_protocol_asks_for_after_a_call(coach: CommandLine) -> None:
    done = coach("protocol", "for", ESCALATION, "--json")
    assert [line["kind"] for line in done.lines] == ["verbal_abuse", "media", "repeat_contact"]
    assert "de regionale krant" in done.lines[1]["hand_over"]
    assert "asks for nothing" in coach("protocol", "for", QUIET).out
    assert coach("protocol", "for", QUIET, "--json").out == ""


def test_the_deadlines_of_the_protocol_are_on_the_list_once_and_after_a_restart(
    coach: CommandLine, tmp_path: Path
) -> None:
    log, began = tmp_path / "dated.events.jsonl", '"began": "2026-03-02T09:00:00+01:00"'
    text = ESCALATION.read_text(encoding="utf-8")
    log.write_text(text.replace('"started",', f'"started", {began},', 1), encoding="utf-8")
    for _ in range(2):
        done = coach("protocol", "for", log, "--remind", "a7", "--json")
        assert done.code == 0
    listed = coach("callbacks", "list", "--agent", "a7", "--json").lines
    moments = [datetime.fromisoformat(line["due"]) for line in done.lines]
    assert [datetime.fromisoformat(one["due"]) for one in listed] == sorted(moments)
    assert all("escalation" in one["text"] for one in listed)


def test_an_incident_from_draft_to_paper(coach: CommandLine, tmp_path: Path) -> None:
    (drafted,) = coach("incident", "draft", ESCALATION, "--json").lines
    assert (drafted["kind"], drafted["severity"]) == ("verbal_abuse", "warning")
    assert coach("incident", "list", "--json").lines == []
    assert coach("incident", "submit", ESCALATION, "--agent", " ").code == 2
    assert coach("incident", "submit", ESCALATION, "--agent", "a7").code == 0
    (listed,) = coach("incident", "list", "--json").lines
    assert (listed["by"], listed["severity"]) == ("a7", "Warning given".lower())
    (cell,) = coach("incident", "trends", "--json").lines
    assert cell["count"] is None  # one incident is somebody's
    paper, register = tmp_path / "police.md", tmp_path / "register.csv"
    assert coach("incident", "export", "--paper", "police", "--out", paper).code == 0
    assert "ongelofelijke kwal" in paper.read_text(encoding="utf-8")
    document = tmp_path / "police.docx"
    assert coach("incident", "export", "--paper", "police", "--out", document).code == 0
    assert document.read_bytes().startswith(b"PK")
    assert coach("incident", "export", "--out", register).code == 0
    with register.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 2
    assert coach("incident", "draft", QUIET).code == 2


def test_an_agent_reports_what_the_coach_did_not_hear(coach: CommandLine) -> None:
    kind = ("--agent", "a7", "--kind", "threat")
    assert coach("incident", "submit", QUIET, *kind).code == 2  # nothing heard, nothing told
    assert coach("incident", "submit", QUIET, *kind, "--note", "Hij dreigde.").code == 0
    (listed,) = coach("incident", "list", "--json").lines
    assert listed["text"] == "Hij dreigde."
    assert coach("incident", "submit", QUIET, "--agent", "a7", "--kind", "media").code == 2


def test_a_call_of_the_record_is_named_by_its_name(coach: CommandLine) -> None:
    """The log of a live call goes once the record has it: what is asked of it stays."""
    assert coach("store", "import", ESCALATION).code == 0
    by_log = coach("protocol", "for", ESCALATION, "--json").lines
    by_name = coach("protocol", "for", "escalation", "--json").lines
    assert [line["kind"] for line in by_name] == [line["kind"] for line in by_log]
    assert coach("incident", "draft", "escalation", "--json").lines[0]["quotes"]
    assert coach("summary", "escalation", "--json").lines[0]["incident_due"]
    assert coach("summary", "nothing-of-that-name").code == 2


def test_the_call_back_list_is_looked_up_for_calls_of_the_record(coach: CommandLine) -> None:
    assert coach("store", "import", ESCALATION).code == 0
    due = ("--agent", "a7", "--due", "2026-03-01T12:00", "--call", "escalation")
    assert coach("callbacks", "add", "Bel terug", *due).code == 0
    (noted,) = coach("metrics", "--json").lines
    assert (noted["promises"], noted["promises_noted"], noted["promises_kept"]) == (0, 0, 0)
    assert coach("metrics", ESCALATION, "--json").lines[0]["promises_kept"] is None


def test_call_backs_survive_a_restart(coach: CommandLine) -> None:
    added = coach("callbacks", "add", "Bel terug", "--agent", "a7", "--due", "2026-03-01T12:00")
    assert added.code == 0
    (one,) = coach("callbacks", "list", "--json").lines
    assert (one["text"], one["agent"], one["overdue"]) == ("Bel terug", "a7", True)
    assert coach("callbacks", "list", "--agent", "a8", "--json").lines == []
    assert coach("callbacks", "done", str(one["number"])).code == 0
    assert coach("callbacks", "list", "--json").lines == []
    assert coach("callbacks", "add", "x", "--agent", "a7", "--due", "morgen").code == 2
