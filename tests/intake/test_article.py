"""Plain text as it is pasted from press sites, cut into articles, captions and posts (rules of cut, posts and header)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.article import receive_file
from tasdiq.model.document import Document, Received

BODY = (
    "Kestria on Friday denied that it had closed the Dorna bridge to lorries, calling the report “baseless” after a "
    "Vorlandish broadcaster had shown a queue of several kilometres on the road to the river."
)
MORE = (
    "The ministry of transport said the bridge had been open all week. It added that inspectors from both sides had "
    "been present since Monday, and that every other account was untrue."
)
PAGE = f"""Newsflash:

Kestria Denies Closing the Dorna Bridge, Says Lorries Pass

Kestria denies a report of closure, stating that lorries pass.

3 min read

Lorries wait near the closed gates of the Dorna bridge between Kestria and Vorland, on April 3, 2030. [Ana Maro/KNA]

Lorries wait near the closed gates of the Dorna bridge between Kestria and Vorland, on April 3, 2030. [Ana Maro/KNA]

May 2, 2031

Ketta – {BODY}

{MORE}

Also see: Ten things to know about bridges

Related Articles

Vorland’s premier opens a school, and calls for talks.
Kestria’s harvest fails for a third year

Post a comment

Leave a Reply

Your email address will not be published. Required fields are marked *"""

SECOND = f"""From partners to rivals: What is behind the quarrel over the Dorna bridge?

Updated 5 min 40 sec ago
Follow

From partners to rivals: What is behind the quarrel over the Dorna bridge?

  • Once partners, Kestria and Vorland now accuse each other
  • Mediators call for inspections

VELLO: {BODY}

WHY NOW?

{MORE}

WHAT MIGHT HAPPEN NEXT?

{MORE}"""


def receive(text: str) -> Received:
    """Receive a text file and check what holds for every one: spans in order, within the text, in one document only."""
    received = receive_file("page.txt", text.encode())
    assert received.text == text
    taken: list[tuple[int, int]] = []
    for document in received.documents:
        spans = [(paragraph.start, paragraph.end) for paragraph in document.paragraphs]
        assert spans == sorted(spans)
        assert all(document.start <= start < end <= document.end <= len(text) for start, end in spans)
        taken += spans
    taken.sort()
    assert all(a[1] <= b[0] for a, b in pairwise(taken))
    assert len({document.id for document in received.documents}) == len(received.documents)
    return received


def said(received: Received, document: Document, *kinds: str) -> list[str]:
    """Return a document's paragraphs of some kinds."""
    return [received.text[p.start : p.end] for p in document.paragraphs if p.kind in kinds]


def test_a_page_is_an_article_with_its_header() -> None:
    """Title, summary, label, dateline and date are read; header furniture is kept apart from the words."""
    received = receive(PAGE)
    article = received.documents[0]
    assert (article.kind, article.label, article.dateline) == ("article", "Newsflash", "Ketta")
    assert article.title == "Kestria Denies Closing the Dorna Bridge, Says Lorries Pass"
    assert article.published is not None and article.published.start == "2031-05-02"
    assert article.language == "en"
    assert article.outlet is None
    assert said(received, article, "summary") == ["Kestria denies a report of closure, stating that lorries pass."]
    assert said(received, article, "dateline") == ["Ketta"]
    assert said(received, article, "body") == [BODY, MORE]


def test_a_caption_is_a_document_with_its_own_date() -> None:
    """A caption that stands twice is one document, dated by itself, with the article as parent."""
    received = receive(PAGE)
    article, caption = received.documents
    assert (caption.kind, caption.parent, caption.author) == ("caption", article.id, "Ana Maro/KNA")
    assert caption.published is not None and caption.published.start == "2030-04-03"
    assert said(received, caption, "body")[0].endswith("on April 3, 2030.")
    assert not any("Lorries wait" in words for words in said(received, article, "body", "title", "summary"))


def test_related_articles_and_comment_forms_are_furniture() -> None:
    """Nothing from "Also see" on is the article's words."""
    received = receive(PAGE)
    furniture = said(received, received.documents[0], "furniture")
    assert "Also see: Ten things to know about bridges" in furniture
    assert "Vorland’s premier opens a school, and calls for talks." in furniture
    assert furniture[-1].startswith("Your email address")


def test_a_credit_in_round_brackets_marks_a_caption() -> None:
    """ "(AP/File)" after the full stop is a credit; an acronym before the full stop is not."""
    text = (
        "Kestria denies closing the bridge\n\nPeople wait near the bridge, on October 3, 2030. (VNA/File)\nShort Url\n"
        f"Updated 01 May 2031\nFollow\n\nKestria denies closing the bridge\n\nKETTA: {BODY}\n\n"
        f"{MORE} It was signed by the Kestrian Bridge Union (KBU)."
    )
    received = receive(text)
    article, caption = received.documents
    assert caption.published is not None and caption.published.start == "2030-10-03"
    assert article.published is not None and article.published.start == "2031-05-01"
    assert said(received, article, "title") == ["Kestria denies closing the bridge"]
    assert said(received, article, "body")[-1].endswith("(KBU).")


