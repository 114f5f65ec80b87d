"""HTML pages: the article's words and what the page declares; nothing that could run, nothing fetched."""

from __future__ import annotations

import hashlib

from tasdiq.intake.article import receive_file

PARAGRAPH = (
    "Kestria on Friday denied that it had closed the Dorna bridge to lorries, calling the report “baseless” after a "
    "Vorlandish broadcaster had shown a queue of several kilometres. "
)
PAGE = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<html><head><title>Kestria denies closing the bridge | The Ketta Post</title>
<meta property="og:site_name" content="The Ketta Post">
<meta property="article:published_time" content="2031-05-02T23:30:00+05:00">
<link rel="canonical" href="https://ketta.example/bridge">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Kestria denies closing the bridge",
 "author": [{{"name": "Ana Maro"}}]}}</script><script>steal()</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Kestria denies closing the bridge</h1>
<figure><img src="x"><figcaption>Lorries wait at the bridge on April 3, 2030. (KNA/File)</figcaption></figure>
<p onclick="steal()">KETTA: {PARAGRAPH}&b;</p><p>{PARAGRAPH * 2}</p><script>document.write("evil")</script>
<blockquote class="twitter-tweet"><p>The bridge is open. Go and see.</p>&mdash; R. Tolan (@RTolanMP)
<a href="#">April 30, 2031</a></blockquote>
<p>Vorland has not commented. {PARAGRAPH}</p></article>
<aside><h3>Related</h3><p>Ten things</p></aside><footer>Privacy</footer></body></html>"""


def test_a_page_gives_article_caption_and_post() -> None:
    """Title, date, outlet, author and address come from what the page declares."""
    received = receive_file("page.html", PAGE.encode())
    article, caption, post = received.documents
    assert (article.title, article.outlet, article.author) == (
        "Kestria denies closing the bridge", "The Ketta Post", "Ana Maro",
    )  # fmt: skip
    assert article.url == "https://ketta.example/bridge"
    assert article.published is not None and article.published.start == "2031-05-02"
    assert caption.published is not None and caption.published.start == "2030-04-03"
    assert (post.author, post.published and post.published.start) == ("R. Tolan (@RTolanMP)", "2031-04-30")


def test_offsets_point_into_the_extracted_text() -> None:
    """The extracted text is hashed, and holds each paragraph where its offsets say."""
    received = receive_file("page.html", PAGE.encode())
    assert received.text_sha256 == hashlib.sha256(received.text.encode()).hexdigest() != received.sha256
    article = received.documents[0]
    body = [received.text[p.start : p.end] for p in article.paragraphs if p.kind == "body"]
    assert body[0].startswith("Kestria on Friday denied")


def test_nothing_that_could_run_survives() -> None:
    """Scripts, handlers, navigation and the page's own entities are gone."""
    text = receive_file("page.html", PAGE.encode()).text
    assert not any(word in text for word in ("steal", "evil", "haha", "Home", "<", "Privacy"))


def test_an_entity_bomb_is_harmless() -> None:
    """Entities a page defines are not expanded."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    page = f"<!DOCTYPE html [{entities}]><html><body><p>{PARAGRAPH * 3}</p><p>&e11;</p></body></html>"
    received = receive_file("bomb.html", page.encode())
    assert not received.rejected and len(received.text) < 2000


def test_a_page_without_text_is_rejected() -> None:
    """A page that holds only scripts says so and what to do."""
    received = receive_file("empty.html", b"<html><body><script>steal()</script></body></html>")
    assert "save the article's text" in received.rejected[0].reason


def test_html_in_a_text_file_is_read_as_html() -> None:
    """A .txt that opens as HTML is noted and read as HTML."""
    received = receive_file("page.txt", PAGE.encode())
    assert received.documents[0].outlet == "The Ketta Post"
    assert any("HTML" in note for note in received.notes)


def test_deep_nesting_ends() -> None:
    """A page nested a hundred thousand deep is read or rejected, never an error."""
    page = "<div>" * 100_000 + PARAGRAPH + "</div>" * 100_000
    assert receive_file("deep.html", page.encode()).sha256
