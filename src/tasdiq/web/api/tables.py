"""Event tables by program: a bulk entry that the client signed, or a table that is prepared here for an officer to sign.

1. A signed bulk submission (application/vnd.tasdiq.submission+json) carries at most 10,000 rows with their salts; it is entered
   as it is, and its rows are searchable when the answer comes. It comes in like any other entry (`entries_in`, rules 1 to 4).
2. A table (text/csv, application/geo+json, Apache Parquet in the columns of an incident report) becomes drafts: that it
   arrived, and one bulk entry for each 10,000 rows, whose commitments the officer signs one by one.
3. Rows that cannot be read are told with their line and reason, and kept with the entry; the others go on.
"""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any

import msgspec
import pyarrow
import pyarrow.parquet
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from tasdiq.errors import InputError
from tasdiq.intake.table import Table, read_table
from tasdiq.model import entries
from tasdiq.model.document import Rejected
from tasdiq.record.rows import MOST_ROWS
from tasdiq.record.submission import from_bytes
from tasdiq.secretariat import arrival
from tasdiq.web import acting
from tasdiq.web.acting.preparing import require_actor
from tasdiq.web.api import shapes
from tasdiq.web.api.answering import answers, asks
from tasdiq.web.api.asked import raw
from tasdiq.web.api.entries_in import entered
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import seen
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter(prefix="/api/v1/tables", tags=["entries"])
SUBMISSION = "application/vnd.tasdiq.submission+json"
PARQUET = "application/vnd.apache.parquet"
_PARQUET_MAGIC = b"PAR1"


class TablePrepared(msgspec.Struct, frozen=True):
    """What a table came to: drafts to be signed in their order, how many rows were read, and those that were not."""

    drafts: list[acting.Prepared]
    accepted: int
    rejected: list[Rejected]


@router.post("", status_code=201)
@answers(TablePrepared, 201)
@answers(shapes.EnteredTold, 200)
@asks(dict[str, Any], SUBMISSION)
@asks(bytes, "text/csv")
@asks(bytes, PARQUET)
def take(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    data: Annotated[bytes, Depends(raw)],
    name: Annotated[str, Query(max_length=200, description="The table's file name.")] = "table.csv",
    mapping: Annotated[str, Query(pattern="^(acled|ged|gtd|own)?$", description="How to read its columns.")] = "",
) -> Response:
    """Enter a signed bulk submission (200), or prepare a table's rows to be signed (201)."""
    require_actor(viewer)
    if request.headers.get("content-type", "").partition(";")[0].strip() == SUBMISSION:
        return JSONResponse(entered(room, viewer, [from_bytes(data)]))
    table = read_table(name, as_csv(data), mapping or None, charter=seen(room, viewer).charter)
    if not table.reports:
        first = table.rejected[0] if table.rejected else Rejected(file=name, reason="no rows")
        raise InputError(first.reason, file=name, line=first.line or None, field=first.field or None)
    drafts = prepared(room, viewer, table)
    return Response(
        msgspec.json.encode(TablePrepared(drafts, len(table.reports), list(table.rejected))),
        201,
        media_type="application/json",
    )


def prepared(room: Room, viewer: Viewer, table: Table) -> list[acting.Prepared]:
    """Prepare the entries that bring a table, to be signed in their order."""
    coarsened = seen(room, viewer).charter.publication.coarsen != "none"
    access = "joint" if coarsened or not table.redistribute else "public"
    made = [acting.prepare(room, viewer, arrival.table_body(table), kind="TableReceived")]
    lines = [*map(arrival.row_bytes, table.reports)]
    parts = [lines[start : start + MOST_ROWS] for start in range(0, len(lines), MOST_ROWS)]
    for number, rows in enumerate(parts):
        body = entries.Proposal(
            rows_of="report", method=table.mapping, subject=table.file, part=number, parts=len(parts)
        )
        made.append(acting.prepare(room, viewer, body, kind="ReportsProposed", rows=rows, access=access))
    return made


def as_csv(data: bytes) -> bytes:
    """Return a table as the intake reads it: one in Parquet becomes CSV, cell by cell; anything else is as it came."""
    if data[:4] != _PARQUET_MAGIC:
        return data
    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data), memory_map=False)
        rows = table.to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(f"expected a table in Parquet, found: {str(error)[:200]}") from error
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.column_names)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in table.column_names])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.7f}" if isinstance(value, float) else str(value)
