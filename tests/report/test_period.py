"""The report of a period: figures of groups, small ones withheld, the same on page and paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from coach.causes import load_tree
from coach.core.cause_counts import CallCauses
from coach.core.groups import Withheld
from coach.core.metrics import measure
from coach.core.metrics.signs import Sign
from coach.core.units import Samples
from coach.core.vocabulary import EscalationKind
from coach.report.incident_papers import Reported, cells, police_report, write_register
from coach.report.paper import _BOLD, _WIDTH, lead_size, write_pdf
from coach.report.period import SHOWN, CallInsight, Report, report
from coach.report.web import html, write_html
from coach.report.wording import Page, page_of
from tests.core.metrics.test_counted import bereavement, quarrel

MONDAY = date(2026, 3, 2)
TREE = load_tree()


def insight(n: int, *, agent: str | None, day: date = MONDAY, cause: str = "outage") -> CallInsight:
    call = measure((bereavement if n % 2 else quarrel)())
    began = f"{day.isoformat()}T09:00:00+01:00"
    sign = Sign(kind=EscalationKind.MEDIA, turn=1, start=Samples(0), end=Samples(1), words="krant")
    words = (f"Het <b>internet</b> ligt er uit, nummer {n}.",)
    return CallInsight(
        metrics=replace(call, began=began, agent=agent),
        signs=(sign,),
        causes=CallCauses(call_id=f"c{n}", day=day, agent=agent, causes=(cause,), words=words),
    )


def team(calls: int = 24) -> list[CallInsight]:
    """Six agents with two calls of each sort a week."""
    days = [MONDAY + timedelta(days=7 * (n // 12)) for n in range(calls)]
    return [insight(n, agent=f"a{n // 2 % 6}", day=day) for n, day in enumerate(days)]


def page(made: Report, language: str = "en") -> Page:
    return page_of(made, TREE, language)


def test_a_team_of_six_has_figures() -> None:
    made = report(team())
    by_name = {line.name: line for line in made.lines}
    assert list(by_name) == list(SHOWN)
    assert by_name["emotion_end"].value == 1.0
    assert by_name["acknowledged_before_data"].value == 0.0
    assert by_name["acknowledged_before_data"].calls == 12  # the quarrel had no ask
    assert made.upset == 24
    assert [week.calls for week in made.weeks] == [12, 12]
    assert made.risks == ((EscalationKind.MEDIA, 24),)
    assert not isinstance(made.causes, Withheld)
    assert not made.own


@pytest.mark.parametrize(
    "calls",
    [
        [insight(n, agent=f"a{n}") for n in range(4)],
        [insight(n, agent=f"a{n % 2}") for n in range(20)],
    ],
    ids=["four calls", "two agents"],
)
def test_small_groups_are_withheld_and_said_so(calls: list[CallInsight]) -> None:
    made = report(calls)
    assert all(line.value is None or isinstance(line.value, Withheld) for line in made.lines)
    assert isinstance(made.upset, Withheld)
    assert isinstance(made.causes, Withheld)
    assert isinstance(made.risks, Withheld)
    assert made.withheld >= len(SHOWN)
    told = html(page(made))
    assert "withheld" in told
    assert "internet" not in told


def test_an_agent_may_look_at_their_own_calls() -> None:
    made = report([insight(n, agent="a1") for n in range(6)])
    assert made.own
    assert page(made).title == "My calls"
    assert not report([insight(n, agent=None) for n in range(6)]).own


def test_the_minimum_can_be_raised() -> None:
    assert isinstance(report(team(), minimum=30).upset, Withheld)


def test_before_and_after_a_change() -> None:
    calls = [
        *[insight(n, agent=f"a{n}", cause="outage") for n in range(6)],
        *[insight(n, agent=f"a{n}", day=MONDAY + timedelta(7), cause="price") for n in range(6)],
    ]
    made = report(calls, changed=MONDAY + timedelta(7))
    turns = {turn.cause: (turn.before, turn.after) for turn in made.changed}
    assert turns == {"outage": (1.0, 0.0), "price": (0.0, 1.0)}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_says_it_in_either_language_and_escapes_what_was_said(language: str) -> None:
    made = page(report(team(), changed=MONDAY + timedelta(7)), language)
    told = html(made)
    assert f'lang="{language}"' in told
    assert TREE.by_id["outage"].name(language) in told
    assert "<b>internet" not in told
    assert "&lt;b&gt;internet" in told
    assert "<script" not in told
    assert "http" not in told  # nothing is fetched
    assert made.rows[0].value in told


def test_numbers_are_written_as_people_write_them() -> None:
    nl, en = (page(report(team()), language) for language in ("nl", "en"))
    by_name = [{row.name: row.value for row in one.rows} for one in (nl, en)]
    assert by_name[0]["Klant aan het einde"] == "+1,0"
    assert by_name[1]["Customer at the end"] == "+1.0"


def test_both_forms_are_written(tmp_path: Path) -> None:
    made = page(report(team()))
    write_html(made, tmp_path / "out" / "report.html")
    write_pdf(made, tmp_path / "out" / "report.pdf")
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE")
    paper = (tmp_path / "out" / "report.pdf").read_bytes()
    assert paper.startswith(b"%PDF")
    write_pdf(made, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == paper  # the same report, the same file


def test_a_report_of_nothing_can_be_printed(tmp_path: Path) -> None:
    made = page(report([]))
    write_pdf(made, tmp_path / "empty.pdf")
    assert "0" in html(made)


def incident(text: str = "0:05 “x”") -> Reported:
    when = MONDAY.isoformat()
    return Reported(
        number=1,
        at=datetime.fromisoformat(f"{when}T09:00:00+01:00"),
        submitted=datetime.fromisoformat(f"{when}T09:30:00+01:00"),
        by="a7",
        severity="threat",
        kind="threat",
        cause=None,
        call_id="c1",
        text=text,
    )


def test_papers_have_the_clock_on_the_wall_in_whatever_zone_the_record_has_it() -> None:
    one = incident()
    kept = replace(one, at=one.at.astimezone(UTC), submitted=one.submitted.astimezone(UTC))
    assert cells(kept) == cells(one)


def test_a_report_of_one_day_names_it_once() -> None:
    assert page(report(team(6)), "nl").period == "02-03-2026, 6 gesprekken"


def test_no_word_is_broken_at_the_top_of_the_paper() -> None:
    told = page(report(team(6)), "nl")
    assert "achtergehouden" in {value for value, _ in told.lead}
    width = _WIDTH / len(told.lead)
    for value, _ in told.lead:
        assert all(
            stringWidth(word, _BOLD, lead_size(value)) <= width - 12 for word in value.split()
        )


def test_the_papers_of_an_incident(tmp_path: Path) -> None:
    told = police_report(incident("0:05 “x”\nIk was alleen."))
    assert "- 0:05 “x”\n- Ik was alleen." in told
    write_register([incident("=1+1")], tmp_path / "register.csv")
    lines = (tmp_path / "register.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "'=1+1" in lines[1]
