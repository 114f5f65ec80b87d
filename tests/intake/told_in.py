"""What the made-up texts of the event tests tell: Kestria and Vorland, told of in the middle of 2031."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from tasdiq.intake.actors import build_directory
from tasdiq.intake.article import receive_file
from tasdiq.intake.events import tell
from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Received, Span
from tasdiq.model.place import Place
from tasdiq.model.statement import Act, Statement, Teller
from tasdiq.model.told import AnyTold

HEAD = "Kestria and Vorland\n\nMay 20, 2031\n\n"
CHARTER = Charter(
    title="Kestria and Vorland",
    form="desk",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
)
SETTING = "\n\nKestrian officials and Vorlandish officials gave no comment. Kestria and Vorland share a border."
T = TypeVar("T", bound=AnyTold)


def received(words: str, name: str = "wire.txt") -> Received:
    """Receive an article of 20 May 2031 with these words."""
    return receive_file(name, (HEAD + words + SETTING).encode())


def told_in(
    words: str, kind: type[T], *, said: Sequence[Statement] = (), known: Mapping[str, Place] | None = None
) -> list[T]:
    """Return what an article of 20 May 2031 with these words tells of one kind."""
    file = received(words)
    directory = build_directory(CHARTER, [file], {})
    return [
        item
        for document in file.documents
        for item in tell(document, file.text, said, directory, load_gazetteer(), document.published, known)
        if isinstance(item, kind)
    ]


def one_in(words: str, kind: type[T], **more: object) -> T:
    """Return the only telling of one kind in these words."""
    found = told_in(words, kind, **more)  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def speech(
    words: str,
    content: str,
    *,
    act: Act = "asserts",
    party: str = "kes",
    teller: Teller = "own",
    name: str = "s1",
    inside: str | None = None,
) -> Statement:
    """Return a speech act whose content stands in an article with these words."""
    file = received(words)
    start = file.text.index(content)
    return Statement(
        id=name,
        document=file.documents[0].id,
        source=(),
        cue=(),
        content=(Span(start=start, end=start + len(content)),),
        act=act,
        quote="indirect",
        speaker=party,
        party=party,
        teller=teller,
        inside=inside,
    )
