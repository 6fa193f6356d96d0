"""What the product says of itself about privacy follows from the settings, in both languages."""

import json
import re
from importlib.resources import files
from itertools import product
from pathlib import Path

import docx
import pytest

from benchmarks import pack_figures
from coach.pack import PAPERS, write_pack
from coach.pack.papers import figures, papers
from coach.phrases import LANGUAGES, say
from coach.privacy import audio_lacks, keeps_audio, retention, statements
from coach.settings import Settings
from coach.store.retention import Data

DAY = "2026-11-24"
EVERY = [
    Settings(
        keep_calls=keep,
        keep_transcript=words,
        clear_logs=logs,
        database=database,
        sync_transcript=sends,
        share_with_lead=lead,
        retention=preset,
    )
    for keep, words, logs, database, sends, lead, preset in product(
        (True, False),
        (True, False),
        (True, False),
        ("", "postgresql://a1@team.example/coach"),
        (True, False),
        (True, False),
        ("nl", "be"),
    )
]


# ---- what is said of the settings ----------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_has_sentences_for_every_topic(language: str) -> None:
    for settings in EVERY:
        told = statements(settings)
        assert len({one.topic for one in told}) == len(told)
        assert all(one.said(language).strip() for one in told)
        assert all(say(f"privacy.topic_{one.topic}", language) for one in told)


def said(settings: Settings, topic: str) -> str:
    (found,) = [one.said("en") for one in statements(settings) if one.topic == topic]
    return found


def test_sentences_follow_the_settings() -> None:
    assert "not kept" in said(Settings(keep_transcript=False), "words")
    assert "90 days" in said(Settings(), "words")
    assert "28 days" in said(Settings(retention="be"), "words")
    assert "Nothing is kept" in said(Settings(keep_calls=False), "record")
    assert "unencrypted log" in said(Settings(clear_logs=True), "logs")
    team = Settings(database="postgresql://a1:secret@team.example/coach")
    assert "team.example" in said(team, "team")
    assert not any("secret" in one.said("en") for one in statements(team))
    assert "can open no call" in said(team, "lead")
    shared = Settings(database="postgresql://team.example/coach", share_with_lead=True)
    assert "written to a log" in said(shared, "lead")
    assert "at least 7 agents" in next(
        one.said("en") for one in statements(Settings(), smallest_group=7) if one.topic == "figures"
    )


SOUND = Settings(
    keep_audio=True,
    announcement="Dit gesprek wordt opgenomen.",
    audio_purpose="Leren van gesprekken",
    audio_agreed="OR, 1 september",
)


def days_of_sound(settings: Settings) -> int:
    return {one.data: one.days for one in retention(settings)}[Data.AUDIO]


def test_sound_is_kept_only_when_everything_is_there_that_it_asks_for() -> None:
    assert not keeps_audio(Settings())
    assert not audio_lacks(SOUND)
    assert keeps_audio(SOUND)
    assert days_of_sound(SOUND) == 28
    told = said(SOUND, "audio")
    assert "28 days" in told
    assert "Leren van gesprekken" in told
    assert "OR, 1 september" in told
    for name, nothing in (
        ("keep_calls", False),
        ("keep_transcript", False),
        ("announcement", "  "),
        ("audio_purpose", ""),
        ("audio_agreed", ""),
    ):
        lacks = SOUND.model_copy(update={name: nothing})
        assert audio_lacks(lacks) == (name,)
        assert not keeps_audio(lacks)
        assert days_of_sound(lacks) == 0
        assert f"'{name}'" in said(lacks, "audio")


def test_sound_goes_to_the_team_only_with_words() -> None:
    team = {"database": "postgresql://team.example/coach", "sync_audio": True}
    assert "team.example" in said(SOUND.model_copy(update=team), "audio")
    assert "No sound leaves" not in said(SOUND.model_copy(update=team), "heard")
    wordless = SOUND.model_copy(update={**team, "sync_transcript": False})
    assert "team.example" not in said(wordless, "audio")
    assert "No sound leaves" in said(wordless, "heard")


def test_the_papers_say_whether_sound_is_kept() -> None:
    without, with_sound = all_papers(Settings()), all_papers(SOUND)
    for paper in ("en/5-record-of-processing", "en/4-notice-to-customers"):
        assert "Sound is not kept" in without[paper]
        assert "kept for 28 days" in with_sound[paper]
    options = "en/7-what-changes-with-each-option"
    assert "| Keep the sound (`keep_audio`) | no |" in without[options]
    assert "| Keep the sound (`keep_audio`) | yes |" in with_sound[options]


