"""The pages: one module a subject; each has a `router`, listed here in the order in which addresses are matched."""

from __future__ import annotations

from fastapi import APIRouter

from tasdiq.web.pages import front, sign

ROUTERS: tuple[APIRouter, ...] = (front.router, sign.router)
