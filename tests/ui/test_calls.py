from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coach.core.vocabulary import EscalationKind, OrderValue
from coach.errors import UserError
from coach.phrases import LANGUAGES, choose_language
from tests.ui.archives import TODAY, Told, archive, done, errand_boy
from ui import calls_words as words
from ui.archive import EVERY_CALL, CallEntry, CallQuery, Choices, Course
from ui.archive_memory import MemoryArchive, course_of
from ui.calls_model import PAGE, PAGES_KEPT, CallList
from ui.calls_page import CallsPage
from ui.calls_table import NAMES
from ui.errands import Errands
from ui.saying import speak

MANY = 100_000


# ---- the list as the screen knows it ----


def known(total: int) -> CallList:
    calls = CallList()
    calls.counted(EVERY_CALL, total)
    return calls


def entries(page: int, count: int = PAGE) -> list[CallEntry]:
    return [CallEntry(call_id=f"{page * PAGE + n}") for n in range(count)]


def test_only_pages_in_sight_are_asked_for_and_only_once() -> None:
    calls = known(MANY)
    assert calls.wanted(50_000, 50_030) == [500]
    assert calls.wanted(50_000, 50_030) == []
    assert calls.wanted(199, 201) == [1, 2]


def test_a_row_is_unknown_until_its_page_is_there() -> None:
    calls = known(MANY)
    assert calls.row(150) is None
    calls.paged(EVERY_CALL, 1, entries(1))
    assert calls.row(150) == CallEntry(call_id="150")


def test_nothing_is_asked_before_the_number_is_known_or_beyond_the_end() -> None:
    assert CallList().wanted(0, 30) == []
    assert known(0).wanted(0, 30) == []
    assert known(120).wanted(100, 10_000) == [1]


def test_an_answer_to_an_earlier_search_is_dropped() -> None:
    calls, later = known(10), CallQuery(text="later")
    calls.search(later)
    assert not calls.counted(EVERY_CALL, 10)
    assert not calls.paged(EVERY_CALL, 0, entries(0))
    assert not calls.failed(EVERY_CALL, "kapot")
    assert (calls.total, calls.row(0), calls.failure) == (None, None, "")


def test_memory_stays_flat_however_far_one_scrolls() -> None:
    calls = known(MANY)
    for page in range(3 * PAGES_KEPT):
        calls.paged(EVERY_CALL, page, entries(page))
    assert calls.row(0) is None
    assert calls.row((3 * PAGES_KEPT - 1) * PAGE) is not None
    assert calls.wanted(0, 10) == [0]


def test_after_a_failure_pages_can_be_asked_for_again() -> None:
    calls = known(MANY)
    assert calls.wanted(0, 10) == [0]
    calls.failed(EVERY_CALL, "geen verbinding")
    assert calls.failure
    assert calls.wanted(0, 10) == [0]


# ---- words ----


@pytest.mark.parametrize(
    ("start", "end", "course"),
    [
        (-1.5, 1.0, Course.BETTER),
        (1.0, -1.5, Course.WORSE),
        (-2.0, -1.0, None),
        (0.0, 2.0, None),
        (None, 1.0, None),
    ],
)
def test_the_course_is_about_crossing_the_line(
    start: float | None, end: float | None, course: Course | None
) -> None:
    assert course_of(CallEntry(call_id="a", valence_start=start, valence_end=end)) is course


def test_an_unknown_mood_is_unknown_and_not_neutral() -> None:
    assert words.mood(CallEntry(call_id="a")) == "onbekend"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EscalationKind)
@pytest.mark.parametrize("order", OrderValue)
def test_every_sign_and_order_has_a_name(
    language: str, kind: EscalationKind, order: OrderValue
) -> None:
    choose_language(language)
    entry = CallEntry(call_id="a", risk_kinds=(kind,), order=order)
    assert words.risk(entry).endswith(words.risk_kind(kind))
    assert words.order(entry)


def test_a_number_of_calls_is_written_the_dutch_way() -> None:
    assert (words.found(1), words.found(1_200), words.found(None)) == (
        "1 gesprek",
        "1.200 gesprekken",
        "",
    )


# ---- the page ----


@pytest.fixture
def errands() -> Iterator[Errands]:
    with errand_boy() as made:
        yield made


@pytest.fixture
def opened() -> Told:
    return Told()


@pytest.fixture
def page(qtbot: QtBot, errands: Errands, opened: Told) -> CallsPage:
    return shown(qtbot, archive(), errands, opened)


def shown(qtbot: QtBot, record: object, errands: Errands, opened: Told) -> CallsPage:
    made = CallsPage(record, errands, opened, today=lambda: TODAY)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1160, 700)
    made.show()
    done(errands)
    return made


def texts(page: CallsPage, column: str) -> list[str]:
    model, at = page.model, NAMES.index(column)
    return [model.index(row, at).data() for row in range(min(model.rowCount(), PAGE))]


def test_the_list_is_there_with_its_number(page: CallsPage) -> None:
    assert page.found.text() == "160 gesprekken"
    assert page.table.isVisible()
    assert "…" not in texts(page, "about")[:20]


