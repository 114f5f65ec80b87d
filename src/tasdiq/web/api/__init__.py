"""The interface for programs, under /api/v1: one module a subject; each has a `router`, listed here."""

from __future__ import annotations

from fastapi import APIRouter

from tasdiq.web.api import drafts, entries_in

ROUTERS: tuple[APIRouter, ...] = (drafts.router, entries_in.router)
