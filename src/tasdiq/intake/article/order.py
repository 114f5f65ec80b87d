"""Whether day or month comes first in a printed date of release such as "03/04/2031", by evidence in the folder.

A date that both readings fit stays open between them until something decides it. Rules, the first that applies decides

1. The file's own other dates in figures: one above 12 says which number is the day, if all that say it agree.
2. Those of other files of the same outlet, then of the whole folder, if all agree.
3. The dates of release of the folder's other articles: a reading within `NEAR` days of one, while the other reading is farther
   than `FAR` from all, is meant; the date stays approximate.
4. Else it stays open: both days bound it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec.structs import replace

from tasdiq.model.document import Document, Received
from tasdiq.model.when import When

Order = Literal["day first", "month first"]
NEAR, FAR = 31, 60
_FIGURES = re.compile(r"(?<![\w/.-])(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d{2})(?![\w/-])")
_LONGEST = 2_000_000


def settle_dates(received: Sequence[Received]) -> list[Received]:
    """Return what was received, with the order of day and month of its documents' dates decided where something decides it."""
    if not any(_is_open(document.published) for file in received for document in file.documents):
        return list(received)
    orders = {file.file: _orders(file.text) for file in received}
    exact = _exact(received)
    return [
        replace(file, documents=tuple(_settled(document, received, orders, exact) for document in file.documents))
        if any(_is_open(document.published) for document in file.documents)
        else file
        for file in received
    ]


def _is_open(when: When | None) -> bool:
    figures = when is not None and when.precision == "unknown" and _FIGURES.search(when.text)
    return bool(figures) and when is not None and when.start != when.end


def _orders(text: str) -> set[Order]:
    """Return the orders that dates in figures show, in which one number is above 12."""
    found: set[Order] = set()
    for match in _FIGURES.finditer(text[:_LONGEST]):
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            found.add("day first")
        elif second > 12 >= first:
            found.add("month first")
    return found


def _exact(received: Iterable[Received]) -> list[date]:
    days = (document.published for file in received for document in file.documents if document.kind == "article")
    return [
        date.fromisoformat(day.start[:10]) for day in days if day and day.start and day.precision in ("day", "minute")
    ]


def _settled(
    document: Document, received: Sequence[Received], orders: dict[str, set[Order]], exact: Sequence[date]
) -> Document:
    when = document.published
    if when is None or not _is_open(when):
        return document
    order = _order(document, received, orders)
    if order is not None:
        day = _read(when.text, order)
        note = f"the order of day and month in {when.text!r} is that of other dates in the folder"
        settled = When(start=day.isoformat(), end=day.isoformat(), precision="day", text=when.text)
        return replace(document, published=settled, notes=(*document.notes, note))
    near = _nearer(when.text, exact)
    if near is not None:
        note = f"{when.text!r} is read as the day near the folder's other articles"
        settled = When(start=near.isoformat(), end=near.isoformat(), precision="day", text=when.text, approximate=True)
        return replace(document, published=settled, notes=(*document.notes, note))
    note = f"whether day or month comes first in {when.text!r} is open"
    return replace(document, notes=(*document.notes, note))


def _order(document: Document, received: Sequence[Received], orders: dict[str, set[Order]]) -> Order | None:
    """Rules 1 and 2."""
    outlets = {one.outlet for file in received for one in file.documents if file.file == document.file} - {None}
    same = {file.file for file in received for one in file.documents if one.outlet in outlets}
    for files in ({document.file}, same, set(orders)):
        found = {order for file in files for order in orders[file]}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _read(text: str, order: Order) -> date:
    match = _FIGURES.search(text)
    assert match is not None  # only open dates in figures come here
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return date(year, second, first) if order == "day first" else date(year, first, second)


def _nearer(text: str, exact: Sequence[date]) -> date | None:
    """Rule 3."""
    readings = (_read(text, "day first"), _read(text, "month first"))
    apart = {day: min((abs((day - other).days) for other in exact), default=None) for day in readings}
    close = [day for day, days in apart.items() if days is not None and days <= NEAR]
    far = [day for day, days in apart.items() if days is not None and days > FAR]
    return close[0] if len(close) == len(far) == 1 else None