def test_a_search_narrows_the_list_and_shows_the_words(
    page: CallsPage, errands: Errands, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.filters.words, "monteur")
    qtbot.keyClick(page.filters.words, Qt.Key.Key_Return)
    done(errands)
    assert 0 < page.model.rowCount() < 160
    assert all("monteur" in about.lower() for about in texts(page, "about"))


def test_filters_are_combined(page: CallsPage, errands: Errands) -> None:
    page.filters.course.setCurrentIndex(1)
    page.filters.missed.setChecked(True)
    done(errands)
    assert page.filters.query == CallQuery(course=Course.BETTER, missed=True)
    assert 0 < page.model.rowCount() < 160
    assert all("gemist" in nudges for nudges in texts(page, "nudges"))


def test_a_period_ends_today(page: CallsPage, errands: Errands) -> None:
    page.filters.period.setCurrentIndex(2)
    done(errands)
    assert page.filters.query.since == date(2026, 11, 9)
    assert 0 < page.model.rowCount() < 160


def test_nothing_found_says_so_and_filters_can_be_cleared(
    page: CallsPage, errands: Errands
) -> None:
    page.filters.put(CallQuery(text="xyzzy"))
    done(errands)
    assert page.nothing.isVisible()
    page.filters.clear.click()
    done(errands)
    assert page.table.isVisible()
    assert page.model.rowCount() == 160


def test_an_empty_record_says_what_will_come(qtbot: QtBot, errands: Errands, opened: Told) -> None:
    empty = MemoryArchive(facts=(), load=lambda _: ())
    page = shown(qtbot, empty, errands, opened)
    assert page.empty.isVisible()


class Closed(MemoryArchive):
    """The record of a team as a coach sees it."""

    def choices(self) -> Choices:
        return Choices(sees_calls=False)

    def count(self, query: CallQuery) -> int:  # noqa: ARG002 - whatever is asked for
        raise UserError("calls.closed_hint")


def test_who_may_see_figures_only_is_told_so_kindly(
    qtbot: QtBot, errands: Errands, opened: Told
) -> None:
    page = shown(qtbot, Closed(facts=(), load=lambda _: ()), errands, opened)
    assert page.closed.isVisible()
    page.show_calls(CallQuery(team="Hasselt"))  # those behind a figure
    done(errands)
    assert page.closed.isVisible()
    assert not page.failed.isVisible()
    assert not page.filters.isVisible()


class Broken(MemoryArchive):
    """A record that cannot be read until it is mended."""

    mended = False

    def count(self, query: CallQuery) -> int:
        if not self.mended:
            raise UserError("cli.cannot_read", path="record.db")
        return super().count(query)


def test_a_record_that_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, errands: Errands, opened: Told
) -> None:
    whole = archive()
    broken = Broken(facts=tuple(whole._calls.values()), load=whole.load)
    page = shown(qtbot, broken, errands, opened)
    assert page.failed.isVisible()
    assert "record.db" in page.failure.text()
    broken.mended = True
    page.refresh()
    done(errands)
    assert page.table.isVisible()


def test_a_call_opens_with_return_and_by_double_click(
    page: CallsPage, opened: Told, qtbot: QtBot
) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [page.model.entry(1)]
    middle = page.table.visualRect(page.model.index(3, 1)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened[-1] == page.model.entry(3)


def test_the_calls_behind_a_figure_can_be_shown(page: CallsPage, errands: Errands) -> None:
    wanted = CallQuery(since=date(2026, 11, 9), until=date(2026, 11, 16), team="Hasselt")
    page.show_calls(wanted)
    done(errands)
    assert page.filters.query == wanted
    assert page.model.rowCount() == archive().count(wanted)


def test_the_language_can_change_while_the_list_stands(page: CallsPage) -> None:
    speak("en")
    assert page.found.text() == "160 calls"
    assert page.filters.missed.text() == "Nudge missed"
    assert page.filters.course.itemText(0) == "Any mood"


class Endless(MemoryArchive):
    """A hundred thousand calls that nobody has to make."""

    asked: Sequence[int] = ()

    def count(self, _: CallQuery) -> int:
        return MANY

    def page(self, _: CallQuery, first: int, limit: int) -> Sequence[CallEntry]:
        self.asked = (*self.asked, first)
        return entries(first // PAGE, limit)


def test_who_jumps_to_the_end_waits_for_nothing_in_between(
    qtbot: QtBot, errands: Errands, opened: Told
) -> None:
    endless = Endless(facts=(), load=lambda _: ())
    page = shown(qtbot, endless, errands, opened)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    page.table.scrollToBottom()
    done(errands)
    assert page.model.entry(MANY - 1) == CallEntry(call_id=str(MANY - 1))
    assert len(endless.asked) <= 4


def test_a_narrow_window_leaves_columns_out_instead_of_cutting_them(page: CallsPage) -> None:
    wide = {name for n, name in enumerate(NAMES) if not page.table.isColumnHidden(n)}
    page.resize(700, 600)
    narrow = {name for n, name in enumerate(NAMES) if not page.table.isColumnHidden(n)}
    assert narrow < wide
    assert {"when", "about", "mood", "risk"} <= narrow
