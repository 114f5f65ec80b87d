"""Being heard: a party is told of a draft and replies, and may appeal against what was decided."""

from __future__ import annotations

from .value import Value


class Reply(Value, frozen=True, kw_only=True):
    """What a party replied to a draft, in its own words."""

    text: str
    at: str = ""
    entry: str = ""


class Notice(Value, frozen=True, kw_only=True):
    """A party was told of a draft and asked to reply by `due`."""

    id: str
    party: str
    due: str
    at: str = ""
    replies: tuple[Reply, ...] = ()


class Appeal(Value, frozen=True, kw_only=True):
    """A party's appeal against a decided finding, and what came of it."""

    by: str
    text: str
    at: str = ""
    due: str = ""
    dismissed_at: str = ""
    dismissal: str = ""
    granted_at: str = ""
