"""A record that keeps no words has none."""

from pathlib import Path

from coach.core.events import Utterance
from coach.store.home import Record
from coach.store.safe import MemorySafe
from tests.store.calls import call


def test_without_words_nothing_that_was_said_goes_into_the_database(tmp_path: Path) -> None:
    record = Record(tmp_path, MemorySafe(), words=False)
    sink = record.spooler.call("one")
    for event in call("one"):
        sink(event)
    sink.over()
    record.spooler.flush()
    record.spooler.drain()
    said = [e.text for e in record.store().events("one") if isinstance(e, Utterance)]
    record.close()
    assert said == ["", ""]
