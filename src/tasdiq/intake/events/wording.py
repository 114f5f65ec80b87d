"""Alternatives of wording as one pattern, and the wordings by which a text says that something did not or might not happen."""

from __future__ import annotations

import re


def any_of(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the alternatives (regular expressions) as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


UNREAL = re.compile(
    r"\b(?:if|unless|whether|would|could|might|may|can|cannot|should|will|shall|must"
    r"|any|never|hop(?:e|es|ed|ing)|fear\w*|threat\w*"
    r"|plan(?:s|ned|ning)?|want\w*|refus\w+|declin\w+|fail(?:s|ed|ing)? to|avoid\w*"
    r"|den(?:y|ies|ied|ying)|prevent\w*|not|n['’]t|no"
    r"|without|demand\w*|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|for)|ask(?:s|ed"
    r"|ing)?|seek\w*|sought|need\w*|ready to|prepared to"
    r"|reject\w*|dismiss\w*|likely|unlikely|expected to|able to|used (?:to|for)|planned|attempt\w*"
    r"|risk\w*|possible|potential)\b[^,;.“”\"]{0,45}$",
    re.IGNORECASE,
)
"""Before a verb: it is not told as done."""
