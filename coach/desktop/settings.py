"""The settings behind the dialog: the settings file, the nudges and the protocol beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from coach import manners
from coach.desktop.tables import (
    nudge_changes,
    nudge_faults,
    nudge_values,
    protocol_changes,
    protocol_faults,
    protocol_values,
    usual,
)
from coach.errors import UserError
from coach.hotkeys import parse
from coach.phrases import say
from coach.privacy import lacking, why_no_audio
from coach.protocol import load_protocol, save_protocol
from coach.settings import Settings, fixed_from_outside, load_settings
from coach.settings_file import keep
from coach.store.engine import address, is_file
from ui.settings_groups import groups
from ui.settings_model import Group, Value
from ui.settings_table import Table
from ui.settings_tables import nudge_table, protocol_table

_KEYS = tuple(name for name in Settings.model_fields if name.startswith("hotkey_"))


@dataclass
class Desk:
    """Reads and keeps what can be set; `in_force` is told the settings after every change."""

    in_force: Callable[[Settings], None] = lambda _: None
    settings: Settings = field(default_factory=load_settings)

    def groups(self) -> Sequence[Group]:
        """The pages with what this version knows."""
        return groups(set(Settings.model_fields))

    def tables(self) -> Sequence[Table]:
        """The nudges and the protocol."""
        kinds = [entry.kind.value for entry in load_protocol().entries]
        return nudge_table(usual), protocol_table(kinds)

    def load(self) -> dict[str, Value]:
        """Every value in force."""
        known = {name: getattr(self.settings, name) for name in Settings.model_fields}
        plain = {name: value for name, value in known.items() if isinstance(value, str | int)}
        return {**plain, **nudge_values(manners.load()), **protocol_values(load_protocol())}

    def check(self, values: Mapping[str, Value]) -> dict[str, str]:
        """What is wrong, by the name of the field."""
        wrong = {**nudge_faults(values), **protocol_faults(values)}
        for name in _KEYS:
            if values[name] and parse(str(values[name])) is None:
                wrong[name] = say("settings.bad_key")
        if not str(values.get("channel", "-")).strip():
            wrong["channel"] = say("settings.no_channel")
        for name, most in _lengths().items():
            if len(str(values.get(name, ""))) > most:
                wrong[name] = say("settings.too_long", most=most)
        if place := str(values.get("database", "")).strip():
            wrong |= _database_faults(place)
        if values.get("keep_audio") and (lacks := lacking(values)):
            wrong["keep_audio"] = why_no_audio(lacks)
        for name, variable in fixed_from_outside().items():
            if name in values and values[name] != getattr(self.settings, name):
                wrong[name] = say("settings.read_only_setting", name=name, variable=variable)
        return wrong

    def save(self, values: Mapping[str, Value], changed: Sequence[str]) -> None:
        """Keep what changed, and put it in force. Raises `CoachError`."""
        nudges = [name for name in changed if name.startswith("nudge.")]
        protocol = [name for name in changed if name.startswith("protocol.")]
        plain = {name: values[name] for name in changed if name not in (*nudges, *protocol)}
        if plain:
            keep(plain)
        if nudges:
            manners.save(nudge_changes(manners.load(), values, nudges))
        if protocol:
            save_protocol(protocol_changes(load_protocol(), values, protocol))
        self.settings = load_settings()
        manners.speak(manners.load())
        self.in_force(self.settings)


def _database_faults(place: str) -> dict[str, str]:
    """What is wrong with the address of the team's database."""
    try:
        url = address(place)
    except UserError:
        return {"database": say("settings.database_bad")}
    if is_file(url):
        return {"database": say("settings.database_bad")}
    return {"database": say("settings.database_password")} if url.password else {}


def _lengths() -> dict[str, int]:
    """How long texts may be, as the settings say."""
    found = {}
    for name, known in Settings.model_fields.items():
        for rule in known.metadata:
            if (most := getattr(rule, "max_length", None)) is not None:
                found[name] = int(most)
    return found
