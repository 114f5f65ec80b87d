"""Posts in rows: JSON Lines (https://jsonlines.org) and a plain CSV with one post a row.

1. A CSV is one of posts if its header has a column for the words, one for the account and one for the time, under a name of
   `columns.toml`, and none that only tables of events have; "Full Text", "full_text" and "FULL-TEXT" are one name. Further
   columns are not read, and a note lists them.
2. A line or row that cannot be read is refused with its number, and the others go on.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ..decode import Undecodable, decode
from ..parts import Found, Note, Refusal, one_line
from .post import Post, clean, make_author, parts, read_instant
from .x import post_of

NEEDED = ("words", "handle", "time")
LONGEST_LINE = 2_000_000


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """Return the names of columns by what stands in them."""
    held = tomllib.loads((resources.files(__package__) / "columns.toml").read_text("utf-8"))
    return {field: tuple(names) for field, names in held.items()}


def matched(header: list[str]) -> dict[str, int]:
    """Return which column holds what, the first name of the list first; nothing for a table of events (rule 1)."""
    names = [re.sub(r"[\W_]+", "_", cell.strip().lower()).strip("_") for cell in header]
    if set(columns()["never"]) & set(names):
        return {}
    return {
        field: names.index(found)
        for field, known in columns().items()
        if field != "never" and (found := next((name for name in known if name in names), None)) is not None
    }


def is_post_header(line: str) -> bool:
    """Tell whether a CSV's first line is the header of a table of posts (rule 1)."""
    line = re.split(r"[\r\n]", line[:20_000], maxsplit=1)[0]
    try:
        header = next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return False
    return all(field in matched(header) for field in NEEDED)


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def read_rows(data: bytes) -> Found:
    """Yield the posts of a CSV."""
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        yield Refusal(decoded.reason, line=decoded.line)
        return
    text = decoded.text.removeprefix("\ufeff").lstrip("\r\n ")
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=_delimiter(re.split(r"[\r\n]", text, maxsplit=1)[0]))
    try:
        header = next(reader, [])
        places = matched(header)
        if not all(field in places for field in NEEDED):
            yield Refusal("expected a header with columns for the words, the account and the time", line=1)
            return
        unread = [name for number, name in enumerate(header) if name and number not in places.values()]
        if unread:
            yield Note(f"columns not read: {', '.join(one_line(name, 60) for name in unread[:20])}")
        for row in reader:
            if any(cell.strip() for cell in row):
                yield from _row(row, places, reader.line_num)
    except csv.Error as error:
        yield Refusal(f"the rest of the table cannot be read ({one_line(str(error), 120)})", line=reader.line_num)


def _row(row: list[str], places: Mapping[str, int], line: int) -> Found:
    cells = {field: row[place] if place < len(row) else "" for field, place in places.items()}
    words = clean(cells["words"])
    if not words:
        yield Refusal("the post has no text", line=line)
        return
    author = make_author(cells.get("name"), cells["handle"])
    platform = one_line(cells.get("platform", ""), 40) or "a platform the table does not name"
    post = Post(words, author, platform, read_instant(cells["time"]), cells.get("url", "").strip())
    if cells.get("reposted", "").strip():
        first = make_author("", cells["reposted"])
        post = Post(words, first, platform, post.when, post.url, through=author)
    yield from parts(post)


def read_lines(data: bytes) -> Found:
    """Yield the posts of JSON Lines."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line) if len(line) <= LONGEST_LINE else None
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            yield Refusal("expected one JSON object a line", line=number)
            continue
        post = post_of(row)
        if post is None:
            yield Refusal("the post has no text", line=number)
        else:
            yield from parts(post)
