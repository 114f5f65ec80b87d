"""One post of an export, and the part of a file it becomes.

Its text is its words and, in lines of their own, who wrote it and who passed it on, "— Name (@handle)" as under a post that an
article embeds. The names stand nowhere else: the text is private, and `intake.handles` reads them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from tasdiq.model.when import When

from ..html import read_fragment
from ..parts import Note, Part, Posted, Refusal, one_line, tidy

LONGEST = 100_000
UNNAMED = "an account that the export does not name"
HANDLE = re.compile(r"@?([\w.@-]{1,120})")
_X_DATE = re.compile(r"\w{3} (\w{3}) (\d{2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4}) (\d{4})")
Item = Part | Refusal | Note


@dataclass(frozen=True)
class Author:
    """Who posts: the name shown, and the handle without its first @."""

    name: str = ""
    handle: str = ""

    @property
    def signed(self) -> str:
        """The author as documents name one: "Name (@handle)"."""
        if self.handle:
            return f"{self.name or self.handle} (@{self.handle})"
        return self.name


@dataclass(frozen=True)
class Post:
    """A post as read; `through` is who passed it on, `quoted` the post it quotes if the export holds its words."""

    words: str
    author: Author
    platform: str
    when: When | None = None
    url: str = ""
    through: Author | None = None
    quoted: Post | None = None
    notes: tuple[str, ...] = ()


def make_author(name: object, handle: object) -> Author:
    """Return an author of what an export writes as name and handle."""
    found = HANDLE.fullmatch(one_line(str(handle or ""), 130))
    return Author(re.sub(r"[()@\n—–―]", " ", one_line(str(name or ""), 80)).strip(), found[1] if found else "")


def parts(post: Post) -> Iterator[Part]:
    """Yield a post as a part, and the post it quotes after it."""
    yield _part(post, "repost" if post.through else "post")
    if post.quoted is not None:
        yield _part(post.quoted, "quoted post", through=post.author)


def _part(post: Post, what: str, through: Author | None = None) -> Part:
    bylines = [f"— {post.author.signed or UNNAMED}"]
    if post.through:
        bylines.append(f"— passed on by {post.through.signed or UNNAMED}")
    elif through:
        bylines.append(f"— quoted by {through.signed or UNNAMED}")
    posted = Posted(
        label=f"{what} on {post.platform}",
        published=post.when,
        url=post.url if post.url.startswith(("https://", "http://")) else "",
        quoted=what == "quoted post",
        bylines=len(bylines),
    )
    return Part("\n".join([post.words, "", *bylines]), notes=post.notes, posted=posted)


def clean(words: object) -> str:
    """Return a post's words as text of bounded length."""
    return tidy(str(words or "")).strip()[:LONGEST] if isinstance(words, str) else ""


def plain_of(markup: object) -> str:
    """Return the words of a post that is written as HTML."""
    return "\n\n".join(tidy(line) for line in read_fragment(str(markup or "")[:LONGEST]))


def read_instant(value: object) -> When | None:
    """Return a stamp with its zone as an instant in UTC, to the minute; without a zone, as the day it writes.

    Forms: ISO 8601, RFC 5322, X's "Wed Oct 10 20:19:24 +0000 2018", seconds since 1970.
    """
    written = one_line(str(value if value is not None else ""), 60)
    try:
        moment = _moment(written)
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None
    if moment is None:
        return None
    if moment.tzinfo is None:
        day = moment.date().isoformat()
        return When(start=day, end=day, precision="day", text=written)
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00Z")
    return When(start=stamp, end=stamp, precision="minute", text=written)


def _moment(written: str) -> datetime | None:
    if re.fullmatch(r"\d{9,11}", written):
        return datetime.fromtimestamp(int(written), UTC)
    if re.fullmatch(r"\d{12,14}", written):
        return datetime.fromtimestamp(int(written) / 1000, UTC)
    if found := _X_DATE.fullmatch(written):
        return datetime.strptime(f"{found[2]} {found[1]} {found[5]} {found[3]} {found[4]}", "%d %b %Y %H:%M:%S %z")
    if re.match(r"\d{4}-\d{2}-\d{2}", written):
        return datetime.fromisoformat(written.replace(" UTC", "+00:00"))
    return parsedate_to_datetime(written)


def member(value: object, *names: str) -> Any:
    """Return the first of the named members of a JSON object that is there and not empty, else None."""
    if not isinstance(value, Mapping):
        return None
    return next((value[name] for name in names if value.get(name) not in (None, "", [], {})), None)


def listed(value: object, *names: str) -> list[Any]:
    """Return a named member that is a list, else an empty list."""
    found = member(value, *names)
    return found if isinstance(found, list) else []
