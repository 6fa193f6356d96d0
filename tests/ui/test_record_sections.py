"""Calls and dashboard in one window: from a figure to its calls, to one call, and back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.archives import TODAY, archive, done
from ui.calls_section import CallsSection
from ui.dashboard_page import DashboardPage
from ui.record_sections import RecordSections
from ui.shell import Shell


@pytest.fixture
def record(qtbot: QtBot) -> Iterator[tuple[RecordSections, Shell]]:
    made = RecordSections(archive(), today=lambda: TODAY)
    shell = Shell(made.sections)
    made.enter(shell)
    qtbot.addWidget(shell)
    shell.show()
    done(*made.errands)
    yield made, shell
    made.close()


def test_a_figure_leads_to_its_calls_to_one_call_and_back(
    record: tuple[RecordSections, Shell], qtbot: QtBot
) -> None:
    made, shell = record
    dashboard = shell.open("dashboard")
    assert isinstance(dashboard, DashboardPage)
    done(*made.errands)
    view = next(one for one in dashboard.views if one.panel and one.panel.name == "risks")
    qtbot.keyClick(view.chart, Qt.Key.Key_Down)
    qtbot.keyClick(view.chart, Qt.Key.Key_Return)
    done(*made.errands)
    assert shell.opened == "calls"
    calls = shell.pages["calls"]
    assert isinstance(calls, CallsSection)
    assert calls.list.filters.query.risks
    assert 0 < calls.list.model.rowCount() < 160
    qtbot.keyClick(calls.list.table, Qt.Key.Key_Return)
    done(*made.errands)
    assert calls.currentWidget() is calls.replay
    assert calls.replay.call is not None
    qtbot.keyClick(calls.replay.parts.wave, Qt.Key.Key_Escape)
    assert calls.currentWidget() is calls.list
    assert calls.replay.call is None


def test_a_mark_is_seen_in_the_list_at_once(record: tuple[RecordSections, Shell]) -> None:
    made, shell = record
    calls = shell.open("calls")
    assert isinstance(calls, CallsSection)
    done(*made.errands)
    entry = calls.list.model.entry(0)
    assert entry is not None
    calls.open_call(entry)
    done(*made.errands)
    calls.replay.parts.good.click()
    done(*made.errands)
    marked = calls.list.model.entry(0)
    assert marked is not None
    assert marked.good_example
