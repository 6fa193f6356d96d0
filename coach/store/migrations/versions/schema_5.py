"""Schema 5: the sound of calls that went to the team before it could follow them stays here.

A server has nothing to remember; its step is where `roles.sql` is run again.
"""

from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Settle the sound of calls that went (`coach.store.sounding`)."""
    op.execute(
        "INSERT INTO travelled (uid, came) "
        "SELECT 'sound ' || call_id, false FROM register WHERE synced > 0"
    )
