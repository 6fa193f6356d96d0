"""The desktop program itself: the main window, its pages, the live windows and the first steps."""

from collections.abc import Callable
from dataclasses import dataclass, field

from audio import devices
from audio.callfile import inspect
from coach import app, manners, paths
from coach.answer_keys import answer_keys
from coach.coaching import Coaching, Plan
from coach.core.summary import AfterCall
from coach.desktop.privacy import Privacy
from coach.desktop.record import Calls, Kept
from coach.desktop.settings import Desk
from coach.desktop.sound import Sound
from coach.errors import CoachError, UserError
from coach.live import Playing, appearance, closed_by_ctrl_c
from coach.settings import Settings
from ui.appearance import Wardrobe
from ui.application import application, heartbeat
from ui.display import can_show
from ui.due_banner import DueBanner
from ui.errands import Errands
from ui.first_run import FirstRun
from ui.home_page import HomePage
from ui.incident_form import open_form
from ui.live_session import LiveSession, Work
from ui.places import Places
from ui.privacy_page import PrivacyPage
from ui.record_sections import RecordSections
from ui.saying import speak
from ui.settings_page import SettingsPage
from ui.shell import Section, Shell
from ui.sound_panel import DEFAULT

_FIRST_RUN = "first_run/done"


def open_desktop(settings: Settings, *, page: str | None = None, calls: Calls | None = None) -> int:
    """Show the main window until it is closed; the exit code. Raises `UserError`: no display.

    `calls`: look at these instead of one's own.
    """
    if not can_show():
        raise UserError("shell.no_display")
    qt = application()
    program = Program(settings, calls=calls)
    program.open(page)
    wakes = (
        heartbeat()
    )  # Python looks at signals between its own instructions: give it the occasion
    with closed_by_ctrl_c(qt.closeAllWindows) as interrupted:
        qt.exec()
    wakes.stop()
    program.close()
    if interrupted.is_set():
        raise KeyboardInterrupt
    return 0


