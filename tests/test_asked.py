"""What the protocol asks for after a call, where the screens get it."""

from pathlib import Path

import pytest

from coach.asked import asked_after
from coach.core.vocabulary import EscalationKind
from tests.store.calls import call

SAID = ("Dan stap ik naar de krant.",)


@pytest.fixture
def protocol(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    file = tmp_path / "protocol.toml"
    monkeypatch.setenv("COACH_PROTOCOL", str(file))
    return file


@pytest.mark.usefixtures("protocol")
def test_a_sign_asks_for_what_the_protocol_has_for_it() -> None:
    found = asked_after(call("one", said=SAID, sign=EscalationKind.MEDIA))
    assert [one.entry.kind for one in found.tasks] == [EscalationKind.MEDIA]
    quiet = asked_after(call("two", said=("Goedemorgen.",)))
    assert (quiet.tasks, quiet.why_not) == ((), "")


def test_a_protocol_that_cannot_be_read_says_why(protocol: Path) -> None:
    protocol.write_text("version = ", encoding="utf-8")
    found = asked_after(call("one", said=SAID, sign=EscalationKind.MEDIA))
    assert found.tasks == ()
    assert str(protocol) in found.why_not
