"""What can be set, and a draft of it: changed, taken back, left or applied. No Qt.

What there is to set is a table that the composition root gives; the dialog draws it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from ui.settings_table import Table

Value = str | int | bool
Kind = Literal["switch", "number", "choice", "line", "text"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing to set. `label`, `help` and `unit` are keys of sentences.

    `choices` are values with the key of their name, or with their name itself where it has no dot.
    `low` and `high` bound a number.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    choices: tuple[tuple[Value, str], ...] = ()
    low: int = 0
    high: int = 1_000_000
    unit: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Things that are set on one page. `page`: "form", or a page with a face of its own."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    page: Literal["form", "sound", "table"] = "form"
    intro: str = ""


class SettingsDesk(Protocol):
    """Where settings come from and go to.

    A group whose `page` is "table" is drawn from the table of its name in `tables`.
    """

    def groups(self) -> Sequence[Group]:
        """What can be set here, page by page."""
        ...

    def tables(self) -> Sequence["Table"]:
        """What is set row by row."""
        ...

    def load(self) -> dict[str, Value]:
        """Every field with its value in force."""
        ...

    def check(self, values: Mapping[str, Value]) -> dict[str, str]:
        """What is wrong, in the user's words, by the name of the field; empty: all is well."""
        ...

    def save(self, values: Mapping[str, Value], changed: Sequence[str]) -> None:
        """Put the changed fields in force and keep them. Raises `CoachError`."""
        ...


@dataclass
class Draft:
    """Settings as somebody is changing them; nothing is in force until they are applied."""

    saved: dict[str, Value]
    now: dict[str, Value] = field(init=False)
    _steps: list[tuple[str, Value]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = dict(self.saved)

    def set(self, name: str, value: Value) -> None:
        """Change one field. Further changes of the same field are one step to take back."""
        before = self.now[name]
        if before == value:
            return
        if not self._steps or self._steps[-1][0] != name:
            self._steps.append((name, before))
        self.now[name] = value

    def undo(self) -> str | None:
        """Take the last step back; the name of its field, `None` when there is none."""
        if not self._steps:
            return None
        name, before = self._steps.pop()
        self.now[name] = before
        return name

    def cancel(self) -> None:
        """Back to what is in force."""
        self.now = dict(self.saved)
        self._steps.clear()

    def applied(self) -> None:
        """What was drafted is in force now."""
        self.saved = dict(self.now)
        self._steps.clear()

    def refresh(self, values: Mapping[str, Value]) -> None:
        """Other values came into force, as words in another language do; drafted ones stay."""
        for name, value in values.items():
            if self.now[name] == self.saved[name]:
                self.now[name] = value
            self.saved[name] = value

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    @property
    def changed(self) -> list[str]:
        """The fields that differ from what is in force."""
        return [name for name, value in self.now.items() if self.saved[name] != value]
