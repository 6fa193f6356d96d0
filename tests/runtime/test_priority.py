"""Threads that work for the coach give way; the others, and the process, stay as they are."""

import os
import sys
import threading

import pytest

from coach.runtime.priority import give_way


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities of their own there")
def test_a_thread_and_what_it_starts_give_way_and_nobody_else() -> None:
    def mine() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before, found = mine(), []

    def child() -> None:
        found.append(mine())

    def work() -> None:
        give_way()
        give_way()
        found.append(mine())
        inner = threading.Thread(target=child)
        inner.start()
        inner.join()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found[0] == found[1] == (before + 2 if before < 2 else before), "once"
    assert mine() == before


def test_where_it_is_not_allowed_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "nice", refuse)
    give_way()
