"""Everybody who may look at the scene, by the names that its canaries use."""

from __future__ import annotations

from tasdiq.web.viewer import ANYBODY, Viewer

ALL = frozenset({"read", "act", "admin"})


def _officer(member: str, role: str) -> Viewer:
    return Viewer(f"account-{member}-{role}", f"{member}-{role}", member, role, ALL)  # type: ignore[arg-type]


VIEWERS: dict[str, Viewer] = {
    "anybody": ANYBODY,
    "kes": _officer("kes", "liaison"),
    "kes team": _officer("kes", "team"),
    "vor": _officer("vor", "liaison"),
    "vor team": _officer("vor", "team"),
    "ord": _officer("ord", "mediator"),
    "ord team": _officer("ord", "team"),
    "riv": _officer("riv", "observer"),
    "med": _officer("med", "protection"),
}
