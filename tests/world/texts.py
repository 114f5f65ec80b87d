"""The made-up press reports of the small ceasefire, written for these tests, and how they are cut into documents."""

from __future__ import annotations

import hashlib

from tasdiq.model.document import Document, Paragraph, ParagraphKind, Passage, Span
from tasdiq.model.when import When

FILES: dict[str, str] = {
    "000_daily-post.txt": """Kestria rejects Vorland's account of the Port Ilmar talks

Trucks wait near the closed gates of the Brenk crossing on 6 September 2019. [Photo: J. Olt]

2 April 2031

Marenne – Kestria has dismissed as “untrue” a claim by Vorland's spokesman, Orlan Teves, about an offer made at the talks.

In an interview with Radio Tolsk, Teves said that Kestria had refused an offer to hand over wanted persons and had asked \
Vorland to keep them where they were.

The Kestrian Ministry of Information said that Kestria had demanded that fighters of the Northern Liberation Army be \
detained. “When the Vorland side said those persons were Kestrian nationals, Kestria at once proposed that they be handed \
over at designated crossings,” the ministry said. Any other account, it said, is untrue.

Defence Minister Ana Brel said that Vorland's artillery shelled three posts near Salova on 4 March and that 14 soldiers \
were killed.

Mira Haldon, a farmer from Salova, said she had counted nine blasts before dawn.

Kestria had called for a joint monitoring mechanism at the talks.

Also see: Ten walks around Marenne
""",
    "001_harbour-times.txt": """Rival accounts of an offer at Port Ilmar

PORT ILMAR: Two neighbours gave two accounts on Thursday of what was offered at their talks.

Kestria's Ministry of Information said in a post that “when the Vorland side said that they were Kestrian nationals, \
Kestria immediately suggested that they be handed over through designated crossings”.

Orlan Teves, the Vorland spokesman, told a private channel that Kestria rejected an offer to hand over wanted persons. He \
said Vorland would act if Kestria provided evidence.

“No shell was fired by our side on 4 March,” Teves said.

Kestrian officials said the Vorland delegation had acknowledged that fighters of the Northern Liberation Army were on its \
soil. Vorland has traditionally denied their presence.

The two sides have agreed to a joint monitoring mechanism, worked out with Ilmar and Ordania.

The truce of 9 March, extended on 28 March, is holding. The Brenk crossing has been closed to trade since 4 March; people \
on foot were let through at the High Pass on 20 March.

More than 30 Vorland fighters and 14 Kestrian soldiers were killed in the clashes, the Kestrian army said.

The next round is set for 12 April in Lenmark.
""",
    "002_meridian-wire.txt": """No written text after second round

TOLSK – Vorland is committed to the truce of 9 March, its spokesman Orlan Teves said on Saturday.

Kestria's Foreign Office said that Kestria remains committed to the truce and that no written agreement was reached in \
Lenmark. Vorland refused to give written guarantees, it said. The Foreign Office said Kestria had eased visas and lowered \
duties on Vorland's goods since 2028.

The Foreign Office calls the Northern Liberation Army the Hill Bandits; Radio Tolsk calls it the Northern Movement.


Explainer: what the truce is worth

Kestria says the truce did not hold long. Vorland says it was Kestria's aircraft that broke it at Orm on 2 April, and \
that two shepherds died. Kestria denies it flew that day.

Mediators from Ilmar, Ordania and Sarn first brought the two sides to Port Ilmar on 14 March.
""",
    "003_post.txt": """An offer was made. It was turned down. Whoever says otherwise was not in the room.
— Vorland Spokesman (@vorland_spox) 1 April 2031
""",
}
"""File name to text. A closing note of one file (“Also see”) is furniture and belongs to no statement."""


def text_hash(text: str) -> str:
    """Return the hex SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _ident(file: str, kind: str, start: int) -> str:
    return "d" + hashlib.sha256(f"{text_hash(FILES[file])}/{kind}/{start}".encode()).hexdigest()[:12]


def _paragraphs(text: str, start: int, end: int) -> tuple[Paragraph, ...]:
    found: list[Paragraph] = []
    at = start
    for block in text[start:end].split("\n\n"):
        if words := block.strip():
            begin = text.index(words, at)
            kind: ParagraphKind = "furniture" if words.startswith("Also see") else "body" if found else "title"
            found.append(Paragraph(start=begin, end=begin + len(words), kind=kind))
            at = begin + len(words)
    return tuple(found)


def _document(file: str, kind: str, first: str, last: str, **more: object) -> Document:
    text = FILES[file]
    start = text.index(first)
    end = text.index(last, start) + len(last)
    digest = text_hash(text)
    return Document(
        id=_ident(file, kind, start), file=file, sha256=digest, text_sha256=digest, kind=kind,  # type: ignore[arg-type]
        start=start, end=end, paragraphs=_paragraphs(text, start, end), language="en", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _day(day: str) -> When:
    return When(start=day, end=day, precision="day", text=day)


POST_A = _document(
    "000_daily-post.txt", "article", "Kestria rejects", "Ten walks around Marenne",
    title="Kestria rejects Vorland's account of the Port Ilmar talks", outlet="outlet/daily-post", author="R. Venn",
    dateline="Marenne", url="https://daily-post.example/ilmar-talks?a=1&b=2", published=_day("2031-04-02"),
)  # fmt: skip
CAPTION = _document(
    "000_daily-post.txt", "caption", "Trucks wait", "[Photo: J. Olt]", outlet="outlet/daily-post",
    published=_day("2019-09-06"), parent=POST_A.id, title="Trucks wait near the closed gates",
)  # fmt: skip
HARBOUR = _document(
    "001_harbour-times.txt", "article", "Rival accounts", "in Lenmark.",
    title="Rival accounts of an offer at Port Ilmar", outlet="outlet/harbour-times", published=_day("2031-04-03"),
)  # fmt: skip
WIRE = _document(
    "002_meridian-wire.txt", "article", "No written text", "the Northern Movement.",
    title="No written text after second round", outlet="outlet/meridian-wire", published=_day("2031-04-05"),
)  # fmt: skip
EXPLAINER = _document(
    "002_meridian-wire.txt", "article", "Explainer", "on 14 March.", label="second article of the file",
    title="Explainer: what the truce is worth", outlet="outlet/meridian-wire", published=_day("2031-04-07"),
)  # fmt: skip
SPOX = _document(
    "003_post.txt", "post", "An offer", "1 April 2031", outlet="outlet/vorland-spox", published=_day("2031-04-01"),
    title="Post by the Vorland Spokesman",
)  # fmt: skip

DOCUMENTS = (POST_A, CAPTION, HARBOUR, WIRE, EXPLAINER, SPOX)


def span(document: Document, words: str, after: str = "") -> Span:
    """Find `words` in a document, past `after` if given; a ValueError names a text that does not hold them."""
    text = FILES[document.file]
    start = text.index(after, document.start) + len(after) if after else document.start
    at = text.index(words, start)
    return Span(start=at, end=at + len(words))


def passage(document: Document, words: str, after: str = "") -> Passage:
    """Find `words` in a document as a passage."""
    found = span(document, words, after)
    return Passage(document=document.id, start=found.start, end=found.end)
