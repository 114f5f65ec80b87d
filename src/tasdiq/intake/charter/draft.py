"""A charter while it is read: its tables with the places they stand at, before the rules have looked at them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tasdiq.model.agreement import Agreement, Commitment
from tasdiq.model.charter import Charter, Group, Member, Procedure, PublicationRules, ScheduledSession
from tasdiq.model.place import Crossing

from .positions import Path

T = TypeVar("T")


@dataclass(frozen=True)
class Placed(Generic[T]):
    """A value and the path of the table it was read from."""

    path: Path
    value: T


@dataclass
class Draft:
    """The tables of a charter; `plain` holds the keys at its top."""

    plain: dict[str, Any]
    parties: list[Placed[Member]] = field(default_factory=list)
    mediators: list[Placed[Member]] = field(default_factory=list)
    observers: list[Placed[Member]] = field(default_factory=list)
    protection: Placed[Member] | None = None
    groups: list[Placed[Group]] = field(default_factory=list)
    agreements: list[Placed[Agreement]] = field(default_factory=list)
    commitments: list[Placed[Commitment]] = field(default_factory=list)
    sessions: list[Placed[ScheduledSession]] = field(default_factory=list)
    crossings: list[Placed[Crossing]] = field(default_factory=list)
    procedure: Procedure = field(default_factory=Procedure)
    publication: PublicationRules = field(default_factory=PublicationRules)
    broken: set[str] = field(default_factory=set)
    """Ids of tables that lack something: references to them are no second problem."""

    @property
    def members(self) -> list[Placed[Member]]:
        """Parties, mediators, observers and the protection body."""
        return [*self.parties, *self.mediators, *self.observers, *([self.protection] if self.protection else [])]

    @property
    def form(self) -> str:
        """The record's form, desk unless said otherwise."""
        return str(self.plain.get("form", "desk"))

    def charter(self) -> Charter:
        """Return the charter the draft amounts to."""
        names = " and ".join(party.value.name for party in self.parties)
        return Charter(
            **{"title": f"Record on {names}", "form": "desk", **self.plain},
            parties=_values(self.parties),
            mediators=_values(self.mediators),
            observers=_values(self.observers),
            protection_body=self.protection.value if self.protection else None,
            groups=_values(self.groups),
            agreements=_values(self.agreements),
            commitments=_values(self.commitments),
            sessions=_values(self.sessions),
            crossings=_values(self.crossings),
            procedure=self.procedure,
            publication=self.publication,
        )


def _values(placed: list[Placed[T]]) -> tuple[T, ...]:
    return tuple(item.value for item in placed)
