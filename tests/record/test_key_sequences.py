"""Whatever key events come in whatever order, what holds of the keys goes on holding; the rules are those of `keys`."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record.records import LOG, ORIGIN, admit, founding, key
from record.test_keys import certify, cosigners, rotate
from record.test_named import box
from tasdiq.errors import InputError, RoleError, TasdiqError
from tasdiq.record.key_events import public_text
from tasdiq.record.keys import KeyState, SigningKey
from tasdiq.record.secrecy.encryption import other_form

MEMBERS = ("kestria", "vorland", "ordania")
NAMES = [*MEMBERS, *(f"{name} next" for name in MEMBERS), "log", "log next", "publisher", "o1", "o2", "c1", "c2"]
KEYS = {name: key(name) for name in NAMES}
FOUNDED = KeyState().apply(0, founding("joint", MEMBERS), {key(name).key_id for name in MEMBERS}, ORIGIN)

names = st.sampled_from(NAMES)
ids = names.map(lambda name: KEYS[name].key_id)
successors = st.none() | ids
events = st.one_of(
    st.builds(
        lambda role, name, given, after: admit(role, ORIGIN if role == "log" else name, KEYS[given], after),
        st.sampled_from(["member", "log", "publisher"]),
        names,
        names,
        st.none() | names.map(KEYS.get),
    ),
    st.builds(
        lambda member, name, given, after: {**certify(name, member), "key": public_text(KEYS[given]), "next": after},
        st.sampled_from(MEMBERS),
        names,
        names,
        successors,
    ),
    st.builds(lambda old, new, after: {**rotate(KEYS[old], KEYS[new]), "next": after}, names, names, successors),
    st.sampled_from([*MEMBERS, "log"]).map(lambda name: rotate(KEYS[name], KEYS[f"{name} next"])),
    st.builds(lambda of, start: {"event": "revoke", "key": of, "from": start}, ids, st.integers(0, 12)),
    st.builds(lambda of, to: {"event": "encryption", "of": of, "key": public_text(to)}, ids, names.map(box)),
    st.lists(names, max_size=3).map(lambda listed: cosigners(*listed)),
    st.builds(lambda k: {"event": "quorum", "k": k}, st.integers(0, 3)),
    st.builds(lambda k: {"event": "redaction", "k": k}, st.integers(0, 4)),
)
FOUNDERS = {KEYS[name].key_id for name in MEMBERS}
signing = st.sets(ids) | st.sets(ids).map(FOUNDERS.union) | st.just({key.key_id for key in KEYS.values()})
steps = st.lists(st.tuples(st.lists(events, min_size=1, max_size=2), signing), max_size=12)
BY_ALL = {"admit", "cosigners", "quorum", "redaction"}


def members_key_ids(state: KeyState) -> set[str]:
    """Return the ids of the members' keys in use."""
    return {item.key_id for item in state.in_role("member") if item.until is None}


def check_roles(state: KeyState) -> None:
    """Rule 6: no key serves twice; one key at most is in use under a name in a role."""
    signing = [item.public for item in state.keys.values()]
    assert not set(signing) & state.cosigned
    assert {verifier.public for verifier in state.cosigners} <= state.cosigned
    assert not {other_form(public) for public in (*signing, *state.cosigned)} & state.encrypted_to
    assert len(set(state.encryption.values())) == len(state.encryption)
    in_use = [(item.role, item.name) for item in state.keys.values() if item.until is None and item.role != "officer"]
    assert len(set(in_use)) == len(in_use)
    assert state.quorum <= len(state.cosigners)
    for member in MEMBERS:
        assert all(
            state.encryption.get(item.key_id) not in state.recipients(member)
            for item in state.keys.values()
            if item.until is not None or item.member != member
        )


def check_step(before: KeyState, after: KeyState, index: int, given: list[dict[str, Any]], signers: set[str]) -> None:
    """Rules 2, 4, 5 and 7: nothing is forgotten, no key comes back, disputes only grow, all signed what takes all."""
    assert before.keys.keys() <= after.keys.keys()
    for key_id, old in before.keys.items():
        new = after.keys[key_id]
        assert (new.public, new.role, new.name, new.member, new.since) == (
            old.public,
            old.role,
            old.name,
            old.member,
            old.since,
        )
        assert old.until is None or new.until == old.until
        assert old.disputed_from is None or (new.disputed_from or 0) <= old.disputed_from
        assert new.until is None or old.until is not None or new.until == index
    for name in {event["event"] for event in given} & BY_ALL:
        assert members_key_ids(before) <= signers, name
    for event in given:
        if event["event"] == "rotate":
            assert (before.keys.get(event["old"]) or after.keys[event["old"]]).next in signers


