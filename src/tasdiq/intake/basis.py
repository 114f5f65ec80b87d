"""How a speaker knows what they say: witnessed, told, inferred, or unknown.

Rules, the first that applies decides
1. Who speaks inside another's speech is told of: told.
2. Sources described as close to the matter, or briefed on it ("sources privy to the talks"), pass on what they were told, unless
   they say what they saw.
3. Who says in the first person what they saw, heard or counted has witnessed it; so have bystanders who are reported to have.
4. Who believes, estimates, suspects or concludes has inferred it.
5. All others: unknown. That somebody holds an office says nothing of how they know.
"""

from __future__ import annotations

import re
from typing import Literal

from tasdiq.intake.actors import Voice

Basis = Literal["witnessed", "told", "inferred", "unknown"]
_SAW = re.compile(r"\b(?:saw|seen|heard|witnessed|watched|counted)\b")
_I_SAW = re.compile(
    r"(?i:\b(?:I|we)(?: have|['’]ve| myself| ourselves| all)? (?:(?:just|also|only|personally) )?"
    r"(?:saw|seen|heard|witnessed|watched|counted)\b)"
)
_PRIVY = re.compile(
    r"(?i:\b(?:privy to|familiar with|close to|briefed (?:on|about|by)|with (?:direct |first-?hand )?knowledge of"
    r"|aware of|informed (?:of|about)|in the know)\b)"
)
_INFERS = frozenset({"believe", "think", "assume", "suspect", "conclude", "infer", "estimate", "presume", "speculate", "guess",
                     "expect", "predict", "assess", "calculate", "fear", "reckon"})  # fmt: skip


def read_basis(voice: Voice, cue: str, source: str, content: str) -> Basis:
    """Return how a speaker knows: from the lemma of the cue, and the words of source and content."""
    if voice.outer is not None:
        return "told"
    if _I_SAW.search(content) or (voice.reading.kind == "bystanders" and _SAW.search(content)):
        return "witnessed"
    if _PRIVY.search(source):
        return "told"
    return "inferred" if cue in _INFERS else "unknown"
