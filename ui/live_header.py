"""The top of the live window: whether the coach listens, the customer's feeling, the risk."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coach.core.vocabulary import RiskLevel
from ui import wording
from ui.drawn import EmotionStrip, MoodSign, RiskLadder
from ui.elided import ElidedLabel
from ui.fonts import sized
from ui.icons import IconButton
from ui.parts import label, role
from ui.viewmodel import Light, LiveView

SIGNS = {
    Light.LOADING: "◌",
    Light.READY: "○",
    Light.LISTENING: "●",
    Light.ON_HOLD: "◐",
    Light.PAUSED: "◐",
    Light.OBJECTED: "■",
    Light.ENDED: "■",
    Light.FAILED: "▲",
}
_LIGHT_ROLES = {Light.LISTENING: "accent", Light.FAILED: "alert", Light.ON_HOLD: "watch"}
_RISK_ROLES = {RiskLevel.WATCH: "watch", RiskLevel.HIGH: "alert"}


class StateLine(QWidget):
    """The light, its word, what is missing or at risk, the clock, and two buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.light, self.clock = label(self, wraps=False), label(self, wraps=False)
        self.state = sized(label(self, wraps=False), bold=True)
        self.trouble = role(ElidedLabel(self), "watch")
        self.ladder, self.risk = RiskLadder(self), sized(ElidedLabel(self), bold=True)
        self.mini = IconButton("mini", "screen.mini", self)
        self.menu = IconButton("menu", "screen.menu", self)
        role(self.clock, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        left = (self.light, self.state, self.trouble)
        right = (self.ladder, self.risk, self.clock, self.mini, self.menu)
        for one in left:
            row.addWidget(one)
        row.addStretch(1)
        for other in right:
            row.addWidget(other)
        row.setStretchFactor(self.trouble, 1000)

    def set_view(self, view: LiveView) -> None:
        """Show how the call stands."""
        self.light.setText(SIGNS[view.light])
        role(self.light, "watch" if view.missing else _LIGHT_ROLES.get(view.light, "quiet"))
        self.state.setText(wording.state(view))
        trouble = wording.trouble(view)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.clock.setText(wording.clock(view.now) if view.now else "")
        self.ladder.set_view(view)
        self.ladder.setVisible(view.light is not Light.LOADING)
        self.risk.setText("" if view.risk is RiskLevel.NONE else wording.risk_now(view))
        self.risk.setVisible(view.risk is not RiskLevel.NONE and not trouble)
        cares = view.risk is RiskLevel.WATCH and wording.asks_for_care(view)
        role(self.risk, "accent" if cares else _RISK_ROLES.get(view.risk, "quiet"))


class FeelingLine(QWidget):
    """The customer's feeling as a face, a word and a strength, and its way through the call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = MoodSign(self)
        self.feeling = sized(ElidedLabel(self), 1.15, bold=True)
        self.strength = role(QLabel(self), "quiet")
        self.strip = EmotionStrip(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(self.sign)
        row.addWidget(self.feeling)
        row.addWidget(self.strength)
        row.addWidget(self.strip, 1)

    def set_view(self, view: LiveView) -> None:
        """Show the latest feeling and the way to it."""
        mood = view.mood
        self.sign.set_mood(mood)
        self.feeling.setText(wording.feeling(mood))
        spoken = wording.feeling_spoken(mood)
        self.feeling.setAccessibleName(spoken)
        because = wording.quoted(mood.because) if mood else ""
        self.sign.setToolTip(f"{spoken} {because}".strip())
        steps = mood.intensity or 0 if mood and mood.emotions else 0
        self.strength.setText("●" * steps + "○" * (3 - steps) if steps else "")
        self.strength.setVisible(bool(steps))
        self.strip.set_view(view)


class MiniLine(QWidget):
    """All in one line: the light, the feeling, the risk or the nudge, and the way back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.light, self.sign = label(self, wraps=False), MoodSign(self)
        self.feeling, self.words = ElidedLabel(self), ElidedLabel(self)
        self.ladder = RiskLadder(self)
        self.whole = IconButton("whole", "screen.whole", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        for one in (self.light, self.sign, self.feeling, self.ladder):
            row.addWidget(one)
        row.addWidget(self.words, 1)
        row.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignRight)

    def set_view(self, view: LiveView) -> None:
        """Show the nudge if there is one, else the risk, else what the light says."""
        self.light.setText(SIGNS[view.light])
        self.light.setAccessibleName(wording.state(view))
        role(self.light, _LIGHT_ROLES.get(view.light, "quiet"))
        self.sign.set_mood(view.mood)
        self.feeling.setText(wording.feeling(view.mood) if view.mood else "")
        self.ladder.set_view(view)
        if view.card is not None:
            words, colour = wording.title(view.card), "accent"
        elif trouble := wording.trouble(view):
            words, colour = trouble, "watch"
        elif view.risk is not RiskLevel.NONE:
            words, colour = wording.risk_now(view), _RISK_ROLES[view.risk]
        else:
            words, colour = wording.state(view), "quiet"
        self.words.setText(words)
        role(self.words, colour)


class Band(QWidget):
    """The state line over the feeling line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state, self.feelings = StateLine(self), FeelingLine(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.state)
        column.addWidget(self.feelings)

    def set_view(self, view: LiveView) -> None:
        """Show `view`."""
        self.state.set_view(view)
        self.feelings.set_view(view)
