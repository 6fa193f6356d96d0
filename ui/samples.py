"""Invented desks behind the pages: for pictures of them, and for trying them without a coach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coach.core.vocabulary import NudgeKind, Speaker
from coach.phrases import say
from ui.home_page import ToKeep
from ui.incident_form import IncidentReport
from ui.privacy_page import Checked, Fact
from ui.promises import Promise
from ui.settings_groups import GROUPS
from ui.settings_model import Group, Value
from ui.settings_table import Table
from ui.settings_tables import nudge_field, nudge_table, protocol_field, protocol_table
from ui.sound_panel import DeviceName, SoundRemark

_PROTOCOL = ("media", "legal", "threat")
_NUMBERS: dict[str, Value] = {"threads": 0, "text_percent": 100}
_USUAL: dict[str, Value] = {
    "microphone": "headset",
    "customer": "default",
    "sound_check": "daily",
    "model": "auto",
    "understanding": "auto",
    "language": "auto",
    "scheme": "system",
    "still": False,
    "agent": "A-1043",
    "channel": "phone",
    "organisation": "Telenoord",
    "named": "Sanne",
    "keep_calls": True,
    "keep_transcript": True,
    "keep_audio": False,
    "audio_purpose": "",
    "audio_agreed": "",
    "retention": "nl",
    "database": "",
    "sync_transcript": True,
    "share_with_lead": False,
    "sync_notes": False,
    "sync_callbacks": False,
    "sync_audio": False,
    "announcement": "",
    "max_cpu": 100,
    "hotkey_call": "Ctrl+Shift+F9",
    "hotkey_hold": "Ctrl+Shift+F10",
    "hotkey_useful": "Ctrl+Shift+1",
    "hotkey_not_now": "Ctrl+Shift+2",
    "hotkey_wrong": "Ctrl+Shift+3",
    "role": "agent",
    **_NUMBERS,
}


@dataclass
class SampleSettings:
    """Settings that live as long as the page."""

    values: dict[str, Value] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def groups(self) -> Sequence[Group]:
        """Every page."""
        return GROUPS

    def load(self) -> dict[str, Value]:
        """What was set, else the usual."""
        return {**_USUAL, **nudge_values(), **protocol_values(), **self.values}

    def tables(self) -> Sequence[Table]:
        """Both tables."""
        return (nudge_table(), protocol_table(_PROTOCOL))

    def check(self, values: Mapping[str, Value]) -> dict[str, str]:
        """A wording may not be empty."""
        empty = [name for name, value in values.items() if name.endswith(".title") and not value]
        return {name: say("settings.too_empty") for name in empty}

    def save(self, values: Mapping[str, Value], changed: Sequence[str]) -> None:
        """Remember it."""
        self.values.update({name: values[name] for name in changed})
        self.kept += changed


def nudge_values() -> dict[str, Value]:
    """The nudge table as the product ships it, in the language of the moment."""
    found: dict[str, Value] = {}
    for kind in NudgeKind:
        found[nudge_field(kind, "on")] = True
        found[nudge_field(kind, "title")] = say(f"nudges.{kind}")
        found[nudge_field(kind, "example")] = say(f"nudges.{kind}_example")
        found[nudge_field(kind, "rest")] = 600
    return found


def protocol_values() -> dict[str, Value]:
    """An invented protocol of three signs."""
    words = {"owner": "owner", "steps": "steps", "hand_over": "hand_over"}
    found: dict[str, Value] = {}
    for kind in _PROTOCOL:
        values: dict[str, Value] = {
            "channel": "phone",
            "amount": 2,
            "span": "hours",
            "call_back": True,
            **{part: say(f"settings.sample_{name}") for part, name in words.items()},
        }
        found |= {protocol_field(kind, part): value for part, value in values.items()}
    return found


@dataclass
class SampleSound:
    """A headset that is heard, and a customer who speaks a little softer."""

    listening: bool = False
    chosen: tuple[str, str] = ("", "")

    def devices(self) -> Sequence[DeviceName]:
        """Three."""
        return (
            DeviceName(value="headset", words="Jabra Evolve2 40", plays=False),
            DeviceName(value="laptop", words="Interne microfoon", plays=False),
            DeviceName(value="headset-out", words="Jabra Evolve2 40", plays=True),
        )

    def listen(self, microphone: str, customer: str) -> None:
        """Remember what is listened to."""
        self.listening, self.chosen = True, (microphone, customer)

    def levels(self) -> Mapping[Speaker, float | None]:
        """Steady levels."""
        return {Speaker.AGENT: -18.0, Speaker.CUSTOMER: -27.0}

    def check(self) -> Sequence[SoundRemark]:
        """All is well, with one remark."""
        soft = say("listen.check_soft", side=say("screen.customer"), db=-43)
        return (
            SoundRemark(words=say("listen.check_well"), good=True),
            SoundRemark(words=soft, good=False),
        )

    def close(self) -> None:
        """Listen no more."""
        self.listening = False


class SamplePrivacy:
    """Facts and checks of an invented machine."""

    def facts(self) -> Sequence[Fact]:
        """A few."""
        names = ("emotion", "agent", "sound", "network")
        return [
            Fact(title=say(f"about.sample_{one}"), words=say(f"about.sample_{one}_words"))
            for one in names
        ]

    def check(self) -> Sequence[Checked]:
        """All of it holds, but for one."""
        return [
            Checked(words=say("about.sample_emotion_words"), holds=True),
            Checked(words=say("about.sample_network_words"), holds=True),
            Checked(words=say("about.sample_sound_words"), holds=False),
        ]


@dataclass
class SamplePromises:
    """Two customers to call back."""

    kept: list[str] = field(default_factory=list)
    noted: list[Promise] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def open(self) -> Sequence[ToKeep]:
        """Those that were not kept yet."""
        both = (
            ToKeep(number="1", words=say("start.sample_promise")),
            ToKeep(number="2", words=say("start.sample_promise_late")),
        )
        return [one for one in both if one.number not in self.kept]

    def keep(self, number: str) -> None:
        """One was kept."""
        self.kept.append(number)

    def note(self, promise: Promise) -> str:
        """Put one on the list."""
        self.noted.append(promise)
        return str(len(self.noted) + 2)

    def drop(self, number: str) -> None:
        """Take one off the list."""
        self.dropped.append(number)


@dataclass
class SampleIncidents:
    """Remembers what was sent."""

    sent: list[IncidentReport] = field(default_factory=list)

    def send(self, report: IncidentReport) -> None:
        """Register it."""
        self.sent.append(report)
