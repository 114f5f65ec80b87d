"""Making the office's tables, and bringing those of an older version up: the alembic revisions in `migrations`.

All of it is one transaction that the first to open holds; whoever comes second waits, and finds it done. Until the first
release there is one revision, which makes what `office.tables` lists; a table that was defined since is added.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine


def bring_up(engine: Engine) -> None:
    """Make or bring up the tables of the office that `engine` connects to."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            _own_schema(connection)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _own_schema(connection: Connection) -> None:
    schema = str(connection.exec_driver_sql("SHOW search_path").scalar_one()).strip('"')
    number = int.from_bytes(hashlib.sha256(schema.encode()).digest()[:8], "big", signed=True)
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s::bigint)", (number,))
    connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
