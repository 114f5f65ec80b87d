"""Which file is an export of posts, told by its name's ending and how its content begins, and the door it goes through.

1. `.js`: X's `tweets.js`; `.zip`: X's archive; `.jsonl`, `.ndjson`: one post a line.
2. `.json`: Telegram's `result.json` if it begins as one, an outbox if it is an ordered collection; every other `.json` is a table.
3. `.csv`: posts if its header says so (`rows`), and no table of events has such a header.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..parts import Found
from .mastodon import read_outbox
from .rows import is_post_header, read_lines, read_rows
from .telegram import read_telegram
from .x import ASSIGNED, read_archive, read_script

HEAD = 65_536
"""Bytes from which an export is told."""
NOTE = "read from an export of posts: offsets count code points of the extracted text"
_TELEGRAM = re.compile(rb'"(?:messages|chats)"\s*:', re.DOTALL)
_TELEGRAM_TYPE = re.compile(
    rb'"type"\s*:\s*"(?:public|private|personal|saved|bot)_?\w*"|"about"\s*:\s*"Here is the data you requested'
)
_OUTBOX = re.compile(rb'"orderedItems"\s*:|"type"\s*:\s*"OrderedCollection"')
DOORS: dict[str, Callable[[bytes], Found]] = {
    "x script": read_script,
    "x archive": read_archive,
    "telegram": read_telegram,
    "outbox": read_outbox,
    "lines": read_lines,
    "rows": read_rows,
}


def export_kind(name: str, head: bytes) -> str:
    """Return which export a file is by its name and first bytes, or "" for none."""
    small, head = name.lower(), head[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if small.endswith(".js"):
        return "x script" if ASSIGNED.match(head) else ""
    if small.endswith(".zip"):
        return "x archive"
    if small.endswith((".jsonl", ".ndjson")):
        return "lines"
    if small.endswith(".json"):
        return _json_kind(head)
    if small.endswith(".csv"):
        first = head.decode("utf-8", "replace").lstrip("\r\n ").partition("\n")[0]
        return "rows" if is_post_header(first) else ""
    return ""


def _json_kind(head: bytes) -> str:
    if not head.lstrip().startswith(b"{"):
        return ""
    if _OUTBOX.search(head):
        return "outbox"
    return "telegram" if _TELEGRAM.search(head) and _TELEGRAM_TYPE.search(head) else ""


def is_export(name: str, head: bytes) -> bool:
    """Tell whether a file that could be a table by its name is an export of posts."""
    return bool(export_kind(name, head))


def read_export(name: str, data: bytes) -> Found:
    """Yield the posts of an export."""
    yield from DOORS[export_kind(name, data)](data)
