"""Making the tables of a new record, and bringing those of an older version up to this one.

The steps are the alembic revisions in `migrations`, run from here: nobody needs an alembic.ini. Both run in a transaction
that the caller holds. Going from version 1 to 2 encrypts the joint content that version 1 kept in the clear.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect

from tasdiq.record.entry import parse_leaf
from tasdiq.record.secrecy.stored import Secrecy, part
from tasdiq.record.store import statements
from tasdiq.record.store.tables import BULK_ROW

_BLOCK = 500


def build(connection: Connection, origin: str) -> None:
    """Make the tables of a new record."""
    command.upgrade(_config(connection), "head")
    statements.ADD_RECORD.run(connection, 1, origin)


def upgrade(connection: Connection, secrecy: Secrecy) -> None:
    """Bring the tables of an older record up to this version."""
    if not inspect(connection).has_table("alembic_version"):
        # Session 1 wrote version 1 without alembic.
        command.stamp(_config(connection), "0001")
    command.upgrade(_config(connection, secrecy), "head")


def _config(connection: Connection, secrecy: Secrecy | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["seal"] = lambda: _seal_joint(connection, secrecy) if secrecy else None
    return config


def _seal_joint(connection: Connection, secrecy: Secrecy) -> None:
    for index, commit in _joint(connection):
        for _, salt, content, key, _ in statements.BODIES.all(connection, index, index + 1):
            if content is not None and key is None:
                statements.SEAL_BODY.run(connection, *secrecy.seal(commit, salt + content), index)
        for number, salt, content, key in statements.ROWS.all(connection, index):
            if content is not None and key is None:
                sealed = secrecy.seal(part(BULK_ROW.name, commit, number), salt + content)
                statements.SEAL_ROW.run(connection, *sealed, index, number)


def _joint(connection: Connection) -> Iterator[tuple[int, bytes]]:
    """Yield index and commitment of every joint entry."""
    last = statements.LAST.all(connection)[0][0]
    for low in range(0, 0 if last is None else last + 1, _BLOCK):
        for index, leaf in statements.LEAVES.all(connection, low, low + _BLOCK):
            header = parse_leaf(leaf).header
            if header["access"] == "joint":
                yield index, bytes.fromhex(header["body_commit"])
