"""Play, pause and the like: everything that moves through a call, below its drawing."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from coach.core.units import Samples
from coach.phrases import forms, say
from ui import replay_words as words
from ui.choice import Choice, Option
from ui.elided import ElidedLabel
from ui.flow import FlowLayout
from ui.icons import IconButton
from ui.parts import label, role, tab_order
from ui.replay_sound import PACES, Sides
from ui.saying import saying, text


class Transport(QWidget):
    """The buttons. Set what they do with the callables; show how things stand with `set_moment`."""

    def __init__(
        self,
        *,
        toggle: Callable[[], None],
        step: Callable[[int], None],
        nudge: Callable[[], None],
        zoom: Callable[[bool], None],
        changed: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.play = self._button("play", "replay.play", toggle)
        self.earlier = self._button("earlier", "replay.earlier", lambda: step(-1))
        self.later = self._button("later", "replay.later", lambda: step(1))
        self.next_nudge = self._button("next", "replay.next_nudge", nudge)
        self.nearer = self._button("add", "replay.nearer", lambda: zoom(True))
        self.farther = self._button("mini", "replay.farther", lambda: zoom(False))
        self.clock = label(self, wraps=False)
        self.pace = Choice("replay.pace", [_pace(one) for one in PACES], changed, self)
        self.pace.choose(1.0)
        self.sides = Choice("replay.sides", [_side(one) for one in Sides], changed, self)
        self.skip = text(QCheckBox(self), "replay.skip")
        self.skip.toggled.connect(lambda _: changed())
        self.trouble = role(ElidedLabel(self), "watch")
        self._playing = False
        self._lay_out()
        saying(self, self._say)

    @property
    def chosen_pace(self) -> float:
        """How fast to play."""
        value = self.pace.value
        return value if isinstance(value, float) else 1.0

    @property
    def chosen_sides(self) -> Sides:
        """Who is heard."""
        value = self.sides.value
        return value if isinstance(value, Sides) else Sides.BOTH

    def set_moment(self, at: Samples, length: Samples) -> None:
        """Show where in the call it is."""
        self.clock.setText(f"{words.clock(at)} / {words.clock(length)}")

    def set_playing(self, playing: bool) -> None:
        """Show whether it plays."""
        if playing != self._playing:
            self._playing = playing
            self.play.set_sign("pause" if playing else "play")
            self._say()

    def set_sound(self, there: bool, trouble: str = "") -> None:
        """Show whether there is sound to choose sides of, and what is wrong with it."""
        self.sides.setEnabled(there)
        self.trouble.setText(trouble or ("" if there else say("replay.no_sound")))
        self.trouble.setVisible(bool(self.trouble.whole()))
        role(self.trouble, "watch" if trouble else "quiet")

    def _say(self) -> None:
        words_now = say("replay.pause" if self._playing else "replay.play")
        self.play.setToolTip(words_now)
        self.play.setAccessibleName(words_now)

    def _button(self, sign: str, key: str, act: Callable[[], object]) -> IconButton:
        button = IconButton(sign, key, self)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        flow = FlowLayout(spacing=6)
        moves = (self.play, self.earlier, self.later, self.next_nudge)
        order = (*moves, self.pace, self.sides, self.skip, self.farther, self.nearer)
        for widget in (*moves, self.clock, *order[4:]):
            flow.addWidget(widget)
        column.addLayout(flow)
        column.addWidget(self.trouble)
        tab_order(order)


def _pace(pace: float) -> Option:
    decimals = 2 if pace * 10 % 5 else 1 if pace % 1 else 0
    return pace, lambda: say("replay.pace_is", pace=forms.number(pace, decimals))


def _side(side: Sides) -> Option:
    return side, lambda: say(f"replay.sides_{side}")
