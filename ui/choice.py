"""A box to choose one of a few values, its words said anew when the language changes."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from ui.saying import named, saying

Option = tuple[object, Callable[[], str]]
"""A value, and what it is called in the language of the moment."""


class Choice(QComboBox):
    """Chooses one of `options`; `changed` is called when a person chose another one."""

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        changed: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = tuple(options)
        self._changed = changed
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        named(self, name)
        saying(self, self._say)
        self.currentIndexChanged.connect(lambda _: self._changed())

    @property
    def value(self) -> object:
        """The value that is chosen; `None` without one."""
        index = self.currentIndex()
        return self._options[index][0] if 0 <= index < len(self._options) else None

    def choose(self, value: object) -> None:
        """Choose `value`, if it is there; nobody is told."""
        values = [option[0] for option in self._options]
        if value in values:
            was = self.blockSignals(True)
            self.setCurrentIndex(values.index(value))
            self.blockSignals(was)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other values; the choice stays if it still can."""
        chosen, self._options = self.value, tuple(options)
        self._say()
        self.choose(chosen)

    def _say(self) -> None:
        index, was = self.currentIndex(), self.blockSignals(True)
        self.clear()
        self.addItems([say() for _, say in self._options])
        self.setCurrentIndex(max(index, 0))
        self.blockSignals(was)
