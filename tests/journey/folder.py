"""Assess a folder as a user does and look things up in what was published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasdiq.journey import assess_folder
from tasdiq.settings import Settings
from variants import replace_names, write_variant

Item = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """A published site's data, with the names under which this copy of the folder was written."""

    data: Item
    names: dict[str, str]
    path: Path

    def n(self, text: str) -> str:
        """Return a name of the original folder as this copy has it."""
        return replace_names(text, self.names)

    def party(self, name: str) -> str:
        """Return the id of the party of that name."""
        return str(next(p["id"] for p in self.data["parties"] if p["name"] == self.n(name)))

    def file(self, number: str) -> Callable[[Item], bool]:
        """Return a test whether an item's passage lies in the file of that number."""
        return lambda item: str(item["passage"]["file"]).startswith(number)

    def statements(self, *ids: str) -> list[Item]:
        """Return statements by id."""
        known = {item["id"]: item for item in self.data["statements"]}
        return [known[ident] for ident in ids]

    def words(self, statement: Item) -> str:
        """Return the whole content of a statement, from the file itself: the site may show it shortened."""
        file = statement["passage"]["file"]
        text = (self.path / file).read_text(encoding="utf-8")
        return " ".join(text[piece["start"] : piece["end"]] for piece in statement["content"])

    def propositions(self, *words: str) -> list[Item]:
        """Return the propositions whose wording has all of these words (regular expressions)."""
        return [p for p in self.data["propositions"] if all(re.search(self.n(w), p["wording"], re.I) for w in words)]

    def holders(self, proposition: Item, party: str, *, own: bool) -> list[Item]:
        """Return a party's positions on a proposition, in own voice or beside it."""
        side = proposition["positions"]["own" if own else "beside"]
        return [position for position in side if position["party"] == party]

    def files_of(self, statements: Iterable[str]) -> set[str]:
        """Return the numbers of the files in which statements stand."""
        return {item["passage"]["file"][:3] for item in self.statements(*statements)}


def assess(tmp: Path, names: dict[str, str], charter: str = "") -> Site:
    """Write a copy of the press reports under `names`, assess it, and return what was published."""
    folder = write_variant(tmp / "folder", names)
    if charter:
        (folder / "charter.toml").write_text(replace_names(charter, names), encoding="utf-8")
    assess_folder(folder, tmp / "site", None, Settings(tmp / "state"), lambda _: None)
    data = json.loads((tmp / "site" / "data" / "site.json").read_text(encoding="utf-8"))
    return Site(data, names, folder)
