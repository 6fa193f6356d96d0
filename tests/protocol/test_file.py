"""The protocol as a file: the product's own, saved with a way back, never half-written."""

from pathlib import Path

import pytest

from coach.core.deadlines import read_deadline
from coach.core.protocol import read_protocol
from coach.core.vocabulary import EscalationKind
from coach.errors import ProductError, UserError
from coach.phrases import area, choose_language
from coach.protocol import (
    KEPT,
    faults_in,
    load_protocol,
    protocol_text,
    save_protocol,
    tell_faults,
    undo,
    within_words,
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "there" / "protocol.toml"
    monkeypatch.setenv("COACH_PROTOCOL", str(path))
    return path


def owned_by(owner: str) -> str:
    return protocol_text().replace("Woordvoering", owner)


@pytest.mark.usefixtures("place")
def test_the_products_own_covers_every_sign() -> None:
    protocol = load_protocol()
    assert {entry.kind for entry in protocol.entries} == set(EscalationKind)
    for entry in protocol.entries:
        assert set(entry.owner) == set(entry.steps) == set(entry.hand_over) == {"nl", "en"}


def test_what_is_saved_is_in_force_and_can_be_taken_back(place: Path) -> None:
    first = protocol_text()
    save_protocol(owned_by("Anne"))
    save_protocol(owned_by("Anne").replace("Anne", "Bart"))
    assert "Bart" in place.read_text(encoding="utf-8")
    assert undo()
    assert "Anne" in protocol_text()
    assert undo()
    assert protocol_text() == first
    assert not undo()


def test_an_editor_may_save_fields_instead_of_text(place: Path) -> None:
    protocol = load_protocol()
    save_protocol(protocol)
    assert read_protocol(place.read_text(encoding="utf-8")) == protocol


def test_a_wrong_protocol_is_not_saved(place: Path) -> None:
    save_protocol(owned_by("Anne"))
    with pytest.raises(UserError) as refused:
        save_protocol(owned_by("Anne").replace('"phone"', '"fax"', 1))
    assert "fax" in str(refused.value)
    assert "fax" not in place.read_text(encoding="utf-8")


def test_only_so_many_earlier_ones_are_kept(place: Path) -> None:
    for number in range(KEPT + 3):
        save_protocol(owned_by(f"Anne {number}"))
    assert len(list(place.parent.glob("protocol.*.toml"))) == KEPT


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("COACH_PROTOCOL", str(blocked / "protocol.toml"))
    with pytest.raises(ProductError):
        save_protocol(protocol_text(None) if not blocked.is_file() else owned_by("Anne"))


def test_nothing_half_written_is_left_behind(place: Path) -> None:
    save_protocol(owned_by("Anne"))
    assert {path.name for path in place.parent.iterdir()} == {"protocol.toml", "protocol.1.toml"}


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        load_protocol(tmp_path / "none.toml")


def test_faults_are_told_in_the_users_language() -> None:
    faults = faults_in("[media]\nchannel = 'fax'\n")
    choose_language("nl")
    try:
        told = tell_faults(faults)
        assert within_words(read_deadline("1 working day")) == "binnen 1 werkdag"
        assert within_words(read_deadline("2 hours")) == "binnen 2 uur"
        assert within_words(read_deadline("at once")) == "meteen"
    finally:
        choose_language("auto")
    assert "regel 2, media.channel: 'fax' is geen kanaal." in told
    assert all(f"{fault.key}" in area("protocol") for fault in faults)
