"""The pages: one module a subject; each has a `router`, listed here in the order in which addresses are matched."""

from __future__ import annotations

from fastapi import APIRouter

from tasdiq.web.pages import (
    account,
    account_devices,
    account_joining,
    account_officers,
    account_recovery,
    account_sign_in,
    account_tokens,
    agreements,
    calls,
    cases,
    desks,
    do,
    entries,
    events,
    evidence,
    front,
    health,
    notices,
    read,
    search,
    sessions,
    sign,
    trends,
)

ROUTERS: tuple[APIRouter, ...] = (
    agreements.router, sessions.router, calls.router, evidence.router,
    front.router, desks.router, cases.router, notices.router, read.router, search.router, entries.router,
    do.router, health.router, events.router, sign.router, trends.router,
    account_sign_in.router, account_joining.router, account_recovery.router, account.router, account_officers.router,
    account_tokens.router, account_devices.router,
)  # fmt: skip
