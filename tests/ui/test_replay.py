from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coach.core.units import Samples, from_seconds
from coach.errors import UserError
from coach.phrases import LANGUAGES
from tests.ui.archives import archive, done, entry_with, errand_boy
from tests.ui.events import s
from ui.archive_memory import MemoryArchive
from ui.errands import Errands
from ui.replay_model import Coached
from ui.replay_page import ReplayPage
from ui.replay_sound import Peaks, SilentPlayer
from ui.saying import speak

CALL = entry_with("outage", nudges=1)


@pytest.fixture
def errands() -> Iterator[Errands]:
    with errand_boy() as made:
        yield made


@pytest.fixture
def record() -> MemoryArchive:
    return archive()


@pytest.fixture
def page(qtbot: QtBot, errands: Errands, record: MemoryArchive) -> Iterator[ReplayPage]:
    made = ReplayPage(record, errands, errands)
    yield from shown(qtbot, made, errands)


def shown(qtbot: QtBot, made: ReplayPage, errands: Errands) -> Iterator[ReplayPage]:
    qtbot.addWidget(made)
    made.resize(1160, 760)
    made.show()
    made.open_call(CALL.call_id)
    done(errands)
    yield made
    made.close_call()


def rows(page: ReplayPage) -> list[str]:
    model = page.parts.transcript.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


# ---- opening ----


def test_a_call_shows_its_words_nudges_and_facts(page: ReplayPage) -> None:
    assert page.call is not None
    assert page.parts.whole.isVisible()
    assert any("Klant: " in row for row in rows(page))
    assert any("Seintje: " in row for row in rows(page))
    assert "Hoogste risico" in page.parts.wave.accessibleDescription()
    assert page.parts.title.text() == "Storing"


def test_opening_tells_who_opened_it(page: ReplayPage) -> None:
    told = [one.text() for one in page.parts.facts.page.findChildren(type(page.parts.title))]
    assert any("teamleider" in text for text in told)


def test_without_sound_it_says_so_and_everything_else_works(page: ReplayPage) -> None:
    assert "geen geluid bewaard" in page.parts.transport.trouble.whole()
    assert not page.parts.transport.sides.isEnabled()
    page.seek(s(10))
    assert page.parts.transport.clock.text().startswith("0:10 / ")


def test_a_call_that_cannot_be_opened_says_why(
    page: ReplayPage, record: MemoryArchive, errands: Errands
) -> None:
    record.load = lambda _: ()
    page.open_call(CALL.call_id)
    done(errands)
    assert page.parts.failed.isVisible()
    assert "geen begin" in page.parts.failure.text()


def test_only_the_last_call_that_was_asked_for_is_shown(page: ReplayPage, errands: Errands) -> None:
    other = entry_with("move")
    page.open_call(CALL.call_id)
    page.open_call(other.call_id)
    done(errands)
    assert page.call is not None
    assert page.call.entry.call_id == other.call_id


# ---- moving ----


def test_the_transcript_follows_the_moment(page: ReplayPage) -> None:
    assert page.call is not None
    line = page.call.lines[2]
    page.seek(Samples(line.start + 10))
    current, at = page.parts.transcript._painter.now
    assert current is not None
    assert page.parts.transcript.rows[current] is line
    assert at == line.start + 10


def test_a_click_on_a_word_goes_to_the_word(page: ReplayPage, qtbot: QtBot) -> None:
    transcript = page.parts.transcript
    assert page.call is not None
    at = next(n for n, row in enumerate(transcript.rows) if row is page.call.lines[1])
    box = transcript.visualRect(transcript.model().index(at, 0))
    qtbot.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert page.player is not None
    line = page.call.lines[1]
    assert line.start < page.player.position < line.end


def test_return_on_a_row_goes_there(page: ReplayPage, qtbot: QtBot) -> None:
    transcript = page.parts.transcript
    transcript.setFocus()
    transcript.setCurrentIndex(transcript.model().index(2, 0))
    qtbot.keyClick(transcript, Qt.Key.Key_Return)
    assert page.player is not None
    assert page.player.position == page.call.rows()[2].start  # type: ignore[union-attr]


def test_a_click_on_the_drawing_goes_there(page: ReplayPage, qtbot: QtBot) -> None:
    wave = page.parts.wave
    where = wave.rect().center()
    qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=where)
    assert page.player is not None
    assert wave.first < page.player.position < wave.last
    assert round(wave._x(page.player.position)) == where.x()


