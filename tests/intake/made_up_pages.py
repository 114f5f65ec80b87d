"""Pages of made-up outlets about a made-up quarrel, and what a test asks of their documents."""

from __future__ import annotations

from itertools import pairwise

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
