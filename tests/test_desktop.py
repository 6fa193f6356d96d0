"""Behind the windows of the desktop program: what is kept, what is refused, what is checked."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach import manners
from coach.cli import screen
from coach.core.vocabulary import EscalationKind, NudgeKind
from coach.desktop.privacy import Privacy, open_connections
from coach.desktop.settings import Desk
from coach.desktop.sound import loudness
from coach.desktop.tables import usual
from coach.errors import UserError
from coach.phrases import choose_language
from coach.protocol import load_protocol
from coach.settings import Settings, load_settings
from ui import display
from ui.settings_model import Value
from ui.settings_tables import nudge_field, protocol_field

TITLE = nudge_field(NudgeKind.LET_FINISH, "title")
REST = nudge_field(NudgeKind.LET_FINISH, "rest")
OWNER = protocol_field(EscalationKind.MEDIA, "owner")


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    choose_language("nl")
    files = {"SETTINGS": "settings.toml", "NUDGES": "nudges.toml", "PROTOCOL": "protocol.toml"}
    folders = {"RECORD": "record", "LOGS": "logs"}
    for name, file in {**files, **folders}.items():
        monkeypatch.setenv(f"COACH_{name}", str(tmp_path / file))
    yield tmp_path
    manners.speak({})
    choose_language("auto")


@pytest.fixture
def told() -> list[Settings]:
    return []


@pytest.fixture
def desk(told: list[Settings]) -> Desk:
    return Desk(told.append)


def change(desk: Desk, **changes: Value) -> dict[str, Value]:
    named = {name.replace("__", "."): value for name, value in changes.items()}
    values = {**desk.load(), **named}
    assert desk.check(values) == {}
    desk.save(values, list(named))
    return values


def test_every_field_of_every_page_has_a_value(desk: Desk) -> None:
    values = desk.load()
    for group in desk.groups():
        for field in group.fields:
            assert field.name in values
            if field.choices:
                assert values[field.name] in [value for value, _ in field.choices]
    for table in desk.tables():
        assert all(table.field(row, p.name) in values for row in table.rows for p in table.parts)


def test_what_is_kept_is_in_force_and_in_the_file(
    desk: Desk, told: list[Settings], own: Path
) -> None:
    change(desk, language="en", text_percent=150)
    assert tomllib.loads((own / "settings.toml").read_text("utf-8")) == {
        "language": "en",
        "text_percent": 150,
    }
    assert (told[-1].language, told[-1].text_percent) == ("en", 150)
    assert load_settings().text_percent == 150


def test_a_nudge_in_other_words_is_kept_in_this_language_and_the_usual_ones_are_not(
    desk: Desk, own: Path
) -> None:
    values = desk.load()
    values |= {TITLE: "Laat de klant uitspreken", REST: 30}
    desk.save(values, [TITLE, REST])
    kept = tomllib.loads((own / "nudges.toml").read_text("utf-8"))
    assert kept == {"let_finish": {"rest_s": 30, "title_nl": "Laat de klant uitspreken"}}
    assert desk.load()[TITLE] == "Laat de klant uitspreken"
    choose_language("en")
    assert desk.load()[TITLE] == "Let the customer finish"
    choose_language("nl")
    values |= {TITLE: usual("let_finish", "title"), REST: usual("let_finish", "rest")}
    desk.save(values, [TITLE, REST])
    assert (own / "nudges.toml").read_text("utf-8") == ""


def test_an_entry_of_the_protocol_is_changed_and_the_other_language_stays(desk: Desk) -> None:
    before = load_protocol().of(EscalationKind.MEDIA)
    assert before is not None
    values = desk.load() | {OWNER: "Woordvoerder", protocol_field("media", "amount"): 90}
    values[protocol_field("media", "span")] = "minutes"
    desk.save(values, [OWNER, protocol_field("media", "amount")])
    after = load_protocol().of(EscalationKind.MEDIA)
    assert after is not None
    assert after.owner == {"nl": "Woordvoerder", "en": before.owner["en"]}
    assert str(after.deadline) == "90 minutes"
    assert after.steps == before.steps


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (TITLE, " "),
        (TITLE, "x" * 200),
        (OWNER, ""),
        (protocol_field("media", "steps"), ""),
        (protocol_field("media", "hand_over"), "Dag {onbekend}"),
        ("hotkey_call", "geen toets"),
        ("announcement", "x" * 3_000),
        ("database", "/calls.db"),
        ("database", "geen://adres"),
        ("database", "postgresql://karin:geheim@server.example/coach"),
    ],
)
def test_what_is_wrong_is_told_at_its_own_field(desk: Desk, name: str, value: Value) -> None:
    wrong = desk.check({**desk.load(), name: value})
    assert list(wrong) == [name]
    assert wrong[name]


def test_what_goes_to_the_team_is_chosen_in_the_window(desk: Desk, told: list[Settings]) -> None:
    there = "postgresql://karin@server.example/coach"
    goes = dict.fromkeys(("sync_notes", "sync_callbacks", "sync_audio"), True)
    change(desk, database=there, sync_transcript=False, **goes)
    kept = told[-1]
    assert (kept.database, kept.sync_transcript) == (there, False)
    assert (kept.sync_notes, kept.sync_callbacks, kept.sync_audio) == (True, True, True)


def test_what_the_environment_fixes_cannot_be_changed_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COACH_MODEL", "base")
    fixed = Desk(lambda _: None)
    wrong = fixed.check({**fixed.load(), "model": "small"})
    assert "COACH_MODEL" in wrong["model"]


def test_the_usual_of_a_nudge_is_what_the_product_ships() -> None:
    assert usual("let_finish", "on") is True
    assert usual("let_finish", "rest") == 600
    assert usual("let_finish", "title") == "Laat uitpraten"


# ---- privacy ----


def test_the_facts_follow_the_settings(desk: Desk) -> None:
    privacy = Privacy(lambda: desk.settings)
    before = [fact.words for fact in privacy.facts()]
    change(desk, keep_calls=False)
    assert [fact.words for fact in privacy.facts()] != before
    assert all(fact.title and fact.words for fact in privacy.facts())


def test_what_a_check_looks_at_is_really_looked_at(desk: Desk, own: Path) -> None:
    privacy = Privacy(lambda: desk.settings)
    assert all(one.holds for one in privacy.check())
    (own / "logs").mkdir()
    (own / "logs" / "gesprek.wav").write_bytes(b"RIFF")
    (own / "record").mkdir(exist_ok=True)
    (own / "record" / "calls.db").write_bytes(b"SQLite format 3\0 leesbaar")
    failed = [one.words for one in privacy.check() if not one.holds]
    assert len(failed) == 2
    assert any("1 geluidsbestand" in words for words in failed)
    assert any("leesbaar zonder sleutel" in words for words in failed)


def test_sound_is_switched_on_only_with_what_it_asks_for(desk: Desk) -> None:
    values = {**desk.load(), "keep_audio": True, "announcement": "Dit gesprek wordt opgenomen."}
    wrong = desk.check(values)
    assert "'audio_purpose'" in wrong["keep_audio"]
    assert "'audio_agreed'" in wrong["keep_audio"]
    whole = {**values, "audio_purpose": "Leren", "audio_agreed": "OR, 1 september"}
    assert "keep_audio" not in desk.check(whole)


def test_kept_sound_is_told_when_it_is_to_be_there_and_a_fault_when_not(
    desk: Desk, own: Path
) -> None:
    (own / "record").mkdir(exist_ok=True)
    kept = own / "record" / "0.sound"
    kept.write_bytes(bytes(500))
    privacy = Privacy(lambda: desk.settings)
    assert any("1 geluidsopname" in one.words and not one.holds for one in privacy.check())
    change(
        desk,
        keep_audio=True,
        announcement="Dit gesprek wordt opgenomen.",
        audio_purpose="Leren",
        audio_agreed="OR, 1 september",
    )
    assert any("1 geluidsopname" in one.words and one.holds for one in privacy.check())
    kept.write_bytes(b"fLaC" + bytes(500))
    assert any("1 geluidsopname" in one.words and not one.holds for one in privacy.check())


def test_connections_of_this_process_are_none_or_not_known() -> None:
    assert open_connections() in (0, None)


# ---- sound ----


def test_a_level_rises_at_once_and_falls_slowly() -> None:
    loud, silence = np.full(800, 0.5, np.float32), np.zeros(800, np.float32)
    first = loudness(loud, None)
    assert first == pytest.approx(-6, abs=0.1)
    fallen = loudness(silence, first)
    assert fallen is not None
    assert first is not None
    assert fallen == pytest.approx(first - 3)
    assert loudness(silence[:0], fallen) == fallen


def test_without_a_display_the_main_window_is_an_error_that_says_what_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(display, "can_show", lambda: False)
    with pytest.raises(UserError, match="coach demo --text"):
        screen.open_window(page=None)
