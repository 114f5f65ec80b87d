"""Plain text as it is pasted from press sites, cut into articles, captions and posts (rules of cut, posts and header)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.made_up_pages import BODY, MORE, PAGE, SECOND, receive, said
from tasdiq.intake.article import receive_file


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


def test_a_list_of_others_ends_where_the_page_says_so() -> None:
    """Lists in the middle of an article, with their own ends, are furniture (cut, rule 4)."""
    others = "Recommended Stories\nlist of 2 items\nlist 1 of 2\nWhy are they at odds?\nlist 2 of 2\nA time line\nend of list"
    received = receive(f"{BODY}\n\n{MORE}\n\n{others}\n\nNobody was hurt.\n\n{MORE}")
    assert said(received, received.documents[0], "body") == [BODY, MORE, "Nobody was hurt.", MORE]


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