@settings(max_examples=200, deadline=None)
@given(steps)
def test_what_holds_of_the_keys_goes_on_holding(sequence: list[tuple[list[dict[str, Any]], set[str]]]) -> None:
    """Random events by random signers: each is refused with our own error and changes nothing, or keeps every rule."""
    state = FOUNDED
    for index, (given_events, chosen) in enumerate(sequence, 1):
        signers = {key_id for key_id in chosen if key_id not in state.keys or state.keys[key_id].valid_at(index)}
        before = copy.deepcopy(state)
        try:
            after = state.apply(index, given_events, signers, ORIGIN)
        except TasdiqError:
            assert state == before
            continue
        assert state == before
        assert after == state.apply(index, copy.deepcopy(given_events), signers, ORIGIN)
        check_roles(after)
        check_step(state, after, index, given_events, signers)
        state = after


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 12))
def test_entries_are_disputed_from_the_index_on_and_never_before(start: int, again: int, index: int) -> None:
    """Rule 5: what a revoked key signed before stays undisputed; a second revocation only reaches further back."""
    kestria = {KEYS["kestria"].key_id}
    revoked = FOUNDED.apply(9, [revoke("kestria", start)], kestria, ORIGIN)
    assert revoked.disputed(kestria, index) == (index >= start)
    assert not revoked.disputed({KEYS["vorland"].key_id}, index)
    others = {KEYS["vorland"].key_id, KEYS["ordania"].key_id}
    try:
        further = revoked.apply(10, [revoke("kestria", again)], others, ORIGIN)
    except InputError:
        assert again >= start
        return
    assert again < start
    assert further.disputed(kestria, index) == (index >= again)
    assert further.keys[KEYS["kestria"].key_id].until == 9


def revoke(name: str, start: int) -> dict[str, Any]:
    """Return the event that revokes a key."""
    return {"event": "revoke", "key": KEYS[name].key_id, "from": start}


def ids_of(*signers: str) -> set[str]:
    """Return the key ids of these names."""
    return {KEYS[name].key_id for name in signers}


def test_a_retired_key_can_still_be_disputed() -> None:
    """Rule 5: a theft that is noticed after the rotation marks what the stolen key signed, up to its end."""
    state = FOUNDED.apply(5, [rotate(KEYS["kestria"], KEYS["kestria next"])], ids_of("kestria", "kestria next"), ORIGIN)
    with pytest.raises(InputError, match="between 0 and 5"):
        state.apply(8, [revoke("kestria", 6)], ids_of("kestria next"), ORIGIN)
    state = state.apply(8, [revoke("kestria", 3)], ids_of("kestria next"), ORIGIN)
    assert [state.disputed(ids_of("kestria"), index) for index in (2, 3, 5)] == [False, True, True]
    assert state.keys[KEYS["kestria"].key_id].until == 5
    assert "kestria" in state.members


def test_one_other_member_alone_revokes_nobody() -> None:
    """Rule 5: between two members neither can shut the other out."""
    two = KeyState().apply(0, founding("joint", MEMBERS[:2]), ids_of(*MEMBERS[:2]), ORIGIN)
    with pytest.raises(RoleError):
        two.apply(3, [revoke("kestria", 1)], ids_of("vorland"), ORIGIN)


def test_a_successor_is_a_key_of_its_own() -> None:
    """Rule 4: nobody commits to itself, to a key that serves, or to another's successor."""
    for after in (KEYS["o1"], KEYS["vorland"], KEYS["vorland next"]):
        event = {**certify("o1"), "next": after.key_id}
        with pytest.raises(InputError, match="successor"):
            FOUNDED.apply(2, [event], ids_of("kestria"), ORIGIN)
    event = {**certify("o1"), "next": KEYS["o2"].key_id}
    assert FOUNDED.apply(2, [event], ids_of("kestria"), ORIGIN).keys[KEYS["o1"].key_id].next == KEYS["o2"].key_id


