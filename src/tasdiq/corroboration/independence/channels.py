"""Through which channel a statement went: its speaker's own publication, or an outlet it was told to.

Rules:

1. A post, a statement put out, a press release is the speaker's *own publication*: however outlets name the platform, it is one
   channel, and it can be read by every outlet.
2. An interview, or words told to an outlet or quoted from its report, is that outlet's channel. An outlet left unnamed may be any
   outlet: it is a channel of its own when counting the most there can be, none when counting the least.
3. A narrator's document is no channel of its own, nor is an agency it credits with its text (but see `credited`).
4. Of several hands in a chain, the one nearest the speaker is the channel: whoever quotes it adds none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasdiq.model.hands import AGENCY
from tasdiq.model.state import State
from tasdiq.model.statement import Hand, Statement

from .voices import speaks

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
UNPRINTED = "unnamed outlet"
UNNAMED = re.compile(r"^(an?|one|some|the|local|private|unnamed)\b|\(unnamed\)", re.IGNORECASE)


@dataclass(frozen=True)
class Channel:
    """One channel: `key` is what is compared, `words` what is shown, `who` the outlet; `named` says whether one is named."""

    key: str
    words: str
    who: str = ""
    named: bool = True


def channels_of(state: State, statement: Statement) -> list[Channel]:
    """Return the channel a statement came through, as a list; empty if the document does not say (rules 1-4)."""
    hands = _hands(state, statement)
    own = [hand for hand in hands if OWN_WORDS.search(hand.how) and not TOLD_WORDS.search(hand.how)]
    if own:
        return [Channel(OWN, statement.channel or _own_words(own[0]))]
    outlets = [_outlet(state, hand, statement.channel) for hand in hands if not _is_speaker(state, statement, hand)]
    if not outlets and statement.channel:
        return [_of_words(statement.channel)]
    return outlets[:1]


def credited(statement: Statement) -> str:
    """Return the agency that a statement's document credits, or the document: those of one agency asked a source once."""
    agencies = (hand.who.casefold() for hand in statement.chain if hand.how == AGENCY)
    return next(agencies, statement.document)


def clash(one: list[Channel], other: list[Channel]) -> bool:
    """Say whether two tellings in one document name different channels: an own publication and an outlet, or two outlets."""
    keys, others = {c.key for c in one}, {c.key for c in other}
    return bool(keys and others and not keys & others)


def _hands(state: State, statement: Statement) -> list[Hand]:
    """Return the hands between speaker and document: the last one, if it is the document's own outlet, is no channel (rule 3)."""
    document = state.documents.get(statement.document)
    printed = (document.outlet if document else None) or UNPRINTED
    hands = list(statement.chain)
    hands = [hand for hand in hands if hand.how != AGENCY]
    if hands and hands[-1].who in (printed, UNPRINTED):
        hands.pop()
    return hands


def _is_speaker(state: State, statement: Statement, hand: Hand) -> bool:
    """Say whether a hand is no channel: the speaker (the chain's first, perhaps unknown), or one who speaks for a party."""
    if hand.actor is None:
        return statement.speaker is None and hand == statement.chain[0]
    actor = state.actors.get(hand.actor)
    return hand.actor == statement.speaker or (actor is not None and speaks(actor))


def _outlet(state: State, hand: Hand, words: str | None) -> Channel:
    actor = state.actors.get(hand.actor or "")
    unnamed = UNNAMED.search(hand.who) is not None or actor is None
    if actor is not None:
        unnamed = actor.kind == "unnamed"
    key = "unnamed" if unnamed else actor.id if actor else hand.who.casefold()
    return Channel(key, words or hand.who, actor.name if actor else hand.who, named=not unnamed)


def _of_words(words: str) -> Channel:
    if OWN_WORDS.search(words) and not TOLD_WORDS.search(words):
        return Channel(OWN, words)
    unnamed = UNNAMED.search(words) is not None
    return Channel("unnamed" if unnamed else words.casefold(), words, words, named=not unnamed)


def _own_words(hand: Hand) -> str:
    return f"{hand.how} on {hand.who}" if PLATFORM.search(hand.who) else hand.how


def count_channels(channels: list[Channel]) -> int:
    """Return the most independent channels there can be: each named outlet, each unnamed mention, and own publication once."""
    keys = {channel.key for channel in channels if channel.named}
    unnamed = sum(not channel.named for channel in channels)
    return max(len(keys) + unnamed, 1)
