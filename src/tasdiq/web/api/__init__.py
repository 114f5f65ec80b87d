"""The interface for programs, under /api/v1: one module a subject; each has a `router`, listed in `SUBJECTS`.

Each of its handlers notes what it answers (`answering.answers`) and what it is sent (`answering.asks`): the document of the
interface is made from that, and a test fails where one does not.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends

from tasdiq.web.api import (
    cases,
    desk,
    document,
    drafts,
    entries_in,
    exports,
    reading,
    record,
    search,
    tables,
    talks,
    told,
    uploads,
)
from tasdiq.web.api.answering import strict

SUBJECTS: tuple[APIRouter, ...] = (
    document.router,
    record.router,
    cases.router,
    desk.router,
    told.router,
    talks.router,
    exports.router,
    drafts.router,
    entries_in.router,
    tables.router,
    search.router,
    uploads.router,
    reading.router,
)
"""Every subject, in the order in which addresses are matched."""


def _strict(router: APIRouter) -> APIRouter:
    """Return a subject that refuses parameters its addresses do not know."""
    found = APIRouter(dependencies=[Depends(strict)])
    found.include_router(router)
    return found


ROUTERS: tuple[APIRouter, ...] = (record.public, *map(_strict, SUBJECTS))
