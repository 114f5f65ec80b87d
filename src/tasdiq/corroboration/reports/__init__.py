"""Incident reports, from documents and from tables, in the shapes corroboration works on."""

from __future__ import annotations

from .told import from_told

__all__ = ["from_told"]
