"""The interface for programs, under /api/v1: one module a subject; each has a `router`, listed here."""

from __future__ import annotations

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