@dataclass
class Program:
    """Everything that is open, and what belongs to it."""

    settings: Settings
    calls: Calls | None = None
    places: Places = field(default_factory=lambda: Places(paths.screen_file()))
    _session: LiveSession | None = None
    _coaching: Coaching | None = None
    _first: FirstRun | None = None

    def __post_init__(self) -> None:
        self.wardrobe = Wardrobe(appearance(self.settings))
        manners.speak(manners.load())
        speak(self.settings.language)
        self.desk = Desk(self._in_force, self.settings)
        self.sound = Sound(lambda: self.desk.settings)
        self.errands = Errands()
        self.kept, why = _record(self.settings)
        calls = self.calls or (self.kept.calls() if self.kept else None)
        self.record = RecordSections(calls.archive, open_sound=calls.open_sound) if calls else None
        self.home = HomePage(
            listen=self.listen, demo=self.demo, first_run=self.first_run, promises=self.kept
        )
        self.due = self._due_banner()
        self.shell = Shell(self._sections(), places=self.places, banner=self.due)
        if self.record is not None:
            self.record.enter(self.shell)
        if why:
            self.home.set_listening(False, why)
        self.wardrobe.dress(self.shell)

    def open(self, page: str | None = None) -> None:
        """Show the main window, and the first steps to somebody who is new."""
        if page is not None:
            self.shell.open(page)
        if self.places.kept(_FIRST_RUN) is None:
            self.first_run()
        else:
            self.shell.show()

    def close(self) -> None:
        """Let everything go."""
        if self._session is not None:
            self._session.finish()
        if self.due is not None:
            self.due.stop()
        for page in self.shell.pages.values():
            _close_errands(page)
        self.errands.close()
        if self.record is not None:
            self.record.close()
        if self.kept is not None:
            self.kept.close()
        self.sound.wait()
        self.wardrobe.close()
        self.shell.deleteLater()

    # ---- what can be opened ----

    def demo(self) -> None:
        """Play the sample call."""
        call = inspect(app.demo_call())
        self._live(Playing(settings=self.desk.settings, call=call, realtime=True))

    def listen(self) -> None:
        """Listen along."""
        if self._session is not None:
            return
        self.home.set_listening(True)
        chosen = self.desk.settings

        def choose() -> devices.BothSides:
            self.sound.lend()
            return devices.choose(chosen.microphone, chosen.customer)

        self.errands.run(choose, self._coach, self._not_now)

    def first_run(self) -> None:
        """The three steps."""
        if self._first is not None and self._first.isVisible():
            self._first.activateWindow()
            return
        self._first = FirstRun(
            self.sound,
            demo=self.demo,
            done=self._first_done,
            language=lambda chosen: self._keep("language", chosen),
            device=self._keep,
        )
        now = self.desk.settings
        self._first.show_values(now.language, now.microphone, now.customer)
        self.wardrobe.dress(self._first)
        self._first.show()

    # ---- how it hangs together ----

    def _sections(self) -> tuple[Section, ...]:
        return (
            Section(name="live", title="shell.live", sign="live", page=lambda: self.home),
            *(self.record.sections if self.record is not None else ()),
            Section(
                name="settings", title="shell.settings", sign="settings", page=self._settings_page
            ),
            Section(name="privacy", title="shell.privacy", sign="privacy", page=self._privacy_page),
        )

    def _due_banner(self) -> DueBanner | None:
        """Reminds of what is due, from the start on."""
        if self.kept is None:
            return None
        banner = DueBanner(self.kept, errands=self.errands, show=self._show_to_keep)
        self.home.changed.connect(banner.look)
        banner.look()
        return banner

    def _show_to_keep(self) -> None:
        self.shell.open("live")
        self.home.show_to_keep()

    def _settings_page(self) -> SettingsPage:
        return SettingsPage(self.desk, self.sound)

    def _privacy_page(self) -> PrivacyPage:
        return PrivacyPage(Privacy(lambda: self.desk.settings))

    def _coach(self, both: devices.BothSides) -> None:
        self._coaching = Coaching(plan=Plan(settings=self.desk.settings, both=both))

        def done() -> None:
            both.close()
            self.sound.take_back()

        self._live(self._coaching, steered=self._coaching, done=done)

    def _not_now(self, why: str) -> None:
        self.sound.take_back()
        self.home.set_listening(False, why)

    def _live(
        self,
        work: Work,
        *,
        steered: Coaching | None = None,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        if self._session is not None:
            return

        def over(why: str) -> None:
            self._session = None
            done()
            self.home.refresh()  # what was promised in the calls
            self.home.set_listening(False, why)

        self._session = LiveSession(
            work,
            over=over,
            keys=answer_keys(self.desk.settings),
            controls=steered,
            places=self.places,
            open_main=self._to_front,
            report=self._report if self.kept is not None else None,
            agenda=self.kept,
            in_call=self.due.set_in_call if self.due is not None else lambda _: None,
            parent=self.shell,
        )
        self.wardrobe.dress(self._session.window)
        self.home.set_listening(True)
        self._session.open()

    def _report(self, review: AfterCall) -> None:
        """The incident form: only the agent opens it, and only the agent sends it."""
        if self.kept is None or self._session is None:
            return
        open_form(self._session.window, review, self.kept)

    def _to_front(self) -> None:
        self.shell.showNormal()
        self.shell.activateWindow()

    def _first_done(self) -> None:
        self.places.keep(_FIRST_RUN, True)
        self.shell.show()

    def _keep(self, name: str, value: str) -> None:
        """Keep one setting from the first steps."""
        try:
            self.desk.save({name: value or DEFAULT}, [name])
        except CoachError as why:
            self.home.set_listening(False, str(why))

    def _in_force(self, settings: Settings) -> None:
        """Other settings are in force: show them."""
        self.settings = settings
        if self.kept is not None:
            self.kept.settings = settings
        self.wardrobe.wear(appearance(settings))
        speak(settings.language)


def _record(settings: Settings) -> tuple[Kept | None, str]:
    """The record, or why it cannot be had: the coach works without it."""
    if not settings.keep_calls:
        return None, ""
    try:
        kept = Kept(settings)
        kept.archive()
    except CoachError as why:
        return None, str(why)
    return kept, ""


def _close_errands(page: object) -> None:
    panel = getattr(page, "sound_panel", None)
    for one in (page, panel):
        if callable(close := getattr(one, "close_errands", None)):
            close()
