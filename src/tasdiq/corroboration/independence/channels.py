"""Through which channel a statement went: its speaker's own publication, or an outlet it was told to.

Rules:

1. A post, a statement put out, a press release is the speaker's *own publication*: however outlets name the platform, it is one
   channel, and it can be read by every outlet.
2. An interview, or words told to an outlet or quoted from its report, is that outlet's channel. An outlet left unnamed may be any
   outlet: it is a channel of its own when counting the most there can be, none when counting the least.
3. A narrator's document is no channel of its own.
4. Of several hands in a chain, the one nearest the speaker is the channel: whoever quotes it adds none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasdiq.model.state import State
from tasdiq.model.statement import Hand, Statement

OWN = "own publication"
OWN_WORDS = re.compile(
    r"\b(posts?|posted|tweet\w*|statement|press release|communiqu[eé]|x|twitter|facebook|telegram|social media"
    r"|written|letter|briefing|website)\b",
    re.IGNORECASE,
)
PLATFORM = re.compile(r"^(x|twitter|facebook|telegram|youtube|instagram|social media|.{0,30}website)\b", re.IGNORECASE)
TOLD_WORDS = re.compile(
    r"\b(interview\w*|told|speaking|quoted|report\w*|according|spoke|channel|news|agency|outlet|tv|radio)\b",
    re.IGNORECASE,
)
UNNAMED = re.compile(r"^(an?|one|some|the|local|private|unnamed)\b|^unnamed/", re.IGNORECASE)


@dataclass(frozen=True)
class Channel:
    """One channel: `key` is what is compared, `words` what is shown; `named` says whether an outlet is named."""

    key: str
    words: str
    named: bool = True


def channels_of(state: State, statement: Statement) -> list[Channel]:
    """Return the channel a statement came through, as a list; empty if the document does not say (rules 1-4)."""
    found = [channel for hand in statement.chain if (channel := _of_hand(state, statement, hand)) is not None]
    if not found and statement.channel:
        found = [_of_words(state, statement.channel)]
    own = [channel for channel in found if channel.key == OWN]
    return (own or found)[:1]


def clash(one: list[Channel], other: list[Channel]) -> bool:
    """Say whether two tellings in one document name different channels: an own publication and an outlet, or two outlets."""
    keys, others = {c.key for c in one}, {c.key for c in other}
    return bool(keys and others and not keys & others)


def _of_hand(state: State, statement: Statement, hand: Hand) -> Channel | None:
    if hand.actor is not None and hand.actor in (statement.speaker, _outlet(state, statement)):
        return Channel(OWN, _own_words(hand.how or hand.who)) if OWN_WORDS.search(hand.how) else None
    if OWN_WORDS.search(hand.how) and not TOLD_WORDS.search(hand.how):
        return Channel(OWN, _own_words(f"{hand.how} on {hand.who}" if PLATFORM.search(hand.who) else hand.how))
    return _of_words(state, hand.actor or hand.who)


def _of_words(state: State, words: str) -> Channel:
    actor = state.actors.get(words)
    if actor is None and OWN_WORDS.search(words) and not TOLD_WORDS.search(words):
        return Channel(OWN, _own_words(words))
    unnamed = (actor is not None and actor.kind == "unnamed") or UNNAMED.search(words) is not None
    shown = actor.name if actor else words
    return Channel("unnamed" if unnamed else (actor.id if actor else words.casefold()), shown, named=not unnamed)


def _outlet(state: State, statement: Statement) -> str | None:
    document = state.documents.get(statement.document)
    return document.outlet if document else None


def _own_words(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip() or OWN


def count_channels(channels: list[Channel]) -> int:
    """Return the most independent channels there can be: each named outlet, each unnamed mention, and own publication once."""
    keys = {channel.key for channel in channels if channel.named}
    unnamed = sum(not channel.named for channel in channels)
    return max(len(keys) + unnamed, 1)
