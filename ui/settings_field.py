"""One thing to set on the screen: its name, its control, its meaning, and what is wrong with it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coach.phrases import say
from ui.parts import label, marked, quiet, role
from ui.saying import saying
from ui.settings_model import Field, Value

Changed = Callable[[str, Value], None]
Control = QCheckBox | QComboBox | QSpinBox | QLineEdit | QPlainTextEdit


class FieldRow(QWidget):
    """Shows one `Field`; `changed` is told its name and value when the person changes it."""

    def __init__(self, shown: Field, changed: Changed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self._changed = shown, changed
        self._showing = False
        self.control: Control = _MAKES[shown.kind](self)
        self.control.setSizePolicy(_WIDTHS[shown.kind], QSizePolicy.Policy.Fixed)
        self.wrong = role(label(self), "alert")
        self.wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if shown.kind != "switch":
            name = label(self, shown.label)
            name.setBuddy(self.control)
            column.addWidget(name)
        column.addWidget(self.control)
        column.addWidget(self.wrong)
        if shown.help:
            column.addWidget(quiet(self, shown.help))
        saying(self.control, self._say)

    def show_value(self, value: Value) -> None:
        """Show `value` without telling anybody."""
        self._showing = True
        _put(self.control, self.field, value)
        self._showing = False

    def show_wrong(self, words: str) -> None:
        """Say what is wrong, in place; empty: nothing."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        marked(self.control, "wrong", bool(words))
        self.control.setAccessibleDescription(words or (say(self._help) if self._help else ""))

    @property
    def _help(self) -> str:
        return self.field.help

    def tell(self) -> None:
        """Tell of the value that the control has now."""
        if not self._showing:
            self._changed(self.field.name, _value(self.control))

    def _say(self) -> None:
        name = say(self.field.label)
        self.control.setAccessibleName(name)
        if isinstance(self.control, QCheckBox):
            self.control.setText(name)
        elif isinstance(self.control, QComboBox):
            self._showing = True
            for row, (_, words) in enumerate(self.field.choices):
                self.control.setItemText(row, say(words) if "." in words else words)
            self._showing = False
        elif isinstance(self.control, QSpinBox) and self.field.unit:
            self.control.setSuffix(f" {say(self.field.unit)}")


class _NoWheel(QObject):
    """The wheel scrolls the page; it changes no number that happens to lie under it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _switch(row: FieldRow) -> QCheckBox:
    made = QCheckBox(row)
    made.toggled.connect(row.tell)
    return made


def _choice(row: FieldRow) -> QComboBox:
    made = QComboBox(row)
    for value, words in row.field.choices:
        made.addItem(words, value)
    made.installEventFilter(_NoWheel(made))
    made.currentIndexChanged.connect(row.tell)
    return made


def _number(row: FieldRow) -> QSpinBox:
    made = QSpinBox(row)
    made.setRange(row.field.low, row.field.high)
    made.setGroupSeparatorShown(True)
    made.installEventFilter(_NoWheel(made))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.lineEdit().setTextMargins(6, 0, 0, 0)
    made.valueChanged.connect(row.tell)
    return made


def _line(row: FieldRow) -> QLineEdit:
    made = QLineEdit(row)
    made.textEdited.connect(row.tell)
    return made


def _text(row: FieldRow) -> QPlainTextEdit:
    made = QPlainTextEdit(row)
    made.setTabChangesFocus(True)
    made.setFixedHeight(4 * made.fontMetrics().height())
    made.textChanged.connect(row.tell)
    return made


_MAKES: dict[str, Callable[[FieldRow], Control]] = {
    "switch": _switch,
    "choice": _choice,
    "number": _number,
    "line": _line,
    "text": _text,
}
_FREE, _OWN = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum
_WIDTHS = {"switch": _FREE, "choice": _OWN, "number": _OWN, "line": _FREE, "text": _FREE}


def _value(control: Control) -> Value:
    match control:
        case QCheckBox():
            return control.isChecked()
        case QSpinBox():
            return control.value()
        case QComboBox():
            found: Value = control.currentData()
            return found
        case QLineEdit():
            return control.text()
    return control.toPlainText()


def _put(control: Control, shown: Field, value: Value) -> None:
    match control:
        case QCheckBox():
            control.setChecked(bool(value))
        case QSpinBox():
            control.setValue(int(value))
        case QComboBox():
            known = [choice for choice, _ in shown.choices]
            control.setCurrentIndex(known.index(value) if value in known else -1)
        case QLineEdit():
            if control.text() != value:
                control.setText(str(value))
                control.setCursorPosition(0)
        case QPlainTextEdit():
            if control.toPlainText() != value:
                control.setPlainText(str(value))
