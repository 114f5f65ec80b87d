"""Which fields of a body are sealed before an entry is signed; the rules are those of `sealing`."""

from __future__ import annotations

import msgspec

from tasdiq.model import entries, sealing
from tasdiq.model.case import FindingPart
from tasdiq.record import canonical
from tasdiq.record.secrecy.disclosure import bare, conceal, reveal

PARTS = tuple(FindingPart(name=name, outcome="inconclusive") for name in ("occurrence", "responsibility", "breach"))


def finding(*witnesses: str) -> entries.FindingDrafted:
    """Return a draft finding with these witnesses."""
    return entries.FindingDrafted(
        case="case-1", finding="f-1", standard="reasonable grounds", parts=PARTS, witnesses=witnesses
    )


def test_each_name_is_sealed_and_the_list_around_them() -> None:
    """Rule 1: the list and every name in it have a pointer of their own."""
    assert sealing.plain(finding("A. Made-Up", "B. Invented"))[1] == ("/witnesses", "/witnesses/0", "/witnesses/1")


def test_a_finding_without_witnesses_looks_like_one_with_some() -> None:
    """Rule 2: from outside, none, one and three witnesses differ in random bits alone."""
    sealed = []
    for named in ((), ("A. Made-Up",), ("A. Made-Up", "B. Invented", "C. Fictional")):
        written, pointers = sealing.plain(finding(*named))
        sealed.append(canonical.loads(conceal(canonical.dumps(written), pointers)[0]))
    shown = [{name: item for name, item in value.items() if name != "_sd"} for value in sealed]
    assert shown[0] == shown[1] == shown[2]
    assert [len(value["_sd"]) for value in sealed] == [4, 4, 4]


def test_what_is_left_and_what_is_revealed_are_both_findings() -> None:
    """A fold reads the bare body as a finding without witnesses; with all disclosures it is the one that was drafted."""
    made = finding("A. Made-Up")
    written, pointers = sealing.plain(made)
    sealed, disclosures = conceal(canonical.dumps(written), pointers)
    assert msgspec.json.decode(bare(sealed), type=entries.FindingDrafted) == finding()
    assert msgspec.json.decode(reveal(sealed, disclosures), type=entries.FindingDrafted) == made


def test_other_bodies_are_as_they_are() -> None:
    """Bodies without sealed fields are written as before."""
    body = entries.FindingWithdrawn(finding="f-1", reason="an error")
    assert sealing.plain(body) == (msgspec.to_builtins(body), ())
