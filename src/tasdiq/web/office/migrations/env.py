"""What alembic runs to bring the office's tables up: on the connection and in the transaction that `upgrade` holds."""

from __future__ import annotations

from alembic import context

from tasdiq.web.office.tables import METADATA

_connection = context.config.attributes["connection"]
context.configure(connection=_connection, target_metadata=METADATA, transaction_per_migration=False)
context.run_migrations()
# Until the first release a table may be defined after an office was made; afterwards each has a revision of its own.
METADATA.create_all(_connection)
