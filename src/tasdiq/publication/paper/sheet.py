"""The printed two-language sheet of the contact line: filled in by hand where there is no network, entered later by its number.

Both languages stand side by side on every field, in the same size. A sheet carries a number that stands for one call (L6).
"""

from __future__ import annotations

from tasdiq.model.charter import Charter

from .labels import labels, unchecked
from .typeset import typeset

UNCHECKED = "The wording in {names} awaits a check by a native reader."


def sheet_pdf(charter: Charter, number: str, languages: tuple[str, str]) -> bytes:
    """Return the PDF of one empty sheet in two languages."""
    names = unchecked(languages)
    parties = " / ".join(party.name for party in charter.parties)
    return typeset(
        "sheet.typ",
        {
            "number": number,
            "title": f"{charter.title} ({parties})",
            "languages": [{**labels(tag), "lang": tag.partition("-")[0]} for tag in languages],
            "note": UNCHECKED.format(names=", ".join(names)) if names else "",
        },
    )
