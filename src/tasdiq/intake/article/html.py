"""An HTML page as plain text and what its head says of the article.

1. The markup is only read: no script, style, form or comment survives, no entity of its own is expanded, nothing is fetched.
2. The article's words come from trafilatura; where it finds none, from the page's headings, paragraphs and list items.
3. Title, date, outlet, author and address are taken from what the page declares (JSON-LD, Open Graph, meta, `time`), never
   guessed. Captions (`figcaption`) and embedded posts are written into the extracted text as lines of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import lxml.etree
import lxml.html
import trafilatura
from lxml.html import HtmlElement

from tasdiq.intake.when import read_single, read_times
from tasdiq.model.when import When

from .marks import SIGNATURE

LARGEST_MARKUP = 5_000_000
DROP = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "form",
    "nav",
    "aside",
    "svg",
    "button",
    "select",
)
BLOCKS = "//h1|//h2|//h3|//p|//li|//blockquote"
INNERMOST = "|".join(f"//{each}[not(.//p|.//li)]" for each in ("h1", "h2", "h3", "p", "li", "blockquote"))
POSTS = "//blockquote[contains(@class,'twitter-tweet') or contains(@class,'twitter-video') or contains(@class,'instagram-media')]"
DECLARATION = re.compile(
    r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<!ENTITY[^>]*>", re.IGNORECASE | re.DOTALL
)
JOINER = re.compile("\u200c|&zwnj;|&#8204;|&#x200[cC];")
KEEPS = "‿"
"""Stands for the joiner that Persian writes in words, while what extracts an article takes out what does not show."""
SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")


@dataclass(frozen=True)
class Page:
    """The extracted text, and what the page declares; `captions` in the form lines are compared in.

    `at_latest` is a day by which it was published (of its capture), for where neither page nor text gives a date.
    """

    text: str
    title: str = ""
    published: When | None = None
    at_latest: When | None = None
    outlet: str | None = None
    author: str | None = None
    url: str = ""
    captions: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def read_page(markup: str) -> Page | None:
    """Return a page's article text and declarations, or None if it holds no text."""
    joined = JOINER.sub(KEEPS, markup) if KEEPS not in markup else markup
    page = _read_page(joined)
    if page is None or joined == markup:
        return page
    return replace(
        page,
        text=_joined(page.text),
        title=_joined(page.title),
        outlet=_joined(page.outlet or "") or None,
        author=_joined(page.author or "") or None,
        captions=frozenset(map(_joined, page.captions)),
    )


def _joined(text: str) -> str:
    return text.replace(KEEPS, "\u200c")


def _read_page(markup: str) -> Page | None:
    tree = _tree(markup)
    if tree is None:
        return None
    declared = _declared(tree)
    posts = _take_posts(tree)
    captions = _take_captions(tree)
    _drop(tree)
    body, notes = _body(tree)
    title = _title(tree, declared)
    lines = [*([title] if title else []), *captions, *(line for line in body if line != title), *posts]
    text = "\n\n".join(lines)
    if not any(line not in (title, *captions) for line in lines):
        return None
    return Page(
        text=text,
        title=title,
        published=_published(tree, declared),
        outlet=_first(declared, "publisher", "og:site_name", "application-name") or None,
        author=_first(declared, "author", "article:author") or None,
        url=_first(declared, "url", "canonical", "og:url"),
        captions=frozenset(caption.casefold() for caption in captions),
        notes=("read from HTML: offsets count code points of the extracted text", *notes, *_cut_short(markup)),
    )


def read_fragment(markup: str) -> list[str]:
    """Return the paragraphs of a piece of HTML that is an article and nothing else, such as a feed's entry."""
    tree = _tree(f"<html><body><div>{markup}</div></body></html>")
    if tree is None:
        return []
    _drop(tree)
    for line_end in tree.iter("br"):
        line_end.tail = "\n" + (line_end.tail or "")
    whole = [line for line in (SPACE.sub(" ", each).strip() for each in tree.text_content().split("\n")) if line]
    blocks = [line for line in map(_words, tree.xpath(INNERMOST)) if line]
    return blocks if sum(map(len, blocks)) * 2 >= sum(map(len, whole)) else whole


def _cut_short(markup: str) -> tuple[str, ...]:
    if len(markup) <= LARGEST_MARKUP:
        return ()
    return (f"the page has {len(markup):,} characters; only the first {LARGEST_MARKUP:,} were read",)


