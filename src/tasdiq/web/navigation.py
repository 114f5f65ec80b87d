"""Where one can go from every page: sections by what the viewer's role has to do, the same for both parties.

1. An officer's first section is its desk. Who did not sign in has what is public, and a way to sign in.
2. Observers and the protection body have the same reading as members, without evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasdiq.web.viewer import DeskRole, Viewer


@dataclass(frozen=True)
class Section:
    """A place in the navigation; `here` says whether the page shown lies in it."""

    name: str
    href: str
    here: bool = False


_DESK = ("Your desk", "/desk")
_PUBLIC = (
    ("Overview", "/"), ("Cases", "/cases"), ("Agreements", "/agreements"), ("Positions", "/propositions"),
    ("Incidents", "/incidents"), ("Trends", "/trends"), ("Documents", "/documents"), ("Entries", "/entries"),
    ("Search", "/search"),
)  # fmt: skip
_OFFICER = (
    _DESK, ("Cases", "/cases"), ("Agreements", "/agreements"), ("Sessions", "/sessions"), ("Contact line", "/calls"),
    ("Positions", "/propositions"), ("Incidents", "/incidents"), ("Trends", "/trends"), ("Documents", "/documents"),
    ("Entries", "/entries"), ("Search", "/search"),
)  # fmt: skip
_TEAM = (_DESK, ("Cases", "/cases"), ("Contact line", "/calls"), ("Incidents", "/incidents"), ("Search", "/search"))
_BY_ROLE: dict[DeskRole, tuple[tuple[str, str], ...]] = {
    "reader": _PUBLIC, "liaison": _OFFICER, "mediator": _OFFICER, "team": _TEAM, "observer": _OFFICER,
    "protection": _OFFICER,
}  # fmt: skip


def sections(viewer: Viewer, path: str) -> list[Section]:
    """Return the sections of a viewer's navigation; the longest address that the page lies under is marked."""
    return [Section(name, href, _lies_under(path, href)) for name, href in _BY_ROLE[viewer.role]]


def _lies_under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
