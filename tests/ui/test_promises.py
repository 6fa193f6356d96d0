"""What was promised goes on the call-back list when the agent ticks it, and never by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coach.core.events import AgentScored
from coach.core.summary import Promised
from coach.core.vocabulary import Act, EscalationKind
from coach.errors import UserError
from coach.own_record import OwnRecord, own_record
from coach.settings import load_settings
from coach.store.people import callbacks_of, incidents
from tests.store.calls import call
from tests.ui.events import s
from tests.ui.test_after_card import ABUSED, REVIEW
from ui.after_card import AfterCard
from ui.appearance import dress
from ui.incident_form import IncidentReport
from ui.promises import Promise, PromiseRow, proposals
from ui.samples import SamplePromises
from ui.theme import LIGHT

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
HEARD = "ik bel u morgen om tien uur"


@pytest.fixture
def agenda() -> SamplePromises:
    return SamplePromises()


def shown(qtbot: QtBot, agenda: SamplePromises | None) -> AfterCard:
    card = AfterCard(agenda=agenda)
    qtbot.addWidget(card, before_close_func=lambda one: one.close_errands())
    dress(card, LIGHT, still=True)
    card.resize(380, 500)
    card.set_view(ABUSED)
    card.show()
    return card


def rows(card: AfterCard) -> list[PromiseRow]:
    assert card.promises is not None
    return card.promises.rows


def ticked(qtbot: QtBot, row: PromiseRow) -> None:
    row.tick.click()
    qtbot.waitUntil(row.isEnabled)


# ---- what is proposed ----------------------------------------------------------------------------


def test_what_was_heard_is_proposed_with_its_moment_and_the_note_beside_it() -> None:
    by = NOW + timedelta(days=1)
    review = replace(REVIEW, promises=(Promised(at=s(60), words=HEARD, timed=True, due=by),))
    found = proposals(review, "monteur sturen, morgen voor twaalf uur", NOW)
    assert [one.words for one in found] == [HEARD, "monteur sturen, morgen voor twaalf uur"]
    assert found[0].due == by
    assert found[1].due == datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "noted", ["", "  ", HEARD, "Ik bel u MORGEN  om tien uur.", "morgen om tien uur"]
)
def test_a_note_that_says_the_same_is_not_proposed_twice(noted: str) -> None:
    assert len(proposals(REVIEW, noted, NOW)) == len(REVIEW.promises)


# ---- the ticks -----------------------------------------------------------------------------------


def test_nothing_goes_on_the_list_by_itself(qtbot: QtBot, agenda: SamplePromises) -> None:
    card = shown(qtbot, agenda)
    assert [row.tick.isChecked() for row in rows(card)] == [False, False]
    card.set_noted("stuur een nieuwe factuur")
    assert len(rows(card)) == 3
    card.close()
    assert agenda.noted == []


def test_a_tick_puts_it_there_with_the_moment_that_the_agent_gave(
    qtbot: QtBot, agenda: SamplePromises
) -> None:
    card = shown(qtbot, agenda)
    row = rows(card)[1]
    moment = datetime(2026, 3, 4, 15, 30).astimezone()
    row.due.setDateTime(QDateTime.fromSecsSinceEpoch(round(moment.timestamp())))
    ticked(qtbot, row)
    assert agenda.noted == [Promise(call_id="klein", words="dat laat ik nog weten", due=moment)]
    assert row.state.text() == "Staat op uw lijst."
    assert not row.due.isEnabled()
    assert not rows(card)[0].tick.isChecked()


def test_a_tick_that_is_taken_away_takes_it_off_and_nothing_is_put_there_twice(
    qtbot: QtBot, agenda: SamplePromises
) -> None:
    card = shown(qtbot, agenda)
    ticked(qtbot, rows(card)[0])
    card.set_noted("stuur een nieuwe factuur")  # the card is written anew
    row = rows(card)[0]
    assert row.tick.isChecked()
    assert len(agenda.noted) == 1
    ticked(qtbot, row)
    assert agenda.dropped == ["3"]
    ticked(qtbot, row)
    assert len(agenda.noted) == 2


def test_a_list_that_cannot_be_reached_says_why_and_the_tick_goes_back(qtbot: QtBot) -> None:
    class Full(SamplePromises):
        def note(self, _: Promise) -> str:
            raise UserError("about.incident_nobody")

    row = rows(shown(qtbot, Full()))[0]
    ticked(qtbot, row)
    assert not row.tick.isChecked()
    assert row.state.property("role") == "alert"
    assert row.state.text()


def test_a_window_that_closes_at_once_keeps_what_was_ticked(
    qtbot: QtBot, agenda: SamplePromises
) -> None:
    card = shown(qtbot, agenda)
    for row in rows(card):
        row.tick.click()
    card.close_errands()
    assert len(agenda.noted) == 2


def test_a_card_that_is_written_anew_meanwhile_forgets_no_tick(
    qtbot: QtBot, agenda: SamplePromises
) -> None:
    card = shown(qtbot, agenda)
    rows(card)[0].tick.click()
    card.set_noted("stuur een nieuwe factuur")
    qtbot.waitUntil(lambda: len(agenda.noted) == 1 and not card._errands.busy)
    rows(card)[0].tick.setChecked(True)
    assert not card._errands.busy
    assert len(agenda.noted) == 1
    assert agenda.dropped == []
    rows(card)[1].tick.click()
    card.set_view(replace(ABUSED, call_id="other", review=replace(REVIEW, call_id="other")))
    qtbot.waitUntil(lambda: not card._errands.busy)
    assert [row.tick.isChecked() for row in rows(card)] == [False] * 3


def test_without_a_list_promises_are_only_told(qtbot: QtBot) -> None:
    card = shown(qtbot, None)
    assert not any(row.tick.isVisible() or row.due.isVisible() for row in rows(card))
    assert any(HEARD in label.text() for label in card.findChildren(QLabel))


# ---- the list itself -----------------------------------------------------------------------------


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[OwnRecord]:
    monkeypatch.setenv("COACH_RECORD", str(tmp_path / "record"))
    made = own_record(load_settings(agent="a1", key_store="file"))
    assert made is not None
    yield made
    made.close()


def test_the_list_survives_a_restart_and_what_is_late_says_so(kept: OwnRecord) -> None:
    soon = datetime.now(UTC) + timedelta(hours=2)
    number = kept.note(Promise(call_id="nog niet", words="Ik bel op 06-12345678 terug.", due=soon))
    late = kept.note(Promise(call_id="nog niet", words="Ik mail vandaag.", due=NOW))
    kept.close()
    again = own_record(kept.settings)
    assert again is not None
    assert [(one.number, one.late) for one in again.open()] == [(late, True), (number, False)]
    assert not any("12345678" in one.words for one in again.open())
    again.drop(late)
    again.keep(number)
    assert again.open() == []
    again.close()


def test_a_promise_belongs_to_its_call(kept: OwnRecord) -> None:
    store = kept._record.store()
    store.append("one", 0, call("one", agent="a1"))
    number = kept.note(Promise(call_id="one", words="Ik bel terug.", due=NOW))
    (found,) = callbacks_of(store, "one")
    assert (str(found.id), found.agent, found.text) == (number, "a1", "Ik bel terug.")


def test_a_report_is_sent_from_wherever_the_form_was_opened(kept: OwnRecord) -> None:
    sign = REVIEW.abuse[0]
    kept.send(IncidentReport(call_id="x", kind=sign.kind, quote=sign.words, at=s(3), lasted=s(2)))
    (found,) = incidents(kept._record.store())
    assert found.submitted_by == "a1"


def test_a_report_has_the_cause_of_its_call_and_how_far_it_went(kept: OwnRecord) -> None:
    store = kept._record.store()
    log = call("one", agent="a1", sign=EscalationKind.VERBAL_ABUSE)
    hangs_up = AgentScored(
        at=s(30),
        turn=3,
        start=s(26),
        end=s(30),
        partial=False,
        acts=(Act.ANNOUNCE_END_OF_CALL,),
        escalations=(),
    )
    store.append("one", 0, [*log[:-5], hangs_up, *log[-5:]])
    kind = EscalationKind.VERBAL_ABUSE
    kept.send(IncidentReport(call_id="one", kind=kind, quote="Kwal!", at=s(3), lasted=s(2)))
    (found,) = incidents(store)
    assert (found.cause, found.severity) == ("billing", "ended")


def test_what_was_put_on_the_list_by_mistake_was_never_promised_nor_kept(kept: OwnRecord) -> None:
    store = kept._record.store()
    store.append("one", 0, call("one", agent="a1"))
    kept.drop(kept.note(Promise(call_id="one", words="Ik bel terug.", due=NOW)))
    assert callbacks_of(store, "one") == []


def test_who_keeps_no_calls_has_no_record() -> None:
    assert own_record(load_settings(keep_calls=False)) is None
