"""Schema 4: the sound of calls on a server, piece by piece. A file keeps it beside itself."""

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sounds",
        sa.Column(
            "call_id",
            sa.Text,
            sa.ForeignKey("register.call_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "number"),
    )
