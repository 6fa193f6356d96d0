"""Schema 2: what people wrote can travel between an agent's record and the team's database."""

from alembic import op

revision = "2"
down_revision = "1"

_RANDOM = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "replace(gen_random_uuid()::text, '-', '')",
}


def upgrade() -> None:
    """Give what people wrote a name of its own, and remember what travelled."""
    random = _RANDOM[op.get_bind().dialect.name]
    for table in ("notes", "callbacks", "incidents"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN uid TEXT")
        op.execute(f"UPDATE {table} SET uid = {random}")  # noqa: S608 - names that stand here
        op.execute(f"CREATE UNIQUE INDEX ix_{table}_uid ON {table} (uid)")
    op.execute("CREATE TABLE travelled (uid TEXT NOT NULL PRIMARY KEY, came BOOLEAN NOT NULL)")
