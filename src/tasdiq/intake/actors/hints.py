"""What a statement's own words betray of its speaker's side, for organs and officials whose side is not said.

Rules
1. A content that begins with a party's readiness or stance ("Kestria remains committed", "Kestria's position") is likely that
   party's own.
2. A content that rejects, accuses or demands names first whom it is directed at; so does one that begins with a party's misdeed
   ("Kestria had violated", "the Kestrian side evaded").
3. "In Talvik, the foreign minister said", "told a briefing in Talvik": the place where somebody speaks is likely the speaker's
   capital.
"""

from __future__ import annotations

import re

from tasdiq.model.statement import Attribution

from .directory import Directory
from .memory import Hints
from .naming import CAPITAL
from .table import Mention

DIRECTED = frozenset({"rejects", "accuses", "demands", "denies"})
FAR = 60
"""Code points into a content within which it names whom it is about or directed at."""
_IN_PLACE = re.compile(rf"(?:Earlier |Later |Meanwhile,? )?[Ii]n ([{CAPITAL}]\w+(?: [{CAPITAL}]\w+)?), ")
_BRIEFED = re.compile(
    rf"\b(?:briefing|conference|reporters|journalists)\b(?: (?!in\b)\w+){{0,3}} in ([{CAPITAL}]\w+(?: [{CAPITAL}]\w+)?)"
)
_OPENS = re.compile(r"^(?:[\"' ]*)(?:that |how |the |when |while )*$")
_SIDE = r"(?:'s)?(?: (?:side|government|regime|authorities|delegation|forces|troops|soldiers|army))?"
_READY = re.compile(
    rf"{_SIDE}(?: (?:position|stance|policy|commitment|right|concerns?)\b"
    r"|(?: (?:has|had|have|did|does|would|will)) (?:not|never)\b"
    r"|(?: (?:would|will|had|has|have|is|was|are|were|remains?|remained|stays?|stayed|stands?|stood)){0,2}"
    r"(?: (?:always|still|fully|firmly|also))*"
    r" (?:committed|ready|willing|prepared|determined|wants?|wanted|seeks?|sought|strived|exercised|views?|reserves?)\b)"
)
_MISDEED = re.compile(
    rf"{_SIDE}(?: (?:has|had|have|was|were|is|are|also|again|repeatedly|continued to|continues to|tried to|attempted to))*"
    r" (?:violat|attack|launch|harbou?r|shelter|fir(?:e|ed|ing)\b|fail|evad|avoid|refus|misrepresent|resort|dilut|bomb|shell"
    r"|struck|kill|breach|sponsor|back(?:ed|ing)|support(?:ed|s|ing)|us(?:ed|ing)|malign|encroach|target)"
)


def read_hints(item: Attribution, text: str, directory: Directory) -> Hints:
    """Return whom a statement is directed at, whose readiness it tells, and the capital its sentence opens with."""
    first = _first(item, text, directory)
    after = text[first.end : first.end + FAR] if first else ""
    party = first.party if first else None
    directed = item.act in DIRECTED or bool(_MISDEED.match(after))
    ready = not directed and bool(_READY.match(after))
    opening = _IN_PLACE.match(text, item.sentence.start) if item.sentence else None
    opening = opening or _briefed(item, text)
    place = directory.party_of(opening[1]) if opening else None
    return Hints(against=party if directed else None, itself=party if ready else None, place=place)


def _briefed(item: Attribution, text: str) -> re.Match[str] | None:
    """Return where the sentence says, outside what is said, that the speaker met the press."""
    found = _BRIEFED.search(text, item.sentence.start, item.sentence.end) if item.sentence else None
    inside = found and any(span.start <= found.start() < span.end for span in item.content)
    return None if inside else found


def _first(item: Attribution, text: str, directory: Directory) -> Mention | None:
    """Return the party a content begins with; further in only for what is directed at somebody."""
    if not item.content:
        return None
    span = item.content[0]
    mention = next(directory.table.find(text, span.start, min(span.end, span.start + FAR)), None)
    if mention is None or item.act in DIRECTED:
        return mention
    return mention if _OPENS.match(text[span.start : mention.start]) else None
