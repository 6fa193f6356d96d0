"""An abusive call that is over, in a real window over a real record: for the story of the report.

As a script: python -m tests.ui.abused
"""

from coach.desktop.record import Kept
from coach.settings import load_settings
from tests.ui.test_after_card import ABUSED
from ui.application import application
from ui.incident_form import open_form
from ui.live_window import LiveWindow


def main() -> None:
    """Show the window until it is closed."""
    qt = application()
    kept = Kept(load_settings(agent="A-7"))
    window = LiveWindow(report=lambda review: open_form(window, review, kept))
    window.set_view(ABUSED)
    window.show()
    window.activateWindow()
    qt.exec()
    kept.close()


if __name__ == "__main__":
    main()
