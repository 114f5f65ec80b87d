"""Sealed fields come back whole, or not at all, and nothing comes back that was not sealed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record.secrecy.sealed import ALL, FINDING, HELD, SEALED, part
from tasdiq.errors import InputError, TasdiqError
from tasdiq.record import canonical
from tasdiq.record.secrecy.disclosure import (
    bare,
    conceal,
    digest_of,
    is_concealed,
    located,
    reveal,
    select,
    shown_by,
)
from tasdiq.record.secrecy.pointer import read_pointer, walk, write_pointer

names = st.text(max_size=6).filter(lambda name: name not in ("_sd", "_sd_alg", "..."))


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


bodies = st.dictionaries(names, values, max_size=4)


def pointers_in(value: Any, path: tuple[str, ...] = ()) -> list[str]:
    """Return a pointer to every part of a value but the whole."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [(*path, str(name)) for name, _ in inner]
    deeper = [pointer for name, item in inner for pointer in pointers_in(item, (*path, str(name)))]
    return [write_pointer(item) for item in found] + deeper


# The examples of RFC 9901: 4.2.1, 4.2.2, 4.2.3, 5.1. Their JSON has spaces; the digest covers the text as it stands.
EXAMPLES = {
    "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0": "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
    "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0": "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs",
    "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd": "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4",
    "WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd": "TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo",
    "WyI2SWo3dE0tYTVpVlBHYm9TNXRtdlZBIiwgImVtYWlsIiwgImpvaG5kb2VAZXhhbXBsZS5jb20iXQ": (
        "JzYjH4svliH0R3PyEMfeZu6Jt69u5qehZo7F7EPYlSE"
    ),
    "WyJRZ19PNjR6cUF4ZTQxMmExMDhpcm9BIiwgInBob25lX251bWJlcl92ZXJpZmllZCIsIHRydWVd": (
        "XQ_3kPKt1XyX7KANkqVR6yZ2Va5NrPIvPYbyMvRKBMM"
    ),
    "WyJuUHVvUW5rUkZxM0JJZUFtN0FuWEZBIiwgIkRFIl0": "7Cf6JkPudry3lcbwHgeZ8khAv1U1OSlerP0VkBJrWZ0",
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_digests_are_those_of_the_rfc(text: str) -> None:
    """The RFC's own examples give the RFC's own digests; as disclosures they have another spelling and are refused."""
    assert digest_of(text) == EXAMPLES[text]
    holder: dict[str, Any] = {"_sd": [digest_of(text)], "_sd_alg": "sha-256"}
    with pytest.raises(InputError, match="spelling"):
        reveal(canonical.dumps(holder), [text])


def test_the_example_of_the_rfc_in_canonical_json_is_read() -> None:
    """The given name of RFC 9901, 5.1, written canonically, opens in the place of its digest."""
    text = "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwiZ2l2ZW5fbmFtZSIsIkpvaG4iXQ"
    holder = canonical.dumps({"_sd": [digest_of(text)], "_sd_alg": "sha-256", "family_name": "Doe"})
    assert canonical.loads(reveal(holder, [text])) == {"family_name": "Doe", "given_name": "John"}


@settings(max_examples=150, deadline=None)
@given(bodies, st.data())
def test_all_disclosures_give_the_body_back(value: dict[str, Any], data: st.DataObject) -> None:
    """reveal(conceal(x)) is x, byte for byte, whatever fields are sealed, one in another too."""
    plaintext = canonical.dumps(value)
    pointers = data.draw(st.lists(st.sampled_from(pointers_in(value)), unique=True, max_size=8)) if value else []
    sealed, disclosures = conceal(plaintext, pointers)
    assert reveal(sealed, disclosures) == plaintext
    assert located(sealed, disclosures) == dict(zip(pointers, disclosures, strict=True))
    assert is_concealed(sealed) == bool(pointers)
    for pointer in pointers:
        chosen = select(sealed, disclosures, [pointer])
        assert len(chosen) == len([p for p in pointers if related(p, pointer)])
        if not any(token.isdigit() for token in read_pointer(pointer)):
            assert shown_by(sealed, chosen)[pointer] == walk(value, read_pointer(pointer))


def related(one: str, other: str) -> bool:
    """Tell whether one pointer leads through the other."""
    first, second = sorted((read_pointer(one), read_pointer(other)), key=len)
    return second[: len(first)] == first


def test_without_disclosures_nothing_of_a_sealed_field_is_left() -> None:
    """Neither names nor the number of witnesses stand in the body; what is bare has no digest."""
    sealed, _ = conceal(FINDING, ALL)
    assert b"Made-Up" not in sealed and b"witnesses" not in sealed and b"Brenk" not in sealed
    assert canonical.loads(bare(sealed)) == {"finding": "f-1", "at": {"n": 1}}
    assert bare(FINDING) == FINDING


def test_one_witness_is_shown_and_the_other_is_not() -> None:
    """Rule 5: the list and one name are disclosed; the other name stays sealed."""
    sealed, disclosures = conceal(FINDING, ALL)
    chosen = select(sealed, disclosures, ["/witnesses/1"])
    assert len(chosen) == 2
    assert canonical.loads(reveal(sealed, chosen))["witnesses"] == ["B. Invented"]
    with pytest.raises(InputError, match="no digest"):
        reveal(sealed, [disclosures[1]])


def test_what_is_not_there_is_not_chosen() -> None:
    """A third of two witnesses is refused: no bundle is written that would prove nothing."""
    sealed, disclosures = conceal(FINDING, ALL)
    with pytest.raises(InputError):
        select(sealed, disclosures, ["/witnesses/2"])


@pytest.mark.parametrize("count", range(6))
def test_the_number_of_digests_is_a_multiple_of_four(count: int) -> None:
    """Rule 2: none, one or four sealed elements look the same from inside, and one to four sealed fields from outside."""
    value = {"list": [f"w{n}" for n in range(count)], **{f"f{n}": n for n in range(count)}}
    sealed, disclosures = conceal(
        canonical.dumps(value), ["/list", *(f"/list/{n}" for n in range(count)), *(f"/f{n}" for n in range(count))]
    )
    assert len(canonical.loads(sealed)["_sd"]) == (4 if count < 4 else 8)
    assert len(part(disclosures[0])[2]) == -(-count // 4) * 4


def test_salts_keep_equal_values_apart() -> None:
    """The same body sealed twice shares no digest, so that nobody can guess a name and compare."""
    first, second = (canonical.loads(conceal(FINDING, ALL)[0]) for _ in range(2))
    assert not set(first["_sd"]) & set(second["_sd"])


@pytest.mark.parametrize(
    "value",
    [{"_sd": []}, {"a": [{"...": "x"}]}, {"a": {"_sd_alg": 1}}, {"x": [[{"_sd": 1}]]}],
)
def test_reserved_names_are_nobodys_fields(value: dict[str, Any]) -> None:
    """Rule 3: user data that could pass for digests is refused before it is signed."""
    with pytest.raises(InputError, match="reserved"):
        conceal(canonical.dumps({"field": 1, **value}), ["/field"])


@pytest.mark.parametrize(
    "pointer", ["", "/", "/none", "/witnesses/2", "/witnesses/-", "/witnesses/00", "witnesses", "/~2"]
)
def test_pointers_to_nothing_are_refused(pointer: str) -> None:
    """A pointer must lead to a field; a typing error would leave a name in the open."""
    with pytest.raises(InputError):
        conceal(FINDING, [pointer])


def test_what_cannot_be_concealed_is_refused() -> None:
    """A body that is no object, a pointer twice, a body too deep to be read again, a value too large."""
    deep: Any = 1
    for _ in range(120):
        deep = {"a": deep}
    for value, pointers in (
        (["a"], ["/0"]),
        ({"a": 1}, ["/a", "/a"]),
        (deep, ["/a"]),
        ({"a": "x" * 60_000}, ["/a"]),
    ):
        with pytest.raises(InputError):
            conceal(canonical.dumps(value), pointers)


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        values | st.sampled_from(HELD),
        lambda inner: st.dictionaries(
            st.sampled_from(["_sd", "_sd_alg", "...", "a"]),
            inner | st.lists(inner, max_size=3) | st.sampled_from(["sha-256"]),
            max_size=3,
        ),
    ),
    st.lists(st.text(max_size=20) | st.sampled_from(HELD), max_size=3),
)
def test_whatever_is_revealed_raises_only_our_errors(value: Any, texts: list[str]) -> None:
    """Any value with any disclosures is read, or refused with a TasdiqError."""
    try:
        shown = reveal(canonical.dumps(value), texts)
    except TasdiqError:
        return
    assert not is_concealed(shown)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_damaged_disclosure_is_accepted(data: st.DataObject) -> None:
    """A disclosure has one spelling: with any character changed, dropped or added it matches nothing."""
    text = data.draw(st.sampled_from(HELD))
    at = data.draw(st.integers(0, len(text)))
    other = text[:at] + data.draw(st.text(max_size=2)) + text[at + data.draw(st.integers(0, 2)) :]
    if other == text:
        return
    texts = [other if item == text else item for item in HELD]
    with pytest.raises(TasdiqError):
        reveal(SEALED, texts)
