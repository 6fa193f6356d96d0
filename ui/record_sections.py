"""The two sections over the record, calls and dashboard, and the way from one to the other."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.archive import Archive, CallEntry, CallQuery
from ui.calls_section import CallsSection
from ui.dashboard_page import AskPath, DashboardPage, ask_path
from ui.errands import Errands
from ui.replay_sound import OpenSound
from ui.shell import Section, Shell


class RecordSections(QObject):
    """Makes the sections of `archive`; call `enter` with the shell that shows them, `close` after.

    `open_sound` gives the kept sound of a call; without it calls are silent.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        open_sound: OpenSound | None = None,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._archive, self._open_sound, self._ask, self._today = archive, open_sound, ask, today
        self._asking, self._beside, self._counting = (Errands(self) for _ in range(3))
        self._shell: Shell | None = None
        self.sections = (
            Section(name="calls", title="shell.calls", sign="calls", page=self._calls),
            Section(
                name="dashboard", title="shell.dashboard", sign="dashboard", page=self._dashboard
            ),
        )

    def enter(self, shell: Shell) -> None:
        """The sections stand in `shell`."""
        self._shell = shell

    def close(self) -> None:
        """Stop what plays and what is under way."""
        calls = self._shell.pages.get("calls") if self._shell else None
        if isinstance(calls, CallsSection):
            calls.replay.close_call()
        for errands in (self._asking, self._beside, self._counting):
            errands.close()

    def show_calls(self, query: CallQuery) -> None:
        """Show the calls behind a figure."""
        if (section := self._open()) is not None:
            section.show_calls(query)

    def show_call(self, entry: CallEntry) -> None:
        """Show one call."""
        if (section := self._open()) is not None:
            section.open_call(entry)

    @property
    def errands(self) -> tuple[Errands, ...]:
        """Who works behind the screen."""
        return self._asking, self._beside, self._counting

    def _open(self) -> CallsSection | None:
        page = self._shell.open("calls") if self._shell else None
        return page if isinstance(page, CallsSection) else None

    def _calls(self) -> QWidget:
        return CallsSection(
            self._archive,
            self._asking,
            self._beside,
            open_sound=self._open_sound,
            today=self._today,
        )

    def _dashboard(self) -> QWidget:
        return DashboardPage(
            self._archive,
            self._counting,
            calls=self.show_calls,
            call=self.show_call,
            ask=self._ask,
            today=self._today,
        )
