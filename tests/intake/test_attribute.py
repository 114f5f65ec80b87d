"""The statement finder on made-up press prose about made-up countries: who, with which word, what."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.attributed import attributions, document, found, words
from tasdiq.intake.attribute import attribute

DISPATCHES = Path(__file__).parents[2].parent / "shared" / "dispatches"

SAID = [
    (
        "Kestria said on Monday that the border post had been closed.",
        ("Kestria", "said", "that the border post had been closed"),
    ),
    (
        "The border post was closed on Friday, according to the Kestrian interior ministry.",
        ("the Kestrian interior ministry", "according to", "The border post was closed on Friday"),
    ),
    ("“We will not leave,” said Minister Ora Velt.", ("Minister Ora Velt", "said", "“We will not leave,”")),
    (
        "Vorland, the officials said, continues to shell the valley.",
        ("the officials", "said", "Vorland … continues to shell the valley"),
    ),
    (
        "The ministry said the talks had failed and added that no date was set.",
        ("The ministry", "added", "that no date was set"),
    ),
    (
        "The army accused Vorland of shelling the valley, warning that it would respond.",
        ("The army", "warning", "that it would respond"),
    ),
]

DONE = [
    (
        "The minister accused Vorland of sheltering armed groups.",
        ("The minister", "accused", "Vorland of sheltering armed groups"),
    ),
    ("Vorland denied allowing rebels to cross.", ("Vorland", "denied", "allowing rebels to cross")),
    ("Kestria urged Vorland to act against the group.", ("Kestria", "urged", "Vorland to act against the group")),
    (
        "Kestria called on Vorland to withdraw its troops.",
        ("Kestria", "called on", "Vorland to withdraw its troops"),
    ),
    ("Vorland refused to provide written guarantees.", ("Vorland", "refused", "to provide written guarantees")),
    (
        "The Foreign Office expressed regret that the post remained closed.",
        ("The Foreign Office", "expressed regret", "that the post remained closed"),
    ),
    (
        "The envoy described the demand as unacceptable.",
        ("The envoy", "described", "the demand as unacceptable"),
    ),
    ("The offer was rejected by the Kestrian cabinet.", ("the Kestrian cabinet", "was rejected", "The offer")),
]

NAMED = [
    (
        "The ministry rejected Vorland’s claim that its soldiers had crossed the river.",
        ("Vorland", "claim", "that its soldiers had crossed the river"),
    ),
    (
        "The statement came after claims by Vorland that Kestria had refused the offer.",
        ("Vorland", "claims by", "that Kestria had refused the offer"),
    ),
    (
        "The remarks attributed to the Vorlandic spokesman were a distortion.",
        ("the Vorlandic spokesman", "attributed to", "The remarks"),
    ),
    (
        "Vorland accuses Kestria of harbouring rebels, which Kestria denies.",
        ("Kestria", "denies", "Kestria of harbouring rebels"),
    ),
    (
        "The Vorlandic army says Kestria harbours rebels, a charge Kestria denies.",
        ("Kestria", "denies", "Kestria harbours rebels, a charge"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*SAID, *DONE, *NAMED])
def test_prose_forms(text: str, expected: tuple[str, str, str]) -> None:
    """Each common form of attribution in press prose gives its source, cue and content as written."""
    assert expected in found(text)


def test_a_denial_in_passing_is_the_narrators() -> None:
    """verbs.1, sharing.3: what a narrator adds after a comma is not inside the speaker's statement."""
    text = "The Vorlandic army says Kestria harbours rebels, a charge Kestria denies."
    assert [each.inside for each in attributions(text)] == [None, None]


def test_the_source_stops_at_its_own_words() -> None:
    """source.7, source.8: neither the day nor a participle of saying belongs to the source."""
    sources = [source for source, _, _ in found("Kestria's army on Thursday accused Vorland of lying.")]
    assert sources == ["Kestria's army"]


def test_nobody_is_named_where_the_text_names_nobody() -> None:
    """source.5: the asker of "asked whether …" is unknown, and stays empty rather than wrong."""
    assert ("", "Asked", "whether the post would open") in found(
        "Asked whether the post would open, Velt said: “No comment today.”"
    )


def test_nested_statements_point_to_their_holder() -> None:
    """settle.4: a statement told inside another carries the number of the one that holds it."""
    text = "The Foreign Office said Vorland's delegation had acknowledged the presence of rebels."
    outer, inner = attributions(text)
    assert (outer.inside, inner.inside) == (None, 0)
    assert words(text, inner, "source") == "Vorland's delegation"


def test_quoted_speech_nests_too() -> None:
    """A claim reported inside a quotation is found there, with the quotation as its holder."""
    text = "“When the Vorlandic side claimed that these men were Kestrians, Kestria proposed that they be handed over,” it said."
    rows = {words(text, each, "source"): each.inside for each in attributions(text)}
    assert rows == {"it": None, "the Vorlandic side": 0, "Kestria": 0}


def test_post_is_a_statement_by_its_author() -> None:
    """A post's body is its author's statement; what it reports lies inside."""
    text = "Vorland's claim that no camp exists is absurd.\n— Ora Velt (@velt)"
    post = document(text, kind="post", author="Ora Velt")
    first = attribute(text, [post])["d1"][0]
    assert (words(text, first, "source"), first.quote, first.inside) == ("Ora Velt", "direct", None)


def test_furniture_is_silent() -> None:
    """Navigation and comment forms hold no statements."""
    assert attributions("Kestria said that it was so.", paragraphs="furniture") == []


def test_headlines_and_datelines() -> None:
    """case.1, case.3, case.4: capitals, plural verbs and datelines do not hide who speaks."""
    rows = found("Kestria Rejects Vorland's Claim Over Talks, Calls for Calm", paragraphs="title")
    assert ("Kestria", "Rejects", "Vorland's Claim Over Talks") in rows
    rows = found("Ostra, 4 May (KNA) — Kestria accused Vorland of lying.")
    assert ("Kestria", "accused", "Vorland of lying") in rows


def test_order_and_repetition() -> None:
    """The same text gives the same attributions, in text order."""
    text = "Kestria said it was ready. “We are not,” Vorland's envoy said. Kestria denied that it had fired."
    first = attributions(text)
    assert first == attributions(text)
    assert [text[each.source[0].start : each.source[0].end] for each in first] == [
        "Kestria",
        "Vorland's envoy",
        "Kestria",
    ]


@pytest.mark.dispatches
def test_dispatches_hold_statements_with_sources() -> None:
    """On real dispatches spans lie inside the text, and nearly all statements name somebody."""
    if not DISPATCHES.is_dir():
        pytest.skip("../shared/dispatches is absent")
    for path in sorted(DISPATCHES.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        each_found = attributions(text)
        assert len(each_found) >= 20
        assert sum(bool(each.source) for each in each_found) >= 0.9 * len(each_found)
        spans = [span for each in each_found for span in (*each.source, *each.cue, *each.content)]
        assert all(text[span.start : span.end].strip() for span in spans)
