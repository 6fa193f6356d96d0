"""Windows without a screen, in Dutch."""

from collections.abc import Iterator

import pytest

from coach.phrases import choose_language


@pytest.fixture(autouse=True)
def own_files(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What windows remember, and what is set, stays out of the files of whoever tests."""
    folder = tmp_path_factory.mktemp("own")
    for name, file in (("SCREEN", "screen.ini"), ("NUDGES", "nudges.toml")):
        monkeypatch.setenv(f"COACH_{name}", str(folder / file))
    monkeypatch.setenv("COACH_SETTINGS", str(folder / "settings.toml"))


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    choose_language("nl")
    yield
    choose_language("auto")
