"""Key events say who may sign what, by index; the rules are those of `keys`, by number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from record.records import LOG, ORIGIN, TIME, admit, constitute, draft, founding, joint_log, key, signed
from tasdiq.errors import InputError, RoleError, TasdiqError
from tasdiq.record.entry import Draft
from tasdiq.record.keys import KeyState, SigningKey, public_text
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader

BOTH = ("kestria", "vorland")


def event(log: Log, events: list[dict[str, Any]], *signers: str, member: str = "kestria") -> None:
    """Append an entry with key events."""
    keys = [key(name) for name in signers]
    log.append([signed(log, Draft("KeysChanged", member, TIME, keys=events), *keys)])


def certify(name: str, member: str = "kestria") -> dict[str, Any]:
    """Return the event that certifies an officer."""
    return {"event": "certify", "member": member, "name": name, "key": public_text(key(name)), "next": None}


def rotate(old: SigningKey, new: SigningKey) -> dict[str, Any]:
    """Return the event that rotates a key."""
    return {"event": "rotate", "old": old.key_id, "key": public_text(new), "next": None}


def cosigners(*names: str) -> dict[str, Any]:
    """Return the event that sets the cosigners."""
    return {"event": "cosigners", "keys": [{"name": name, "key": public_text(key(name))} for name in names]}


@pytest.mark.parametrize(
    "events",
    [
        founding()[1:],
        founding() + founding()[:1],
        [item for item in founding() if item.get("role") != "log"],
        [item for item in founding() if item.get("role") != "member"],
        founding("desk", ("analyst", "kestria")),
        founding("round table"),
        founding(origin="another.example/log"),
        [*founding(), {"event": "quorum", "k": 1}],
        [*founding(), {"event": "bless"}],
        [*founding(), admit("member", "analyst", key("again"))],
        [*founding(), admit("publisher", "second", LOG)],
        [*founding(), {**admit("publisher", "second", key("p2")), "note": "x"}],
        [*founding(), {**admit("publisher", "second", key("p2")), "key": "A" * 43}],
        [{**founding()[0], "compiler": "A\u0301"}, *founding()[1:]],
    ],
)
def test_foundings_that_break_rule_1_or_6_are_refused(events: list[dict[str, Any]]) -> None:
    """Rules 1 and 6: one constitution, one log, one author of a desk record, one role a key."""
    with pytest.raises(TasdiqError):
        KeyState().apply(0, events, {key("analyst").key_id, key("again").key_id}, ORIGIN)


def test_a_joint_record_is_signed_by_every_founder(tmp_path: Path) -> None:
    """Rule 1: entry 0 without a founder's signature is refused."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None) as log:
        made = Draft("CharterAdopted", "kestria", TIME, keys=founding("joint", BOTH))
        with pytest.raises(RoleError, match="vorland"):
            log.append([signed(log, made, key("kestria"))])
        constitute(log, "joint", BOTH)
        assert log.chain.keys.members == BOTH


def test_admission_takes_all_members_and_the_newcomer(tmp_path: Path) -> None:
    """Rule 2: neither party alone brings in a third."""
    with joint_log(tmp_path / "r") as log:
        newcomer = [admit("member", "mediator", key("mediator"))]
        for signers in (("kestria", "mediator"), ("kestria", "vorland")):
            with pytest.raises(RoleError):
                event(log, newcomer, *signers)
        event(log, newcomer, "kestria", "vorland", "mediator")
        assert log.chain.keys.members == (*BOTH, "mediator")


