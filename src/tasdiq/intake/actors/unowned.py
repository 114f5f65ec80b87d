"""Which phrases without an owner may be given a side at all, by what they say themselves (`context`, rules 6 and 7).

1. An organ, office, officials or the party itself, unless an outside body's, a diplomat's, the opposition's.
2. Sources and "an official" only where their words are official: "security sources", not "a source with knowledge of the talks".
3. Who heads, leads or is a member of something that is no organ of state speaks for that.
"""

from __future__ import annotations

import re

from .phrase import Reading
from .roles import organ_slug

OWNED = re.compile(r"(?i:its|their|his|her) ")
SPEAKS_FOR = re.compile(r"(?i:\bspokes\w+ (?:for|of) )")
ISSUED_BY = re.compile(r"(?i: (?:by|from) ((?:the|its|their) [^,;]+)$)")
REGULAR = re.compile(
    r"(?i:\b(?:weekly|regular|daily|routine|customary) (?:press |news |media )?(?:briefing|conference)\b)"
)
_UNOWNED = frozenset({"organ", "office", "officials", "party"})
_ANYBODY = re.compile(r"(?i:(?:an?|one|another|some|several|various|two|three)\b|(?:\w+ )?sources?\b)")
_OFFICIAL = re.compile(r"(?i:\b(?:officials?|officers?|security|government|ministerial)\b)")
_ABROAD = re.compile(r"(?i:\b(?:diplomats?|opposition|shadow)\b)")
_HEADS_OTHERS = re.compile(
    r"(?i:\b(?:head|leader|chief|chairman|chairwoman|chairperson|president|director|member|founder) of (.+)$)"
)


def may_belong(reading: Reading) -> bool:
    """Tell whether a phrase without an owner may be given a side by what stands around it (rules 1 and 2)."""
    if reading.kind not in _UNOWNED or reading.neutral or _ABROAD.search(reading.text):
        return False
    return not is_anybody(reading) or bool(organ_slug(reading.text) or _OFFICIAL.search(reading.text))


def is_anybody(reading: Reading) -> bool:
    """Tell whether a phrase brings in somebody new, who need not belong to who spoke before."""
    return reading.kind == "officials" and bool(_ANYBODY.match(reading.text))


def heads_others(text: str) -> bool:
    """Tell whether a person is told by what they head, and that is no organ of state (rule 3)."""
    body = _HEADS_OTHERS.search(text)
    return body is not None and organ_slug(body[1]) is None
