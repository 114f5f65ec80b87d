"""Signed minutes as PDF: every line with the marks under it, the authentic text first, each mark with its entry.

1. The paper shows what was entered and signed, line by line; an unmarked line says so, for silence is not consent.
2. Labels stand in every language of the session, so that no delegation reads the other's paper.
3. Delegates are named as their delegation names them where `persons` says so: the paper is for the members. Without it only
   office holders are named, others by their role.
"""

from __future__ import annotations

from typing import Any

from tasdiq.model.charter import Charter
from tasdiq.model.meeting import Delegate, LineAnswer, Meeting, MinuteLine

from ..times import moment
from .labels import direction, labels, unchecked
from .sheet import UNCHECKED
from .typeset import typeset

WORD = {"agreed": "agreed", "not agreed": "not_agreed", "own wording": "own_wording"}


def minutes_pdf(charter: Charter, meeting: Meeting, *, checked: str, persons: bool = True) -> bytes:
    """Return the PDF of a session's minutes; `checked` says against which record and checkpoint they can be checked."""
    names = unchecked(meeting.languages)
    notes = [
        f"Authentic is the text in {labels(meeting.authentic)['name'] if meeting.authentic else ''} ({meeting.authentic}); "
        "each mark is for the text whose SHA-256 stands under the line.",
        checked,
        *([UNCHECKED.format(names=", ".join(names))] if names else []),
    ]
    return typeset(
        "minutes.typ",
        {
            "title": f"{charter.title}: {meeting.title}",
            "headings": _said(meeting, "minutes"),
            "facts": [{"names": _said(meeting, key), "value": value} for key, value in _facts(charter, meeting)],
            "delegations": [_delegation(charter, meeting, party, persons) for party in meeting.parties],
            "lines": [_line(charter, meeting, line) for line in meeting.lines],
            "notes": notes,
        },
    )


def _said(meeting: Meeting, key: str, more: str = "") -> list[dict[str, str]]:
    """Return a label in every language of the session."""
    tags = dict.fromkeys((meeting.authentic, *meeting.languages))
    return [_spoken(f"{labels(tag)[key]}{more}", tag) for tag in tags]


def _spoken(text: str, tag: str) -> dict[str, str]:
    return {"text": text, "lang": tag.partition("-")[0], "direction": direction(tag)}


def _facts(charter: Charter, meeting: Meeting) -> list[tuple[str, str]]:
    def times(at: str) -> str:
        return "; ".join(moment(at, charter.time_zones))

    found = [
        ("place", meeting.place),
        ("begins", times(meeting.start)),
        ("ends", times(meeting.end)),
        ("mediators", ", ".join(_name(charter, who) for who in meeting.mediators)),
        ("agenda", "; ".join(f"{number}. {item}" for number, item in enumerate(meeting.agenda, 1))),
    ]
    return [(key, value) for key, value in found if value]


def _name(charter: Charter, ident: str) -> str:
    member = charter.member(ident)
    return member.name if member else ident


def _delegation(charter: Charter, meeting: Meeting, party: str, persons: bool) -> dict[str, Any]:
    found = next((item for item in meeting.delegations if item.party == party), None)
    names: list[str] = []
    if found is not None:
        head = labels("en")["head"]
        names = [f"{_person(found.head, persons)} ({head})", *(_person(item, persons) for item in found.members)]
    return {
        "name": _name(charter, party),
        "names": _said(meeting, "delegation") if found else _said(meeting, "no_delegation"),
        "persons": names,
    }


def _person(delegate: Delegate, persons: bool) -> str:
    if persons or delegate.office_holder:
        return ", ".join(filter(None, (delegate.name, delegate.role)))
    return delegate.role or "a delegate"


def _line(charter: Charter, meeting: Meeting, line: MinuteLine) -> dict[str, Any]:
    if line.replaced_by and (later := meeting.line(line.replaced_by)):
        standing = _said(meeting, "replaced_by", f" {later.number}")
    else:
        standing = _said(meeting, "standing_agreed" if meeting.agreed(line) else "standing_open")
    return {
        "number": line.number,
        **_spoken(line.text, meeting.authentic),
        "translations": [_spoken(item.text, item.language) for item in line.translations],
        "standing": standing,
        "marks": [_mark(charter, meeting, party, line.answer_of(party)) for party in meeting.parties],
        "sha256": line.sha256,
    }


def _mark(charter: Charter, meeting: Meeting, party: str, given: LineAnswer | None) -> dict[str, Any]:
    own = [_spoken(given.text, meeting.authentic)] if given and given.text else []
    signed = f"{given.at}, entry {given.entry[:16]}" if given else ""
    return {
        "name": _name(charter, party),
        "words": _said(meeting, WORD[given.answer] if given else "no_mark"),
        "own": own,
        "signed": signed,
    }
