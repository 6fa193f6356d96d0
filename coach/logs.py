"""The diary of faults: what went wrong, where in the code, and never a word of a call.

One JSON object a line in the user's log folder. An error's message may quote what somebody said,
so only its type and the places in the code are written down.
"""

import logging
import platform
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog

from coach import __version__
from coach.paths import diary_file

_MOST_BYTES = 500_000


class _Diary(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's
        """Let the error go on: the standard library would print a stack trace here."""
        raise  # noqa: PLE0704 - called by logging while it handles the error


def note_fault(error: BaseException) -> Path | None:
    """Write `error` into the diary; its path, or `None` where nothing can be written."""
    path = diary_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _Diary(path, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8")
        try:
            _write(handler, error)
        finally:
            handler.close()
    except OSError:
        return None
    return path


def _write(handler: logging.Handler, error: BaseException) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    logger = logging.Logger("coach")
    logger.addHandler(handler)
    diary = structlog.wrap_logger(
        logger,
        wrapper_class=structlog.stdlib.BoundLogger,
        processors=[
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.add_log_level,
            structlog.processors.JSONRenderer(),
        ],
    )
    diary.error(
        "fault",
        kind=type(error).__name__,
        where=[f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
        version=__version__,
        python=platform.python_version(),
        system=platform.platform(),
    )
