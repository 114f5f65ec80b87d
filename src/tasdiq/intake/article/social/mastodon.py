"""Posts of Mastodon and other servers of the Fediverse: the `outbox.json` of an account's archive, an ActivityPub collection.

Format: `OrderedCollection` with `orderedItems` of activities; a post is a `Create` of a `Note` or `Article`, a boost an `Announce`
(W3C ActivityPub, https://www.w3.org/TR/activitypub/; https://docs.joinmastodon.org/user/moving/#export).

1. Only posts addressed to the public collection are read; direct messages and posts to followers are passed over and counted.
2. The handle is name@server of the actor's address. A boost holds only an address: nothing is fetched, so it is counted, not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..parts import Found, Note, Refusal, one_line
from .post import Author, Item, Post, listed, make_author, member, parts, plain_of, read_instant

PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
PLATFORM = "Mastodon"
_ACTOR = re.compile(r"https?://(?P<server>[\w.-]{1,200})/(?:users/|@|ap/users/|profile/)?(?P<name>[\w.-]{1,80})/?")


def read_outbox(data: bytes) -> Found:
    """Yield the public posts of an outbox."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Refusal(f"the JSON of the outbox cannot be read ({one_line(str(error), 120)}); export it again")
        return
    items = listed(whole, "orderedItems")
    private = boosts = 0
    for number, item in enumerate(items, 1):
        note = member(item, "object")
        if not isinstance(item, Mapping) or not isinstance(note, Mapping):
            boosts += member(item, "type") == "Announce"
            continue
        if not _is_public(item) or not _is_public(note):
            private += 1
            continue
        yield from _note(item, note, number)
    if private:
        yield Note(f"{private:,} posts that were not public were passed over")
    if boosts:
        yield Note(f"{boosts:,} boosts, of which an archive holds no words, were passed over")


def _is_public(item: Mapping[str, Any]) -> bool:
    addressed = [item.get("to"), item.get("cc")]
    flat = [each for held in addressed for each in (held if isinstance(held, list) else [held])]
    return not PUBLIC.isdisjoint(each for each in flat if isinstance(each, str))


def _note(item: Mapping[str, Any], note: Mapping[str, Any], number: int) -> Iterator[Item]:
    words = plain_of(member(note, "content"))
    if not words:
        yield Refusal("the post has no text", f"post {number}")
        return
    author = author_of(member(note, "attributedTo") or member(item, "actor"))
    url = str(member(note, "url", "id") or "")
    when = read_instant(member(note, "published") or member(item, "published"))
    if item.get("type") == "Announce":  # some servers write the boosted post out
        yield from parts(Post(words, author, PLATFORM, when, url, through=author_of(member(item, "actor"))))
        return
    yield from parts(Post(words, author, PLATFORM, when, url))


def author_of(actor: object) -> Author:
    """Return the author an actor's address names, as name@server."""
    found = _ACTOR.fullmatch(str(actor or ""))
    return make_author("", f"{found['name']}@{found['server']}") if found else Author()
