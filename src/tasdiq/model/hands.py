"""How near a document stands to the mouth a statement came from: first-hand, second-hand, or not told.

Rules, the first that applies decides
1. Told by another party, inside another's speech, or through another outlet or an agency than the document's own: second-hand.
2. The speaker's own publication (a post, a statement put out, a briefing), which anybody can read or hear, an interview with the
   document's own outlet, and a document that is the speaker's own post: first-hand.
3. A narrator's summary with no speech behind it, and words of which no document says how they came: not told.
"""

from __future__ import annotations

import re
from typing import Literal

from .document import Document
from .statement import Hand, Statement

Reach = Literal["first-hand", "second-hand", "not told"]
OWN = re.compile(r"(?i:\b(?:post|statement|briefing|conference|address|letter|message|video|speech|release|tweet)\b)")
HEARD = re.compile(r"(?i:\b(?:interview|told|spoke)\b)")
AGENCY = "agency"
"""What a hand is called that a document credits with its text."""


def reach(statement: Statement, document: Document | None) -> Reach:
    """Return how near a document stands to the speaker of one of its statements."""
    between, printed = _between(statement, document)
    if statement.teller == "other-party" or statement.inside is not None or between:
        return "second-hand"
    if statement.narrated or statement.teller == "third":
        return "not told"
    if document is not None and document.kind == "post":
        return "first-hand"
    hows = [hand.how for hand in statement.chain]
    own = any(OWN.search(how) for how in hows)
    return "first-hand" if own or (printed and any(HEARD.search(how) for how in hows[1:])) else "not told"


def _between(statement: Statement, document: Document | None) -> tuple[list[Hand], bool]:
    """Return the hands between the speaker and the document's own outlet, and whether that outlet itself was spoken to."""
    outlet = (document.outlet if document else None) or ""
    rest = [hand for hand in statement.chain[1:] if hand.actor is None or hand.actor != statement.speaker]
    if rest and rest[-1].how == "quoted by":
        rest = rest[:-1]
    printed = any(outlet and hand.who == outlet for hand in rest)
    return [hand for hand in rest if not (outlet and hand.who == outlet)], printed