def test_arrows_move_and_keep_within_the_call(page: ReplayPage, qtbot: QtBot) -> None:
    wave, player = page.parts.wave, page.player
    assert player is not None
    assert page.call is not None
    qtbot.keyClick(wave, Qt.Key.Key_Right)
    assert player.position == from_seconds(5)
    qtbot.keyClick(wave, Qt.Key.Key_Left)
    qtbot.keyClick(wave, Qt.Key.Key_Left)
    assert player.position == 0
    qtbot.keyClick(wave, Qt.Key.Key_End)
    assert player.position == page.call.length


def test_n_goes_from_nudge_to_nudge(page: ReplayPage, qtbot: QtBot) -> None:
    assert page.call is not None
    assert page.player is not None
    moments = [one.nudge.at for one in page.call.coached]
    for moment in (*moments, moments[0]):
        qtbot.keyClick(page.parts.wave, Qt.Key.Key_N)
        assert page.player.position == moment


def test_coming_nearer_keeps_the_moment_in_its_place(page: ReplayPage) -> None:
    wave = page.parts.wave
    page.seek(s(20))
    x = wave._x(s(20))
    wave.zoom(1.5)
    assert abs(wave._x(s(20)) - x) < 2
    assert wave.last - wave.first < page.call.length  # type: ignore[union-attr]
    for _ in range(20):
        wave.zoom(0.5)
    assert (wave.first, wave.last) == (0, page.call.length)  # type: ignore[union-attr]


# ---- playing ----


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Tape:
    """The kept sound of a call, on a clock that the test moves."""

    def __init__(self, clock: Clock) -> None:
        self.made = SilentPlayer(s(600), clock)
        self.heard: list[str] = []
        self.made.hear = self.heard.append  # type: ignore[method-assign]

    def peaks(self) -> Peaks:
        loud = np.linspace(0, 1, 3_000, dtype=np.float32)
        return Peaks(per_s=50, agent=loud, customer=loud[::-1])

    def player(self) -> SilentPlayer:
        return self.made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tape(clock: Clock) -> Tape:
    return Tape(clock)


@pytest.fixture
def sounding(qtbot: QtBot, errands: Errands, tape: Tape) -> Iterator[ReplayPage]:
    kept = archive({CALL.call_id: Path("call.flac")})
    made = ReplayPage(kept, errands, errands, open_sound=lambda *_: tape)
    yield from shown(qtbot, made, errands)


def test_space_plays_and_pauses(sounding: ReplayPage, qtbot: QtBot) -> None:
    qtbot.keyClick(sounding.parts.wave, Qt.Key.Key_Space)
    assert sounding.player is not None
    assert sounding.player.playing
    assert sounding.parts.transport.play.accessibleName().startswith("Pauzeren")
    qtbot.keyClick(sounding.parts.wave, Qt.Key.Key_Space)
    assert not sounding.player.playing


def test_space_on_a_button_presses_it(sounding: ReplayPage, qtbot: QtBot) -> None:
    sounding.parts.transport.later.setFocus()
    qtbot.keyClick(sounding.parts.transport.later, Qt.Key.Key_Space)
    assert sounding.player is not None
    assert not sounding.player.playing
    assert sounding.player.position == from_seconds(5)


def test_while_it_plays_everything_follows(sounding: ReplayPage, clock: Clock) -> None:
    sounding.toggle()
    clock.now += 12
    sounding._tick()
    assert sounding.parts.transport.clock.text().startswith("0:12")
    assert sounding.parts.wave._at == s(12)


def test_silence_can_be_left_out(sounding: ReplayPage, clock: Clock) -> None:
    call = sounding.call
    assert call is not None
    assert sounding.player is not None
    quiet = max(call.skippable[:-1], key=lambda span: span.length)
    sounding.parts.transport.skip.setChecked(True)
    sounding.toggle()
    clock.now += (quiet.start + 100) / 16_000
    sounding._tick()
    assert sounding.player.position >= quiet.end


def test_pace_and_sides_go_to_the_player(sounding: ReplayPage, tape: Tape, clock: Clock) -> None:
    sounding.parts.transport.sides.setCurrentIndex(1)
    sounding.parts.transport.pace.setCurrentIndex(5)
    sounding.toggle()
    clock.now += 3
    assert tape.heard[-1] == "customer"
    assert tape.made.position == s(6)


def test_loudness_is_drawn_when_it_is_known(sounding: ReplayPage) -> None:
    assert sounding.parts.wave._peaks is not None
    assert not sounding.parts.wave.grab().toImage().isNull()


def test_a_page_that_is_left_plays_no_more(sounding: ReplayPage) -> None:
    sounding.toggle()
    sounding.hide()
    assert sounding.player is not None
    assert not sounding.player.playing


