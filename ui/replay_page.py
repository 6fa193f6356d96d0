"""One call to look back at: its drawing, its words, and sheets to learn from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from coach.core.units import Samples, from_seconds
from coach.errors import UserError
from ui.archive import Archive, CallEntry, Note, OpenedCall
from ui.errands import Errands
from ui.replay_model import ReplayCall, read
from ui.replay_parts import ReplayParts
from ui.replay_practice import Exercise, exercises
from ui.replay_sound import OpenSound, Peaks, Player, SilentPlayer, Sound

Result = TypeVar("Result")
_STEP_S = 5.0
_ZOOM = 1.5
_TICK_MS = 33


@dataclass(frozen=True, slots=True)
class _Read:
    """A call as it was read behind the screen, and what plays it; `trouble` with its sound."""

    opened: OpenedCall
    call: ReplayCall
    exercises: tuple[Exercise, ...]
    sound: Sound | None
    player: Player
    trouble: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """A call that is open, and how it is played."""

    opened: OpenedCall
    call: ReplayCall
    player: Player
    has_sound: bool


class ReplayPage(QWidget):
    """Opens calls of `archive` one after another.

    `errands` asks the archive; `beside` does what takes longer (loudness, deciding again).
    `marked` is told the entry of a call whose mark changed, `left` that the person goes back.
    """

    def __init__(
        self,
        archive: Archive,
        errands: Errands,
        beside: Errands,
        *,
        open_sound: OpenSound | None = None,
        marked: Callable[[CallEntry], None] = lambda _: None,
        left: Callable[[], None] = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._archive, self._errands, self._beside = archive, errands, beside
        self._open_sound, self._marked = open_sound, marked
        self._shown: _Shown | None = None
        self._notes: tuple[Note, ...] = ()
        self._wanted = ""
        self._stops_at: Samples | None = None
        self.parts = ReplayParts(self, left=left)
        self._states: QStackedWidget = self.parts.states
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._take_keys()

    # ---- opening ----

    def open_call(self, call_id: str) -> None:
        """Open a call; what was open is closed."""
        self.close_call()
        self._wanted = call_id
        self._states.setCurrentWidget(self.parts.loading)
        self._errands.run(
            lambda: self._read(call_id),
            lambda found: self._show(call_id, found),
            lambda why: self._failed(call_id, why),
        )

    def close_call(self) -> None:
        """Stop playing, and let go of the sound."""
        self._timer.stop()
        self._wanted, self._stops_at = "", None
        if self._shown is not None:
            self._shown.player.close()
            self._shown = None

    @property
    def call(self) -> ReplayCall | None:
        """The call that is open."""
        return self._shown.call if self._shown else None

    @property
    def player(self) -> Player | None:
        """What plays it."""
        return self._shown.player if self._shown else None

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody listens to a page that is not there."""
        self._pause()
        super().hideEvent(event)

    def _read(self, call_id: str) -> _Read:
        opened = self._archive.open_call(call_id)
        try:
            call = read(opened)
        except ValueError as why:
            raise UserError("replay.no_log") from why
        return _Read(opened, call, exercises(call), *self._sound(opened, call))

    def _show(self, call_id: str, found: _Read) -> None:
        if call_id != self._wanted:
            found.player.close()
            return
        self.close_call()
        opened, call, sound = found.opened, found.call, found.sound
        self._shown = _Shown(opened, call, found.player, sound is not None)
        self._notes = opened.notes
        self.parts.put(call, opened, found.exercises)
        self.chosen()
        self.parts.transport.set_sound(sound is not None, found.trouble)
        self._states.setCurrentWidget(self.parts.whole)
        self._tick()
        self.parts.wave.setFocus()
        if sound is not None:
            self._beside.run(
                sound.peaks,
                lambda peaks: self._loud(call, peaks),
                lambda why: self.parts.transport.set_sound(False, why),
            )

    def _sound(self, opened: OpenedCall, call: ReplayCall) -> tuple[Sound | None, Player, str]:
        """The kept sound and its player; a silent one, and why, where there is none."""
        if opened.sound is None or self._open_sound is None:
            return None, SilentPlayer(call.length), ""
        try:
            sound = self._open_sound(opened.sound, opened.agent_left)
            return sound, sound.player(), ""
        except UserError as why:
            return None, SilentPlayer(call.length), str(why)

    def _loud(self, call: ReplayCall, peaks: Peaks) -> None:
        if self.call is call:
            self.parts.wave.set_peaks(peaks)

    def _failed(self, call_id: str, why: str) -> None:
        if call_id == self._wanted:
            self.parts.failure.setText(why)
            self._states.setCurrentWidget(self.parts.failed)

    # ---- playing ----

    def toggle(self) -> None:
        """Play, or pause."""
        if self._shown is None:
            return
        if self._shown.player.playing:
            self._pause()
        else:
            self._shown.player.play()
            self._timer.start()
        self._tick()

    def seek(self, at: Samples) -> None:
        """Go to a moment of the call."""
        if self._shown is not None:
            self._shown.player.seek(Samples(max(0, min(at, self._shown.call.length))))
            self._tick(follow=True)

    def step(self, direction: int) -> None:
        """A few seconds back or on."""
        if self._shown is not None:
            position = self._shown.player.position
            self.seek(Samples(position + direction * from_seconds(_STEP_S)))

    def next_nudge(self) -> None:
        """Go to the next nudge, a moment before it; from the last one, to the first."""
        if self.call is None or not self.call.coached:
            return
        moments = [one.nudge.at for one in self.call.coached]
        at = self._shown.player.position if self._shown else Samples(0)
        following = self.call.next_moment(at, moments)
        self.seek(moments[0] if following is None else following)

    def zoom(self, nearer: bool) -> None:
        """Show less of the call, larger; or more."""
        self.parts.wave.zoom(_ZOOM if nearer else 1 / _ZOOM)

    def _pause(self) -> None:
        if self._shown is not None:
            self._shown.player.pause()
        self._timer.stop()

    def chosen(self) -> None:
        """The pace or the sides were chosen otherwise."""
        if self._shown is not None:
            self._shown.player.set_pace(self.parts.transport.chosen_pace)
            self._shown.player.hear(self.parts.transport.chosen_sides)

    def _tick(self, *, follow: bool = False) -> None:
        """Let everything show the moment at which the player is."""
        if self._shown is None:
            return
        player, call = self._shown.player, self._shown.call
        playing, at = player.playing, player.position
        if playing and self.parts.transport.skip.isChecked():
            beyond = call.after_silence(at)
            if beyond > at:
                player.seek(beyond)
                at = beyond
        if playing and self._stops_at is not None and at >= self._stops_at:
            self._pause()
            player.seek(self._stops_at)
            playing, at = False, self._stops_at
        if not playing:
            self._timer.stop()
        self.parts.set_moment(at, call, playing=playing, follow=follow or playing)
        if player.failure:
            self.parts.transport.set_sound(self._shown.has_sound, player.failure)

    # ---- what people leave ----

    def leave_note(self, text: str, went_well: bool) -> None:
        """Leave a note at the moment of the call that is shown."""
        if self._shown is None:
            return
        call_id, at = self._shown.opened.entry.call_id, self._shown.player.position
        self._errands.run(
            lambda: self._archive.add_note(call_id, at, text, went_well=went_well),
            lambda note: self._noted(call_id, note),
            self.parts.told,
        )

    def mark(self, good: bool) -> None:
        """Put the call among the good examples, or take it out."""
        if self._shown is None:
            return
        entry = replace(self._shown.opened.entry, good_example=good)
        self._errands.run(
            lambda: self._archive.mark_good_example(entry.call_id, good),
            lambda _: self._marked(entry),
            self.parts.told,
        )

    def _noted(self, call_id: str, note: Note) -> None:
        if self._shown is None or self._shown.opened.entry.call_id != call_id:
            return
        self._notes = tuple(sorted((*self._notes, note), key=lambda one: one.at))
        self.parts.put_notes(self._shown.call, self._notes)
        self._tick()

    # ---- practice and other rules ----

    def practise(self, exercise: Exercise | None, compared: bool) -> None:
        """Hide the answer of an exercise, and play up to it; show it once it was compared."""
        if self._shown is None:
            return
        self._stops_at = None if exercise is None or compared else exercise.at
        secret = self.parts.practice.upcoming if compared else exercise
        self.parts.hide_answer(self._shown.call, self._notes, secret)
        if exercise is not None and not compared:
            lead = [line for line in self._shown.call.lines if line.end <= exercise.at]
            self.seek(lead[-1].start if lead else Samples(0))
        else:
            self._tick()

    def decide(
        self, work: Callable[[], Sequence[Result]], done: Callable[[Sequence[Result]], None]
    ) -> None:
        """Decide a call again behind the screen."""
        self._beside.run(work, done, self.parts.told)

    # ---- keys ----

    def _take_keys(self) -> None:
        keys = (
            (Qt.Key.Key_Space, self._space),
            (Qt.Key.Key_N, self.next_nudge),
            (Qt.Key.Key_M, self.parts.write_note),
            (Qt.Key.Key_Escape, self.parts.back.click),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _space(self) -> None:
        """Press the button that has the focus; anywhere else, play or pause."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        else:
            self.toggle()
