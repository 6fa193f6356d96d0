"""The call when it is over, and the incident form that only the agent sends."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coach.core.events import CallEnded
from coach.core.metrics import measure
from coach.core.metrics.signs import Sign
from coach.core.summary import AfterCall, Point, Promised
from coach.core.vocabulary import EscalationKind, OrderValue
from coach.errors import UserError
from coach.protocol import load_protocol
from coach.protocol.asked import Asked, asked_for, hand_over_text, whom_and_when
from tests.store.calls import call
from tests.ui.events import STARTED, s
from tests.ui.test_viewmodel import after
from ui.after_card import AfterCard
from ui.appearance import dress
from ui.incident_form import IncidentForm, IncidentReport
from ui.samples import SampleIncidents
from ui.theme import LIGHT

MEDIA = EscalationKind.MEDIA
REVIEW = AfterCall(
    call_id="klein",
    well=(Point(key="summary.well_limit", at=s(40)), Point(key="summary.well_stood")),
    grow=(),
    order=OrderValue.NO_ASK,
    start=None,
    lowest=None,
    end=None,
    promises=(
        Promised(at=s(60), words="ik bel u morgen om tien uur", timed=True),
        Promised(at=s(70), words="dat laat ik nog weten", timed=False),
    ),
    pause=Point(key="summary.pause_abuse", at=s(30)),
    abuse=(
        Sign(
            kind=EscalationKind.THREAT,
            turn=2,
            start=s(30),
            end=s(36),
            words="ik weet je te vinden",
        ),
    ),
)
ABUSED = after(STARTED, CallEnded(at=s(90)), REVIEW)


@pytest.fixture
def opened() -> list[AfterCall]:
    return []


@pytest.fixture
def card(qtbot: QtBot, opened: list[AfterCall]) -> AfterCard:
    shown = AfterCard(report=opened.append)
    qtbot.addWidget(shown)
    dress(shown, LIGHT, still=True)
    shown.resize(380, 500)
    shown.set_view(ABUSED)
    shown.show()
    return shown


def words_on(card: AfterCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_what_went_well_is_told_and_the_pause_is_private(card: AfterCard) -> None:
    words = words_on(card)
    assert "✓  U gaf rustig uw grens aan" in words
    assert "Alleen u ziet dit" in words


def test_promises_are_there_to_be_kept_and_one_without_a_time_says_so(card: AfterCard) -> None:
    words = words_on(card)
    assert "1:00  “ik bel u morgen om tien uur”" in words
    assert words.count("Er is nog geen tijd genoemd.") == 1


def test_a_screen_reader_hears_it_in_one_piece(card: AfterCard) -> None:
    assert card.accessibleName().startswith("Na het gesprek. U gaf rustig")


def test_the_form_opens_when_the_agent_asks_for_it(
    card: AfterCard, opened: list[AfterCall], qtbot: QtBot
) -> None:
    (report,) = card.findChildren(QPushButton)
    assert opened == []
    qtbot.mouseClick(report, Qt.MouseButton.LeftButton)
    assert opened == [REVIEW]


def test_where_nothing_can_be_reported_nothing_is_offered(qtbot: QtBot) -> None:
    shown = AfterCard()
    qtbot.addWidget(shown)
    shown.set_view(ABUSED)
    assert shown.findChildren(QPushButton) == []


def test_what_the_protocol_asks_for_is_there_to_be_copied(card: AfterCard) -> None:
    log = call("klein", said=("Dan stap ik naar de krant.", "Dat begrijp ik."), sign=MEDIA)
    asked = asked_for(log, load_protocol())
    assert "Overdragen" not in words_on(card)
    card.set_view(after(STARTED, CallEnded(at=s(90)), asked, REVIEW))
    words = words_on(card)
    assert "Overdragen" in words
    assert hand_over_text(asked.tasks[0], asked.call, None) in words
    assert whom_and_when(asked.tasks[0].entry, asked.tasks[0]) in card.accessibleName()
    card.set_view(ABUSED)
    assert "Overdragen" not in words_on(card)


def test_a_protocol_that_cannot_be_read_is_told_after_the_call(card: AfterCard) -> None:
    broken = Asked(call=measure(call("klein")), why_not="protocol.toml, regel 3: kapot")
    card.set_view(after(STARTED, CallEnded(at=s(90)), broken, REVIEW))
    assert "regel 3: kapot" in words_on(card)


# ---- the incident form ----


@pytest.fixture
def incidents() -> SampleIncidents:
    return SampleIncidents()


@pytest.fixture
def form(qtbot: QtBot, incidents: SampleIncidents, qapp: QApplication) -> Iterator[IncidentForm]:  # noqa: ARG001
    shown = IncidentForm(None, REVIEW, incidents)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.close()


def test_it_is_filled_in_from_the_call(form: IncidentForm) -> None:
    report = form.report()
    assert report.kind is EscalationKind.THREAT
    assert report.quote == "“ik weet je te vinden”"
    assert (report.at, report.lasted) == (s(30), s(6))
    assert form.when.text() == "0:30 – 0:36"


def test_nothing_is_sent_before_the_agent_sends_it(
    form: IncidentForm, incidents: SampleIncidents
) -> None:
    form.leave.click()
    assert incidents.sent == []
    assert form.sent is None


def test_what_the_agent_wrote_is_what_is_sent(
    form: IncidentForm, incidents: SampleIncidents
) -> None:
    form.note.setPlainText("Belde al eens eerder zo.")
    form.police.setChecked(True)
    form.send.click()
    (sent,) = incidents.sent
    assert sent.note == "Belde al eens eerder zo."
    assert sent.police
    assert form.sent == sent


def test_a_report_without_words_is_not_sent(form: IncidentForm, incidents: SampleIncidents) -> None:
    form.quote.clear()
    form.send.click()
    assert incidents.sent == []
    assert "Laat staan of schrijf op" in form.state.text()


def test_a_report_that_could_not_be_sent_stays_and_says_why(
    form: IncidentForm, monkeypatch: pytest.MonkeyPatch, incidents: SampleIncidents
) -> None:
    def refuse(_: IncidentReport) -> None:
        raise UserError("cli.bad_setting", name="x", why="vol")

    monkeypatch.setattr(incidents, "send", refuse)
    form.send.click()
    assert form.isVisible()
    assert "vol" in form.state.text()
