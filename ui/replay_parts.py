"""How the replay is laid out, and what of it shows what."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QWidget

from coach.core.units import Samples
from coach.phrases import say
from ui import calls_words, wording
from ui.archive import Note, OpenedCall
from ui.icons import IconButton
from ui.parts import button, column, heading, label, panel, quiet, role, row
from ui.replay_exercise import PracticeSheet
from ui.replay_model import ReplayCall, Row
from ui.replay_notes import NotesSheet
from ui.replay_practice import Exercise
from ui.replay_rows import TranscriptList
from ui.replay_rules import WhatIfSheet
from ui.replay_sheets import FactsSheet, NudgesSheet
from ui.replay_transport import Transport
from ui.replay_wave import Waveform
from ui.saying import named, saying
from ui.states import centred

_TABS = ("call", "nudges", "notes", "practice", "whatif")


class Acts(Protocol):
    """What a person can do with an open call."""

    def toggle(self) -> None:
        """Play or pause."""
        ...

    def seek(self, at: Samples) -> None:
        """Go to a moment."""
        ...

    def step(self, direction: int) -> None:
        """A few seconds back or on."""
        ...

    def next_nudge(self) -> None:
        """Go to the next nudge."""
        ...

    def zoom(self, nearer: bool) -> None:
        """Show less or more of the call."""
        ...

    def leave_note(self, text: str, went_well: bool) -> None:
        """Leave a note here."""
        ...

    def mark(self, good: bool) -> None:
        """Mark or unmark the call as a good example."""
        ...

    def practise(self, exercise: Exercise | None, compared: bool) -> None:
        """Turn to an exercise."""
        ...

    def decide(self, work: Any, done: Any) -> None:
        """Work behind the screen."""
        ...

    def chosen(self) -> None:
        """The pace or the sides were chosen."""
        ...


class ReplayParts:
    """The widgets of a page that `acts` (a widget) answers for."""

    def __init__(self, page: Any, *, left: Callable[[], None]) -> None:
        acts: Acts = page
        self._page: QWidget = page
        self._opened: OpenedCall | None = None
        self.states = QStackedWidget(page)
        self.whole = QWidget(page)
        self.back = IconButton("back", "replay.back", self.whole)
        self.back.clicked.connect(left)
        self.back.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.subtitle = heading(self.whole, by=1.3), quiet(self.whole)
        self.trouble = role(label(self.whole), "alert")
        self.good = IconButton("star", "replay.good_example_hint", self.whole)
        self.good.with_words("replay.good_example").setCheckable(True)
        self.good.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.good.clicked.connect(acts.mark)
        self.wave = Waveform(acts.seek, self.whole)
        self.transport = Transport(
            toggle=acts.toggle,
            step=acts.step,
            nudge=acts.next_nudge,
            zoom=acts.zoom,
            changed=acts.chosen,
            parent=self.whole,
        )
        self.transcript = TranscriptList(acts.seek, self.whole)
        self.facts = FactsSheet(self.whole)
        self.nudges = NudgesSheet(acts.seek, self.whole)
        self.notes = NotesSheet(acts.leave_note, acts.seek, self.whole)
        self.practice = PracticeSheet(acts.practise, self.whole)
        self.whatif = WhatIfSheet(acts.decide, self.whole)
        self.tabs = named(QTabWidget(self.whole), "replay.sheets")
        self.loading = self._centred(quiet(page, "replay.loading"))
        self.failure = label(page)
        again = button(page, "replay.back")
        again.clicked.connect(left)
        self.failed = self._centred(heading(page, "replay.failed"), self.failure, again)
        self._lay_out()
        saying(page, self._say)

    # ---- what is shown ----

    def put(self, call: ReplayCall, opened: OpenedCall, exercises: Sequence[Exercise]) -> None:
        """Show a call from its beginning."""
        self._opened = opened
        self._say()
        self.told("")
        self.good.setChecked(opened.entry.good_example)
        self.wave.set_call(call, opened.notes)
        self.facts.put(call, opened)
        self.nudges.put(call.coached)
        self.practice.put(exercises)
        self.whatif.put(call)
        self.put_notes(call, opened.notes)
        self.transcript.scrollToTop()

    def put_notes(self, call: ReplayCall, notes: Sequence[Note]) -> None:
        """Show other notes."""
        self.wave.set_notes(notes)
        self.notes.put(notes)
        self.transcript.put(call.rows(notes))

    def hide_answer(
        self, call: ReplayCall, notes: Sequence[Note], exercise: Exercise | None
    ) -> None:
        """Leave out of the transcript what would give an exercise away."""
        rows: list[Row] = call.rows(notes)
        self.wave.hide_from(exercise.at if exercise else None)
        self.transcript.put([one for one in rows if exercise is None or not exercise.hides(one)])
        self.tabs.setTabEnabled(_TABS.index("nudges"), exercise is None)
        self.tabs.setTabEnabled(_TABS.index("whatif"), exercise is None)

    def set_moment(self, at: Samples, call: ReplayCall, *, playing: bool, follow: bool) -> None:
        """Show the moment at which the player is."""
        self.wave.set_moment(at, follow=follow)
        self.transcript.set_moment(at, follow=follow)
        self.transport.set_moment(at, call.length)
        self.transport.set_playing(playing)
        self.notes.set_moment(at)

    def told(self, why: str) -> None:
        """Say what did not work; empty: all is well."""
        self.trouble.setText(why)
        self.trouble.setVisible(bool(why))

    def write_note(self) -> None:
        """Open the notes, ready to write."""
        self.tabs.setCurrentWidget(self.notes)
        self.notes.words.setFocus()

    def _say(self) -> None:
        for number, name in enumerate(_TABS):
            self.tabs.setTabText(number, say(f"replay.tab_{name}"))
        if self._opened is not None:
            entry = self._opened.entry
            causes = calls_words.causes(entry) or say("replay.tab_call")
            told = say(
                "replay.lasted", when=calls_words.when(entry), length=calls_words.lasted(entry)
            )
            self.title.setText(causes)
            parts = (told, calls_words.who(entry), entry.reference or "")
            self.subtitle.setText(" · ".join(part for part in parts if part))
            self.title.setToolTip(wording.risk(entry.risk))

    # ---- how it is laid out ----

    def _lay_out(self) -> None:
        for sheet in (self.facts, self.nudges, self.notes, self.practice, self.whatif):
            self.tabs.addTab(sheet, "")
        self.title.setWordWrap(False)
        self.subtitle.setWordWrap(False)
        split = QSplitter(Qt.Orientation.Horizontal, self.whole)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(self.transcript)
        split.addWidget(self.tabs)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([600, 440])
        drawing = panel(self.whole)
        column(drawing, self.wave, margin=6)
        page = column(self.whole, margin=18, spacing=8)
        page.addLayout(row(self.back, self.title, self.subtitle, self.good, stretch=2))
        for widget in (self.trouble, drawing, self.transport):
            page.addWidget(widget)
        page.addWidget(split, 1)
        for state in (self.loading, self.failed, self.whole):
            self.states.addWidget(state)
        column(self._page, self.states)

    def _centred(self, *widgets: QWidget) -> QWidget:
        page = QWidget(self._page)
        centred(page, *widgets)
        return page
