"""The directory of actors: everybody the folder names, and who a phrase means.

`Directory` holds the actors by id with every designation in use, and resolves phrases. What a phrase says by itself is read by
`phrase`; what the document around it adds (pronouns, "the ministry") is `voices`' and needs its memory. A resolution without a
party is an answer: a wrong party is the worst error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasdiq.model.source import Actor, ActorKind

from .naming import plain, slug
from .persons import looks_personal
from .phrase import Reading, read_phrase
from .polities import Polity
from .resolution import CERTAIN, Resolution
from .table import Mention, NameTable

METHOD = "intake.actors/1"


@dataclass
class Directory:
    """All actors of a folder. Built by `build_directory`; afterwards only read."""

    actors: dict[str, Actor] = field(default_factory=dict)
    table: NameTable = field(default_factory=NameTable)
    polities: dict[str, Polity] = field(default_factory=dict)
    outlets: dict[str, str] = field(default_factory=dict)
    """Actor id of a document's outlet, by document id."""
    speaking: set[str] = field(default_factory=set)
    """Ids of the actors that speak themselves in the folder, or through somebody of theirs."""
    _holders: dict[tuple[str, str], list[str]] | None = field(default=None, repr=False)

    def resolve(self, phrase: str) -> Resolution:
        """Return who a phrase means by itself; what stays open has no actor."""
        return self.settle(read_phrase(phrase, self.table))

    def read(self, phrase: str) -> Reading:
        """Return what a phrase says by itself."""
        return read_phrase(phrase, self.table)

    def mentions(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """Yield the names of actors in `text[start:end]`, with offsets into `text`."""
        return self.table.find(plain(text), start, end)

    def party_of(self, word: str) -> str | None:
        """Return the party a word stands for (name, demonym, capital, name of its authorities), or None."""
        parties = {each.party for each in self.table.look(word) if each.party}
        return next(iter(parties)) if len(parties) == 1 else None

    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Return every actor's designations by actor id."""
        return {ident: tuple(each.text for each in actor.designations) for ident, actor in self.actors.items()}

    def settle(self, reading: Reading, party: str | None = None, confidence_ppm: int = CERTAIN) -> Resolution:
        """Return the actor of a reading; `party` is what the context adds where the phrase names none.

        A former minister, an analyst, a resident speak for no party, whatever their country.
        """
        whose = reading.party or party
        actor = self._actor(reading, whose)
        if actor is None:
            return Resolution(joint=reading.kind == "joint", rule=reading.kind)
        kept = self.actors.get(actor.id, actor)
        joint = reading.kind == "joint"
        private = kept.kind == "person" and bool(kept.role) and not kept.office_holder
        whose = None if private else kept.party
        return Resolution(kept.id, whose, confidence_ppm, joint, reading.kind, reading.parties if joint else ())

    def actor_for(self, reading: Reading, party: str | None = None) -> Actor | None:
        """Return the actor a reading means, known or made for it."""
        return self._actor(reading, reading.party or party)

    def _actor(self, reading: Reading, party: str | None) -> Actor | None:
        if reading.actor is not None:
            return self.actors.get(reading.actor)
        if reading.kind == "joint":
            return self._joint(reading.parties) if len(reading.parties) > 1 else None
        if reading.kind == "party" and party:
            return self.actors.get(self._party_actor(party))
        if reading.kind in ("organ", "office") and party:
            return self._office_holder(reading, party) or self._made(reading, party)
        if reading.kind in ("officials", "bystanders"):
            return self._unnamed(reading, party if reading.kind == "officials" else None)
        if reading.kind == "name":
            return self._named(reading)
        return None

    def _party_actor(self, party: str) -> str:
        polity = self.polities.get(party)
        return polity.actor if polity else party.lower()

    def _office_holder(self, reading: Reading, party: str) -> Actor | None:
        """Return the one person known to hold the office a phrase names without a name."""
        if reading.kind != "office" or reading.slug.endswith("spokesperson"):
            return None
        if self._holders is None:
            self._holders = defaultdict(list)
            for actor in self.actors.values():
                if actor.kind == "person" and actor.party and actor.role:
                    self._holders[actor.party, slug(actor.role)].append(actor.id)
        held = self._holders.get((party, reading.slug), ())
        return self.actors[held[0]] if len(held) == 1 else None

    def offices_changed(self) -> None:
        """Let who holds which office be looked up anew: to be called after persons, their offices or sides were changed."""
        self._holders = None

    def _made(self, reading: Reading, party: str) -> Actor:
        kind: ActorKind = "armed-forces" if reading.slug == "armed-forces" else "organ"
        owner = self.polities.get(party)
        words = reading.slug.replace("-", " ")
        return Actor(
            id=f"{self._party_actor(party)}/{reading.slug}",
            name=f"{words.title()} ({owner.name if owner else party})".replace(" Of ", " of "),
            kind=kind,
            party=party,
            country=owner.country if owner else None,
            role=words if reading.kind == "office" else "",
            member_of=self._party_actor(party),
            office_holder=reading.kind == "office",
            method=METHOD,
        )

    def _joint(self, parties: tuple[str, ...]) -> Actor:
        """Return the actor that several parties make when they speak together; it belongs to none of them."""
        *rest, last = [self.polities[party].name for party in parties]
        ident = "+".join(sorted(party.lower() for party in parties))
        return Actor(id=f"joint/{ident}", name=f"{', '.join(rest)} and {last}, jointly", kind="organ", method=METHOD)

    def _unnamed(self, reading: Reading, party: str | None) -> Actor:
        side = self._party_actor(party) if party else "none"
        words = reading.slug.replace("-", " ") or "sources"
        owner = self.polities.get(party or "")
        return Actor(
            id=f"unnamed/{side}/{reading.slug or 'sources'}",
            name=f"{words} ({owner.name})" if owner else words,
            kind="unnamed",
            party=party,
            office_holder=party is not None,
            method=METHOD,
        )

    def _named(self, reading: Reading) -> Actor:
        """Return whom an unknown name means: a private person, who is to have a pseudonym, if it looks like one's."""
        if reading.slug != "the" and looks_personal(reading.text):
            return Actor(id=f"person/{slug(reading.text)}", name=reading.text, kind="person", method=METHOD)
        return Actor(id=f"organisation/{slug(reading.text)}", name=reading.text, kind="organisation", method=METHOD)
