"""What a table that is imported again changes, by the key of its rows: the report's id.

1. A key that was not there is added, one that is there no longer is gone; a rejected row gives no report, so that its key is
   gone as well. What is left differs in some field, or not at all.
2. The order of rows says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from tasdiq.model.incident import IncidentReport


@dataclass(frozen=True)
class Change:
    """One report that reads otherwise: field, before, after."""

    report_id: str
    fields: tuple[tuple[str, object, object], ...]


@dataclass(frozen=True)
class Changes:
    """What a table brings against the one whose place it takes."""

    file: str
    added: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """Say how many; no words of the rows, which not everybody may see."""
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.gone)} gone"

    def plain(self) -> dict[str, object]:
        """Return this as JSON-ready values."""
        changed = [
            {"report_id": each.report_id, "fields": {name: [old, new] for name, old, new in each.fields}}
            for each in self.changed
        ]
        return {"file": self.file, "added": list(self.added), "changed": changed, "gone": list(self.gone)}


def compare(file: str, before: Iterable[IncidentReport], after: Iterable[IncidentReport]) -> Changes:
    """Return what the reports of a table add, change and take away."""
    old = {report.report_id: report for report in before}
    new = {report.report_id: report for report in after}
    return Changes(
        file=file,
        added=tuple(key for key in new if key not in old),
        changed=tuple(_change(old[key], report) for key, report in new.items() if key in old and old[key] != report),
        gone=tuple(key for key in old if key not in new),
    )


def _change(before: IncidentReport, after: IncidentReport) -> Change:
    old, new = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    return Change(after.report_id, tuple((name, old[name], new[name]) for name in new if old[name] != new[name]))
