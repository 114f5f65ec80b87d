"""An RSS or Atom file: each entry is an article of its own (RSS 2.0, RSS 1.0/RDF, Atom as RFC 4287).

1. The XML is only read: no entity is expanded, no document type loaded, nothing a feed names is ever fetched.
2. An entry's words are its longest content, `content:encoded`, `content`, `description` or `summary`, as HTML without markup.
3. Title, author, date and address are the entry's own; the outlet is its `source`, else the feed's title. A date it does not
   give is none; a feed's own date is not its entries'.
4. An entry without words is refused with its number; broken XML is read as far as it goes, and noted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import lxml.etree
from lxml.etree import _Element as Element

from .html import Page, read_fragment
from .parts import Found, Part, Refusal, one_line, read_stamp, tidy

FEED = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}\?>)?(?:\s|<!--(?:(?!-->).){0,2000}-->|<\?[^>]{0,500}\?>)*<(?:rss|feed|(?:\w{1,20}:)?RDF)[\s>]",
    re.DOTALL,
)
BODIES = ("encoded", "content", "description", "summary")
DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
LONGEST_ENTRY = 500_000
NOTE = "read from an RSS or Atom feed: offsets count code points of the extracted text"
BROKEN = "the feed's XML is broken (line {line}): only what could be read of it was taken"


def read_feed(data: bytes) -> Found:
    """Yield a feed's entries as parts."""
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False, remove_comments=True
    )
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        yield Refusal(f"no XML could be read ({one_line(str(error), 120)}); expected an RSS or Atom feed")
        return
    if root is None or _name(root) not in ("rss", "RDF", "feed"):
        found = _name(root) if root is not None else "nothing"
        yield Refusal(f"expected an RSS or Atom feed (rss, RDF, feed), found {found}: save the article's text as .txt")
        return
    if len(parser.error_log):
        yield Refusal(BROKEN.format(line=parser.error_log[0].line), line=parser.error_log[0].line)
    yield from _entries(root)


def _entries(root: Element) -> Found:
    channel = next(_all(root, "channel"), root)
    outlet = _text(channel, "title")
    entries = [child for parent in {root: None, channel: None} for child in parent if _name(child) in ("item", "entry")]
    if not entries:
        yield Refusal("the feed has no entries; expected at least one item or entry")
    for number, entry in enumerate(entries, 1):
        yield _entry(entry, number, outlet)


def _entry(entry: Element, number: int, outlet: str) -> Part | Refusal:
    title = one_line(_plain(_text(entry, "title")))
    words = max((_markup(child) for name in BODIES for child in _all(entry, name)), key=len, default="")
    if len(words) > LONGEST_ENTRY:
        return Refusal(f"an entry of {len(words):,} characters; expected at most {LONGEST_ENTRY:,}", f"entry {number}")
    body = [tidy(line) for line in read_fragment(words)]
    if not body:
        return Refusal("the entry has no text; expected content, a description or a summary", f"entry {number}")
    text = "\n\n".join([title, *body] if title and body[0] != title else body)
    source = next(_all(entry, "source"), None)
    named = (_text(source, "title") or _words(source)) if source is not None else ""
    return Part(
        text,
        Page(
            text=text,
            title=title,
            published=next(filter(None, (read_stamp(_text(entry, name)) for name in DATES)), None),
            outlet=one_line(_plain(named or outlet), 120) or None,
            author=_author(entry),
            url=_link(entry),
        ),
    )


def _name(element: Element) -> str:
    """Return an element's name without namespace or prefix; "" for what is no element."""
    return re.split(r"[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def _all(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _name(child) == name)


def _words(element: Element) -> str:
    return "".join(map(str, element.itertext(tag=lxml.etree.Element, with_tail=True))).strip()


def _text(element: Element, name: str) -> str:
    return next(filter(None, map(_words, _all(element, name))), "")


def _plain(text: str) -> str:
    """Return a title's words: some feeds write markup and entities into it."""
    return html.unescape(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text))


def _markup(element: Element) -> str:
    """Return an entry's content as HTML: inline XHTML is written out, escaped HTML is text already."""
    if any(isinstance(child.tag, str) for child in element):
        return "".join(lxml.etree.tostring(child, encoding="unicode", method="html") for child in element)
    words = _words(element)
    return html.escape(words) if element.get("type") == "text" else words


def _author(entry: Element) -> str | None:
    for name in ("creator", "author"):
        for element in _all(entry, name):
            written = one_line(_text(element, "name") or _words(element), 120)
            in_brackets = re.fullmatch(r"\S+@\S+\s+\((.+)\)", written)
            if written:
                return in_brackets[1] if in_brackets else written
    return None


def _link(entry: Element) -> str:
    for element in _all(entry, "link"):
        if element.get("rel", "alternate") == "alternate":
            address = one_line(element.get("href") or _words(element), 2000)
            if address.startswith(("https://", "http://")):
                return address
    return ""
