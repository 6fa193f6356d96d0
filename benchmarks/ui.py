"""Does the screen keep up: `python -m benchmarks.ui`.

While a recorded call is coached at the speed of life in the same process, with the real models, a
timer asks every five milliseconds whether the screen's thread is free; what it waits is a pause
that a person would see. And how long after the start of the program the live window is there, and
how long after that the models are loaded and the call begins.
The list of 100,000 calls and an hour's call are timed by `benchmarks.ui_archive`.
"""

import os
import statistics
import subprocess
import sys
import time

from benchmarks import machine

EVERY_MS = 5
SECONDS = 60.0
RUNS = 5
_WARM_S = 5.0
"""What happens while models are loaded is counted apart: the window says that it is loading."""


def main() -> int:
    """Time, print, keep."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:] == ["window"]:
        return _window()
    shown = [_shown() for _ in range(RUNS)]
    pauses = _pauses()
    figures = {
        "window_s": round(statistics.median(shown), 2),
        "window_slowest_s": round(max(shown), 2),
        **pauses,
    }
    machine.keep("ui", figures)
    print(figures)
    return 0


def _shown() -> float:
    """Seconds from the start of a program to its live window, painted."""
    began = time.time()
    command = [sys.executable, "-m", "benchmarks.ui", "window"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1]) - began


def _window() -> int:
    """What `coach demo` does up to its first picture; prints the moment."""
    from coach.settings import load_settings
    from ui.appearance import Wardrobe
    from ui.application import application
    from ui.live_window import LiveWindow

    load_settings()
    qt = application()
    painted: list[float] = []

    def there() -> None:
        painted.append(time.time())
        qt.quit()

    window = LiveWindow(painted=there)
    Wardrobe().dress(window)
    window.show()
    qt.exec()
    print(painted[0])
    return 0


def _pauses() -> dict[str, float]:
    """The longest pauses of the screen's thread in milliseconds, loading and coaching."""
    from PySide6.QtCore import Qt, QTimer

    from audio.callfile import inspect
    from coach import app
    from coach.live import Playing
    from coach.settings import load_settings
    from ui.appearance import Wardrobe
    from ui.application import application
    from ui.live_session import LiveSession
    from ui.viewmodel import Light

    qt = application()
    playing = Playing(settings=load_settings(), call=inspect(app.demo_call()), realtime=True)
    session = LiveSession(playing, over=lambda _: qt.quit())
    wardrobe = Wardrobe()
    wardrobe.dress(session.window)
    loading, coaching = [0.0], [0.0]
    last = [time.perf_counter()]
    began: list[float] = []

    def look() -> None:
        now = time.perf_counter()
        waited, last[0] = (now - last[0]) * 1000 - EVERY_MS, now
        if session.window.view.light is Light.LISTENING and not began:
            began.append(now)
        warm = began and now - began[0] > _WARM_S
        (coaching if warm else loading).append(waited)
        if began and now - began[0] > _WARM_S + SECONDS:
            timer.stop()
            session.window.close()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(look)
    opened = time.perf_counter()
    session.open()
    timer.start(EVERY_MS)
    qt.exec()
    timer.stop()
    wardrobe.close()
    ordered = sorted(coaching)
    return {
        "listening_s": round(began[0] - opened, 2),
        "longest_pause_ms": round(ordered[-1], 1),
        "p99_pause_ms": round(ordered[int(len(ordered) * 0.99)], 1),
        "pauses_over_50_ms": sum(pause > 50 for pause in coaching),  # noqa: PLR2004 - the limit
        "looks": len(coaching) - 1,
        "longest_while_loading_ms": round(max(loading), 1),
    }


if __name__ == "__main__":
    sys.exit(main())
