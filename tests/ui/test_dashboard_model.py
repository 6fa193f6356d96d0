import csv
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from coach.core.vocabulary import EscalationKind, NudgeKind, OrderValue
from coach.errors import UserError
from coach.phrases import choose_language
from tests.ui.archives import archive, facts
from ui.archive import (
    METRICS,
    CallEntry,
    Disruption,
    Figure,
    FigureQuery,
    Figures,
    Point,
)
from ui.archive_facts import CallFacts
from ui.archive_figures import figures_over
from ui.dashboard_chart import Form, Panel, axis
from ui.dashboard_export import Report, picture, to_csv, write
from ui.dashboard_model import Unit, panels
from ui.theme import DARK, LIGHT

PERIOD = FigureQuery(since=date(2026, 11, 2), until=date(2026, 11, 16))
REPORT = Report(title="Overzicht", scope="Alles", privacy="Niet onder de vijf.")


def fact(
    day: int,
    *,
    order: OrderValue = OrderValue.NO_ASK,
    causes: tuple[str, ...] = (),
    kinds: tuple[EscalationKind, ...] = (),
    nudges: tuple[tuple[NudgeKind, str | None], ...] = (),
    **measured: float,
) -> CallFacts:
    from datetime import datetime

    entry = CallEntry(
        call_id=f"{day}-{id(measured)}",
        began=datetime(2026, 11, day, 10, 0),
        order=order,
        causes=causes,
        risk_kinds=kinds,
    )
    return CallFacts(entry=entry, figures=measured, nudges=nudges, lines=())


def made(*given: CallFacts, minimum: int = 5, marks: tuple[Disruption, ...] = ()) -> Figures:
    return figures_over(given, PERIOD, marks, minimum)


# ---- figures ----


def test_a_share_is_over_the_calls_to_which_it_applies() -> None:
    yes = [fact(3, acknowledged_before_data=1.0) for _ in range(6)]
    no = [fact(3, acknowledged_before_data=0.0) for _ in range(2)]
    other = [fact(3) for _ in range(40)]
    share = made(*yes, *no, *other).metrics["acknowledged_before_data"]
    assert share == Figure(value=0.75, calls=8)


def test_weeks_are_counted_from_monday_and_empty_ones_stay() -> None:
    figures = made(*(fact(9, upset=1.0) for _ in range(5)))
    assert figures.trends["upset"] == (
        Point(since=date(2026, 11, 2), figure=Figure(calls=0)),
        Point(since=date(2026, 11, 9), figure=Figure(value=1.0, calls=5)),
    )


@pytest.mark.parametrize("calls", [1, 4])
def test_fewer_than_the_minimum_is_withheld_and_none_is_not(calls: int) -> None:
    figures = made(*(fact(3, upset=1.0, acknowledged=1.0) for _ in range(calls)))
    assert figures.calls == Figure(withheld=True)
    assert figures.metrics["acknowledged"] == Figure(withheld=True)
    assert figures.metrics["ended_better"] == Figure(calls=0)


def test_causes_are_of_upset_calls_and_ranked() -> None:
    calm = [fact(3, causes=("move",), upset=0.0) for _ in range(9)]
    many = [fact(3, causes=("outage",), upset=1.0) for _ in range(7)]
    some = [fact(3, causes=("bill",), upset=1.0) for _ in range(5)]
    few = [fact(3, causes=("modem",), upset=1.0) for _ in range(2)]
    causes = made(*calm, *many, *some, *few).causes
    assert [(one.name, one.calls.value) for one in causes] == [
        ("outage", 7),
        ("bill", 5),
        ("modem", None),
    ]
    assert causes[2].calls.withheld
    assert causes[2].examples == ()
    assert len(causes[0].examples) == 3


def test_precision_is_useful_among_useful_and_wrong() -> None:
    kind = NudgeKind.EXPLAIN_ASK
    answers = ("useful",) * 6 + ("wrong",) * 2 + ("not_now",) * 3
    calls = [fact(3, nudges=((kind, answer),)) for answer in answers]
    silent = [fact(3, nudges=((kind, None),)) for _ in range(4)]
    (one,) = made(*calls, *silent).nudges
    assert (one.shown.value, one.useful, one.not_now, one.wrong) == (15, 6, 3, 2)
    assert one.precision == Figure(value=0.75, calls=8)


def test_answers_that_few_gave_are_withheld_with_their_counts() -> None:
    kind = NudgeKind.END_CALL
    calls = [fact(3, nudges=((kind, answer),)) for answer in ("useful", "wrong", *[None] * 6)]
    (one,) = made(*calls).nudges
    assert one.precision.withheld
    assert (one.useful, one.not_now, one.wrong) == (None, None, None)


