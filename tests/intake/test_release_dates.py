"""Dates of release in figures, and how the folder decides whether day or month comes first."""

from __future__ import annotations

import pytest

from tasdiq.intake.article import receive_file, settle_dates
from tasdiq.model.document import Document, Received

BODY = (
    "The crossing at Brena stayed shut for a third day, and traders on both banks of the river waited for word from the two"
    " delegations.\n\nLorries stood along the road to the bridge, and the mayor of Selm said that nothing had moved since dawn."
)


def article(printed: str, number: int = 1, *, outlet: str = "") -> Received:
    """Receive an article under a line that prints its date."""
    imprint = f"\n\nCopyright 2031 {outlet}. All rights reserved." if outlet else ""
    return receive_file(f"{number}.txt", f"Crossing stays shut\n\n{printed}\n\n{BODY}{imprint}".encode())


def published(*received: Received) -> list[tuple[str | None, str | None, bool]]:
    """Return (start, end, approximate) of each article's date of release, as the folder settles it."""
    found: list[Document] = [file.documents[0] for file in settle_dates(received)]
    return [(d.published.start, d.published.end, d.published.approximate) for d in found if d.published]


@pytest.mark.parametrize(
    "printed",
    [
        "Issued on: 26/03/2031",
        "Issued on: 26/03/2031 - 14:02 Modified: 27/03/2031 - 15:10",
        "Published: 26.03.2031",
        "Published 26-03-2031",
        "Release date: 2031-03-26",
        "Date of issue: 26 March 2031",
        "Dated 26 March 2031",
        "Released: March 26, 2031",
        "Published 2031/03/26",
        "Updated 27/03/2031 Published 26/03/2031",
    ],
)
def test_a_date_of_release_is_read_in_its_usual_forms(printed: str) -> None:
    """The line is furniture and its date the article's, the first release before any update."""
    assert published(article(printed)) == [("2031-03-26", "2031-03-26", False)]
    assert published(article("Issued in Talvik")) == []


def test_an_open_order_stays_open() -> None:
    """Without evidence both readings bound the date (rule 4); nothing in the text is counted from it."""
    assert published(article("Issued on: 03/04/2031")) == [("2031-03-04", "2031-04-03", True)]


def test_the_files_own_dates_decide_first() -> None:
    """A number above 12 in the same file says which is the day (rule 1)."""
    assert published(article("Issued on: 03/04/2031 Modified: 26/04/2031"))[0][0] == "2031-04-03"
    assert published(article("Issued on: 03/04/2031 Modified: 04/26/2031"))[0][0] == "2031-03-04"


def test_an_outlets_other_files_decide_before_the_folder() -> None:
    """One outlet's order is its own; files that contradict each other decide nothing (rule 2)."""
    first = article("Issued on: 03/04/2031", 1, outlet="Harbour Times")
    same = article("Issued on: 26/04/2031", 2, outlet="Harbour Times")
    other = article("Issued on: 04/26/2031", 3, outlet="River Post")
    assert published(first, same, other)[0] == ("2031-04-03", "2031-04-03", False)
    assert published(article("Issued on: 03/04/2031"), other)[0] == ("2031-03-04", "2031-03-04", False)
    alone = article("Issued on: 03/04/2031", 4, outlet="Hill Gazette")
    assert published(alone, same, other)[0] == ("2031-03-04", "2031-04-03", True)


def test_the_folders_days_of_release_decide_last() -> None:
    """The reading near the other articles is meant, and stays approximate (rule 3)."""
    near = article("Published April 2, 2031", 2)
    assert published(article("Issued on: 03/04/2031"), near)[0] == ("2031-03-04", "2031-04-03", True)
    assert published(article("Issued on: 03/06/2031"), near)[0] == ("2031-03-06", "2031-03-06", True)
