"""Schema 1: the first."""

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make every table, in the words of the database at hand."""
    connection = op.get_bind()
    script = Path(__file__).with_name(f"schema_1.{connection.dialect.name}.sql")
    for statement in script.read_text(encoding="utf-8").split(";\n\n"):
        connection.execute(text(statement.strip().removesuffix(";")))
