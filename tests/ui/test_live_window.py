from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from coach.core.summary import after_call
from coach.core.units import Samples
from coach.core.vocabulary import Emotion, NudgeKind, RiskLevel
from coach.phrases import LANGUAGES, choose_language
from tests.ui.events import (
    AGENT,
    CUSTOMER,
    SAD_WORDS,
    STARTED,
    begins,
    feels,
    looks,
    nudge,
    risk,
    s,
    says,
)
from tests.ui.test_viewmodel import CALLS, after
from tests.ui.walk import cut_off
from ui.appearance import dress
from ui.controls import CallIs, Erased, SideIs
from ui.drawn import Drawn
from ui.live_window import USUAL, LiveWindow
from ui.theme import DARK, LIGHT
from ui.viewmodel import Light, LiveView, Nudge


class Said(list[tuple[int, str]]):
    """What the window says of nudges."""

    def __call__(self, number: int, answer: str) -> None:
        self.append((number, answer))


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def window(qtbot: QtBot, said: Said) -> LiveWindow:
    shown = LiveWindow(answer=said)
    dress(shown, LIGHT, still=True)
    qtbot.addWidget(shown)
    shown.show()
    return shown


WITH_NUDGE = after(
    STARTED,
    says(CUSTOMER, 0, 1, f"Dag, {SAD_WORDS}."),
    feels(0, Emotion.SADNESS),
    risk(RiskLevel.WATCH, "opzeggen"),
    nudge(),
)
FAILED = LiveView(light=Light.FAILED, failure="geen model", over=True)
VIEWS = {
    "loading": LiveView(),
    "listening": after(STARTED, says(AGENT, 0, 1, "Goedemiddag.")),
    "nudge": WITH_NUDGE,
    "ended": after(*CALLS["grieving"], after_call(CALLS["grieving"])),
    "ready": after(CallIs(standing="idle")),
    "on hold": after(STARTED, CallIs(standing="on_hold")),
    "objected": after(STARTED, CallIs(standing="objected"), Erased()),
    "deaf": after(STARTED, SideIs(speaker=CUSTOMER, missing="het apparaat is weg")),
    "failed": FAILED,
}


def words_on(window: QWidget) -> str:
    visible = [label for label in window.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text() for label in visible)


def settle(window: QWidget) -> None:
    """Lay the window out now, not at the next turn of the event loop."""
    layout = window.layout()
    assert layout is not None
    layout.activate()


# ---- what it shows ----


def test_a_nudge_stands_with_its_title_example_and_reason(window: LiveWindow) -> None:
    window.set_view(WITH_NUDGE)
    words = words_on(window)
    assert "Noem eerst wat u hoort" in words
    assert "Wat naar voor u" in words
    assert f"om: “{SAD_WORDS}”" in words


def test_the_words_that_caused_the_nudge_are_marked_in_the_transcript(window: LiveWindow) -> None:
    window.set_view(WITH_NUDGE)
    assert LIGHT.said in window.transcript.toHtml()
    window.set_view(replace(WITH_NUDGE, card=None))
    assert LIGHT.said not in window.transcript.toHtml()


def test_words_of_callers_are_shown_as_words_and_not_as_markup(window: LiveWindow) -> None:
    rude = "<b>vet</b> & zo"
    shown = after(STARTED, says(CUSTOMER, 0, 1, rude), nudge(because=rude))
    window.set_view(shown)
    assert rude in window.transcript.toPlainText()
    assert f"“{rude}”" in words_on(window)


def test_words_that_may_still_change_are_lighter(window: LiveWindow) -> None:
    def shades() -> dict[str, str]:
        shown: dict[str, str] = {}
        for word in ("postcode", "huisnummer"):
            found = window.transcript.document().find(word)
            shown[word] = found.charFormat().foreground().color().name()
        return shown

    first = looks(AGENT, 0, 1, "postcode en")
    window.set_view(
        after(STARTED, begins(AGENT, 0, 1), first, looks(AGENT, 0, 1, "postcode of huisnummer"))
    )
    assert shades()["huisnummer"] == LIGHT.quiet
    assert shades()["postcode"] != LIGHT.quiet


def test_the_feeling_is_a_word_with_its_strength_and_its_reason(window: LiveWindow) -> None:
    window.set_view(WITH_NUDGE)
    line = window.band.feelings
    assert line.feeling.whole() == "verdrietig"
    assert line.strength.text() == "●●○"
    assert SAD_WORDS in line.sign.toolTip()


