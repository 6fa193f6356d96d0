"""The sheet "what if": one rule set otherwise, and the nudges that there would have been."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QWidget,
)

from coach.core.policy import Policy
from coach.core.vocabulary import NudgeKind
from coach.phrases import say
from ui import replay_words as words
from ui.choice import Choice, Option
from ui.parts import button, column, label, quiet, role
from ui.replay_model import ReplayCall
from ui.replay_sheets import Sheet
from ui.replay_whatif import Fate, Pair, compare, lengths, set_otherwise
from ui.saying import named, saying, text

_FATE_ROLES = {Fate.GONE: "alert", Fate.NEW: "good", Fate.MOVED: "watch"}
_LONGEST_WAIT_S, _LONGEST_REST_S = 60.0, 3600.0

Decide = Callable[[Callable[[], Sequence[Pair]], Callable[[Sequence[Pair]], None]], None]
"""Does work behind the screen and gives the result to the second."""


class WhatIfSheet(QWidget):
    """Lets one rule be set otherwise and shows both sides; `decide` does the folding."""

    def __init__(self, decide: Decide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._decide = decide
        self._call: ReplayCall | None = None
        self._pairs: tuple[Pair, ...] = ()
        self.kind = Choice(
            "replay.whatif_rule", [_kind(one) for one in NudgeKind], self._turn, self
        )
        self.on = text(QCheckBox(self), "replay.whatif_on")
        self.wait = named(QDoubleSpinBox(self), "replay.whatif_patience")
        self.rest = named(QDoubleSpinBox(self), "replay.whatif_rest")
        self.reset = button(self, "replay.whatif_reset")
        self.told = role(label(self), "accent")
        self.sides = Sheet("replay.tab_whatif", self._fill, self)
        self._lay_out()
        self._connect()
        saying(self, self._say)

    def put(self, call: ReplayCall) -> None:
        """Play with the rules of this call."""
        self._call = call
        shown = call.metrics.advice.nudges
        self.kind.choose(shown[0].kind if shown else NudgeKind.ACKNOWLEDGE_FIRST)
        self._turn()

    @property
    def policy(self) -> Policy | None:
        """The rules as they are set now."""
        kind = self.kind.value
        if self._call is None or not isinstance(kind, NudgeKind):
            return None
        return set_otherwise(
            self._call.policy,
            kind,
            enabled=self.on.isChecked(),
            patience_s=self.wait.value(),
            rest_s=self.rest.value(),
        )

    def _connect(self) -> None:
        self.on.toggled.connect(lambda _: self._changed())
        self.wait.valueChanged.connect(lambda _: self._changed())
        self.rest.valueChanged.connect(lambda _: self._changed())
        self.reset.clicked.connect(self._turn)

    def _turn(self) -> None:
        """Another rule, or the same one as it was."""
        kind = self.kind.value
        if self._call is None or not isinstance(kind, NudgeKind):
            return
        manners = self._call.policy.of(kind)
        patience, rest = lengths(manners)
        fields = (self.on, self.wait, self.rest)
        for field in fields:
            field.blockSignals(True)
        self.on.setChecked(manners.enabled)
        self.wait.setValue(patience)
        self.rest.setValue(rest)
        for field in fields:
            field.blockSignals(False)
        self._changed()

    def _changed(self) -> None:
        call, policy = self._call, self.policy
        if call is None or policy is None:
            return

        def show(pairs: Sequence[Pair]) -> None:
            if self._call is call and self.policy == policy:
                self._pairs = tuple(pairs)
                self._say()

        self._decide(lambda: compare(call.events, policy), show)

    def _say(self) -> None:
        if self._call is not None:
            self.told.setText(words.changed(self._pairs))
            self.sides.change()

    def _fill(self) -> None:
        inside = self.sides.anew()
        inside.setContentsMargins(0, 4, 4, 4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, key in enumerate(("replay.whatif_before", "replay.whatif_after")):
            grid.addWidget(quiet(self.sides.page, key), 0, place)
            grid.setColumnStretch(place, 1)
        for number, pair in enumerate(self._pairs, start=1):
            grid.addWidget(self._side(pair, before=True), number, 0)
            grid.addWidget(self._side(pair, before=False), number, 1)
        inside.addLayout(grid)
        inside.addStretch()

    def _side(self, pair: Pair, *, before: bool) -> QLabel:
        shown = pair.before if before else pair.after
        one = label(self.sides.page)
        fate = "" if before else words.fate(pair)
        if shown is None:
            one.setText("–" if before else f"– {fate}")
        else:
            parts = [f"{words.clock(shown.at)}  {words.title(shown.kind)}", fate]
            one.setText("\n".join(part for part in parts if part))
        return role(one, "" if before else _FATE_ROLES.get(pair.fate, "quiet"))

    def _lay_out(self) -> None:
        for field, most in ((self.wait, _LONGEST_WAIT_S), (self.rest, _LONGEST_REST_S)):
            field.setRange(0, most)
            field.setDecimals(1)
            field.setSingleStep(0.5)
        self.rest.setDecimals(0)
        self.rest.setSingleStep(30)
        whole = column(self, quiet(self, "replay.whatif_intro"), self.kind, margin=10, spacing=9)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        pairs = (("replay.whatif_patience", self.wait), ("replay.whatif_rest", self.rest))
        for number, (key, field) in enumerate(pairs):
            grid.addWidget(quiet(self, key), 0, number)
            grid.addWidget(field, 1, number)
        grid.addWidget(self.on, 1, 2)
        grid.addWidget(self.reset, 1, 3)
        grid.setColumnStretch(4, 1)
        whole.addLayout(grid)
        whole.addWidget(self.told)
        whole.addWidget(self.sides, 1)


def _kind(kind: NudgeKind) -> Option:
    return kind, lambda: say(f"nudges.{kind}")
