"""Schema 3: on which channel a call came in; aggression by cause and answers to nudges by week."""

from pathlib import Path

from alembic import op

revision = "3"
down_revision = "2"

_A_WEEK_AGO = {"postgresql": "current_date - 7", "sqlite": "date('now', '-7 days')"}
"""The one thing that the databases say differently."""


def upgrade() -> None:
    """Give calls and weeks a channel, and count anew what can be counted now."""
    connection = op.get_bind()
    script = Path(__file__).with_name("schema_3.sql").read_text(encoding="utf-8")
    for statement in script.replace("{a_week_ago}", _A_WEEK_AGO[connection.dialect.name]).split(
        ";\n\n"
    ):
        connection.exec_driver_sql(statement.strip().removesuffix(";"))