def test_a_customer_who_is_calm_has_no_strength_of_feeling(window: LiveWindow) -> None:
    window.set_view(after(STARTED, feels(0, intensity=2, valence=0)))
    line = window.band.feelings
    assert (line.feeling.whole(), line.strength.text()) == ("rustig", "")


@pytest.mark.parametrize("points", [9, 14, 18])
def test_the_summary_can_be_read_whole_at_every_text_size(
    qtbot: QtBot, qapp: QApplication, points: int
) -> None:
    usual, larger = qapp.font(), qapp.font()
    larger.setPointSize(points)
    qapp.setFont(larger)
    try:
        window = LiveWindow(answer=Said())
    finally:
        qapp.setFont(usual)
    qtbot.addWidget(window)
    window.show()
    window.set_view(VIEWS["ended"])
    card = window.after
    qtbot.waitUntil(lambda: card.height() > 3 * window.fontMetrics().height())
    labels = [label for label in card.findChildren(QLabel) if label.isVisible()]
    assert len(labels) >= 8
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)


def test_a_failure_is_said_where_the_coach_speaks(window: LiveWindow) -> None:
    window.set_view(FAILED)
    assert "geen model" in words_on(window)


def test_after_the_call_the_summary_takes_the_place_of_nudges(window: LiveWindow) -> None:
    window.set_view(VIEWS["ended"])
    words = words_on(window)
    assert "beter" in words
    assert "Er is een gevoel blijven liggen" in words
    assert words.index("✓") < words.index("→")
    assert not window.coach.card.isVisible()


