"""Whom pronouns and contents without a subject stand for.

Rules:

1. A content that begins with a verb without a subject ("of sheltering …", "to keep …") gets one: the addressee of an accusation
   or demand, else the speaker.
2. "We", "our" are the speaker's party. A subject "it" is the first party of the content, else what the same speaker spoke of
   before in the sentence, else the speaker's.
3. "Its", "their" before a word of territory or dealing is the party named last before it in the sentence, else the speaker's.
4. "Them" right after an accusation or demand is the addressee: the party named before that is not the speaker's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .mentions import PARTY
from .pattern import word_class

_FIRST_PERSON = frozenset(("we", "our", "us", "ours"))
_POSSESSIVES, _SUBJECTS = frozenset(("its", "their", "his", "her")), frozenset(("it",))
_LEADING = frozenset(("of", "for", "from", "against", "by", "not"))
ADDRESSING = frozenset(("accuses", "demands", "asks", "warns"))


@dataclass(frozen=True)
class Context:
    """What surrounds a content: marks of the speaker, the addressee, the party named last before it, what `it` was before."""

    speaker: str | None
    addressee: str | None
    before: str | None
    topic: str | None
    act: str


def subject(content: Sequence[str], first_words: Sequence[str], context: Context) -> list[str]:
    """Rule 1: return the subject to put before a content, if any; `first_words` are its first two words as written."""
    if not content or not _begins_with_verb(first_words):
        return []
    if context.act in ADDRESSING:
        whose = context.addressee or (context.before if context.before != context.speaker else None)
        return [whose] if whose else []
    return [context.speaker] if context.speaker else []


def resolve(content: Sequence[str], context: Context) -> list[str]:
    """Rules 2 to 4: return the content with parties in the place of pronouns."""
    held, resolved = word_class("HELD"), list[str]()
    for at, item in enumerate(content):
        found: str | None = None
        if item in _FIRST_PERSON:
            found = context.speaker
        elif item in _POSSESSIVES and any(word in held for word in content[at + 1 : at + 3]):
            found = _party(reversed(resolved)) or context.before or context.speaker
        elif item in _SUBJECTS:
            found = _party(resolved) or context.topic or context.speaker
        elif item == "them" and at == 0 and context.act in (*ADDRESSING, "denies"):
            found = context.speaker if context.act == "denies" else _other(context)
        resolved.append(found or item)
    return resolved


def first_party(stems: Sequence[str]) -> str | None:
    """Return the first party's mark."""
    return _party(stems)


def _other(context: Context) -> str | None:
    return context.addressee or (context.before if context.before != context.speaker else None)


def _begins_with_verb(words: Sequence[str]) -> bool:
    first, second = (*(word.casefold() for word in words), "", "")[:2]
    if first in _LEADING:
        return second.endswith("ing") or second == "to"
    return first == "to" or (first.endswith("ing") and len(first) > 5) or first in ("let", "keep")


def _party(stems: object) -> str | None:
    return next((item for item in stems if item[0] == PARTY), None)  # type: ignore[attr-defined]
