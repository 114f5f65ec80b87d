"""What members, groups and actors are called on the pages of work: by the charter, else by the record, else by their id.

`publication.names` knows outlets and documents too, and reads all of them first: too much for a page that names three members.
"""

from __future__ import annotations

from tasdiq.model.state import State
from tasdiq.publication.names import readable


class Called:
    """Display names for the ids of one state."""

    def __init__(self, state: State) -> None:
        self._state = state

    def actor(self, ident: str | None) -> str:
        """Return the name of a member, group or actor; an id that nobody named comes back as readable text."""
        if not ident:
            return ""
        ident = ident.removeprefix("group/") if ident.startswith("group/") else ident
        if (member := self._state.charter.member(ident)) is not None:
            return member.name
        group = next((item.name for item in self._state.charter.groups if item.id == ident), "")
        actor = self._state.actors.get(ident)
        return group or (actor.name if actor else readable(ident))
