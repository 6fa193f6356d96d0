"""The table of what can be set, page by page; a field that is not known elsewhere is left out."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from ui.appearance import TEXT_PERCENT
from ui.settings_model import Field, Group

_MODELS = ("base", "small", "medium", "large-v3", "large-v3-turbo")

GROUPS: Final = (
    Group(
        name="sound",
        title="settings.sound",
        page="sound",
        fields=(
            Field(
                name="sound_check",
                kind="choice",
                label="listen.sound_check",
                help="listen.sound_check_help",
                choices=(
                    ("daily", "listen.sound_check_daily"),
                    ("never", "listen.sound_check_never"),
                ),
            ),
        ),
    ),
    Group(
        name="model",
        title="settings.model",
        intro="settings.model_intro",
        fields=(
            Field(
                name="model",
                kind="choice",
                label="settings.model_name",
                help="settings.model_help",
                choices=(("auto", "settings.auto_hardware"), *((one, one) for one in _MODELS)),
            ),
            Field(
                name="understanding",
                kind="choice",
                label="settings.understanding",
                choices=(
                    ("auto", "settings.auto"),
                    ("transformer", "settings.understanding_trained"),
                    ("rules", "settings.understanding_rules"),
                ),
            ),
            Field(
                name="max_cpu",
                kind="number",
                label="settings.max_cpu",
                help="settings.max_cpu_help",
                low=10,
                high=100,
                unit="settings.percent",
            ),
            Field(
                name="threads",
                kind="number",
                label="settings.threads",
                help="settings.threads_help",
                high=256,
            ),
        ),
    ),
    Group(name="nudge", title="settings.nudges", page="table", intro="settings.nudges_intro"),
    Group(
        name="protocol", title="settings.protocol", page="table", intro="settings.protocol_intro"
    ),
    Group(
        name="privacy",
        title="settings.privacy",
        intro="settings.privacy_intro",
        fields=(
            Field(
                name="keep_calls",
                kind="switch",
                label="settings.keep_calls",
                help="settings.keep_calls_help",
            ),
            Field(
                name="keep_transcript",
                kind="switch",
                label="settings.keep_transcript",
                help="settings.keep_transcript_help",
            ),
            Field(
                name="keep_audio",
                kind="switch",
                label="settings.keep_audio",
                help="settings.keep_audio_help",
            ),
            Field(
                name="audio_purpose",
                kind="line",
                label="settings.audio_purpose",
                help="settings.audio_purpose_help",
            ),
            Field(
                name="audio_agreed",
                kind="line",
                label="settings.audio_agreed",
                help="settings.audio_agreed_help",
            ),
            Field(
                name="retention",
                kind="choice",
                label="settings.retention",
                choices=tuple((one, f"settings.retention_{one}") for one in ("nl", "be", "short")),
            ),
            Field(
                name="announcement",
                kind="text",
                label="settings.announcement",
                help="settings.announcement_help",
            ),
        ),
    ),
    Group(
        name="team",
        title="settings.team",
        intro="settings.team_intro",
        fields=(
            Field(
                name="database",
                kind="line",
                label="settings.database",
                help="settings.database_help",
            ),
            *(
                Field(
                    name=name, kind="switch", label=f"settings.{name}", help=f"settings.{name}_help"
                )
                for name in (
                    "sync_transcript",
                    "share_with_lead",
                    "sync_notes",
                    "sync_callbacks",
                    "sync_audio",
                )
            ),
        ),
    ),
    Group(
        name="appearance",
        title="settings.appearance",
        fields=(
            Field(
                name="language",
                kind="choice",
                label="settings.language",
                choices=(
                    ("auto", "settings.language_auto"),
                    ("nl", "settings.language_nl"),
                    ("en", "settings.language_en"),
                ),
            ),
            Field(
                name="scheme",
                kind="choice",
                label="settings.scheme",
                choices=(
                    ("system", "settings.scheme_system"),
                    ("light", "settings.scheme_light"),
                    ("dark", "settings.scheme_dark"),
                ),
            ),
            Field(
                name="text_percent",
                kind="number",
                label="settings.text_size",
                low=TEXT_PERCENT[0],
                high=TEXT_PERCENT[1],
                unit="settings.percent",
            ),
            Field(name="still", kind="switch", label="settings.still", help="settings.still_help"),
        ),
    ),
    Group(
        name="keys",
        title="settings.keys",
        intro="settings.keys_intro",
        fields=(
            Field(name="hotkey_call", kind="line", label="settings.hotkey_call"),
            Field(name="hotkey_hold", kind="line", label="settings.hotkey_hold"),
            Field(
                name="hotkey_useful",
                kind="line",
                label="settings.hotkey_useful",
                help="settings.hotkey_answers",
            ),
            Field(name="hotkey_not_now", kind="line", label="settings.hotkey_not_now"),
            Field(name="hotkey_wrong", kind="line", label="settings.hotkey_wrong"),
        ),
    ),
    Group(
        name="roles",
        title="settings.roles",
        intro="settings.roles_intro",
        fields=(
            Field(
                name="agent",
                kind="line",
                label="settings.agent_number",
                help="settings.agent_number_help",
            ),
            Field(
                name="channel",
                kind="line",
                label="settings.customers_by",
                help="settings.customers_by_help",
            ),
            Field(name="organisation", kind="line", label="settings.organisation"),
            Field(name="named", kind="line", label="settings.named", help="settings.named_help"),
            Field(
                name="role",
                kind="choice",
                label="settings.role",
                choices=tuple(
                    (role, f"settings.role_{role}")
                    for role in ("agent", "lead", "coach", "officer")
                ),
            ),
        ),
    ),
)


def groups(known: Collection[str]) -> tuple[Group, ...]:
    """The pages with the fields that are `known`; a form without any is left out."""
    kept = (
        replace(one, fields=tuple(field for field in one.fields if field.name in known))
        for one in GROUPS
    )
    return tuple(one for one in kept if one.fields or one.page != "form")
