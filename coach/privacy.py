"""What is processed now, in plain sentences that follow from the settings in force.

The page about privacy, `coach privacy show` and the papers of the pack all say it from here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from coach.phrases import say
from coach.settings import Settings
from coach.store.retention import Data, keeping

_AUDIO_NEEDS = (
    "keep_calls",
    "keep_transcript",
    "announcement",
    "audio_purpose",
    "audio_agreed",
)
"""What has to be set before any sound is kept: a record, words that say what has to be silenced,
callers who are told, what it is for (GDPR Art. 5(1)(b)), and the consent of the works council
(WOR 27(1)(k), (l))."""


def audio_lacks(settings: Settings) -> tuple[str, ...]:
    """The settings that are missing before sound may be kept; empty: nothing is."""
    return lacking({name: getattr(settings, name) for name in _AUDIO_NEEDS})


def lacking(values: Mapping[str, object]) -> tuple[str, ...]:
    """The same for settings that somebody is still changing, by their names."""
    return tuple(name for name in _AUDIO_NEEDS if not _is_set(values.get(name)))


def keeps_audio(settings: Settings) -> bool:
    """Whether the sound of calls is kept."""
    return settings.keep_audio and not audio_lacks(settings)


def why_no_audio(lacks: Iterable[str]) -> str:
    """What is missing before sound may be kept, in words."""
    return say("sound.lacks", what="; ".join(say(f"sound.lacks_{name}") for name in lacks))


def _is_set(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One sentence about `topic`; `key` names it, `values` fill it in."""

    topic: str
    key: str
    values: dict[str, object] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()

    def said(self, language: str | None = None) -> str:
        """The sentence, in the user's language or another."""
        lacks = "; ".join(say(f"sound.lacks_{name}", language) for name in self.lacks)
        return say(self.key, language, lacks=lacks, **self.values)


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
    sound, words = keeps_audio(settings), settings.keep_transcript
    days = keeping(settings.retention, audio=sound, transcript=words)
    return tuple(Kept(data=data, days=days[data]) for data in Data)


def statements(settings: Settings, *, smallest_group: int = 5) -> tuple[Statement, ...]:
    """All that is processed, kept, shared and left alone."""
    return tuple(
        Statement(
            topic=topic,
            key=f"privacy.{choose(settings)}",
            values=_values(settings, smallest_group),
            lacks=audio_lacks(settings) if topic == "audio" else (),
        )
        for topic, choose in _STATEMENTS
    )


def _values(settings: Settings, smallest_group: int) -> dict[str, object]:
    days = {kept.data: kept.days for kept in retention(settings)}
    return {
        "sound": days[Data.AUDIO],
        "purpose": settings.audio_purpose.strip(),
        "agreed": settings.audio_agreed.strip(),
        "words": days[Data.TRANSCRIPT],
        "log": days[Data.LOG],
        "group": smallest_group,
        "place": settings.database.rpartition("@")[2] or settings.database,
        "announcement": settings.announcement,
    }


def _heard(settings: Settings) -> str:
    return "heard_sound_goes" if settings.database and _sends_audio(settings) else "heard"


def _audio(settings: Settings) -> str:
    if not settings.keep_audio:
        return "audio_none"
    if audio_lacks(settings):
        return "audio_lacks"
    return "audio_sent" if settings.database and _sends_audio(settings) else "audio_kept"


def _sends_audio(settings: Settings) -> bool:
    return keeps_audio(settings) and settings.sync_audio and settings.sync_transcript


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


def _written(settings: Settings) -> str:
    if not settings.database:
        return "written_stays"
    both = (settings.sync_notes, settings.sync_callbacks)
    return "written_goes" if any(both) else "written_incidents"


_STATEMENTS: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("heard", _heard),
    ("emotion", lambda _: "emotion"),
    ("agent", lambda _: "agent_acts"),
    ("audio", _audio),
    ("words", _words),
    ("redaction", lambda s: "redaction" if s.keep_calls else "redaction_none"),
    ("record", _record),
    ("logs", lambda s: "logs_clear" if s.clear_logs else "logs_go"),
    ("team", _team),
    ("lead", _lead),
    ("written", _written),
    ("figures", lambda _: "figures"),
    ("access", lambda _: "access"),
    ("network", lambda s: "network_team" if s.database else "network_none"),
    ("objection", lambda _: "objection"),
    ("announcement", lambda s: "announcement" if s.announcement else "announcement_none"),
    ("off", lambda _: "switch_off"),
)
"""The topics in the order in which they are told, and which sentence the settings choose."""
