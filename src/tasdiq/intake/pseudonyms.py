"""Give private persons pseudonyms before anything enters a record (DESIGN, rule 9).

Rules:

1. A person who speaks by virtue of an office keeps the name; everybody else is "Private person n", in the order of first
   speech, and their id is `person/private-n`.
2. The pseudonym stands wherever the resolved name stood: speakers, tellers, addressees, hands of a chain.
3. The names themselves stay as designations of the actor, which enters the record for members only; texts stay private anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from tasdiq.model.source import Actor, Designation
from tasdiq.model.statement import Hand, Statement
from tasdiq.model.told import AnyTold


@dataclass(frozen=True)
class Pseudonyms:
    """Old id and old names -> the actor under its pseudonym."""

    by_id: Mapping[str, Actor]
    by_name: Mapping[str, Actor]

    def ident(self, ident: str | None) -> str | None:
        """Return the id an actor goes by."""
        return self.by_id[ident].id if ident and ident in self.by_id else ident

    def name(self, name: str) -> str:
        """Return the name an actor goes by."""
        return self.by_name[name].name if name in self.by_name else name

    def statement(self, statement: Statement) -> Statement:
        """Return a statement with every private person under a pseudonym (rule 2)."""
        return msgspec.structs.replace(
            statement,
            speaker=self.ident(statement.speaker),
            told_by=self.ident(statement.told_by),
            addressee=self.ident(statement.addressee),
            channel=self.name(statement.channel) if statement.channel else statement.channel,
            chain=tuple(self._hand(hand) for hand in statement.chain),
        )

    def told(self, told: AnyTold) -> AnyTold:
        """Return a telling with its speaker under a pseudonym."""
        telling = msgspec.structs.replace(told.telling, speaker=self.ident(told.telling.speaker))
        return msgspec.structs.replace(told, telling=telling)

    def _hand(self, hand: Hand) -> Hand:
        if hand.actor and hand.actor in self.by_id:
            actor = self.by_id[hand.actor]
            return msgspec.structs.replace(hand, who=actor.name, actor=actor.id)
        return msgspec.structs.replace(hand, who=self.name(hand.who))


def is_private(actor: Actor) -> bool:
    """Tell whether an actor is a person who holds no office (rule 1)."""
    return actor.kind == "person" and not actor.office_holder


def make_pseudonyms(actors: Mapping[str, Actor], statements: Iterable[Sequence[Statement]]) -> Pseudonyms:
    """Number the private persons of a folder in the order in which they speak, the silent ones after them."""
    private = {ident for ident, actor in actors.items() if is_private(actor)}
    spoken = [s.speaker for document in statements for s in document if s.speaker in private]
    order = list(dict.fromkeys([*(speaker for speaker in spoken if speaker), *sorted(private)]))
    renamed = {ident: _renamed(actors[ident], number) for number, ident in enumerate(order, 1)}
    names = {actors[ident].name: actor for ident, actor in renamed.items()}
    return Pseudonyms(renamed, names)


def _renamed(actor: Actor, number: int) -> Actor:
    known = {designation.text for designation in actor.designations}
    kept = actor.designations if actor.name in known else (*actor.designations, Designation(text=actor.name))
    return msgspec.structs.replace(
        actor, id=f"person/private-{number}", name=f"Private person {number}", designations=kept, role=""
    )
