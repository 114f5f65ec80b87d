"""The triggers that keep a record's tables from being rewritten by mistake, in the words of both databases.

Against a hostile host it is the tree that holds. Steps already taken use these words: add others, never change them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

POSTGRES_REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' ' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END
$$
"""
ONCE = "can only be emptied, once"


def insert_only(dialect: str, *tables: str) -> Iterator[str]:
    """Yield what refuses every change to rows that are there."""
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            yield _refuse(dialect, table, verb, "is insert-only")
        yield from _no_truncate(dialect, table)


def emptied_once(dialect: str, table: str, emptied: Sequence[str], place: Sequence[str]) -> Iterator[str]:
    """Yield what refuses every change but the one that empties the columns `emptied` and names the notice."""
    yield _refuse(dialect, table, "DELETE", "is never deleted from")
    yield only_emptying(dialect, table, emptied, place)
    yield from _no_truncate(dialect, table)


def only_emptying(dialect: str, table: str, emptied: Sequence[str], place: Sequence[str]) -> str:
    """Return what refuses an UPDATE that does not empty."""
    kept = "".join(f" OR NEW.{column} IS NOT NULL" for column in emptied)
    moved = "".join(f" OR NEW.{column} <> OLD.{column}" for column in place)
    return _refuse(
        dialect, table, "UPDATE", ONCE, f"OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL{kept}{moved}"
    )


def _refuse(dialect: str, table: str, verb: str, words: str, when: str = "") -> str:
    if dialect == "sqlite":
        condition = f"WHEN {when} " if when else ""
        return (
            f"CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table} "
            f"{condition}BEGIN SELECT RAISE(ABORT, '{table} {words}'); END"
        )
    condition = f"WHEN ({when}) " if when else ""
    return (
        f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} FOR EACH ROW "
        f"{condition}EXECUTE FUNCTION refuse('{words}')"
    )


def _no_truncate(dialect: str, table: str) -> Iterator[str]:
    if dialect != "sqlite":
        yield (
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION refuse('is never truncated')"
        )
