"""What columns and types of event are usually called (`synonyms.toml`), and how a column's name is compared with that.

A name is compared in lower case, its words joined by "_": "Group/Killed (min)" is `group_killed_min`; the last part of a
form's group path counts as well, so that "incident/killed" is also `killed`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from tasdiq.model.value import Value

WORD = re.compile(r"[a-z0-9]+|[^\W\d_]+", re.ASCII | re.IGNORECASE)
PATH = re.compile(r"[/.:-]")
MOST_CHARACTERS = 200


class Synonyms(Value, frozen=True, kw_only=True):
    """Names of columns by field, and taxonomy paths by what tables call a type."""

    columns: dict[str, tuple[str, ...]]
    types: dict[str, str]


@cache
def load_synonyms() -> Synonyms:
    """Return the synonyms that ship with the package."""
    data = tomllib.loads((resources.files(__package__) / "synonyms.toml").read_text(encoding="utf-8"))
    columns = {field: tuple(names) for field, names in data["columns"].items()}
    return Synonyms(columns=columns, types=data["types"])


def rank(field: str, column: str) -> int | None:
    """Return how near a column's name is to a field, 0 the nearest; None where the name says nothing about it."""
    known = load_synonyms().columns.get(field, ())
    for step, key in enumerate(dict.fromkeys((_key(column), _key(PATH.split(column)[-1])))):
        if key in known:
            return known.index(key) + step * 100
    return None


def type_path(cell: str) -> str | None:
    """Return the taxonomy path of what a table calls a type, or None."""
    return load_synonyms().types.get(" ".join(WORD.findall(cell[:MOST_CHARACTERS])).lower())


def _key(name: str) -> str:
    return "_".join(WORD.findall(name[:MOST_CHARACTERS])).lower()
