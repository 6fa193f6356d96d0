"""The calls of the main window: the list, and in its place the one call that is open."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.archive import Archive, CallEntry, CallQuery
from ui.calls_page import CallsPage
from ui.errands import Errands
from ui.replay_page import ReplayPage
from ui.replay_sound import OpenSound


class CallsSection(QStackedWidget):
    """Shows the list, or a call.

    `errands` asks the archive, one thing at a time; `beside` does what takes longer.
    """

    def __init__(
        self,
        archive: Archive,
        errands: Errands,
        beside: Errands,
        *,
        open_sound: OpenSound | None = None,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.list = CallsPage(archive, errands, self.open_call, today=today, parent=self)
        self.replay = ReplayPage(
            archive,
            errands,
            beside,
            open_sound=open_sound,
            marked=self.list.put,
            left=self.close_call,
            parent=self,
        )
        self.addWidget(self.list)
        self.addWidget(self.replay)

    def show_calls(self, query: CallQuery) -> None:
        """Show the list of calls that fit `query`."""
        self.close_call()
        self.list.show_calls(query)

    def open_call(self, entry: CallEntry) -> None:
        """Show one call."""
        self.setCurrentWidget(self.replay)
        self.replay.open_call(entry.call_id)

    def close_call(self) -> None:
        """Go back to the list, to where one was."""
        self.replay.close_call()
        self.setCurrentWidget(self.list)
        self.list.table.setFocus()
