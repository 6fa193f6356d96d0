"""What the page about privacy says, and how anybody can check it on this machine."""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from coach import paths
from coach.core.readings import AgentSpeechRefused, CustomerText
from coach.core.vocabulary import Speaker
from coach.phrases import counted, say
from coach.privacy import keeps_audio, retention, statements
from coach.settings import Settings
from coach.store.calllog import SUFFIX
from coach.store.recordings import DRAFT
from coach.store.recordings import SUFFIX as SEALED_SOUND
from coach.store.retention import Data
from ui.privacy_page import Checked, Fact

_SOUND = {".wav", ".flac", ".mp3", ".opus", ".ogg", ".m4a"}
_LOOPBACK_6 = "0" * 24 + "01000000"
_FIRST_BYTES = b"SQLite format 3\0"
_ENOUGH, SOUND_FORMAT = 200, b"fLaC"
"""Stands at the beginning of every piece of sound that is not sealed."""


class Privacy:
    """The facts of this machine, for `ui.privacy_page`."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings

    def facts(self) -> Sequence[Fact]:
        """What is processed by the settings in force."""
        return [
            Fact(title=say(f"privacy.topic_{one.topic}"), words=one.said())
            for one in statements(self._settings())
        ]

    def check(self) -> Sequence[Checked]:
        """Look on this machine whether it is true."""
        settings = self._settings()
        return [check(settings) for check in _CHECKS]


def _emotion_refuses_the_agent(_: Settings) -> Checked:
    """Try it: the input of the emotion model cannot be made from the agent's words."""
    try:
        CustomerText(channel=Speaker.AGENT, text="…", partial=False)
    except (AgentSpeechRefused, TypeError):
        return Checked(words=say("about.check_emotion"), holds=True)
    return Checked(words=say("about.check_emotion_not"), holds=False)


def _sound_is_as_told(settings: Settings) -> Checked:
    """Look into every folder of the product for sound: in clear none may be, sealed as was told."""
    folders = {paths.logs_folder(), paths.record_folder()}
    there = [file for folder in folders for file in _files(folder)]
    clear = sum(file.suffix in _SOUND for file in there)
    sealed = [file for file in there if file.suffix in {SEALED_SOUND, DRAFT}]
    if clear or not sealed:
        words = counted("about.check_sound", clear) if clear else say("about.check_no_sound")
        return Checked(words=words, holds=not clear)
    opaque = all(SOUND_FORMAT not in _beginning(file) for file in sealed)
    words = counted("about.check_sealed", len(sealed))
    return Checked(words=words, holds=opaque and keeps_audio(settings))


def _beginning(file: Path) -> bytes:
    """As much of a file as tells what it is."""
    with suppress(OSError), file.open("rb") as read:  # it may just have gone
        return read.read(_ENOUGH)
    return b""


def _record_is_unreadable(settings: Settings) -> Checked:
    """Read the first bytes of the database as anybody could."""
    from coach.store.home import DATABASE

    file = paths.record_folder() / DATABASE
    if not settings.keep_calls or not file.is_file():
        return Checked(words=say("about.check_no_record"), holds=True)
    with file.open("rb") as read:
        clear = read.read(len(_FIRST_BYTES)) == _FIRST_BYTES
    return Checked(
        words=say("about.check_clear" if clear else "about.check_secret"), holds=not clear
    )


def _logs_are_gone(settings: Settings) -> Checked:
    """Count the logs in clear that lie there."""
    found = [f for f in _files(paths.logs_folder()) if f.name.endswith(SUFFIX)]
    calls = [file for file in found if file.parent.name != "demo"]
    if not calls:
        return Checked(words=say("about.check_no_logs"), holds=True)
    return Checked(words=counted("about.check_logs", len(calls)), holds=settings.clear_logs)


def _connections(_: Settings) -> Checked:
    """Ask the system which connections this process has to other machines."""
    found = open_connections()
    if found is None:
        return Checked(words=say("about.check_no_way"), holds=True)
    words = counted("about.check_connections", found) if found else say("about.check_no_connection")
    return Checked(words=words, holds=not found)


def _old_things_go(settings: Settings) -> Checked:
    """Say the longest that words are kept."""
    days = {kept.data: kept.days for kept in retention(settings)}
    return Checked(words=say("about.check_days", days=days[Data.TRANSCRIPT]), holds=True)


def open_connections() -> int | None:
    """How many TCP connections to other machines this process has; `None`: cannot be asked here."""
    if not sys.platform.startswith("linux"):
        return None
    own = {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}
    return sum(
        _elsewhere(row[2]) and f"socket:[{row[9]}]" in own
        for table in ("/proc/self/net/tcp", "/proc/self/net/tcp6")
        for row in _rows(table)
    )


def _rows(table: str) -> list[list[str]]:
    try:
        return [line.split() for line in Path(table).read_text("ascii").splitlines()[1:]]
    except OSError:
        return []


def _elsewhere(remote: str) -> bool:
    """Whether an address of the system's table is on another machine."""
    host, _, port = remote.partition(":")
    loopback = host.endswith("7F") or host == _LOOPBACK_6  # 127.x.x.x, bytes the other way round
    return int(port, 16) != 0 and not loopback


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []


_CHECKS: tuple[Callable[[Settings], Checked], ...] = (
    _emotion_refuses_the_agent,
    _sound_is_as_told,
    _record_is_unreadable,
    _logs_are_gone,
    _old_things_go,
    _connections,
)
