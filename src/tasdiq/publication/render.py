"""Render templates to files: one environment, everything escaped, nothing undefined let through.

Templates and static files are plain data of the package (`tasdiq/web/templates/site`, `tasdiq/web/static`); no module of the
web application is imported. Every page carries a content policy that lets no document's text run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from . import times
from .names import slug, title

POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file: data:; font-src 'self' file:; "
    "form-action 'none'; base-uri 'none'"
)
"""`file:` stands beside 'self' because browsers differ on what 'self' means for a page opened from a disk."""


def templates() -> Traversable:
    """Return the folder of the site's templates."""
    return files("tasdiq").joinpath("web", "templates", "site")


def static() -> Traversable:
    """Return the folder of static files."""
    return files("tasdiq").joinpath("web", "static")


@cache
def environment() -> Environment:
    """Return the environment all pages are rendered in."""
    made = Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {
        "day": times.day,
        "slug": slug,
        "first_large": title,
        "ppm": _percent,
        "degrees": _degrees,
        "spaced": _spaced,
    }
    made.globals |= {"POLICY": POLICY}
    return made


def _source(name: str) -> str:
    return templates().joinpath(name).read_text(encoding="utf-8")


def write(path: Path, template: str, context: Mapping[str, Any]) -> Path:
    """Render a template to a file, UTF-8, and return its path."""
    text = environment().get_template(template).render(**context)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def script(name: str, data: object) -> str:
    """Return a classic script that sets `window.<name>`; no text in it can end the script or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"window.{name}={text};\n"


def _percent(ppm: int) -> str:
    return f"{ppm / 10_000:.0f} %"


def _spaced(kind: str) -> str:
    """Write the name of a kind of entry as words: "DocumentReceived" is "Document received"."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\W+", kind)
    return title(" ".join(word.lower() for word in words)) if words else kind


def _degrees(value: int | None) -> str:
    return "" if value is None else f"{value / 1e7:.2f}"