def test_sound_that_cannot_be_read_costs_only_the_sound(qtbot: QtBot, errands: Errands) -> None:
    def broken(*_: object) -> Tape:
        raise UserError("audio.missing", path="call.flac")

    kept = archive({CALL.call_id: Path("call.flac")})
    made = ReplayPage(kept, errands, errands, open_sound=broken)  # type: ignore[arg-type]
    for page in shown(qtbot, made, errands):
        assert "call.flac" in page.parts.transport.trouble.whole()
        assert len(rows(page)) > 5


# ---- what people leave ----


def test_a_note_is_left_at_the_moment_by_keyboard(
    page: ReplayPage, qtbot: QtBot, record: MemoryArchive, errands: Errands
) -> None:
    page.seek(s(12))
    qtbot.keyClick(page.parts.wave, Qt.Key.Key_M)
    qtbot.keyClicks(page.parts.notes.words, "Rustig gebleven")
    page.parts.notes.add.click()
    done(errands)
    (note,) = record.open_call(CALL.call_id).notes
    assert (note.at, note.text, note.went_well) == (s(12), "Rustig gebleven", True)
    assert any("Rustig gebleven" in row for row in rows(page))
    assert page.parts.notes.words.toPlainText() == ""


def test_a_point_to_grow_waits_for_what_went_well(page: ReplayPage) -> None:
    notes = page.parts.notes
    notes.words.setPlainText("Eerst erkennen")
    notes.grow.setChecked(True)
    assert not notes.add.isEnabled()
    assert "goed ging" in notes.why.text()
    notes.well.setChecked(True)
    assert notes.add.isEnabled()


def test_a_good_example_is_marked(
    page: ReplayPage, record: MemoryArchive, errands: Errands
) -> None:
    page.parts.good.click()
    done(errands)
    assert record.open_call(CALL.call_id).entry.good_example


# ---- practice and other rules ----


def test_practice_hides_the_answer_until_one_compares(page: ReplayPage) -> None:
    sheet = page.parts.practice
    page.parts.tabs.setCurrentWidget(sheet)
    whole = len(rows(page))
    sheet.start.click()
    exercise = sheet.exercise
    assert exercise is not None
    assert len(rows(page)) < whole
    shown_rows = page.parts.transcript.rows
    assert not any(isinstance(r, Coached) and r.nudge.at >= exercise.at for r in shown_rows)
    assert not sheet.compare.isEnabled()
    sheet.words.setPlainText("Wat vervelend voor u.")
    sheet.compare.click()
    assert exercise.reply[0].text in sheet.reply.text()
    assert "Wat vervelend" in sheet.yours.text()
    upcoming = sheet.upcoming
    shown_rows = page.parts.transcript.rows
    assert exercise.reply[0] in shown_rows
    assert upcoming is None or not any(upcoming.hides(row) for row in shown_rows)
    sheet.leave()
    assert len(rows(page)) == whole


def test_practice_plays_up_to_the_place(page: ReplayPage) -> None:
    page.parts.practice.start.click()
    exercise = page.parts.practice.exercise
    assert exercise is not None
    assert page.player is not None
    page.player.play()
    page.player.seek(Samples(exercise.at + 100))
    page._tick()
    assert page.player.position == exercise.at
    assert not page.player.playing


def test_a_rule_set_otherwise_shows_both_sides(page: ReplayPage, errands: Errands) -> None:
    sheet = page.parts.whatif
    page.parts.tabs.setCurrentWidget(sheet)
    done(errands)
    assert sheet.told.text() == "Dezelfde seintjes op hetzelfde moment."
    sheet.on.setChecked(False)
    done(errands)
    assert sheet.told.text() != "Dezelfde seintjes op hetzelfde moment."
    texts = [one.text() for one in sheet.sides.page.findChildren(type(sheet.told))]
    assert any("valt weg" in text for text in texts)
    sheet.reset.click()
    done(errands)
    assert sheet.told.text() == "Dezelfde seintjes op hetzelfde moment."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_can_change_while_a_call_is_open(page: ReplayPage, language: str) -> None:
    speak(language)
    title = {"nl": "Storing", "en": "Outage"}[language]
    tab = {"nl": "Oefenen", "en": "Practice"}[language]
    assert page.parts.title.text() == title
    assert page.parts.tabs.tabText(3) == tab


def test_an_agents_feelings_are_nowhere(page: ReplayPage) -> None:
    assert page.call is not None
    customer = [line for line in page.call.lines if line.speaker.value == "customer"]
    for mood in page.call.moods:
        assert any(line.start <= mood.start and mood.end <= line.end + 1 for line in customer)
