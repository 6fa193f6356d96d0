"""After a shift, what is older than the settings allow is gone."""

from datetime import timedelta
from pathlib import Path

import pytest

from coach.keeping import keeping
from coach.settings import Settings
from coach.store.database import now
from coach.store.home import open_record
from coach.store.queries import count_calls
from tests.store.calls import call


def test_a_shift_ends_with_a_purge(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_RECORD", str(tmp_path))
    record = open_record(tmp_path, file_keys=True)
    for name, age in (("old", 400), ("new", 4)):
        record.store().append(name, 0, call(name, began=now() - timedelta(days=age)))
    record.close()
    with keeping(Settings(key_store="file"), clear_logs=False):
        pass
    record = open_record(tmp_path, file_keys=True)
    left = count_calls(record.store())
    record.close()
    assert left == 1
