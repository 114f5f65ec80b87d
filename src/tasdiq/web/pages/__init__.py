"""The pages: one module a subject; each has a `router`, listed here in the order in which addresses are matched."""

from __future__ import annotations

from fastapi import APIRouter

from tasdiq.web.pages import events, do, front, health, sign

ROUTERS: tuple[APIRouter, ...] = (front.router, do.router, health.router, events.router, sign.router)