def test_a_second_article_in_the_file_is_a_document_of_its_own() -> None:
    """A title block after the end of an article begins another (cut, rules 1 and 2)."""
    first = f"Kestria denies closing the bridge\n\nUpdated 01 May 2031\n\nKETTA: {BODY}\n\n{MORE}"
    received = receive(f"{first}\n\n\n{SECOND}")
    one, two = received.documents
    assert (one.kind, two.kind) == ("article", "article")
    assert two.title.startswith("From partners to rivals")
    assert two.published is None and "relative" in two.notes[0]
    assert said(received, two, "heading") == ["WHY NOW?", "WHAT MIGHT HAPPEN NEXT?"]
    assert said(received, one, "body") == [BODY, MORE]


def test_a_second_article_is_found_after_a_comment_form() -> None:
    """The end of one page does not swallow the next article."""
    received = receive(f"{PAGE}\n\n{SECOND}")
    assert [document.kind for document in received.documents] == ["article", "caption", "article"]


def test_headings_do_not_begin_an_article() -> None:
    """Subheads, in capitals or with questions, and a time line's dates stay in the article."""
    received = receive(
        f"KETTA: {BODY}\n\nWhy now, and what comes next\n\n{MORE}\n\nWHO IS TO BLAME?\n\n{MORE}\n\nMay 3, 2031\n\n{MORE}"
    )
    assert len(received.documents) == 1
    assert said(received, received.documents[0], "heading") == [
        "Why now, and what comes next", "WHO IS TO BLAME?", "May 3, 2031",
    ]  # fmt: skip


def test_the_article_goes_on_after_a_list_of_others() -> None:
    """A list in the middle of the page ends where long paragraphs take the article up again (cut, rule 4)."""
    received = receive(f"KETTA: {BODY}\n\nREAD MORE\n\nVorland’s premier opens a school\n\n{MORE * 2}")
    assert said(received, received.documents[0], "body") == [BODY, MORE * 2]
    assert said(received, received.documents[0], "furniture") == ["READ MORE", "Vorland’s premier opens a school"]


def test_an_embedded_post_is_a_document_with_its_own_date_and_author() -> None:
    """The paragraph above a signature line is the post; the article's words go on below."""
    post = "The claim that the bridge is closed is absurd. Anyone can go there and see…"
    text = f"Ketta – {BODY}\n{MORE}\n{post}\n— R. Tolan (@RTolanMP) April 30, 2031\n{MORE}"
    received = receive(text)
    article, inset = received.documents
    assert (inset.kind, inset.author, inset.parent) == ("post", "R. Tolan (@RTolanMP)", article.id)
    assert inset.published is not None and inset.published.start == "2031-04-30"
    assert said(received, inset, "body") == [post]
    assert said(received, article, "body") == [BODY, MORE, MORE]


def test_a_post_of_several_lines_is_taken_up_to_the_blank_line() -> None:
    """Where blank lines part paragraphs, the lines directly above a signature are the post."""
    post = "The bridge is open.\nGo and see.\n— R. Tolan (@RTolanMP) April 30, 2031"
    text = f"KETTA: {BODY}\n\nThe minister wrote:\n\n{post}\n\n{MORE}"
    received = receive(text)
    assert said(received, received.documents[1], "body") == ["The bridge is open.", "Go and see."]


def test_bullets_above_the_body_are_bullets_without_a_title() -> None:
    """A page may open with bullets; their marks are not part of the words."""
    received = receive(f"- Ketta says the report is “baseless”.\n- Vorland urges inspections\nKETTA: {BODY}\n{MORE}")
    article = received.documents[0]
    assert article.title == ""
    assert said(received, article, "bullet") == ["Ketta says the report is “baseless”.", "Vorland urges inspections"]
    assert article.published is None and "weekday" in article.notes[0]


def test_an_outlet_is_taken_only_from_what_the_page_prints_of_itself() -> None:
    """An imprint names the outlet; an interview's channel in the text does not."""
    text = (
        f"KETTA: {BODY} Speaking to Dorna Radio, he said more.\n\n{MORE}\n\n© 2031 The Ketta Post. All rights reserved."
    )
    assert receive(text).documents[0].outlet == "The Ketta Post"
    assert receive(f"KETTA: {BODY} Speaking to Dorna Radio, he said more.\n\n{MORE}").documents[0].outlet is None


