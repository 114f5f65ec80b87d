"""Write one proposition as a card: a single HTML file that needs nothing else and can be sent or printed.

It holds the wording, every position, every statement with its passage, chain and source, the origins with their bounds, and
the entries by their full ids, under the same rules of redaction as the site. Beside it lies `<id>.tasdiq.json`, which
`tasdiq audit` checks offline. No script runs in it; its only style is named by hash in its content policy.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from markupsafe import Markup

from tasdiq.errors import MissingError
from tasdiq.model.state import State

from .names import rotate, slug
from .pages import cells, lookups
from .redact import make_public
from .render import static, write
from .sitedata import build
from .view import View


def publish_card(
    state: State,
    proposition_id: str,
    out: Path,
    *,
    published_at: datetime | None = None,
    proofs: Mapping[str, str] | None = None,
) -> Path:
    """Write the card of a proposition into the folder `out` and return its path; raise `MissingError` for an unknown id.

    `proofs` are as `publication.view` describes them.
    """
    if proposition_id not in state.propositions:
        known = ", ".join(sorted(state.propositions)[:5]) or "none"
        raise MissingError(f"no proposition {proposition_id!r} in this record; there are: {known}")
    data = build(View(make_public(state, published_at or datetime.now(UTC)), proofs))
    item = next(p for p in data["propositions"] if p["id"] == proposition_id)
    style = static().joinpath("site", "site.css").read_text(encoding="utf-8")
    context = {
        "site": data,
        "item": item,
        "order": rotate([party["id"] for party in data["parties"]], "proposition", data["propositions"].index(item)),
        "cells": partial(cells, data),
        "bundle": f"{proposition_id}.tasdiq.json",
        "style": Markup(style),  # noqa: S704 our own file, no document's text
        "policy": f"default-src 'none'; style-src '{_source(style)}'; base-uri 'none'; form-action 'none'",
        "party_names": {party["id"]: party["name"] for party in data["parties"]},
        **lookups(data),
    }
    return write(out / f"{slug(proposition_id)}.html", "card.html", context)


def _source(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
