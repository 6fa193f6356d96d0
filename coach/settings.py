"""What a user or an organisation may set: a TOML file, over it `COACH_…` in the environment.

Command-line options win over both. Every setting has a default that works.
"""

import os
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from coach.errors import UserError
from coach.paths import settings_file


class Settings(BaseSettings):
    """The settings in force.

    `model` "auto" follows the hardware, `understanding` "auto" is the trained model, `threads` 0
    leaves the choice to the product. `microphone` and `customer` are names of sound devices;
    "default" follows the system; `sound_check` says whether a day's first shift begins with one.
    `agent` is the number of whoever works here and `channel` how
    customers come in ("phone", or the organisation's own word), for the record.
    `hotkey_call` begins and ends a call, `hotkey_hold` holds it; `hotkey_useful`, `hotkey_not_now`
    and `hotkey_wrong` answer a nudge while it stands; empty: no key.
    `max_cpu`: the share of the processors that the coach may use, in percent ("50%" or 50).
    `sector`, `organisation` and `named` (how the agent is called) are words that the recogniser
    may expect; `prompt` says them all itself.
    `scheme`, `text_percent` and `still` (nothing glides) are about the screen.
    `keep_calls`: live calls go into the record of this machine (`key_store`: where its key is);
    `clear_logs`: their logs stay beside it in clear. `database` is the team's, for `coach
    sync`: with what was said (`sync_transcript`), and open to the lead (`share_with_lead`), or not;
    the agent's own notes and marks (`sync_notes`) and call-backs (`sync_callbacks`) if asked for.
    `retention` names how long things are kept (`coach.store.retention`); without `keep_transcript`
    no words are kept at all. `keep_audio`: the sound of calls too, once everything is there that it
    asks for (`coach.privacy.audio_lacks`): what for (`audio_purpose`), agreed with whom and when
    (`audio_agreed`); `sync_audio`: it goes to the team with the words. `announcement` is what
    callers are told, in the papers and on screen.
    """

    model_config = SettingsConfigDict(env_prefix="COACH_", extra="ignore")

    language: Literal["auto", "nl", "en"] = "auto"
    model: str = "auto"
    understanding: Literal["auto", "rules", "transformer"] = "auto"
    threads: int = Field(default=0, ge=0, le=256)
    max_cpu: int = Field(default=100, ge=10, le=100)
    sector: str = Field(default="", max_length=32)
    organisation: str = Field(default="", max_length=64)
    named: str = Field(default="", max_length=64)
    prompt: str = ""
    microphone: str = "default"
    customer: str = "default"
    sound_check: Literal["daily", "never"] = "daily"
    agent: str = Field(default="", max_length=64)
    channel: str = Field(default="phone", min_length=1, max_length=32)
    hotkey_call: str = "Ctrl+Shift+F9"
    hotkey_hold: str = "Ctrl+Shift+F10"
    hotkey_useful: str = "Ctrl+Shift+1"  # Ctrl+Alt is AltGr, which writes @ on a Belgian keyboard
    hotkey_not_now: str = "Ctrl+Shift+2"
    hotkey_wrong: str = "Ctrl+Shift+3"
    role: Literal["agent", "lead", "coach", "officer"] = "agent"
    scheme: Literal["system", "light", "dark"] = "system"
    text_percent: int = Field(default=100, ge=100, le=200)
    still: bool = False
    keep_calls: bool = True
    key_store: Literal["system", "file"] = "system"
    clear_logs: bool = False
    database: str = ""
    sync_transcript: bool = True
    sync_notes: bool = False
    sync_callbacks: bool = False
    sync_audio: bool = False
    share_with_lead: bool = False
    retention: Literal["nl", "be", "short"] = "nl"
    keep_transcript: bool = True
    keep_audio: bool = False
    audio_purpose: str = Field(default="", max_length=500)
    audio_agreed: str = Field(default="", max_length=500)
    announcement: str = Field(default="", max_length=2000)

    @field_validator("max_cpu", mode="before")
    @classmethod
    def _percent(cls, value: object) -> object:
        return value.strip().removesuffix("%") if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - no .env files: no surprises
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options, then the environment, then the file."""
        file = TomlConfigSettingsSource(settings_cls, settings_file())
        return init_settings, env_settings, file


def fixed_from_outside() -> dict[str, str]:
    """The settings that the environment fixes, by name, with the variable that does."""
    found = {name: f"COACH_{name.upper()}" for name in Settings.model_fields}
    return {name: variable for name, variable in found.items() if variable in os.environ}


def load_settings(**options: Any) -> Settings:
    """The settings in force, `options` (those that are not `None`) first.

    Raises `UserError` that names the setting that is wrong.
    """
    chosen = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**chosen)
    except ValidationError as why:
        first = why.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UserError("cli.bad_setting", name=name, why=first["msg"]) from why
    except ValueError as why:  # the TOML file itself
        raise UserError("cli.bad_settings_file", path=settings_file(), why=why) from why
