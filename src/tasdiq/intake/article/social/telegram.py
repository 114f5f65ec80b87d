"""Messages of public channels and groups, as Telegram Desktop exports them in JSON (`result.json`).

Format: one chat as an object with `name`, `type`, `id` and `messages`, or a whole account with `chats.list` of such objects; a
message's `text` is a string, or a list of strings and objects with `text` (https://core.telegram.org/import-export).

1. Only what is public is read: types `public_channel` and `public_supergroup`. Every other chat is passed over and counted.
2. The handle is the export's own id of the sender ("channel1234567890"), since public names are not in it: the charter lists that.
3. A forwarded message has its first sender as author, and whoever forwarded it as the hand it came through.
4. The time is `date_unixtime`; `date` alone has no zone, so only its day counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..parts import Found, Note, Refusal, one_line
from .post import Author, Item, Post, clean, listed, make_author, member, parts, read_instant

PUBLIC = ("public_channel", "public_supergroup")
PLATFORM = "Telegram"


def read_telegram(data: bytes) -> Found:
    """Yield the messages of an export's public chats."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Refusal(f"the JSON of the export cannot be read ({one_line(str(error), 120)}); export it again")
        return
    chats = listed(member(whole, "chats"), "list") or [whole]
    public = [chat for chat in chats if member(chat, "type") in PUBLIC]
    if len(public) < len(chats):
        yield Note(f"{len(chats) - len(public)} chats that are not public were passed over")
    if not public:
        yield Refusal("no public channel or group in the export; private chats are not read")
    for chat in public:
        yield from _chat(chat)


def _chat(chat: Mapping[str, Any]) -> Iterator[Item]:
    own = make_author(member(chat, "name"), f"channel{member(chat, 'id')}" if member(chat, "id") else "")
    for number, message in enumerate(listed(chat, "messages"), 1):
        if not isinstance(message, Mapping) or message.get("type") != "message":
            continue
        words = clean(_words(message.get("text")))
        if words:
            yield from parts(_post(message, words, own))
        elif not member(message, "media_type", "photo", "file"):
            yield Refusal("the message has no text", f"message {member(message, 'id') or number}")


def _post(message: Mapping[str, Any], words: str, own: Author) -> Post:
    sender = make_author(member(message, "from"), member(message, "from_id")) if member(message, "from_id") else own
    stamp = member(message, "date_unixtime") or member(message, "date")
    post = Post(words, sender, PLATFORM, read_instant(stamp))
    forwarded = member(message, "forwarded_from")
    if not forwarded:
        return post
    first = make_author(forwarded, member(message, "forwarded_from_id"))
    return Post(words, first, PLATFORM, post.when, through=sender)


def _words(text: object) -> str:
    if isinstance(text, str):
        return text
    pieces = text if isinstance(text, list) else ()
    return "".join(each if isinstance(each, str) else str(member(each, "text") or "") for each in pieces)
