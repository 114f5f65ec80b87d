"""Phrases in which several parties stand together: what they say by themselves, before the document is asked.

Rules
1. "Kestria and Vorland", "officials in Talvik and Ostrel", "Kestria, Vorland" in a headline name several parties.
2. "Both sides", "the two countries", "the parties" mean several without naming them.
3. A joint or common statement, communiqué or declaration is several parties' paper; one of several organs of one party is its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .table import OF_A_PARTY, NameTable

JOINT = re.compile(
    r"(?i:\b(?:both|the two|two|the (?:two )?neighbou?ring|three|all)(?: \w+)?"
    r" (?:sides?|countries|nations|neighbou?rs|parties|governments|delegations|leaders|ministers|states|capitals|forces|teams"
    r"|militaries|armies|foreign ministers)\b|^both$|^the (?:countries|neighbou?rs|sides|parties)$)"
)
JOINT_PAPER = re.compile(
    r"(?i:\b(?:joint|common) (?:press |final |closing |written |short )?(?:statement|communiqu[eé]|declaration|press release"
    r"|readout|announcement|text|document)\b)"
)


def joint_paper(text: str, table: NameTable) -> str | None:
    """Return "" for a joint paper, the party's id for one that is a single party's, None for anything else (rule 3)."""
    found = JOINT_PAPER.search(text)
    if found is None or not re.fullmatch(r"(?i:(?:the|a|an|this|that|their|its)?(?: \w+)? ?)", text[: found.start()]):
        return None
    rest = text[found.end() :]
    parties = {mention.party for mention in table.find(rest) if mention.party}
    own = len(parties) == 1 and re.match(r"(?i:,? (?:issued |released )?(?:of|by|from)\b)", rest) and " and " in rest
    return parties.pop() if own else ""


def names_together(head: str, table: NameTable) -> bool:
    """Tell whether a phrase names two parties joined (rule 1)."""
    parties = [mention for mention in table.find(head) if mention.party]
    for one, other in pairwise(parties):
        between = head[one.end : other.start]
        if one.party != other.party and re.fullmatch(
            r"(?:'s)?(?: \w+){0,3}?,? (?:and|or|&) (?:the |in )?(?:\w+ )?", between
        ):
            return True
    return False


def is_listed(text: str, table: NameTable) -> bool:
    """Tell whether a phrase only lists parties, as headlines do ("Kestria, Vorland")."""
    parts = text.split(", ")
    parties = [party_named(part, table) for part in parts]
    return len(parts) > 1 and None not in parties and len(set(parties)) == len(parts)


def party_named(words: str, table: NameTable) -> str | None:
    """Return the party that words are a name or adjective of, and nothing else."""
    parties = {each.party for each in table.look(words) if each.sort in OF_A_PARTY}
    return parties.pop() if len(parties) == 1 else None
