"""What stands above and below an article: outlet, agency, date, author, credits."""

from __future__ import annotations

import pytest

from intake.made_up_pages import BODY, MORE, receive, said


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
