"""Redaction: which entries and rows a notice empties, and who may ask for it.

A notice is a public entry of kind `BodyRedacted`. Its refs name entries whose whole body (and rows) go; its body's
`redacted_rows` names single rows as `<entry id>/<n>`.

1. A notice stands after what it redacts, and no notice can be redacted: what it says must stay readable. No notice that
   names the charter (entry 0) is admitted: without it nobody could read the record or go on with it.
2. It is signed for the member whose entry it empties, or for two members at least.
3. It is countersigned by the charter's rule: for as many members as the key event `redaction` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tasdiq.errors import InputError, RoleError
from tasdiq.record import canonical
from tasdiq.record.entry import Entry
from tasdiq.record.keys import KeyState

KIND = "BodyRedacted"
_ROW_ID = re.compile(r"([0-9a-f]{64})/(0|[1-9][0-9]{0,3})", re.ASCII)


def is_notice(header: Mapping[str, Any]) -> bool:
    """Tell whether a header is that of a redaction notice."""
    return bool(header["kind"] == KIND)


def is_charter(header: Mapping[str, Any]) -> bool:
    """Tell whether a header is that of entry 0, the one that names no charter."""
    return "charter" not in header


def targets(header: dict[str, Any], body: Any) -> list[tuple[str, int | None]]:
    """Return (entry id, row number or None for all of it) of everything a notice empties."""
    listed = body.get("redacted_rows", []) if isinstance(body, dict) else []
    if not isinstance(listed, list):
        raise InputError("expected a list of row ids as redacted_rows", field="redacted_rows")
    found: list[tuple[str, int | None]] = [(ref, None) for ref in header["refs"]]
    for item in listed:
        match = _ROW_ID.fullmatch(item) if isinstance(item, str) else None
        if not match:
            raise InputError(f"expected a row id such as <entry id>/7, found {str(item)[:80]!r}", field="redacted_rows")
        found.append((match[1], canonical.decimal(match[2])))
    if not found:
        raise InputError("expected a redaction notice to name entries (refs) or rows (redacted_rows)", field="refs")
    return found


def require_allowed(
    notice: Entry, keys: KeyState, named: Iterable[str], find: Callable[[str], Mapping[str, Any] | None]
) -> None:
    """Raise InputError or RoleError unless a notice may empty the entries named; `find` gives an earlier header."""
    members = {keys.keys[key_id].member for key_id, _ in notice.sigs if key_id in keys.keys} - {""}
    if len(members) < keys.redaction:
        raise RoleError(
            f"a notice of redaction is signed for {keys.redaction} members in this record, this one for {len(members)}: "
            "let others countersign it"
        )
    for entry_id in named:
        header = find(entry_id)
        if header is None:
            raise InputError(f"the entry {entry_id[:16]}… to be redacted is not in this record", field="refs")
        if is_notice(header):
            raise InputError("a redaction notice cannot be redacted itself", field="refs")
        if header["member"] not in members and len(members) < 2:
            raise RoleError(f"to redact an entry of {header['member']} takes its signature, or those of two members")
