from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coach.phrases import LANGUAGES
from tests.ui.archives import TODAY, Told, archive, done, errand_boy
from ui.archive import (
    METRICS,
    CallEntry,
    CallQuery,
    Disruption,
    FigureQuery,
)
from ui.archive_memory import MemoryArchive
from ui.dashboard_export import Report
from ui.dashboard_mark import MarkDialog
from ui.dashboard_page import DashboardPage
from ui.errands import Errands
from ui.saying import speak

PERIOD = FigureQuery(since=date(2026, 11, 2), until=date(2026, 11, 16))
REPORT = Report(title="Overzicht", scope="Alles", privacy="Niet onder de vijf.")


# ---- the page ----


@pytest.fixture
def errands() -> Iterator[Errands]:
    with errand_boy() as boy:
        yield boy


@pytest.fixture
def record() -> MemoryArchive:
    return archive()


class Asked:
    """Says where to save; keeps what was suggested."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.suggested = folder, ""

    def __call__(self, _: QWidget, suggested: str) -> Path:
        self.suggested = suggested
        return self.folder / suggested


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    return Asked(tmp_path)


@pytest.fixture
def calls() -> Told:
    return Told()


@pytest.fixture
def page(
    qtbot: QtBot, errands: Errands, record: MemoryArchive, asked: Asked, calls: Told
) -> DashboardPage:
    shown = DashboardPage(record, errands, calls=calls, call=calls, ask=asked, today=lambda: TODAY)
    qtbot.addWidget(shown)
    shown.resize(1160, 760)
    shown.show()
    done(errands)
    return shown


def test_the_page_shows_every_panel(page: DashboardPage) -> None:
    assert page.whole.isVisible()
    assert len(page.panels) == len(METRICS) + 5
    assert page.views[0].headline.text().endswith("%")
    assert "minder dan 5" in page.privacy.text()


def test_another_team_gives_other_figures(page: DashboardPage, errands: Errands) -> None:
    before = [panel.rows for panel in page.panels]
    page.team.setCurrentIndex(1)
    done(errands)
    assert page.query.team is not None
    assert [panel.rows for panel in page.panels] != before


def test_a_chart_turns_into_its_table_and_back(page: DashboardPage) -> None:
    view = page.views[0]
    view.as_table.click()
    assert view.table.isVisible()
    assert view.table.model().rowCount() == len(view.panel.rows)  # type: ignore[union-attr]
    view.as_table.click()
    assert view.chart.isVisible()


def test_a_definition_is_a_hover_and_a_click_away(page: DashboardPage) -> None:
    view = page.views[0]
    assert "negatief gevoel" in view.title.toolTip()
    view.help.click()
    assert view.means.isVisible()


def test_a_figure_opens_its_calls_by_keyboard(
    page: DashboardPage, calls: Told, qtbot: QtBot
) -> None:
    chart = page.views[0].chart
    for _ in range(len(chart.items)):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    (query,) = calls
    assert isinstance(query, CallQuery)
    assert query.since == date(2026, 11, 9)


def test_a_bar_opens_its_calls_with_the_mouse(
    page: DashboardPage, calls: Told, qtbot: QtBot
) -> None:
    view = next(one for one in page.views if one.panel and one.panel.name == "risks")
    page.whole.ensureWidgetVisible(view)
    view.chart.grab()
    spot = view.chart._spots[0]
    qtbot.mouseClick(
        view.chart, Qt.MouseButton.LeftButton, pos=QPoint(*map(round, spot.box.center().toTuple()))
    )
    (query,) = calls
    assert isinstance(query, CallQuery)
    assert len(query.risks) == 1


def test_an_example_opens_one_call(page: DashboardPage, calls: Told) -> None:
    from PySide6.QtWidgets import QPushButton

    view = next(one for one in page.views if one.panel and one.panel.name == "causes")
    view._examples.findChildren(QPushButton)[0].click()
    assert isinstance(calls[0], CallEntry)


def test_a_panel_is_exported_and_says_where(page: DashboardPage, asked: Asked) -> None:
    page.views[0].exports["csv"].trigger()
    assert asked.suggested == "acknowledged_before_data-20261005.csv"
    assert (asked.folder / asked.suggested).exists()
    assert str(asked.folder) in page.told.text()


def test_the_whole_dashboard_is_one_report(page: DashboardPage, asked: Asked) -> None:
    page.exports["pdf"].click()
    assert (asked.folder / asked.suggested).read_bytes().startswith(b"%PDF")


def test_an_export_that_fails_is_told(page: DashboardPage, asked: Asked) -> None:
    asked.folder = asked.folder / "nergens"
    page.exports["csv"].click()
    assert "niet te schrijven" in page.told.text()


def test_a_disruption_is_asked_for_in_days(qtbot: QtBot) -> None:
    dialog = MarkDialog(TODAY)
    qtbot.addWidget(dialog)
    assert not dialog.save.isEnabled()
    assert dialog.disruption is None
    dialog.name.setText("storing Zuid")
    assert dialog.save.isEnabled()
    assert dialog.disruption == Disruption(
        name="storing Zuid", since=TODAY, until=TODAY + timedelta(days=1)
    )


def test_no_calls_in_the_period_says_so(
    qtbot: QtBot, errands: Errands, record: MemoryArchive
) -> None:
    shown = DashboardPage(record, errands, today=lambda: date(2020, 1, 1))
    qtbot.addWidget(shown)
    shown.show()
    done(errands)
    assert shown.empty.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_can_change_while_figures_stand(page: DashboardPage, language: str) -> None:
    speak(language)
    first = {"nl": "Erkend vóór gegevens", "en": "Acknowledged before data"}[language]
    assert page.views[0].title.text() == first


def test_a_narrow_page_puts_panels_below_each_other(page: DashboardPage) -> None:
    page.resize(480, 700)
    done(page._errands)
    left = {view.x() for view in page.views if view.isVisibleTo(page)}
    assert len(left) == 1
