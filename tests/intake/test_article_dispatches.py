"""The collected press reports, and copies with other names: the same documents, kinds and dates."""

from __future__ import annotations

import pytest

from tasdiq.intake.article import receive_file
from tasdiq.model.document import Document
from variants import DISPATCHES, MIRROR, REPLACEMENT, dispatch_files, replace_names

pytestmark = [
    pytest.mark.dispatches,
    pytest.mark.skipif(not DISPATCHES.is_dir(), reason="the dispatches are not beside the repository"),
]
EXPECTED = {
    "000": [("article", "2025-11-01"), ("caption", "2023-09-06")],
    "001": [("article", None)],
    "002": [("article", "2025-11-01"), ("caption", "2025-10-23"), ("article", None)],
    "003": [("article", None), ("post", "2025-10-30")],
    "004": [("article", None)],
}


def documents(number: str, names: dict[str, str] | None = None) -> tuple[str, tuple[Document, ...]]:
    """Return a dispatch's text and documents, with names replaced."""
    path = next(path for path in dispatch_files() if path.name.startswith(number))
    text = replace_names(path.read_text("utf-8"), names or {})
    received = receive_file(path.name, text.encode())
    assert received.text == text
    return text, received.documents


@pytest.mark.parametrize("number", EXPECTED)
def test_documents_and_their_dates(number: str) -> None:
    """Each file gives its articles, captions and posts, each with the date it prints or none."""
    _, found = documents(number)
    assert [(d.kind, d.published.start if d.published else None) for d in found] == EXPECTED[number]
    assert all(d.parent == found[0].id for d in found if d.kind in ("caption", "post"))
    assert all(d.outlet is None for d in found)


@pytest.mark.parametrize("number", EXPECTED)
@pytest.mark.parametrize("names", [MIRROR, REPLACEMENT])
def test_other_names_change_nothing(number: str, names: dict[str, str]) -> None:
    """Copies with other names are cut at the same places into the same kinds."""
    _, before = documents(number)
    _, after = documents(number, names)
    assert [(d.kind, [p.kind for p in d.paragraphs]) for d in before] == [
        (d.kind, [p.kind for p in d.paragraphs]) for d in after
    ]


def test_other_articles_and_comment_forms_are_furniture() -> None:
    """The end of a page, and lines that point elsewhere, are not the article's words."""
    for number, words in (("000", "Also see"), ("000", "Leave a Reply"), ("003", "ALSO SEE"), ("003", "Also see")):
        text, found = documents(number)
        holders = [p for d in found for p in d.paragraphs if text[p.start : p.end].startswith(words)]
        assert holders and all(p.kind == "furniture" for p in holders)
