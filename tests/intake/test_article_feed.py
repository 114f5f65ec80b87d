"""RSS and Atom files: each entry is a document of its own, and no bytes make anything but a value."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.article import receive_file

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Vorland Courier</title><link>https://courier.example/</link>
<item><title>Kestria reopens the Oster bridge</title><link>https://courier.example/1</link><dc:creator>Ana Belk</dc:creator>
<pubDate>Tue, 04 Mar 2031 10:00:00 +0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>VELM: The ministry of Kestria said the bridge was open.</p><p>“Nobody was hurt,” it said.</p>
<script>fetch('https://courier.example/steal')</script>]]></content:encoded></item>
<item><title>Talks &amp;amp; delays</title><author>desk@courier.example (Ivo Tann)</author><source url="x">Hill Agency</source>
<pubDate>Wed, 05 Mar 2031 23:30:00 GMT</pubDate><description>Vorland said &lt;b&gt;talks&lt;/b&gt; would go on.</description></item>
<item><title>Empty</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Kestria Desk</title><entry><title type="text">No shelling seen</title>
<author><name>Mira Sol</name></author><link rel="self" href="https://k.example/self"/><link href="https://k.example/a"/>
<published>2031-03-06T08:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Kestria denied it
had shelled the <i>Oster</i> valley.</p></div></content></entry></feed>"""


def test_each_entry_of_an_rss_file_is_a_document() -> None:
    """Title, author, outlet, date and address are the entry's own, and its words stand in the extracted text."""
    received = receive_file("courier.rss", RSS.encode())
    first, second = received.documents
    assert (first.title, first.author, first.outlet) == (
        "Kestria reopens the Oster bridge", "Ana Belk", "Vorland Courier",
    )  # fmt: skip
    assert first.published and first.published.start == "2031-03-04" and first.url == "https://courier.example/1"
    assert (second.title, second.author, second.outlet) == ("Talks & delays", "Ivo Tann", "Hill Agency")
    assert second.published and second.published.start == "2031-03-05"
    assert "Vorland said talks would go on." in received.text[second.start : second.end]
    assert "Nobody was hurt" in received.text[first.start : first.end] and "steal" not in received.text
    assert received.text_sha256 != received.sha256 and len({first.id, second.id}) == 2


def test_an_entry_without_words_is_rejected_with_its_number() -> None:
    """The other entries go on."""
    (rejected,) = receive_file("courier.rss", RSS.encode()).rejected
    assert rejected.field == "entry 3" and "no text" in rejected.reason


def test_an_atom_file_is_read_under_any_text_ending() -> None:
    """A .txt or .xml file that opens as a feed is read as one."""
    for name in ("desk.atom", "desk.xml", "desk.txt"):
        received = receive_file(name, ATOM.encode())
        (entry,) = received.documents
        assert (entry.title, entry.author, entry.outlet) == ("No shelling seen", "Mira Sol", "Kestria Desk")
        assert entry.published and entry.published.start == "2031-03-06" and entry.url == "https://k.example/a"
        body = " ".join(received.text[p.start : p.end] for p in entry.paragraphs if p.kind in ("body", "summary"))
        assert "denied it had shelled the Oster valley" in " ".join(body.split())


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    """What was lost is told with its line."""
    received = receive_file("cut.rss", RSS[: RSS.index("<item><title>Empty")].encode())
    assert len(received.documents) == 2
    assert "broken" in received.rejected[0].reason and received.rejected[0].line > 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<page>words</page>", "expected an RSS or Atom feed"),
        (b"<rss><channel><title>x</title></channel></rss>", "no entries"),
        (b"", "no XML"),
        (b"\x00\xff" * 40, "expected an RSS or Atom feed"),
    ],
)
def test_what_is_no_feed_is_rejected(data: bytes, words: str) -> None:
    """The reason says what was expected."""
    received = receive_file("a.rss", data)
    assert not received.documents and any(words in rejected.reason for rejected in received.rejected)


def test_entities_are_not_expanded_and_files_not_read() -> None:
    """Neither a bomb of entities nor one that names a file gives any text."""
    head = '<!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    item = (
        "<rss><channel><item><title>Vorland</title><description>Quiet day. &b; &f;</description></item></channel></rss>"
    )
    received = receive_file("bomb.rss", (head + item).encode())
    assert "boom" not in received.text and "root:" not in received.text


def test_a_feed_without_end_is_cut_with_a_reason() -> None:
    """At most 2,000 entries are taken."""
    items = "<item><title>Vorland</title><description>Quiet.</description></item>" * 2100
    received = receive_file("long.rss", f"<rss><channel>{items}</channel></rss>".encode())
    assert len(received.documents) == 2000 and "left out" in received.rejected[-1].reason


@pytest.mark.parametrize("filler", ["<!----> ", "<?a ?>", "<!--", " \n<!-- x -->"])
def test_telling_a_feed_takes_no_time(filler: str) -> None:
    """A text that opens like a feed for long, and is none, is told at once."""
    begun = time.process_time()
    receive_file("a.txt", (filler * 1000 + "Vorland said so.").encode())
    assert time.process_time() - begun < 5


@given(st.binary(max_size=300), st.integers(0, len(RSS)), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise(noise: bytes, at: int, dropped: int) -> None:
    """A feed with anything put into it or taken out of it is read or rejected."""
    whole = RSS.encode()
    receive_file("any.rss", whole[:at] + noise + whole[at + dropped :])
    receive_file("any.atom", noise)
