"""What was left out of a publication, how much of it, and under which rule: counted here, said on every site."""

from __future__ import annotations

from dataclasses import dataclass, field

RULES = {
    "R1": "Output is delayed: what happened within the charter's embargo is left out until it ends.",
    "R2": "Places are coarsened to the level the charter sets; places that access was asked to are never shown.",
    "R3": "Of each document only passages up to the charter's limits are shown; the source is named and linked.",
    "R4": "Private persons stand under a pseudonym; bylines are left out.",
    "R5": "Rows whose licence forbids passing them on are left out.",
    "R6": "A count too small to hide a person is given as “fewer than”, unless its source has published it.",
    "R7": "Narration that no proposition and no event rests on is not repeated.",
    "R8": "What the record holds for named recipients is left out; of sealed entries only index, day and id are shown.",
}
"""Rules of redaction, cited by tests and by every line of the list of what was left out."""


@dataclass
class Withheld:
    """Counts of what was left out, by rule and by what it was."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, rule: str, what: str, number: int = 1) -> None:
        """Count `number` more things left out under a rule; zero adds no line."""
        if number:
            self.counts[rule, what] = self.counts.get((rule, what), 0) + number

    def lines(self) -> list[dict[str, object]]:
        """List what was left out, by rule: rule, why, what, count."""
        return [
            {"rule": rule, "why": RULES[rule], "what": what, "count": count}
            for (rule, what), count in sorted(self.counts.items())
        ]