def encryption(of: str, to: str) -> dict[str, Any]:
    """Return the event that names an encryption key."""
    return {"event": "encryption", "of": KEYS[of].key_id, "key": public_text(box(to))}


def test_an_encryption_key_is_named_by_its_holder_or_its_member() -> None:
    """Rule 8: the newest stands, nobody else names it, no key twice, none for log or publisher."""
    state = FOUNDED.apply(2, [certify("o1"), encryption("o1", "o1")], ids_of("kestria"), ORIGIN)
    state = state.apply(3, [encryption("o1", "o2")], ids_of("o1"), ORIGIN)
    assert state.recipients("kestria") == [box("o2").public]
    with pytest.raises(RoleError):
        state.apply(4, [encryption("o1", "c1")], ids_of("vorland"), ORIGIN)
    for of, to in (("kestria", "o1"), ("kestria", "o2"), ("log", "c1"), ("publisher", "c1"), ("c2", "c1")):
        with pytest.raises(InputError):
            state.apply(4, [encryption(of, to)], {*ids_of(*MEMBERS, "publisher"), LOG.key_id}, ORIGIN)


def test_an_encryption_key_follows_a_rotation_and_not_a_revocation() -> None:
    """Rule 8: what is for a member reaches the holder of its successor key; whoever stole a key reads no further."""
    state = FOUNDED.apply(2, [encryption("kestria", "kestria")], ids_of("kestria"), ORIGIN)
    rotated = [rotate(KEYS["kestria"], KEYS["kestria next"])]
    calm = state.apply(3, rotated, ids_of("kestria", "kestria next"), ORIGIN)
    assert calm.recipients("kestria") == [box("kestria").public]
    stolen = state.apply(3, [revoke("kestria", 1), *rotated], ids_of("kestria", "kestria next"), ORIGIN)
    assert (stolen.recipients("kestria"), stolen.members[-1]) == ([], "kestria")


def test_a_signing_key_does_not_encrypt_in_its_other_form() -> None:
    """Rule 6: neither an encryption key made of a signing key, nor the reverse."""
    event = {"event": "encryption", "of": KEYS["kestria"].key_id}
    reused = {**event, "key": text_of(other_form(KEYS["vorland"].public))}
    with pytest.raises(InputError, match="own key"):
        FOUNDED.apply(2, [reused], ids_of("kestria"), ORIGIN)
    later = FOUNDED.apply(2, [{**event, "key": text_of(other_form(KEYS["o1"].public))}], ids_of("kestria"), ORIGIN)
    with pytest.raises(InputError, match="own key"):
        later.apply(3, [certify("o1")], ids_of("kestria"), ORIGIN)


def text_of(public: bytes) -> str:
    """Return a raw public key as key events write it."""
    made = SigningKey.generate()
    made.public = public
    return public_text(made)


@pytest.mark.parametrize("bad", [bytes(32), b"\1" + bytes(31), b"\xff" * 32, (2**255 - 19 + 9).to_bytes(32, "little")])
def test_unsound_encryption_keys_are_refused(bad: bytes) -> None:
    """A key of low order, or in a second spelling, would be open to anybody."""
    event = {"event": "encryption", "of": KEYS["kestria"].key_id, "key": text_of(bad)}
    with pytest.raises(InputError, match="X25519"):
        FOUNDED.apply(2, [event], ids_of("kestria"), ORIGIN)


def test_the_rule_of_redaction_is_set_by_all_and_within_their_number() -> None:
    """Rule 2: the charter's rule for countersigning is a key event, so that an audit holds notices to it."""
    with pytest.raises(RoleError):
        FOUNDED.apply(2, [{"event": "redaction", "k": 2}], ids_of("kestria", "vorland"), ORIGIN)
    with pytest.raises(InputError):
        FOUNDED.apply(2, [{"event": "redaction", "k": 4}], ids_of(*MEMBERS), ORIGIN)
    assert FOUNDED.apply(2, [{"event": "redaction", "k": 3}], ids_of(*MEMBERS), ORIGIN).redaction == 3
