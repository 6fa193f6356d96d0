"""What is processed now, in plain sentences that follow from the settings in force.

The page about privacy, `coach privacy show` and the papers of the pack all say it from here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from coach.phrases import say
from coach.settings import Settings
from coach.store.retention import Data, keeping

NO_AUDIO = False
"""Sound is never kept: there is no recorder in this version, and no setting for one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One sentence about `topic`; `key` names it, `values` fill it in."""

    topic: str
    key: str
    values: dict[str, object] = field(default_factory=dict)

    def said(self, language: str | None = None) -> str:
        """The sentence, in the user's language or another."""
        return say(self.key, language, **self.values)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """How many days a kind of data is kept; 0: not at all."""

    data: Data
    days: int

    def said(self, language: str | None = None) -> str:
        """For a table: "28 days", "not kept"."""
        if not self.days:
            return say("privacy.not_kept", language)
        return say("privacy.days", language, days=self.days)


def retention(settings: Settings) -> tuple[Kept, ...]:
    """What is kept for how long, under these settings."""
    if not settings.keep_calls:
        return tuple(Kept(data=data, days=0) for data in Data)
    days = keeping(settings.retention, audio=NO_AUDIO, transcript=settings.keep_transcript)
    return tuple(Kept(data=data, days=days[data]) for data in Data)


def statements(settings: Settings, *, smallest_group: int = 5) -> tuple[Statement, ...]:
    """All that is processed, kept, shared and left alone."""
    return tuple(
        Statement(
            topic=topic,
            key=f"privacy.{choose(settings)}",
            values=_values(settings, smallest_group),
        )
        for topic, choose in _STATEMENTS
    )


def _values(settings: Settings, smallest_group: int) -> dict[str, object]:
    days = {kept.data: kept.days for kept in retention(settings)}
    return {
        "words": days[Data.TRANSCRIPT],
        "log": days[Data.LOG],
        "group": smallest_group,
        "place": settings.database.rpartition("@")[2] or settings.database,
        "announcement": settings.announcement,
    }


def _words(settings: Settings) -> str:
    if not settings.keep_calls:
        return "words_no_record"
    return "words_kept" if settings.keep_transcript else "words_not_kept"


def _record(settings: Settings) -> str:
    if not settings.keep_calls:
        return "record_none"
    return "record_file_key" if settings.key_store == "file" else "record_kept"


def _team(settings: Settings) -> str:
    if not settings.database:
        return "team_none"
    return "team_words" if settings.sync_transcript else "team_no_words"


def _lead(settings: Settings) -> str:
    if not settings.database:
        return "lead_none"
    return "lead_opens" if settings.share_with_lead else "lead_closed"


_STATEMENTS: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("heard", lambda _: "heard"),
    ("emotion", lambda _: "emotion"),
    ("agent", lambda _: "agent_acts"),
    ("audio", lambda _: "audio_none"),
    ("words", _words),
    ("redaction", lambda s: "redaction" if s.keep_calls else "redaction_none"),
    ("record", _record),
    ("logs", lambda s: "logs_clear" if s.clear_logs else "logs_go"),
    ("team", _team),
    ("lead", _lead),
    ("figures", lambda _: "figures"),
    ("access", lambda _: "access"),
    ("network", lambda s: "network_team" if s.database else "network_none"),
    ("objection", lambda _: "objection"),
    ("announcement", lambda s: "announcement" if s.announcement else "announcement_none"),
    ("off", lambda _: "switch_off"),
)
"""The topics in the order in which they are told, and which sentence the settings choose."""
