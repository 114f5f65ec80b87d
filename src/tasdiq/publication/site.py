"""Write the static site of a record: pages, data files, charts and static files.

Everything is written afresh into `out` except `record/` and `manifest.note`, which the record layer writes. A page that an
earlier publication left and this one does not have is removed, in the folders this module owns alone (`d/`, `e/`, `p/`, `data/`,
`static/`). The same state, time and proofs give the same bytes.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from tasdiq.model.state import State

from . import checker
from .answers import FORMS
from .export import credits, export
from .found import find_proofs
from .happened import every_incident
from .names import STATUS_MEANS, entry_page, rotate, slug
from .pages import PAGES, cells, lookups, navigation
from .redact import make_public
from .render import static, write
from .sitedata import build
from .stances import stance_line
from .view import Plain, View

OWNED = ("d", "e", "p", "data", "static")


def publish(state: State, out: Path, *, published_at: datetime, proofs: Mapping[str, str] | None = None) -> list[Path]:
    """Write the site to `out` and return the files written.

    `proofs` are as `publication.view` describes them; what the record layer has written into `out` is found without them.
    """
    view = View(make_public(state, published_at), find_proofs(out) | dict(proofs or {}))
    data = build(view)
    out.mkdir(parents=True, exist_ok=True)
    for folder in OWNED:
        shutil.rmtree(out / folder, ignore_errors=True)
    copied = _copy(static(), out / "static")
    more = data["counts"]["incidents"] > len(data["incidents"])
    files = export(data, out, every_incident(view) if more else None)
    context = _context(view, data, files)
    written = [
        write(out / f"{p.name}.html", f"{p.name}.html", context | p.more(data) | _at(p.section, p)) for p in PAGES
    ]
    written += [_document(out, context, item) for item in data["documents"]]
    written += [_proposition(out, context, item, n) for n, item in enumerate(data["propositions"])]
    written += [_entries(out, context, number) for number in range(1, len(context["entry_pages"]))]
    exported = [path for path in sorted((out / "data").rglob("*")) if path.is_file()]
    return [*written, *exported, *copied]


def _context(view: View, data: Plain, files: list[Plain]) -> dict[str, Any]:
    return {
        "site": data,
        "root": "",
        "navigation": navigation(),
        "cells": partial(cells, data),
        "forms": FORMS,
        "standings": STATUS_MEANS,
        "party_names": {party["id"]: party["name"] for party in data["parties"]},
        "proofs": view.proofs,
        "files": files,
        "credits": credits(data),
        "entry_pages": _entry_pages(data["entries"]),
        "methods": sorted(_methods(data).items()),
        **lookups(data),
    }


def _at(section: str, page: object = None, root: str = "") -> dict[str, Any]:
    return {"page": page, "here": section, "root": root}


def _document(out: Path, context: dict[str, Any], item: Plain) -> Path:
    spoken = [context["statements_by_id"][name] for name in item["statements"]]
    own = {"item": item, "spoken": spoken} | _at("Said", root="../")
    return write(out / "d" / f"{slug(item['id'])}.html", "document.html", context | own)


def _proposition(out: Path, context: dict[str, Any], item: Plain, number: int) -> Path:
    order = rotate([party["id"] for party in context["site"]["parties"]], "proposition", number)
    own = {"item": item, "order": order} | _at("Said", root="../")
    own["stances"] = stance_line(
        item["turns"], [(cell["party"], cell["name"]) for cell in cells(context["site"], order, item)]
    )
    return write(out / "p" / f"{slug(item['id'])}.html", "proposition.html", context | own)


def _entry_pages(entries: list[Plain]) -> list[Plain]:
    """Cut the list of entries into pages: their file, first and last index, and lines."""
    pages: dict[str, list[Plain]] = {}
    for line in entries:
        pages.setdefault(entry_page(line["index"]), []).append(line)
    return [
        {"href": href, "first": lines[0]["index"], "last": lines[-1]["index"], "lines": lines}
        for href, lines in pages.items()
    ]


def _entries(out: Path, context: dict[str, Any], number: int) -> Path:
    item = context["entry_pages"][number]
    return write(out / item["href"], "entries.html", context | {"item": item} | _at("Check", root="../"))


def _methods(data: Plain) -> Counter[str]:
    groups = (
        "statements",
        "propositions",
        "origins",
        "copies",
        "disagreements",
        "actors",
        "sessions",
        "ceasefire",
        "incidents",
        "figures",
        "measures",
    )
    return Counter(item["method"] for name in groups for item in data[name] if item.get("method"))


def _copy(source: Traversable, target: Path) -> list[Path]:
    """Copy the site's static files; what belongs to the web application alone stays behind."""
    written: list[Path] = []
    for name in ("site.css", "fonts.css", "site.js", "theme.js", "mark.svg"):
        written.append(_put(source.joinpath("site", name), target / name))
    for name in (*checker.SCRIPTS, checker.STYLE):
        written.append(_put(source.joinpath("audit", name), target / "audit" / name))
    for name in ("noto-naskh-arabic-arabic-400-normal.woff2", "LICENSE"):
        written.append(_put(source.joinpath("vendor", "noto-naskh-arabic", name), target / "fonts" / name))
    return written


def _put(source: Traversable, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    return target