def test_a_desk_record_admits_nobody(tmp_path: Path) -> None:
    """Rule 2: a desk record keeps its one author."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        with pytest.raises(RoleError, match="one author"):
            event(log, [admit("member", "kestria", key("kestria"))], "analyst", "kestria", member="analyst")


def test_an_officer_signs_for_its_member_until_revoked(tmp_path: Path) -> None:
    """Rules 3, 5 and 7: certified by its member, an officer signs; revoked, it signs no more, and the rest is disputed."""
    directory = tmp_path / "r"
    with joint_log(directory) as log:
        with pytest.raises(RoleError):
            event(log, [certify("officer")], "vorland", member="vorland")
        event(log, [certify("officer")], "kestria")
        log.append([signed(log, draft(1, member="kestria"), key("officer"))])
        log.append([signed(log, draft(2, member="kestria"), key("officer"))])
        event(log, [{"event": "revoke", "key": key("officer").key_id, "from": 3}], "kestria")
        with pytest.raises(RoleError, match="may not sign"):
            log.append([signed(log, draft(3, member="kestria"), key("officer"))])
    with Reader.open(directory) as reader:
        assert [stored.disputed for stored in reader] == [False, False, False, True, False]


def test_a_key_rotates_only_to_its_committed_successor(tmp_path: Path) -> None:
    """Rule 4: a thief of the key cannot rotate it; the successor can, and then the old key signs no more."""
    with joint_log(tmp_path / "r") as log:
        with pytest.raises(RoleError, match="committed"):
            event(log, [rotate(key("kestria"), key("thief"))], "kestria", "thief")
        with pytest.raises(RoleError, match="successor"):
            event(log, [rotate(key("kestria"), key("kestria next"))], "kestria")
        event(log, [rotate(key("kestria"), key("kestria next"))], "kestria next")
        with pytest.raises(RoleError, match="may not sign"):
            log.append([signed(log, draft(1, member="kestria"), key("kestria"))])
        log.append([signed(log, draft(1, member="kestria"), key("kestria next"))])


def test_the_other_members_may_revoke_a_lost_key(tmp_path: Path) -> None:
    """Rules 4 and 5: all others together revoke a member's key, one of three cannot; the successor brings it back."""
    with joint_log(tmp_path / "r", (*BOTH, "mediator")) as log:
        revoke = [{"event": "revoke", "key": key("kestria").key_id, "from": 1}]
        with pytest.raises(RoleError):
            event(log, revoke, "vorland", member="vorland")
        event(log, revoke, "vorland", "mediator", member="vorland")
        assert log.chain.keys.members == ("vorland", "mediator")
        event(log, [rotate(key("kestria"), key("kestria next"))], "kestria next")
        assert "kestria" in log.chain.keys.members


def test_cosigners_and_quorum_take_all_members(tmp_path: Path) -> None:
    """Rules 2 and 6: set by all, within the number of cosigners, with keys that serve nowhere else, ever."""
    with joint_log(tmp_path / "r") as log:
        listed = [cosigners("c1", "c2", "c3"), {"event": "quorum", "k": 2}]
        with pytest.raises(RoleError):
            event(log, listed, "kestria")
        event(log, listed, *BOTH)
        assert (len(log.chain.keys.cosigners), log.chain.keys.quorum) == (3, 2)
        for bad in ([{"event": "quorum", "k": 4}], [cosigners("c1", "kestria")], [cosigners("c1", "c1")]):
            with pytest.raises(InputError):
                event(log, bad, *BOTH)
        event(log, [cosigners("c1")], *BOTH)
        assert log.chain.keys.quorum == 1
        with pytest.raises(InputError, match="already serves"):
            event(log, [certify("c2")], "kestria")


def test_the_log_key_is_replaced_by_its_successor(tmp_path: Path) -> None:
    """Rules 4 and 7: after the log's rotation only the successor opens and signs, and knows what the old key signed."""
    directory = tmp_path / "r"
    joint_log(directory).close()
    with Log.open(directory, log_key=LOG, newest=tmp_path / "state") as log:
        log.checkpoint()
        event(log, [rotate(LOG, key("log next"))], "kestria", "log next")
        with pytest.raises(RoleError, match="log's"):
            log.append([signed(log, draft(1, member="kestria"))])
    with pytest.raises(RoleError, match="log's"):
        Log.open(directory, log_key=LOG, newest=None)
    with Log.open(directory, log_key=key("log next"), newest=tmp_path / "state") as log:
        log.append([signed(log, draft(1, member="kestria"))])
        assert log.checkpoint()


def test_a_stale_key_index_is_refused(tmp_path: Path) -> None:
    """An entry signed before a key event, and sent after it, must be signed again."""
    with joint_log(tmp_path / "r") as log:
        early = signed(log, draft(1, member="kestria"))
        event(log, [certify("officer")], "kestria")
        with pytest.raises(InputError, match="sign it again"):
            log.append([early])
