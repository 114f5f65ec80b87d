"""The list of entries as a viewer sees it (rules V1, V3, V7 of `web.seeing`): a sealed line shows what its header shows anyone."""

from __future__ import annotations

from collections.abc import Collection

from tasdiq.model.state import EntryLine

SEALED = "sealed"


def sealed(line: EntryLine) -> EntryLine:
    """Return the line of an entry whose content a viewer may not see: index, id, day, access and status."""
    return EntryLine(line.index, line.id, SEALED, "", line.claimed_time[:10], line.access, line.status, "")


def public_line(line: EntryLine) -> EntryLine:
    """Return an entry's line as anybody sees it."""
    return line if line.access == "public" else sealed(line)


def officer_line(line: EntryLine, unlisted: Collection[str]) -> EntryLine:
    """Return an entry's line as an officer sees it to whom these entries are closed."""
    return sealed(line) if line.access == "named" or line.id in unlisted else line
