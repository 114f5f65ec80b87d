"""Open the file of a table: its columns, then its rows one by one, or why it holds none.

1. A file larger than `LARGEST`, or whose bytes are no text, is rejected as a whole with what to do.
2. A workbook (.xlsx) gives the rows of its first sheet with a header (`workbook`). A text that begins with a bracket is JSON
   (`objects`); every other one is CSV, and its first row is the header. Each column has a name of its own.
3. A GeoJSON feature gives its properties, its id as `@id` and its point as `@point`; nothing but its point says where it is.
   A coordinate system other than WGS 84 is refused.
4. What came from a form may name its enumerator, telephone or device: a rejected row is told without its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tasdiq.intake.article.decode import Undecodable, decode
from tasdiq.model.document import Rejected

from .objects import Objects, Unreadable
from .points import Unplaced, foreign_system, point_cell
from .rows import Row, read_rows
from .workbook import is_workbook, open_workbook

LARGEST = 400_000_000
"""Bytes; a million events with their texts."""
MOST_COLUMNS = 2000
POINT, ID = "@point", "@id"
FORM = frozenset(
    {"_uuid", "instanceID", "meta/instanceID", "meta-instanceID", "deviceid", "phonenumber", "_submitted_by", "__id"}
)


@dataclass(frozen=True)
class Opened:
    """A table's columns and rows, and what there is to say about it; `point` is the column that alone says where."""

    columns: list[str]
    rows: Iterator[Row]
    notes: tuple[str, ...] = ()
    point: str = ""

    @property
    def private(self) -> bool:
        """Tell whether these are the submissions of a form (rule 4)."""
        return not FORM.isdisjoint(self.columns)


def open_table(name: str, data: bytes) -> Opened | Rejected:
    """Return the columns and rows of a table, or why there are none."""
    if len(data) > LARGEST:
        reason = f"{len(data):,} bytes; expected at most {LARGEST:,}: split the table by year"
        return Rejected(file=name, reason=reason)
    if is_workbook(name):
        return _sheet(name, data)
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return Rejected(file=name, reason=decoded.reason, line=decoded.line)
    notes = tuple(note for note in decoded.notes if "byte order" not in note)
    text = decoded.text.removeprefix("\ufeff")
    if text.lstrip()[:1] not in ("{", "["):
        return _delimited(name, text, notes)
    try:
        return _objects(name, Objects(text), notes)
    except Unreadable as error:
        return Rejected(file=name, reason=error.reason, line=error.line)


def _delimited(name: str, text: str, notes: tuple[str, ...]) -> Opened | Rejected:
    rows = read_rows(text)
    header = next(rows, None)
    if header is None or header.broken:
        reason = header.broken if header else "no rows; expected a header and a row for each event"
        return Rejected(file=name, reason=reason, line=1)
    return _under(name, header, rows, notes)


def _sheet(name: str, data: bytes) -> Opened | Rejected:
    sheet = open_workbook(data)
    if isinstance(sheet, str):
        return Rejected(file=name, reason=sheet)
    return _under(name, sheet.header, sheet.rows, sheet.notes)


def _under(name: str, header: Row, rows: Iterator[Row], notes: tuple[str, ...]) -> Opened | Rejected:
    columns = [cell.strip() for cell in header.cells]
    twice = [column for column, count in Counter(columns).items() if count > 1]
    if twice:
        reason = f"the column {twice[0]!r} stands in the header twice; give each column a name of its own"
        return Rejected(file=name, reason=reason, line=header.line)
    return Opened(columns, rows, notes)


def _objects(name: str, objects: Objects, notes: tuple[str, ...]) -> Opened | Rejected:
    """Walk all rows once for their columns, and let them be walked again for their cells."""
    columns: dict[str, None] = {}
    for line, content, value in objects:
        columns |= dict.fromkeys(_read(objects, line, content, value)[1])
        if len(columns) > MOST_COLUMNS:
            return Rejected(file=name, reason=f"expected at most {MOST_COLUMNS} columns, found more", line=line)
    if system := foreign_system(objects.members.get("crs")):
        return Rejected(file=name, reason=f"expected WGS 84 (RFC 7946), found {system}: export it in WGS 84", line=1)
    if not columns:
        return Rejected(file=name, reason="no rows; expected an object for each event", line=1)
    if objects.repeats:
        notes += (f"repeated groups are not read: {', '.join(sorted(objects.repeats)[:20])}",)
    return Opened(list(columns), _rows(objects, list(columns)), notes, POINT if POINT in columns else "")


def _rows(objects: Objects, columns: list[str]) -> Iterator[Row]:
    for line, content, value in objects:
        row, cells = _read(objects, line, content, value)
        yield row if row.broken else Row(row.line, [cells.get(column, "") for column in columns], row.content)


def _read(objects: Objects, line: int, content: str, value: object) -> tuple[Row, dict[str, str]]:
    """Return a row and its cells, a feature's properties beside its id and point (rule 3)."""
    if not isinstance(value, dict) or value.get("type") != "Feature" or "properties" not in value:
        return objects.row(line, content, value)
    properties = value["properties"]
    row, cells = objects.row(line, content, {} if properties is None else properties)
    try:
        place = {POINT: point_cell(value.get("geometry"))}
    except Unplaced as reason:
        return Row(line, [], content, row.broken or str(reason)), {POINT: ""}
    feature = value.get("id")
    return row, cells | place | ({ID: str(feature)} if isinstance(feature, str) else {})
