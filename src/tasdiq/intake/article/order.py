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
from bisect import bisect
from collections.abc import Iterator, Sequence
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
    if not any(map(has_open_date, received)):
        return list(received)
    evidence = Evidence()
    for file in received:
        evidence.add(file)
    return [evidence.settle(file) for file in received]


def has_open_date(file: Received) -> bool:
    """Tell whether it is open, in a date of release of this file, whether day or month comes first."""
    return any(_is_open(document.published) for document in file.documents)


class Evidence:
    """What a folder's files say of the order of day and month in dates: files are added one by one, little of each is kept."""

    def __init__(self) -> None:
        self._orders: dict[str, set[Order]] = {}
        self._outlets: dict[str, set[str]] = {}
        self._by_outlet: dict[str, set[Order]] = {}
        self._all: set[Order] = set()
        self._exact: list[date] = []

    def add(self, file: Received) -> None:
        """Take in what one file shows; a date that was open, however it was settled since, is no evidence of another's."""
        orders = self._orders[file.file] = _orders(file.text)
        outlets = self._outlets[file.file] = {document.outlet for document in file.documents if document.outlet}
        for outlet in outlets:
            self._by_outlet.setdefault(outlet, set()).update(orders)
        self._all |= orders
        self._exact.extend(_exact(file))

    def settle(self, file: Received) -> Received:
        """Return a file that was added, with its open dates decided where something decides them."""
        if not has_open_date(file):
            return file
        return replace(file, documents=tuple(map(self._settled, file.documents)))

    def _settled(self, document: Document) -> Document:
        when = document.published
        if when is None or not _is_open(when):
            return document
        order = self._order(document.file)
        if order is not None:
            day = _read(when.text, order)
            note = f"the order of day and month in {when.text!r} is that of other dates in the folder"
            settled = When(start=day.isoformat(), end=day.isoformat(), precision="day", text=when.text)
            return replace(document, published=settled, notes=(*document.notes, note))
        near = self._nearer(when.text)
        if near is not None:
            note = f"{when.text!r} is read as the day near the folder's other articles"
            settled = When(
                start=near.isoformat(), end=near.isoformat(), precision="day", text=when.text, approximate=True
            )
            return replace(document, published=settled, notes=(*document.notes, note))
        note = f"whether day or month comes first in {when.text!r} is open"
        return replace(document, notes=(*document.notes, note))

    def _order(self, file: str) -> Order | None:
        """Rules 1 and 2."""
        same = {order for outlet in self._outlets[file] for order in self._by_outlet[outlet]}
        for found in (self._orders[file], same, self._all):
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None

    def _nearer(self, text: str) -> date | None:
        """Rule 3."""
        self._exact.sort()
        apart = {day: self._days_to(day) for day in (_read(text, "day first"), _read(text, "month first"))}
        close = [day for day, days in apart.items() if days is not None and days <= NEAR]
        far = [day for day, days in apart.items() if days is not None and days > FAR]
        return close[0] if len(close) == len(far) == 1 else None

    def _days_to(self, day: date) -> int | None:
        """Return the days to the nearest exact date of release."""
        place = bisect(self._exact, day)
        return min((abs((day - other).days) for other in self._exact[max(0, place - 1) : place + 1]), default=None)


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


def _exact(file: Received) -> Iterator[date]:
    for document in file.documents:
        day = document.published
        if (
            document.kind == "article"
            and day
            and day.start
            and day.precision in ("day", "minute")
            and not _was_open(document, day)
        ):
            yield date.fromisoformat(day.start[:10])


def _was_open(document: Document, when: When) -> bool:
    """Tell whether a date was settled by other dates before: its note says so."""
    return any(repr(when.text) in note for note in document.notes)


def _read(text: str, order: Order) -> date:
    match = _FIGURES.search(text)
    assert match is not None  # only open dates in figures come here
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return date(year, second, first) if order == "day first" else date(year, first, second)