def test_an_agency_in_the_dateline_is_the_outlet() -> None:
    """ "KETTA, May 2 (KNA) - " names place and agency; its date lacks a year, so it is only noted."""
    article = receive(f"KETTA, May 2 (KNA) - {BODY}\n\n{MORE}").documents[0]
    assert (article.outlet, article.dateline, article.published) == ("KNA", "KETTA", None)
    assert article.notes[0] == "the dateline prints 'May 2', without a year"


def test_a_list_of_others_ends_where_the_page_says_so() -> None:
    """Lists in the middle of an article, with their own ends, are furniture (cut, rule 4)."""
    others = "Recommended Stories\nlist of 2 items\nlist 1 of 2\nWhy are they at odds?\nlist 2 of 2\nA time line\nend of list"
    received = receive(f"{BODY}\n\n{MORE}\n\n{others}\n\nNobody was hurt.\n\n{MORE}")
    assert said(received, received.documents[0], "body") == [BODY, MORE, "Nobody was hurt.", MORE]


@pytest.mark.parametrize(
    ("line", "date", "author"),
    [
        ("Published On 1 Nov 20311 Nov 2031", "2031-11-01", None),
        ("Ana Maro Published November 1, 2031 Updated November 2, 2031 10:12am", "2031-11-01", "Ana Maro"),
        ("November 1, 2031 10:12 AM GMT+5 Updated 2 hours ago", "2031-11-01", None),
        ("By Ana Maro | Last updated: 1 November 2031", "2031-11-01", "Ana Maro"),
        ("Updated 2 hours ago", None, None),
    ],
)
def test_header_lines_with_dates(line: str, date: str | None, author: str | None) -> None:
    """Published goes before updated; a name before the date is the author; a relative time is unknown."""
    article = receive(f"Kestria denies closing the bridge\n\n{line}\n\nKETTA: {BODY}\n\n{MORE}").documents[0]
    assert (article.published.start if article.published else None, article.author) == (date, author)
    assert article.title == "Kestria denies closing the bridge"


@pytest.mark.parametrize(
    "credit",
    [
        "[Ana Maro/KNA]",
        "[File: KNA]",
        "(AP)",
        "(KNA/File)",
        "— KNA/File",
        "– Reuters",
        "REUTERS/Ivo Tann",
        "Photo: KNA",
    ],
)
def test_picture_credits(credit: str) -> None:
    """Credits in the shapes of several outlets mark a caption."""
    received = receive(
        f"Kestria denies closing it\n\nLorries wait in Dorna, October 30, 2031. {credit}\n\nKETTA: {BODY}"
    )
    assert [document.kind for document in received.documents] == ["article", "caption"]
    assert said(received, received.documents[1], "body") == ["Lorries wait in Dorna, October 30, 2031."]
    assert said(received, received.documents[1], "byline") == [credit]


def test_text_wrapped_by_hand_is_joined_to_paragraphs() -> None:
    """Short lines that stop in mid-sentence are one paragraph up to the blank line."""
    words = f"{BODY} {MORE}".split()
    lines = [" ".join(words[at : at + 8]) for at in range(0, len(words), 8)]
    received = receive("\n".join(lines) + "\n\n" + "\n".join(lines))
    assert len(received.documents[0].paragraphs) == 2


def test_line_ends_are_untouched() -> None:
    """CR LF, CR and separators inside a line leave the offsets exact."""
    text = f"Kestria denies closing the bridge\r\n\r\nKETTA: {BODY}\r{MORE}\u2028end of the line."
    received = receive(text)
    assert said(received, received.documents[0], "body")[-1].endswith("\u2028end of the line.")


def test_ids_are_stable_and_differ_by_file() -> None:
    """The same file gives the same ids whatever it is called; another file gives others."""
    one, other = receive(PAGE), receive_file("other.txt", PAGE.encode())
    assert [d.id for d in one.documents] == [d.id for d in other.documents]
    assert one.documents[0].id != receive(PAGE + " ").documents[0].id
    assert all(len(d.id) == 13 and d.id[0] == "d" for d in one.documents)


LINES = st.sampled_from(
    [*PAGE.split("\n"), *SECOND.split("\n"), "— A (@a) May 1, 2031", "* * *", "\x0c", "© X", "By A B"]
)


@given(st.lists(LINES | st.text(max_size=60), max_size=40))
@settings(max_examples=150, deadline=None)
def test_every_text_is_cut_without_overlap(lines: list[str]) -> None:
    """Whatever the order of lines, spans stay in the text, in order, each in one document."""
    text = "\n".join(lines).replace("\x00", "").encode("utf-8", "ignore").decode()
    received = receive_file("any.txt", text.encode())
    if not received.rejected:
        receive(text)
