"""What a user or an organisation may set: a TOML file, over it `COACH_…` in the environment.

Command-line options win over both. Every setting has a default that works.
"""

from typing import Any, Literal

from pydantic import Field, ValidationError
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
    "default" follows the system.
    """

    model_config = SettingsConfigDict(env_prefix="COACH_", extra="ignore")

    language: Literal["auto", "nl", "en"] = "auto"
    model: str = "auto"
    understanding: Literal["auto", "rules", "transformer"] = "auto"
    threads: int = Field(default=0, ge=0, le=256)
    prompt: str = ""
    microphone: str = "default"
    customer: str = "default"

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
