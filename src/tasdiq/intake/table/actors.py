"""The actors of a data project's table as actor paths: "Government of Kestria" is `kes/government`.

1. A name or designation that the charter gives to a member is that member's id, one of a group the group's actor path.
2. An organ "… of COUNTRY" is a path under the party that COUNTRY names, else under its ISO alpha-3 code in lower case.
3. Any other name stays as the table has it: nobody is put under a party that the table does not put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasdiq.intake.gazetteer import load_world, name_key
from tasdiq.model.charter import Charter, Group, Member

ORGAN = re.compile(
    r"(?P<organ>Government|Military Forces|Police Forces|Armed Forces|Army|Police)\s(?:of|in)\s(?:the\s)?(?P<country>[^()]{2,60}?)"
    r"(?:\s\(.*\))?(?:\s(?P<unit>[A-Z].*))?"
)
ORGANS = {"Government": "government", "Police Forces": "police", "Police": "police"}


class Actors:
    """Looks actors up, first in a charter."""

    def __init__(self, charter: Charter | None) -> None:
        self._ids = dict(_names(charter)) if charter else {}
        self._seen: dict[str, str] = {}

    def path(self, name: str) -> str:
        """Return the actor path of a name as a table writes it."""
        if name not in self._seen:
            self._seen[name] = self._path(name.strip())
        return self._seen[name]

    def _path(self, name: str) -> str:
        known = self._ids.get(name_key(name))
        if known:
            return known
        organ = ORGAN.fullmatch(name)
        party = self._party(organ["country"]) if organ else None
        return f"{party}/{ORGANS.get(organ['organ'], 'military')}" if organ and party else name

    def _party(self, country: str) -> str | None:
        known = self._ids.get(name_key(country))
        if known:
            return known
        found = load_world().by_name(country)
        return self._ids.get(found.id.lower(), found.id.lower()) if found else None


def _names(charter: Charter) -> Iterator[tuple[str, str]]:
    for member in charter.members:
        if member.country:
            yield member.country.lower(), member.id
    for member in charter.members:
        yield from ((name_key(text), member.id) for text in _texts(member))
    for group in charter.groups:
        folder = "group" if group.kind == "armed-group" else group.kind
        yield from ((name_key(text), f"{folder}/{group.id}") for text in _texts(group))


def _texts(named: Member | Group) -> list[str]:
    return [named.name, *(designation.text for designation in named.designations)]
