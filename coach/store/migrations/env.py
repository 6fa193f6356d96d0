"""What alembic runs: on the connection, and in the transaction, that `coach.store.schema` gives."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
