"""Both sides of the sound: which devices, how loud they are now, and whether that will do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.core.vocabulary import Speaker
from coach.phrases import say
from coach.phrases.forms import number
from ui.drawn import Drawn
from ui.errands import Errands
from ui.fonts import unit
from ui.parts import button, label, quiet, role
from ui.saying import saying

QUIETEST_DB, LOUD_DB = -60.0, -6.0
_LOOKS_MS = 66
DEFAULT = "default"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceName:
    """A device that can be chosen. `plays`: it is what a headset or speaker plays."""

    value: str
    words: str
    plays: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundRemark:
    """What the sound check found, in words. `broken`: calls cannot be coached like this."""

    words: str
    good: bool
    broken: bool = False


class SoundDesk(Protocol):
    """The sound of this machine. Methods return at once, except `check`."""

    def devices(self) -> Sequence[DeviceName]:
        """What can be chosen now."""
        ...

    def listen(self, microphone: str, customer: str) -> None:
        """Listen to these two from now on, for their levels only; nothing is kept."""
        ...

    def levels(self) -> Mapping[Speaker, float | None]:
        """How loud the sides are now, in dB of full scale; `None`: nothing comes."""
        ...

    def check(self) -> Sequence[SoundRemark]:
        """Ten seconds of both sides, and what to do about what was found. Raises `CoachError`."""
        ...

    def close(self) -> None:
        """Listen no more."""
        ...


class LevelMeter(Drawn):
    """A bar as long as the sound is loud; it says in words what it shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        saying(self, self._tell)

    def set_level(self, level: float | None) -> None:
        """Show `level` in dB of full scale; `None`: nothing comes."""
        if level != self._level:
            self._level = level
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Long and thin."""
        return QSize(round(180 * unit(self)), round(12 * unit(self)))

    def draw(self, painter: QPainter) -> None:
        """The bar, and where it becomes too loud."""
        radius = self.height() / 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour("line"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), self.height()), radius, radius)
        if self._level is None:
            return
        share = min(1.0, max(0.02, 1 - self._level / QUIETEST_DB))
        painter.setBrush(self.colour("watch" if self._level > LOUD_DB else "high"))
        box = QRectF(0, 0, self.width() * share, self.height())
        painter.drawRoundedRect(box, radius, radius)

    def _tell(self) -> None:
        self.setAccessibleName(say("settings.level"))
        heard = self._level is not None and self._level > QUIETEST_DB
        words = say("settings.level_db", db=number(self._level or 0)) if heard else ""
        self.setAccessibleDescription(words or say("settings.level_silent"))
        self.setToolTip(self.accessibleDescription())


class SoundPanel(QWidget):
    """Chooses both devices; `changed` is told "microphone" or "customer" and the device."""

    def __init__(
        self,
        sound: SoundDesk,
        changed: Callable[[str, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sound, self._changed = sound, changed
        self._showing = False
        self._offered: tuple[DeviceName, ...] = ()
        self._chosen = {"microphone": DEFAULT, "customer": DEFAULT}
        self.boxes = {side: self._box(side) for side in self._chosen}
        self.meters = {side: LevelMeter(self) for side in self._chosen}
        self.check = button(self, "settings.sound_check")
        self.check.clicked.connect(self._check)
        self.found = QVBoxLayout()
        self.found.setSpacing(4)
        self._errands = Errands(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        saying(self, self._offer)

    def show_values(self, microphone: str, customer: str) -> None:
        """Show the devices that are chosen, and listen to them while the panel is seen."""
        self._chosen = {"microphone": microphone, "customer": customer}
        self._offer()
        if self.isVisible():
            self._listen()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Listen while somebody looks."""
        super().showEvent(event)
        self._listen()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks: listen no more."""
        super().hideEvent(event)
        self._timer.stop()
        self._sound.close()

    def close_errands(self) -> None:
        """Wait for a sound check that has begun."""
        self._errands.close()

    def _listen(self) -> None:
        self._sound.listen(self._chosen["microphone"], self._chosen["customer"])

    def _look(self) -> None:
        if tuple(self._sound.devices()) != self._offered:
            self._offer()
        levels = self._sound.levels()
        self.meters["microphone"].set_level(levels.get(Speaker.AGENT))
        self.meters["customer"].set_level(levels.get(Speaker.CUSTOMER))

    def _offer(self) -> None:
        """Put the devices that are there into the boxes."""
        self._showing = True
        self._offered = known = tuple(self._sound.devices())
        for side, box in self.boxes.items():
            chosen = self._chosen[side]
            box.clear()
            box.addItem(say(f"settings.{side}_default"), DEFAULT)
            for device in known:
                if side == "customer" or not device.plays:
                    box.addItem(device.words, device.value)
            if chosen not in (DEFAULT, *(device.value for device in known)):
                box.addItem(say("settings.device_gone", device=chosen), chosen)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.setAccessibleName(say(f"settings.{side}"))
        self._showing = False

    def _choose(self, side: str) -> None:
        if self._showing:
            return
        self._chosen[side] = str(self.boxes[side].currentData())
        self._changed(side, self._chosen[side])
        self._listen()

    def _check(self) -> None:
        self.check.setEnabled(False)
        self._say([SoundRemark(words=say("settings.sound_listening"), good=True)], busy=True)
        self._errands.run(self._sound.check, self._say, self._failed)

    def _failed(self, why: str) -> None:
        self._say([SoundRemark(words=why, good=False, broken=True)])

    def _say(self, remarks: Sequence[SoundRemark], *, busy: bool = False) -> None:
        self.check.setEnabled(not busy)
        while (item := self.found.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it goes when Qt comes to it
                widget.deleteLater()
        for one in remarks:
            sign = "…" if busy else "✓" if one.good else "✗" if one.broken else "–"
            line = label(self)
            line.setText(f"{sign}  {one.words}")
            colour = "quiet" if busy else "good" if one.good else "alert" if one.broken else "watch"
            self.found.addWidget(role(line, colour))

    def _box(self, side: str) -> QComboBox:
        box = QComboBox(self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(14)
        box.currentIndexChanged.connect(lambda _: self._choose(side))
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, side in enumerate(self._chosen):
            name = label(self, f"settings.{side}", wraps=False)
            name.setBuddy(self.boxes[side])
            grid.addWidget(name, 2 * row, 0)
            grid.addWidget(self.boxes[side], 2 * row, 1)
            grid.addWidget(self.meters[side], 2 * row + 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(quiet(self, "settings.sound_say"))
        column.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self.found)
