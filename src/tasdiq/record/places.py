"""Where the parts of a record lie in its directory. Names only, so that an audit knows them without loading a store.

    record.sqlite     the database, in a record that is its own file
    database.url      in its stead where the database is PostgreSQL: the address and the schema, mode 0600
    attachment/       files by their SHA-256, in both
    keys/             the host's key files, `at-rest.key` among them: what opens confidential bodies

In a published site, `record/` holds what anyone needs to check it (see `publish`).
"""

from __future__ import annotations

from pathlib import Path

DATABASE = "record.sqlite"
DATABASE_URL = "database.url"
ATTACHMENTS = "attachment"
KEYS = "keys"
PUBLISHED = "record"
AT_REST_KEY = "at-rest.key"


def holds_record(directory: Path) -> bool:
    """Tell whether a record was created in `directory`, whichever database it lies in."""
    return (directory / DATABASE).is_file() or (directory / DATABASE_URL).is_file()
