"""Disclosures and digests of any other form are refused, as RFC 9901 says (rules of `disclosure`)."""

from __future__ import annotations

from typing import Any

import pytest

from record.secrecy.sealed import ALL, FINDING, HELD, SEALED, part, written
from tasdiq.errors import InputError
from tasdiq.record import canonical
from tasdiq.record.secrecy.disclosure import (
    bare,
    conceal,
    digest_of,
    reveal,
)


def forged(change: dict[str, Any]) -> bytes:
    """Return the sealed finding with fields replaced; ... removes one."""
    value = {**canonical.loads(SEALED), **change}
    return canonical.dumps({name: item for name, item in value.items() if item is not ...})


def test_a_disclosure_that_matches_no_digest_is_refused() -> None:
    """RFC 9901, 7.1, step 5: an invented or an altered disclosure, or one of another body."""
    salt, name, value = part(HELD[3])
    for parts in ([salt, name, "elsewhere"], [salt, "other", value], [canonical.b64url(bytes(16)), name, value]):
        with pytest.raises(InputError, match="no digest"):
            reveal(SEALED, [written(parts)])
    with pytest.raises(InputError, match="no digest"):
        reveal(conceal(FINDING, ALL)[0], [HELD[0]])
    with pytest.raises(InputError, match="no sealed fields"):
        reveal(FINDING, [HELD[0]])


def test_a_digest_twice_is_refused() -> None:
    """RFC 9901, 7.1, step 4: in one list, in two places, or once inside a disclosure; a disclosure twice too."""
    digests = canonical.loads(SEALED)["_sd"]
    inside = written([canonical.b64url(bytes(16)), "more", {"_sd": digests[:1]}])
    for body, given_texts in (
        (forged({"_sd": sorted([*digests, digests[0]])}), []),
        (forged({"at": {"_sd": digests[:1]}}), []),
        (forged({"list": [{"...": digests[0]}]}), []),
        (forged({"_sd": sorted([*digests, digest_of(inside)])}), [inside]),
        (SEALED, [HELD[0], HELD[0]]),
    ):
        with pytest.raises(InputError, match="once"):
            reveal(body, given_texts)


def test_nothing_is_overwritten() -> None:
    """RFC 9901, 7.1, step 3.c.ii.3: a disclosed field cannot replace one that stands there, shown or disclosed."""
    salt = canonical.b64url(bytes(16))
    first, second = written([salt, "finding", "f-2"]), written([salt, "finding", "f-3"])
    both = {"_sd": sorted([digest_of(first), digest_of(second)]), "_sd_alg": "sha-256"}
    for body, texts in (
        ({**both, "finding": "f-1"}, [first]),
        (both, [first, second]),
    ):
        with pytest.raises(InputError, match="overwrite"):
            reveal(canonical.dumps(body), texts)


def test_a_field_is_no_element_and_the_reverse() -> None:
    """RFC 9901, 7.1, steps 3.c.ii.1 and 3.c.iii.1."""
    salt = canonical.b64url(bytes(16))
    field, element = written([salt, "name", 1]), written([salt, 1])
    for body, text in (
        ({"_sd": [digest_of(element)], "_sd_alg": "sha-256"}, element),
        ({"list": [{"...": digest_of(field)}], "_sd_alg": "sha-256"}, field),
    ):
        with pytest.raises(InputError, match="reverse"):
            reveal(canonical.dumps(body), [text])


@pytest.mark.parametrize("name", ["_sd", "_sd_alg", "..."])
def test_a_disclosure_brings_no_reserved_name(name: str) -> None:
    """RFC 9901, 7.1, step 3.c.ii.2: as the field it names, or anywhere in its value."""
    salt = canonical.b64url(bytes(16))
    for text in (written([salt, name, 1]), written([salt, "a", {name: "x"}]), written([salt, "a", [{name: 1}]])):
        with pytest.raises(InputError):
            reveal(canonical.dumps({"_sd": [digest_of(text)], "_sd_alg": "sha-256"}), [text])


@pytest.mark.parametrize(
    "change",
    [
        {"_sd_alg": ...},
        {"_sd_alg": "sha-384"},
        {"_sd_alg": None},
        {"_sd": "x"},
        {"_sd": []},
        {"_sd": [1]},
        {"_sd": ["short"]},
        {"_sd": canonical.loads(SEALED)["_sd"][::-1]},
        {"_sd": ...},
        {"at": {"_sd_alg": "sha-256"}},
        {"list": [{"...": "x"}]},
        {"list": [{"...": digest_of("x"), "more": 1}]},
        {"...": 1},
    ],
)
def test_other_forms_of_digests_are_refused(change: dict[str, Any]) -> None:
    """Rules 1 to 3: what conceal never writes is not read."""
    body = {**change, "at": ..., "_sd": change["_sd"]} if change == {"_sd": ...} else change
    with pytest.raises(InputError):
        bare(forged(body))


@pytest.mark.parametrize(
    "parts",
    [
        [],
        ["A" * 22],
        [1, "a", 1],
        ["A" * 22, 1, 1],
        ["A" * 21, "a", 1],
        ["A" * 21 + "B", "a", 1],
        ["A" * 22, "a", 1, 1],
        {"a": 1},
        "text",
    ],
)
def test_other_forms_of_disclosures_are_refused(parts: Any) -> None:
    """Rule 1: another number of parts, another salt, no array."""
    text = canonical.b64url(canonical.dumps(parts))
    with pytest.raises(InputError):
        reveal(canonical.dumps({"_sd": [digest_of(text)], "_sd_alg": "sha-256"}), [text])
