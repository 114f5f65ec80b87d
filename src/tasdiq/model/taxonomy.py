"""The taxonomy of incident types, one for texts, tables and forms: data in `incident_types.toml`, read once when it is asked for.

A record keeps the type it was signed with; whoever compares, counts or shows types asks for the `current` name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((resources.files(__package__) / "incident_types.toml").read_text(encoding="utf-8"))


def types() -> Mapping[str, str]:
    """Return every path of the taxonomy with its words."""
    return _data()["types"]


def current(path: str) -> str:
    """Return the present name of a type; one that the taxonomy never renamed comes back as it is."""
    return _data()["was"].get(path, path)
