"""Calls as tables: unknown stays empty, words stay words, types stay types."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from coach.core.metrics import DEFINITIONS, measure
from coach.errors import ProductError
from coach.report.tables import HEAD, write_csv, write_parquet
from tests.core.metrics.test_counted import bereavement, calm, quarrel

CALLS = [measure(call()) for call in (bereavement, quarrel, calm)]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_metric_is_a_column(tmp_path: Path) -> None:
    write_csv(CALLS, tmp_path / "out" / "calls.csv")
    first, second, third = read(tmp_path / "out" / "calls.csv")
    assert list(first) == [*HEAD, *DEFINITIONS]
    assert (first["reference"], first["acknowledged_before_data"]) == ("R1", "false")
    assert (first["sentiment_agent"], second["acknowledged_before_data"]) == ("", "")
    assert float(third["emotion_end"]) == 0.2


def test_no_cell_is_read_as_a_formula(tmp_path: Path) -> None:
    harmful = replace(CALLS[0], reference="=HYPERLINK(1)", call_id="+31")
    write_csv([harmful], tmp_path / "calls.csv")
    (row,) = read(tmp_path / "calls.csv")
    assert (row["reference"], row["call_id"]) == ("'=HYPERLINK(1)", "'+31")


def test_no_table_says_whose_call_it_was(tmp_path: Path) -> None:
    """Nobody is to be ranked: a table of agents by their figures cannot be made of it."""
    write_csv(CALLS, tmp_path / "calls.csv")
    assert "agent" not in read(tmp_path / "calls.csv")[0]
    assert "a7" not in (tmp_path / "calls.csv").read_text(encoding="utf-8-sig")


def test_parquet_keeps_types_and_what_is_not_known(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_parquet(CALLS, tmp_path / "calls.parquet")
    table = parquet.read_table(tmp_path / "calls.parquet")
    assert table.column("acknowledged_before_data").to_pylist() == [False, None, None]
    assert table.column("interruptions_agent").to_pylist() == [0, 1, 0]
    assert str(table.schema.field("emotion_start").type) == "double"
    assert table.column("sentiment_agent").null_count == 3


def test_a_disk_that_does_not_take_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ProductError):
        write_csv(CALLS, tmp_path / "file" / "calls.csv")
