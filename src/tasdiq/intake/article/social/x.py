"""Posts of X (Twitter): the archive a user downloads, and the JSON that tools write, one post a line.

The archive is a ZIP whose `data/tweets.js` is JavaScript that assigns one JSON array, `window.YTD.tweets.part0 = [{"tweet": {…}}]`,
and whose `data/account.js` names the account (README.txt in the archive;
https://help.x.com/en/managing-your-account/how-to-download-your-x-archive).
Lines are posts as the API gives them: v1.1 (`full_text`, `user.screen_name`, `retweeted_status`, `quoted_status`;
https://docs.x.com/x-api/v1/data-dictionary/overview) or flattened v2 (`text`, `author.username`, `referenced_tweets`;
https://docs.x.com/x-api/fundamentals/data-dictionary), and what common tools make of them (`rawContent`, `user.username`).

1. The author of an archive is its account; of `tweets.js` alone the one in whose name its own pictures lie, if they agree.
2. "RT @handle: …" in an archive is that handle's post, passed on, and cut off where X cut it.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Any

from ..parts import Found, Note, Refusal, one_line
from .post import Author, Item, Post, clean, listed, make_author, member, parts, read_instant

PLATFORM = "X"
ASSIGNED = re.compile(rb"\s*window\.YTD\.(?P<what>\w+)\.part\d+\s*=\s*")
LARGEST_MEMBER = 40_000_000
MOST_MEMBERS = 20_000
_TWEETS = re.compile(r"(?:^|/)data/(?:tweets?|tweets-part\d+)\.js$")
_ACCOUNT = re.compile(r"(?:^|/)data/account\.js$")
_RT = re.compile(r"RT @(?P<handle>\w{1,40}): (?P<words>.*)", re.DOTALL)
_OWN = re.compile(r"https?://(?:twitter|x)\.com/(\w{1,40})/status/(\d+)/")


def read_script(data: bytes, account: Author | None = None) -> Found:
    """Yield the posts of a `tweets.js`."""
    assigned = ASSIGNED.match(data[:200])
    try:
        rows = json.loads(data[assigned.end() :] if assigned else data)
    except (ValueError, RecursionError) as error:
        yield Refusal(f"the JSON of the export cannot be read ({one_line(str(error), 120)}); export it again")
        return
    tweets = [found for row in rows if (found := member(row, "tweet") or row)] if isinstance(rows, list) else []
    author = account or _owner(tweets)
    if not author.handle:
        yield Note("the file does not name the account: give the whole archive (.zip) as it was downloaded")
    for number, tweet in enumerate(tweets, 1):
        yield from _own(tweet, author, number)


def read_archive(data: bytes | IO[bytes]) -> Found:
    """Yield the posts of an archive; of a ZIP that is none, a refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as archive:
            yield from _members(archive)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        struct.error,
        zlib.error,
    ) as error:
        yield Refusal(f"the ZIP archive cannot be read ({one_line(str(error), 120)}); expected an archive of X")


def _members(archive: zipfile.ZipFile) -> Found:
    members = archive.infolist()
    held = [each for each in members if _TWEETS.search(each.filename)]
    if len(members) > MOST_MEMBERS or not held:
        yield Refusal("expected an archive of X with data/tweets.js in it; unpack any other ZIP and give its files")
        return
    account = next((_account(archive, each) for each in members if _ACCOUNT.search(each.filename)), None)
    for each in held:
        text = _read(archive, each)
        if text is None:
            yield Refusal(f"more than {LARGEST_MEMBER:,} bytes unpacked", f"file {one_line(each.filename, 200)}")
        else:
            yield from read_script(text, account)


def _read(archive: zipfile.ZipFile, each: zipfile.ZipInfo) -> bytes | None:
    with archive.open(each) as stream:
        data = stream.read(LARGEST_MEMBER + 1)
    return data if len(data) <= LARGEST_MEMBER else None


