"""Render the application's pages: one environment, everything escaped, nothing undefined let through.

Every template has, beside what its page gives: `room`, `viewer`, `path`, `charter`, `parties` (in the order of the day), `now`,
`navigation`, `size` (how many entries the page was made from, for officers), and the functions `moment`, `clock`, `within`, `day`,
`spaced`, `file` and `csrf`. Macros are in `macros.html`, to be imported with context.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FunctionLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from tasdiq.model.charter import Member
from tasdiq.publication import names, times
from tasdiq.web.navigation import sections
from tasdiq.web.room import Room
from tasdiq.web.seeing import seen
from tasdiq.web.viewer import ANYBODY


@cache
def environment() -> Environment:
    """Return the environment all pages of the application are rendered in."""
    made = Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"moment": moment, "clock": clock, "within": within, "day": times.day, "file": file, "csrf": csrf}
    made.filters |= {"spaced": spaced, "first_large": names.title}
    return made


def _source(name: str) -> str:
    return files("tasdiq").joinpath("web", "templates", "app", name).read_text(encoding="utf-8")


@pass_context
def moment(context: Context, iso: str) -> list[str]:
    """Write a moment in each zone of the charter: one text a zone, the date where it differs; a date alone gives one text."""
    return times.moment(iso, context["charter"].time_zones)


@pass_context
def clock(context: Context, iso: str) -> Markup:
    """Write a moment in each zone of the charter as a `time` element; "" where there is none."""
    told = [Markup('<span class="zone">{}</span>').format(text) for text in moment(context, iso)]
    return Markup('<time datetime="{}">{}</time>').format(iso, Markup(" / ").join(told)) if told else Markup("")


@pass_context
def within(context: Context, iso: str, half_min: int | None) -> Markup:
    """Write a moment no more exactly than it is known, to so many minutes either way: a day alone where that is all."""
    if times.is_to_the_hour(half_min):
        told: Markup = clock(context, iso)
        return told
    return (
        Markup('<time datetime="{}">{}</time>').format(iso[:10], times.within(iso, half_min or 0))
        if iso
        else Markup("")
    )


@pass_context
def csrf(context: Context) -> Markup:
    """Return the hidden field that every form has first (`guard.csrf`, rule 1)."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(context["token"])


def file(path: str) -> str:
    """Return the address of a file under /static, which names its version: caches keep it until it changes."""
    return f"/static/{path}?v={_version()}"


@cache
def _version() -> str:
    return version("tasdiq")


def spaced(kind: str) -> str:
    """Write the kind of an entry as words: "CaseOpened" is "case opened"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Render a template of `templates/app` with what every template has beside what is given."""
    room: Room = request.app.state.room
    viewer = getattr(request.state, "viewer", ANYBODY)
    charter, now, path = room.live.state().charter, room.now(), request.url.path
    shared = {
        "room": room,
        "viewer": viewer,
        "path": path,
        "charter": charter,
        "member": charter.member(viewer.member) if viewer.member else None,
        "parties": in_turn(charter.parties, now),
        "now": now,
        "navigation": sections(viewer, path),
        "token": getattr(request.state, "csrf", ""),
        "size": seen(room, viewer).size if viewer.is_member else 0,
    }
    return HTMLResponse(environment().get_template(template).render({**shared, **context}), status_code=status)


def in_turn(parties: tuple[Member, ...], now: str) -> tuple[Member, ...]:
    """Return the parties in the order of the day: another one begins tomorrow."""
    known = {party.id: party for party in parties}
    number = int(now[:10].replace("-", "")) if now else 0
    return tuple(known[ident] for ident in names.rotate(list(known), "the table", number))


def bare_page(template: str, status: int, **context: Any) -> HTMLResponse:
    """Render a template that needs no record: for when the record cannot be read."""
    return HTMLResponse(environment().get_template(template).render(context), status_code=status)