def test_a_disruption_is_measured_against_the_other_days() -> None:
    marked = Disruption(name="storing", since=date(2026, 11, 3), until=date(2026, 11, 5))
    during = [fact(3, upset=1.0) for _ in range(10)]
    other = [fact(10, upset=1.0) for _ in range(12)]
    (effect,) = made(*during, *other, marks=(marked,)).effects
    assert effect.meanwhile.value == 5.0
    assert effect.otherwise.value == 1.0


# ---- panels ----


@pytest.fixture(scope="module")
def whole() -> tuple[Panel, ...]:
    record = archive()
    record.mark_disruption(Disruption(name="storing", since=date(2026, 11, 3)))
    choose_language("nl")
    return panels(record.figures(PERIOD), PERIOD)


def test_the_acknowledgement_comes_first(whole: tuple[Panel, ...]) -> None:
    assert whole[0].name == "acknowledged_before_data"
    assert whole[0].headline.endswith("%")
    names = {panel.name for panel in whole}
    assert {
        *METRICS,
        "causes",
        "cause_trend",
        "risks",
        "incidents",
        "precision",
        "effects",
    } == names


def test_every_chart_has_a_table_a_definition_and_a_sentence(whole: tuple[Panel, ...]) -> None:
    for panel in whole:
        assert panel.means
        assert panel.title in panel.summary
        assert panel.rows
        assert all(len(row.cells) == len(panel.header) for row in panel.rows)


def test_every_figure_leads_to_calls_of_the_period(whole: tuple[Panel, ...]) -> None:
    record = archive()
    for panel in whole:
        for series in panel.chart.series:
            for item in series.items:
                query = item.query
                assert query is not None
                assert query.since is not None
                assert query.until is not None
                assert PERIOD.since <= query.since < query.until <= PERIOD.until
                if item.value and panel.chart.form is Form.BARS and panel.name != "effects":
                    assert record.count(query) > 0


def test_no_panel_names_an_agent(whole: tuple[Panel, ...]) -> None:
    agents = {one.entry.agent for one in facts()}
    told = "\n".join(
        "\n".join((panel.summary, panel.headline, *(c for row in panel.rows for c in row.cells)))
        for panel in whole
    )
    assert not any(agent and agent in told for agent in agents)


def test_a_withheld_figure_says_so_and_leads_nowhere() -> None:
    choose_language("nl")
    few = made(*(fact(3, acknowledged_before_data=1.0) for _ in range(3)))
    panel = panels(few, PERIOD)[0]
    assert panel.headline == "minder dan 5: niet getoond"
    item = panel.chart.series[0].items[0]
    assert item.withheld
    assert item.value is None
    assert "niet getoond" in panel.rows[0].cells[1]


@pytest.mark.parametrize("values", [[], [None], [3.0], [12.0, 480.0], [-1.5, 1.2], [0.2]])
def test_an_axis_holds_its_values(values: list[float | None]) -> None:
    lowest, highest, ticks = axis(Unit.COUNT, values)
    known = [one for one in values if one is not None]
    assert lowest <= min([*known, 0.0])
    assert highest >= max([*known, 0.0])
    assert 1 <= len(ticks) <= 7


# ---- export ----


def test_a_table_opens_in_a_spreadsheet(whole: tuple[Panel, ...], tmp_path: Path) -> None:
    path = tmp_path / "alles.csv"
    write(whole, "csv", path, REPORT)
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [whole[0].title, whole[0].headline] in rows
    assert list(whole[0].header) in rows
    assert list(whole[0].rows[0].cells) in rows


def test_words_of_people_are_no_formulas_in_a_spreadsheet(whole: tuple[Panel, ...]) -> None:
    from dataclasses import replace

    text = to_csv([replace(whole[0], title="=1+1")], REPORT)
    assert "\n'=1+1" in text


@pytest.mark.usefixtures("qapp")
def test_a_picture_and_a_report_are_written(whole: tuple[Panel, ...], tmp_path: Path) -> None:
    write(whole[:2], "png", tmp_path / "een.png", REPORT)
    write(whole, "pdf", tmp_path / "een.pdf", REPORT)
    image = QImage(str(tmp_path / "een.png"))
    assert image.width() == 1_800
    assert (tmp_path / "een.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", ["csv", "png", "pdf"])
def test_a_folder_that_takes_no_file_is_told(
    whole: tuple[Panel, ...], tmp_path: Path, kind: str
) -> None:
    with pytest.raises(UserError, match=r"nergens"):
        write(whole[:1], kind, tmp_path / "nergens" / f"een.{kind}", REPORT)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_panel_is_drawn(whole: tuple[Panel, ...], theme: object) -> None:
    for panel in whole:
        image = picture([panel], theme)  # type: ignore[arg-type]
        colours = {
            image.pixelColor(x, y).name() for x in range(0, 1_800, 9) for y in range(40, 400, 9)
        }
        assert len(colours) > 2