def test_without_a_record_nothing_is_kept() -> None:
    assert {one.days for one in retention(Settings(keep_calls=False))} == {0}
    kept = {one.data: one.days for one in retention(Settings())}
    assert kept[Data.AUDIO] == 0
    assert kept[Data.TRANSCRIPT] == 90


# ---- the papers ----------------------------------------------------------------------------------


def test_the_figures_are_those_that_were_measured() -> None:
    assert figures() == pack_figures.collected()


def test_every_paper_is_written_in_both_languages_and_opens(tmp_path: Path) -> None:
    settings = Settings(retention="be", announcement="Wij luisteren mee.")
    written = write_pack(settings, tmp_path, organisation="Voorbeeld BV", day=DAY)
    assert len(written) == len(PAPERS) * len(LANGUAGES) * 2
    for path in written:
        if path.suffix == ".docx":
            document = docx.Document(str(path))
            text = "\n".join(p.text for p in document.paragraphs)
            cells = sum(len(table.rows) for table in document.tables)
            source = path.with_suffix(".md").read_text("utf-8")
            assert document.paragraphs[0].style.name == "Heading 1"
            rules = source.count("|---")
            assert cells == sum(line.startswith("|") for line in source.splitlines()) - sum(
                line.startswith("|---") for line in source.splitlines()
            )
            assert rules == 0 or document.tables
            assert "**" not in text
            assert "Voorbeeld BV" in text


def all_papers(settings: Settings) -> dict[str, str]:
    found = papers(settings, "Voorbeeld BV", DAY)
    return {f"{paper.language}/{paper.file}": paper.text for paper in found}


def test_a_day_is_written_as_people_write_it() -> None:
    found = list(papers(Settings(), "Voorbeeld BV", DAY))
    assert not any(re.search(r"\d{4}-\d\d-\d\d", paper.text) for paper in found)
    assert all("24 november 2026" in paper.text.lower() for paper in found)


def test_every_paper_says_that_it_is_no_legal_advice() -> None:
    for name, text in all_papers(Settings()).items():
        assert ("Geen juridisch advies" if name.startswith("nl") else "Not legal advice") in text


def test_no_paper_has_a_hole_whatever_is_set() -> None:
    for settings in EVERY[::7]:
        for name, text in all_papers(settings).items():
            assert "{" not in text, name
            assert "None" not in text, name
            assert "\n\n\n" not in text, name


def test_what_is_set_stands_in_the_papers() -> None:
    text = all_papers(
        Settings(
            retention="be",
            announcement="Er luistert een programma mee.",
            database="postgresql://a1:secret@team.example/coach",
            share_with_lead=True,
        )
    )
    assert "Er luistert een programma mee." in text["nl/4-kennisgeving-klanten"]
    assert "| 28 dagen |" in text["nl/6-bewaartermijnen"]
    assert "team.example" in text["en/5-record-of-processing"]
    assert "shared calls of their own team" in text["en/2-request-for-works-council-consent"]
    assert not any("secret" in one for one in text.values())


LAW = re.compile(
    r"(artikel|article|art\.|punt|annex III|bijlage III) \d+(\(\w+\))*( lid \d+)?( punt \d+)?"
    r"|n[or]\. \d+|\d+/\d+|13 jun[ei] \d+|F1|SHA-256|van 0|tot 1|from 0|to 1|^\d+\. ",
    re.IGNORECASE | re.MULTILINE,
)
"""Numbers of laws, of list items, and the two ends of a scale."""


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_written_into_a_paper(name: str, language: str) -> None:
    source = files("coach.pack").joinpath(f"{name}.{language}.md").read_text("utf-8")
    bare = LAW.sub("", re.sub(r"\{[{%].*?[%}]\}", "", source, flags=re.DOTALL))
    assert re.findall(r"\d+", bare) == []


def test_the_papers_of_both_languages_have_the_same_parts() -> None:
    for name in PAPERS:
        shapes = []
        for language in LANGUAGES:
            source = files("coach.pack").joinpath(f"{name}.{language}.md").read_text("utf-8")
            shapes.append([line[:2] for line in source.splitlines() if line[:1] in ("#", "|", "*")])
        assert shapes[0] == shapes[1], name


# ---- a file that people edit ---------------------------------------------------------------------


def test_figures_are_readable_json() -> None:
    text = files("coach.pack").joinpath("figures.json").read_text("utf-8")
    assert json.loads(text)["redaction"]["text"]["recall"] > 0