def test_words_half_out_of_sight_fade(window: LiveWindow) -> None:
    window.set_view(after(STARTED, says(CUSTOMER, 0, 1, "Ja. " * 400)))
    transcript = window.transcript
    ground = transcript.palette().base().color().lightness()
    bar, line = transcript.verticalScrollBar(), transcript.fontMetrics().height()
    for scrolled in range(1, line):
        bar.setValue(bar.maximum() // 2 + scrolled)
        seen = transcript.viewport().grab().toImage()
        assert all(ground - seen.pixelColor(x, 0).lightness() < 10 for x in range(50, 200))


def test_the_transcript_follows_the_call_until_the_reader_scrolls_up(window: LiveWindow) -> None:
    lines = [says(AGENT, number, number * 3, f"zin {number} " * 9) for number in range(30)]
    bar = window.transcript.verticalScrollBar()
    window.set_view(after(STARTED, *lines[:20]))
    assert bar.value() == bar.maximum() > 0
    bar.setValue(bar.maximum() // 2)
    stood = bar.value()
    window.set_view(after(STARTED, *lines))
    assert bar.value() == stood


def test_the_newest_words_stay_in_sight_when_the_window_becomes_smaller(
    window: LiveWindow,
) -> None:
    window.resize(420, 900)
    lines = [says(AGENT, number, number * 3, f"zin {number} " * 9) for number in range(30)]
    window.set_view(after(STARTED, *lines))
    window.resize(420, 300)
    bar = window.transcript.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_nothing_below_jumps_when_a_nudge_comes(window: LiveWindow) -> None:
    window.set_view(VIEWS["listening"])
    settle(window)
    before = window.footer.geometry(), window.band.geometry(), window.size()
    window.set_view(WITH_NUDGE)
    settle(window)
    assert (window.footer.geometry(), window.band.geometry(), window.size()) == before
    assert window.pages.height() >= window.transcript.minimumSizeHint().height()


@pytest.mark.parametrize("kind", NudgeKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_nudge_fits_into_the_window(qtbot: QtBot, kind: NudgeKind, language: str) -> None:
    choose_language(language)
    window = LiveWindow(answer=Said())
    dress(window, LIGHT, still=True)
    qtbot.addWidget(window)
    window.show()
    card = Nudge(number=0, kind=kind, at=s(3), because="een zin van tien woorden " * 4)
    window.set_view(replace(WITH_NUDGE, card=card))
    settle(window)
    assert window.size() == USUAL
    for label in (window.coach.card.title, window.coach.card.example):
        assert label.height() >= label.heightForWidth(label.width())
    assert cut_off(window) == []


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_state_is_drawn_in_both_themes(window: LiveWindow, name: str, theme: object) -> None:
    window.set_theme(theme)  # type: ignore[arg-type]
    window.set_view(VIEWS[name])
    picture = window.grab().toImage()
    ground = picture.pixelColor(2, 2).name()
    assert ground == theme.ground  # type: ignore[attr-defined]


# ---- keyboard ----


@pytest.mark.parametrize(
    ("key", "answer"),
    [(Qt.Key.Key_1, "useful"), (Qt.Key.Key_2, "not_now"), (Qt.Key.Key_3, "wrong")],
)
def test_one_key_answers_the_nudge(
    window: LiveWindow, qtbot: QtBot, said: Said, key: Qt.Key, answer: str
) -> None:
    window.activateWindow()
    window.set_view(WITH_NUDGE)
    qtbot.keyClick(window, key)
    assert said == [(0, answer)]


def test_the_keys_work_wherever_the_focus_is(window: LiveWindow, qtbot: QtBot, said: Said) -> None:
    window.activateWindow()
    window.set_view(WITH_NUDGE)
    window.transcript.setFocus()
    qtbot.keyClick(window.transcript, Qt.Key.Key_1)
    assert said == [(0, "useful")]


def test_a_nudge_is_answered_once(window: LiveWindow, qtbot: QtBot, said: Said) -> None:
    window.activateWindow()
    window.set_view(WITH_NUDGE)
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_1)
        window.set_view(replace(WITH_NUDGE, now=Samples(WITH_NUDGE.now + 1)))
    assert said == [(0, "useful")]


def test_without_a_nudge_the_keys_say_nothing(window: LiveWindow, qtbot: QtBot, said: Said) -> None:
    window.activateWindow()
    window.set_view(VIEWS["listening"])
    qtbot.keyClick(window, Qt.Key.Key_1)
    assert said == []


def test_a_click_on_a_button_answers_too(window: LiveWindow, qtbot: QtBot, said: Said) -> None:
    window.set_view(WITH_NUDGE)
    qtbot.mouseClick(window.coach.card.buttons[1], Qt.MouseButton.LeftButton)
    assert said == [(0, "not_now")]


def test_a_nudge_takes_the_focus_from_nobody(window: LiveWindow, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    window.set_view(WITH_NUDGE)
    qtbot.waitUntil(window.coach.card.isVisible)
    assert other.isActiveWindow()
    assert not window.isActiveWindow()
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_tab_reaches_every_control(window: LiveWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.set_view(WITH_NUDGE)
    reached = set()
    for _ in range(12):
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    state, footer = window.band.state, window.footer
    buttons = {*window.coach.card.buttons, state.mini, state.menu, footer.note, footer.figures}
    assert {*buttons, window.transcript} <= reached


def test_the_window_can_be_let_go_from_the_top(window: LiveWindow) -> None:
    top = Qt.WindowType.WindowStaysOnTopHint
    assert window.menu.on_top.isChecked()
    assert window.windowHandle().flags() & top
    window.menu.on_top.setChecked(False)
    assert not window.windowHandle().flags() & top
    assert window.isVisible()


# ---- screen readers ----


@pytest.mark.parametrize("name", VIEWS)
def test_every_control_and_drawing_has_an_accessible_name(window: LiveWindow, name: str) -> None:
    window.set_view(VIEWS[name])
    controls = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | Drawn)
        or widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) >= 8
    nameless = [
        widget
        for widget in controls
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_the_strip_tells_in_words_what_it_draws(window: LiveWindow) -> None:
    window.set_view(VIEWS["ended"])
    told = window.band.feelings.strip.accessibleDescription()
    assert told == "Begin heel negatief, laagste heel negatief, nu positief. Seintjes: 1."


def test_the_risk_tells_its_reason(window: LiveWindow) -> None:
    window.set_view(WITH_NUDGE)
    assert window.band.state.ladder.accessibleName() == "Risico: let op, om: “opzeggen”"


# ---- its coming and going ----


def test_the_window_is_closed_by_keyboard(window: LiveWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_closing_the_window_is_told_once(qtbot: QtBot) -> None:
    told: list[str] = []
    window = LiveWindow(answer=Said(), closing=lambda: told.append("closed"))
    qtbot.addWidget(window)
    window.show()
    window.close()
    window.close()
    assert told == ["closed"]


def test_the_window_says_when_it_is_on_the_screen(qtbot: QtBot) -> None:
    told: list[str] = []
    window = LiveWindow(answer=Said(), painted=lambda: told.append("painted"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: bool(told))
    window.repaint()
    window.repaint()
    qtbot.wait(0)
    assert told == ["painted"]