def _account(archive: zipfile.ZipFile, each: zipfile.ZipInfo) -> Author | None:
    data = _read(archive, each) or b""
    assigned = ASSIGNED.match(data[:200])
    try:
        rows = json.loads(data[assigned.end() :] if assigned else data)
    except (ValueError, RecursionError):
        return None
    account = member(rows[0], "account") if isinstance(rows, list) and rows else None
    made = make_author(member(account, "accountDisplayName"), member(account, "username"))
    return made if made.handle else None


def _owner(tweets: list[Any]) -> Author:
    """Rule 1."""
    found: Counter[str] = Counter()
    for tweet in tweets:
        ident = str(member(tweet, "id_str", "id") or "")
        for media in listed(member(tweet, "extended_entities", "entities"), "media"):
            match = _OWN.match(str(member(media, "expanded_url") or ""))
            if match and match[2] == ident and not str(member(tweet, "full_text") or "").startswith("RT @"):
                found[match[1]] += 1
    return Author(handle=next(iter(found))) if len(found) == 1 else Author()


def _own(tweet: object, author: Author, number: int) -> Iterator[Item]:
    words = clean(member(tweet, "full_text", "text"))
    if not words:
        yield Refusal("the post has no text", f"post {number}")
        return
    ident = str(member(tweet, "id_str", "id") or "")
    url = f"https://x.com/{author.handle or 'i'}/status/{ident}" if ident.isdigit() else ""
    post = Post(words, author, PLATFORM, read_instant(member(tweet, "created_at")), url)
    if (passed := _RT.fullmatch(words)) is not None:
        first = make_author(_called(tweet, passed["handle"]), passed["handle"])
        cut = ("the repost is cut off where X cut it",) if passed["words"].endswith("…") else ()
        post = replace(post, words=passed["words"], author=first, through=author, notes=cut)
    yield from parts(post)


def _called(tweet: object, handle: str) -> str:
    mentions = listed(member(tweet, "entities"), "user_mentions")
    return next((str(member(m, "name") or "") for m in mentions if member(m, "screen_name") == handle), "")


def post_of(row: Mapping[str, Any], depth: int = 0) -> Post | None:
    """Return the post of a line of JSON, what it passes on or quotes with it; None if it has no words."""
    user = member(row, "user", "author", "account")
    words = clean(
        member(row, "full_text", "rawContent", "renderedContent", "content", "text", "tweet", "message", "body")
    )
    if not isinstance(user, Mapping):
        author = make_author(
            user or member(row, "name", "author_name"), member(row, "handle", "username", "screen_name")
        )
    else:
        author = make_author(
            member(user, "name", "displayname", "displayName", "display_name"),
            member(user, "screen_name", "username", "handle", "acct"),
        )
    when = read_instant(member(row, "created_at", "date", "time", "timestamp", "published", "published_at"))
    url = str(member(row, "url", "permalink", "link", "tweet_url") or "")
    passed, quoted = (_held(row, depth, names, kind) for names, kind in _HELD)
    if passed is not None:
        return replace(passed, through=author, when=when, notes=passed.notes)
    if not words:
        return None
    return Post(words, author, str(member(row, "platform") or PLATFORM)[:40], when, url, quoted=quoted)


_HELD = (
    (("retweeted_status", "retweetedTweet", "reblog", "reposted"), "retweeted"),
    (("quoted_status", "quotedTweet", "quote", "quoted"), "quoted"),
)


def _held(row: Mapping[str, Any], depth: int, names: tuple[str, ...], kind: str) -> Post | None:
    """Return the post inside another, if its words are there."""
    if depth:
        return None
    inner = member(row, *names)
    if inner is None:
        referenced = listed(row, "referenced_tweets")
        inner = next((each for each in referenced if isinstance(each, Mapping) and each.get("type") == kind), None)
    return post_of(inner, depth + 1) if isinstance(inner, Mapping) else None
