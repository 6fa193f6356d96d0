import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui import display


@pytest.fixture(autouse=True)
def linux_without_a_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(display, "_LOCAL_DISPLAYS", f"{tmp_path}/X{{number}}")
    monkeypatch.setattr(display, "_NEEDED_BY_QT", "libc.so.6")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Something that listens like an X server."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "X7"))
        listening.listen()
        yield ":7"


def test_without_a_display_there_is_no_window() -> None:
    assert not display.can_show()


@pytest.mark.parametrize("screen", ["", ".0"])
def test_a_display_that_answers_can_show(
    server: str, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", server + screen)
    assert display.can_show()


def test_a_display_that_nobody_serves_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":8")
    assert not display.can_show()


def test_a_display_on_another_machine_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", "werkplek:0")
    assert display.can_show()


def test_without_the_library_that_qt_needs_there_is_no_window(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", server)
    monkeypatch.setattr(display, "_NEEDED_BY_QT", "libdie-er-niet-is.so.0")
    assert not display.can_show()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_show(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert display.can_show()


@pytest.mark.parametrize(
    ("plugin", "shows"), [("offscreen", False), ("minimal", False), ("vnc", True)]
)
def test_what_qt_is_told_to_draw_on_decides(
    plugin: str, shows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", plugin)
    assert display.can_show() is shows
