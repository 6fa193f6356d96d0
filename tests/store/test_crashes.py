"""Processes, servers and disks that fail; `benchmarks/crash.py` does the same for hours."""

import random
import threading
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import crash
from coach.core.events import LogEvent
from coach.store.database import Store
from coach.store.failures import StoreUnavailable
from coach.store.keys import new_keys
from coach.store.mending import is_sound
from coach.store.queries import count_calls
from tests.store.calls import call, many
from tests.store.disks import small_disk
from tests.store.postgres import Server, binaries

CHANCE = random.Random(20260302)  # noqa: S311 - when to kill is no secret


def test_a_killed_process_leaves_whole_calls_and_a_sound_database(tmp_path: Path) -> None:
    """How many seconds are lost at most is measured by the benchmark, on a machine of its own."""
    found = crash.processes(tmp_path, 2, CHANCE)
    assert found["sound"]


def test_a_killed_server_loses_and_doubles_nothing() -> None:
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    assert crash.server(2, CHANCE)["each_once_and_whole"]


def _fill(store: Store, logs: dict[str, list[LogEvent]]) -> int:
    """Store calls until no more fit; how many did."""
    for stored, (call_id, log) in enumerate(logs.items()):
        try:
            store.append(call_id, 0, log)
        except StoreUnavailable:
            return stored
    return len(logs)


def test_a_full_disk_stops_storing_and_breaks_nothing(tmp_path: Path) -> None:
    path, keys = tmp_path / "disk" / "calls.db", new_keys()
    path.parent.mkdir()
    logs = many(400, said=("Een lang verhaal over klachten. " * 40, "Ja."))
    with small_disk(path.parent):
        with closing(Store.open(path, keys=keys)) as store:
            stored = _fill(store, logs)
        assert 0 < stored < len(logs)
        with closing(Store.open(path, keys=keys)) as store:
            assert count_calls(store) == stored
            assert store.events("call-0000") == logs["call-0000"]
        assert is_sound(path, keys)


def test_two_writers_of_one_agents_week_both_count(server: Server, database: str) -> None:
    """Each counts the week anew: at once, one of them would not see the other's call."""
    failed: list[BaseException] = []

    def write(name: str) -> None:
        try:
            with closing(Store.open(server.url(database))) as store:
                for number in range(12):
                    store.append(f"{name}-{number}", 0, call(f"{name}-{number}"))
                store.remove([f"{name}-{number}" for number in range(0, 12, 2)])
        except BaseException as why:  # noqa: BLE001 - told to the test
            failed.append(why)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "two", "three")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    with closing(Store.open(server.url(database))) as store, store.reading() as connection:
        counted = connection.exec_driver_sql("SELECT sum(calls) FROM weeks").scalar()
        assert (counted, count_calls(store)) == (18, 18)
