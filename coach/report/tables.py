"""Calls as a table, one a row: CSV for every spreadsheet, Parquet for tools that reckon."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coach.core.metrics import DEFINITIONS, CallMetrics, Unit, figures
from coach.errors import ProductError, UserError

HEAD = ("call_id", "began", "reference")
"""What stands before the metrics. Not the agent: a table of people by their figures is no use to
anybody but those who would rank them.
"""


def rows(calls: Sequence[CallMetrics]) -> list[dict[str, Any]]:
    """What is known of every call: which and when, then every metric. Unknown is `None`."""
    return [{name: getattr(call, name) for name in HEAD} | figures(call) for call in calls]


def write_csv(calls: Sequence[CallMetrics], path: Path) -> None:
    """UTF-8 with a mark, so that a spreadsheet reads it right; empty where nothing is known."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, [*HEAD, *DEFINITIONS])
            writer.writeheader()
            writer.writerows({k: _cell(v) for k, v in row.items()} for row in rows(calls))
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why


def _cell(value: Any) -> Any:
    """No cell may be read as a formula: a call's reference comes from another system."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def write_parquet(calls: Sequence[CallMetrics], path: Path) -> None:
    """One column a metric, with its type. Raises `UserError` without the library for it."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as why:
        raise UserError("insight.no_parquet") from why
    kinds = {
        Unit.COUNT: arrow.int64(),
        Unit.YES_NO: arrow.bool_(),
        Unit.WORD: arrow.string(),
    }
    columns = [(name, arrow.string()) for name in HEAD]
    columns += [(name, kinds.get(one.unit, arrow.float64())) for name, one in DEFINITIONS.items()]
    schema = arrow.schema(columns)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(arrow.Table.from_pylist(rows(calls), schema=schema), path)
    except OSError as why:
        raise ProductError("cli.cannot_write", path=path, why=why.strerror) from why