def _tree(markup: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(DECLARATION.sub("", markup[:LARGEST_MARKUP]), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError, RecursionError):
        return None
    return tree


def _words(element: HtmlElement) -> str:
    return SPACE.sub(" ", "".join(element.itertext())).strip()


def _drop(tree: HtmlElement) -> None:
    for element in list(tree.iter(*DROP)):
        if element.getparent() is not None:
            element.drop_tree()


def _take_posts(tree: HtmlElement) -> list[str]:
    """Take embedded posts out of the tree, each as its words and a signature line."""
    lines: list[str] = []
    for element in tree.xpath(POSTS):
        words = _words(element)
        match = SIGNATURE.search(words) if len(words) < 3000 else None
        lines += [words[: match.start()].strip(), words[match.start() :]] if match else [words]
        if element.getparent() is not None:
            element.drop_tree()
    return [line for line in lines if line]


def _take_captions(tree: HtmlElement) -> list[str]:
    captions = list(dict.fromkeys(filter(None, map(_words, tree.iter("figcaption")))))
    for element in list(tree.iter("figcaption")):
        element.drop_tree()
    return captions


def _body(tree: HtmlElement) -> tuple[list[str], tuple[str, ...]]:
    try:
        found = trafilatura.extract(
            tree, include_comments=False, include_tables=False, output_format="txt", favor_recall=True
        )
    except Exception:  # whatever its parsers raise: the page's own paragraphs remain
        found = None
    lines = [SPACE.sub(" ", line).strip() for line in (found or "").split("\n")]
    if sum(map(len, lines)) >= 200:
        return [line.removeprefix("- ") if line.startswith("- ") else line for line in lines if line], ()
    plain = [line for line in (_words(block) for block in tree.xpath(BLOCKS)) if line]
    return list(dict.fromkeys(plain)), (
        "the article was not told from the rest of the page: all its paragraphs were taken",
    )


def _declared(tree: HtmlElement) -> dict[str, str]:
    """Return what the page's head declares, JSON-LD first."""
    found: dict[str, str] = {}
    for script in tree.xpath("//script[@type='application/ld+json']"):
        for item in _json(script.text_content()):
            for key, value in _article(item):
                found.setdefault(key, value)
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if meta.get("content"):
            found.setdefault(key.lower(), SPACE.sub(" ", meta.get("content", "")).strip())
    for link in tree.xpath("//link[@rel='canonical'][@href]"):
        found.setdefault("canonical", str(link.get("href")))
    return found


def _json(text: str) -> Iterator[dict[str, object]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    items = data.get("@graph", [data]) if isinstance(data, dict) else data
    yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def _article(item: dict[str, object]) -> Iterator[tuple[str, str]]:
    kinds = item.get("@type")
    if not any(
        "Article" in str(kind) or "Posting" in str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    ):
        return
    for key in ("headline", "datePublished", "url"):
        if isinstance(value := item.get(key), str):
            yield key.lower(), value
    for key in ("publisher", "author"):
        named = item.get(key)
        named = named[0] if isinstance(named, list) and named else named
        name = named.get("name") if isinstance(named, dict) else named
        if isinstance(name, str) and name:
            yield key, name


def _first(declared: dict[str, str], *keys: str) -> str:
    return next((declared[key] for key in keys if declared.get(key)), "")


def _title(tree: HtmlElement, declared: dict[str, str]) -> str:
    headline = [_words(element) for element in tree.iter("h1")]
    page = [_words(element) for element in tree.iter("title")]
    candidates: Iterable[str] = (*headline[:1], _first(declared, "headline", "og:title", "twitter:title"), *page[:1])
    return next((SPACE.sub(" ", title).strip() for title in candidates if title.strip()), "")


def _published(tree: HtmlElement, declared: dict[str, str]) -> When | None:
    keys = (
        "datepublished",
        "article:published_time",
        "dc.date.issued",
        "dc.date",
        "date",
        "pubdate",
        "publish-date",
        "parsely-pub-date",
    )
    for value in (declared.get(key, "") for key in keys):
        if when := read_date(value):
            return when
    stamps = (str(element.get("datetime") or _words(element)) for element in tree.iter("time"))
    return next(filter(None, map(read_date, stamps)), None)


def read_date(value: str) -> When | None:
    """Return a declared date as a day, as its own zone writes it."""
    value = value.strip()[:60]
    dated = [m.when for m in read_times(value[:10], None) if m.when.precision == "day" and m.when.start]
    when = dated[0] if dated else read_single(value)
    return (
        When(start=when.start, end=when.end, precision=when.precision, text=value)
        if when and not when.approximate
        else None
    )
