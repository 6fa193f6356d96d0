"""What is no call is refused with its reason, before anything is written."""

import os
from pathlib import Path

import pytest

from audio.callfile import find_files, inspect
from coach.errors import UserError
from tests.audio.recordings import cut, tones, write
from tests.audio.wrong import WRONG, Wrong


def refused(path: Path) -> str:
    with pytest.raises(UserError) as why:
        inspect(path)
    assert path.name in str(why.value)
    return why.value.key


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_what_is_no_call_is_refused_with_its_reason(tmp_path: Path, case: Wrong) -> None:
    assert refused(case.make(tmp_path / case.name)) == case.key


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "audio.is_folder"


def test_a_name_that_is_no_text_is_refused_readably(tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path) + b"/gesprek \xe9\xe9n.wav"))
    write(tmp_path / "call.wav", tones(1, 8_000), 8_000).rename(path)
    with pytest.raises(UserError) as why:
        inspect(path)
    assert why.value.key == "audio.bad_name"
    str(why.value).encode("utf-8")


def test_a_file_that_is_cut_after_it_was_inspected_is_told(tmp_path: Path) -> None:
    call = inspect(write(tmp_path / "call.flac", tones(9, 8_000), 8_000, "flac"))
    cut(call.path, 0.5)
    with pytest.raises(UserError, match=call.path.name):
        list(call.blocks("left"))


def test_an_ogg_file_whose_recorder_did_not_say_goodbye_is_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "call.ogg", tones(3, 16_000), 16_000, "libopus")
    content = bytearray(path.read_bytes())
    last_page = content.rfind(b"OggS")
    assert content[last_page + 5] & 4, "the encoder marks the last page"
    content[last_page + 5] &= ~4
    path.write_bytes(content)
    assert inspect(path).duration_s == pytest.approx(3, abs=0.1)


# ---- folders -------------------------------------------------------------------------------------


def test_a_folder_stands_for_its_recordings_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("c.WAV", "a.flac", "b.opus", "notes.txt", "._a.flac", ".d.wav"):
        (tmp_path / name).touch()
    assert [path.name for path in find_files(tmp_path)] == ["a.flac", "b.opus", "c.WAV"]


def test_a_file_stands_for_itself_whatever_its_name(tmp_path: Path) -> None:
    assert find_files(tmp_path / "notes.txt") == [tmp_path / "notes.txt"]


def test_a_folder_without_recordings_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UserError) as why:
        find_files(tmp_path)
    assert why.value.key == "audio.empty_folder"
