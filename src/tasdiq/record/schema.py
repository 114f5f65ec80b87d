"""The tables of a record's SQLite file, and the triggers that keep them from being rewritten by mistake.

Tables record, entry, tile and checkpoint are insert-only; body and bulk_row allow INSERT and one UPDATE that empties.
"""

from __future__ import annotations

APPLICATION_ID = 0x7A5D1901
VERSION = 1

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
CREATE TABLE record (one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL) STRICT;
CREATE TABLE entry (idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, has_keys INTEGER NOT NULL, leaf BLOB NOT NULL) STRICT;
CREATE INDEX entry_keys ON entry (idx) WHERE has_keys = 1;
CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, root BLOB NOT NULL,
                   PRIMARY KEY (level, number)) STRICT;
CREATE TABLE checkpoint (seq INTEGER PRIMARY KEY, size INTEGER NOT NULL, note BLOB NOT NULL) STRICT;
CREATE TABLE body (idx INTEGER PRIMARY KEY, salt BLOB, content BLOB, redacted_at INTEGER) STRICT;
CREATE TABLE bulk_row (idx INTEGER NOT NULL, n INTEGER NOT NULL, salt BLOB, content BLOB, redacted_at INTEGER,
                       PRIMARY KEY (idx, n)) STRICT;
"""
_INSERT_ONLY = "CREATE TRIGGER {0}_{1} BEFORE {1} ON {0} BEGIN SELECT RAISE(ABORT, '{0} is insert-only'); END;"
_EMPTIED_ONCE = """
CREATE TRIGGER {0}_DELETE BEFORE DELETE ON {0} BEGIN SELECT RAISE(ABORT, '{0} is never deleted from'); END;
CREATE TRIGGER {0}_UPDATE BEFORE UPDATE ON {0}
WHEN OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL OR NEW.salt IS NOT NULL OR NEW.content IS NOT NULL
     OR NEW.idx <> OLD.idx {1}
BEGIN SELECT RAISE(ABORT, '{0} can only be emptied, once'); END;
"""


def statements() -> str:
    """Return the SQL that makes an empty record."""
    guards = [
        _INSERT_ONLY.format(table, verb)
        for table in ("record", "entry", "tile", "checkpoint")
        for verb in ("UPDATE", "DELETE")
    ]
    emptied = _EMPTIED_ONCE.format("body", "") + _EMPTIED_ONCE.format("bulk_row", "OR NEW.n <> OLD.n")
    return _SCHEMA + "\n".join(guards) + emptied
