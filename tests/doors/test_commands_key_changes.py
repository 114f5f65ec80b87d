"""`tasdiq key certify|rotate|revoke|encryption|admit|cosigners|list`: keys change hands by command, on one machine or several."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from doors.conftest import Door
from doors.folders import SHELLING
from doors.joint import CHARTER, MEMBERS, Seat, found
from tasdiq.cli.root import root
from tasdiq.record.secrecy.encryption import EncryptionKey


@pytest.fixture
def seat(door: Door, tmp_path: Path) -> Seat:
    """A joint record of two parties and a mediator."""
    return found(door, tmp_path)


def keys(seat: Seat, place: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the keys of a record by fingerprint."""
    return {item["key"]: item for item in json.loads(seat.run("key", "list", place or seat.record, "--json").out)}


def test_a_key_is_made_with_its_successor_and_the_record_commits_to_it(seat: Seat) -> None:
    """Members, log and publisher: each key in the record names the fingerprint of the one that may follow."""
    held = keys(seat)
    assert {item["role"] for item in held.values()} == {"member", "log", "publisher"}
    assert all(item["next"] for item in held.values())
    assert (seat.record / "keys" / "log.key.next").is_file()
    shown = seat.run("key", "show", seat.key("kes")).out
    assert f'next = "{held[seat.fingerprint("kes")]["next"]}"' in shown
    listed = seat.run("key", "list", seat.record).out
    assert "member    kes" in listed and "since entry 0" in listed


def test_without_a_successor_it_is_said(seat: Seat, tmp_path: Path) -> None:
    """`--no-successor` makes one file only; a key that committed to none does not rotate."""
    made = seat.run("key", "new", tmp_path / "alone.key", "--no-successor")
    assert "next =" not in made.out and not (tmp_path / "alone.key.next").exists()
    seat.refused("no key", "key", "rotate", seat.record, "--key", tmp_path / "alone.key", code=2)


def certify(seat: Seat, tmp_path: Path, *more: object) -> Path:
    """Certify an officer of Kestria; return its key file."""
    officer = tmp_path / "post.key"
    shown = seat.run("key", "new", officer).out
    public, following = shown.split("public key: ")[1].strip(), shown.split('next = "')[1][:64]
    told = ("--name", "post-3", "--public", public, "--next", following)
    seat.run("key", "certify", seat.record, "--key", seat.key("kes"), *told, *more)
    return officer


def test_an_officer_signs_for_its_member_until_it_is_revoked(seat: Seat, tmp_path: Path) -> None:
    """Certified, it may name its encryption key; revoked from an entry on, its entries are disputed and stay."""
    officer = certify(seat, tmp_path)
    seat.run("key", "new", tmp_path / "letters.key", "--for-encryption")
    named = seat.run("key", "encryption", seat.record, tmp_path / "letters.key", "--key", officer)
    assert "EncryptionKeySet: entry 2" in named.out
    ident = seat.run("key", "show", officer).out.split('key = "')[1][:64]
    assert keys(seat)[ident]["encryption"] == EncryptionKey.load(tmp_path / "letters.key").public.hex()
    revoke = ("key", "revoke", seat.record, ident[:10], "--from", 2, "--note", "lost at a checkpoint")
    seat.refused("to revoke the key of post-3 takes", *revoke, "--key", seat.key("vor"))
    assert "OfficerRevoked: entry 3" in seat.run(*revoke, "--key", seat.key("kes")).out
    assert (keys(seat)[ident]["until"], keys(seat)[ident]["disputed_from"]) == (3, 2)
    audited = seat.run("export", seat.record, "-o", tmp_path / "p.tar") and seat.run("audit", seat.record)
    assert "entries disputed 1" in audited.out


def test_a_member_rotates_to_the_successor_it_committed_to(seat: Seat) -> None:
    """The new key signs, the old one no longer; a successor of the successor is made; another key is refused."""
    old = seat.fingerprint("kes")
    committed = keys(seat)[old]["next"]
    rotated = seat.run("key", "rotate", seat.record, "--key", seat.key("kes"))
    assert "KeyRotated: entry 1" in rotated.out and "kes.key.next" in rotated.err
    held = keys(seat)
    assert (held[old]["until"], held[committed]["since"], bool(held[committed]["next"])) == (1, 1, True)
    seat.refused("rotates only to the successor", "key", "rotate", seat.record, "--key", seat.key("vor"), "--new",
                 seat.key("ord"))  # fmt: skip
    certified = ("key", "certify", seat.record, "--name", "a", "--public", seat.public("ord"))
    seat.refused("which has not signed", *certified, "--key", seat.key("kes"))
    seat.run("key", "rotate", seat.record, "--key", Path(f"{seat.key('kes')}.next"))


def test_a_stolen_key_is_revoked_by_the_others_and_rotated_without_it(seat: Seat, tmp_path: Path) -> None:
    """Two other members revoke it on two machines; its successor, kept apart, takes its place."""
    stolen, out = seat.fingerprint("kes"), tmp_path / "revoke.json"
    seat.run("key", "revoke", seat.record, stolen, "--from", 1, "--key", seat.key("vor"), "-o", out)
    seat.refused("takes the signatures of all members but kes, two at least; missing: ord", "submit", seat.record, out)
    shown = seat.run("countersign", out, "--key", seat.key("ord"), "--yes")
    assert '"event": "revoke"' in shown.err and "signed by 2 keys" in shown.out
    assert "KeyRevoked: entry 1" in seat.run("submit", seat.record, out).out
    rotate = ("key", "rotate", seat.record, "--of", stolen[:12], "--new", f"{seat.key('kes')}.next")
    assert "KeyRotated: entry 2" in seat.run(*rotate).out
    assert [item["name"] for item in keys(seat).values() if item["since"] == 2] == ["kes"]


def test_the_hosts_keys_rotate_in_their_place(seat: Seat, tmp_path: Path) -> None:
    """The log's and the publisher's successor sign from then on; old key files are kept; all still holds."""
    for role in ("log", "publisher"):
        seat.refused("a member signs beside", "key", "rotate", seat.record, "--role", role)
        seat.run("key", "rotate", seat.record, "--role", role, "--key", seat.key("ord"))
    seat.run("publish", seat.record, "-o", tmp_path / "site")
    seat.run("audit", tmp_path / "site", "--trust", seat.record / "keys.txt")
    seat.run("key", "rotate", seat.record, "--role", "log", "--key", seat.key("ord"))
    seat.run("export", seat.record, "-o", tmp_path / "p.tar")
    seat.run("audit", seat.record)
    assert len(list((seat.record / "keys").glob("log.key.until-*"))) == 2


def test_a_member_is_admitted_and_cosigners_are_named_by_all(seat: Seat, tmp_path: Path) -> None:
    """The newcomer signs first, the others on their own machines; the list of cosigners takes every member too."""
    seat.run("key", "new", tmp_path / "riv.key")
    public = seat.run("key", "show", tmp_path / "riv.key").out.split("public key: ")[1].strip()
    out = tmp_path / "admit.json"
    seat.run("key", "admit", seat.record, "--name", "riv", "--public", public, "--key", tmp_path / "riv.key", "-o", out)
    for member in ("kes", "vor", "ord"):
        seat.run("countersign", out, "--key", seat.key(member), "--yes")
    assert "MemberAdmitted: entry 1" in seat.run("submit", seat.record, out).out
    seat.run("key", "new", tmp_path / "watch.key", "--no-successor")
    watch = seat.run("key", "show", tmp_path / "watch.key").out.split("public key: ")[1].strip()
    also = [part for name in ("vor", "ord", "riv") for part in ("--also", seat.key(name))]
    named = ("key", "cosigners", seat.record, f"watch={watch}", "--quorum", 1, "--key", seat.key("kes"))
    seat.refused("missing: vor, ord, riv", *named)
    seat.run(*named, *also)
    assert "cosigner" in seat.run("key", "list", seat.record).out


def test_changes_are_signed_against_a_mirror_or_a_bundle(seat: Seat, tmp_path: Path) -> None:
    """On a member's machine -o makes a submission; another key event entered first makes it stale, and it is said."""
    seat.run("export", seat.record, "-o", tmp_path / "p.tar")
    seat.run("init", tmp_path / "mirror", "--from", tmp_path / "p.tar")
    for name in ("a", "b"):
        seat.run("key", "new", tmp_path / f"{name}.letters", "--for-encryption")
        place = ("key", "encryption", tmp_path / "mirror", tmp_path / f"{name}.letters", "--key", seat.key("kes"))
        seat.refused("is a mirror", *place)
        seat.run(*place, "-o", tmp_path / f"{name}.json")
    receipt = tmp_path / "a.receipt"
    done = seat.run("submit", seat.record, tmp_path / "a.json", "--receipt", receipt)
    assert "cannot recall copies" in done.err
    assert receipt.read_text(encoding="utf-8").startswith("tasdiq receipt v1\n")
    seat.refused("sign it again", "submit", seat.record, tmp_path / "b.json", code=2)
    seat.refused("in the record already", "submit", seat.record, tmp_path / "a.json", code=2)
    seat.run("export", seat.record, "-o", tmp_path / "q.tar")
    seat.run("audit", seat.record, "--receipt", receipt)
    seat.refused("expected a record, a mirror or a bundle", "key", "list", tmp_path / "a.json", code=2)


def test_nobody_countersigns_unseen(seat: Seat, tmp_path: Path) -> None:
    """Without --yes and without an answer nothing is signed; what is no submission is said with its file."""
    out = tmp_path / "revoke.json"
    seat.run("key", "revoke", seat.record, seat.fingerprint("kes"), "--from", 0, "--key", seat.key("vor"), "-o", out)
    before = out.read_bytes()
    assert seat.door("countersign", out, "--key", seat.key("ord")).code == 1
    assert out.read_bytes() == before
    seat.refused("charter.toml: expected canonical JSON", "countersign", tmp_path / "charter.toml", "--key", seat.key("ord"),
                 "--yes", code=2)  # fmt: skip


def test_a_step_is_signed_against_a_mirror_and_submitted(seat: Seat, tmp_path: Path) -> None:
    """A member far from the host takes a step on its own machine; the procedure is asked there, and again by the host."""
    (tmp_path / "said.txt").write_text(SHELLING, encoding="utf-8")
    seat.run("receive", seat.record, tmp_path / "said.txt", "--key", seat.key("ord"))
    seat.run("export", seat.record, "-o", tmp_path / "p.tar")
    mirror, out = tmp_path / "mirror", tmp_path / "open.json"
    seat.run("init", mirror, "--from", tmp_path / "p.tar")
    subject = seat.run("case", "subjects", mirror).out.split(" ")[0]
    seat.run("publish", mirror, "--proposition", subject, "-o", tmp_path / "cards")
    seat.run("audit", tmp_path / "cards" / f"{subject}.tasdiq.json", "--trust", seat.record / "keys.txt")
    case = ("case", "open", mirror, "--subject", subject, "--allegation", "made up", "--against", "vor")
    seat.refused("is a mirror", *case, "--by", "kes", "--key", seat.key("kes"))
    seat.refused("cannot allege", *case, "--by", "kes", "--key", seat.key("vor"), "-o", out)
    done = seat.run(*case, "--by", "kes", "--key", seat.key("kes"), "-o", out)
    assert "not entered yet" in done.out and "CaseOpened: entry" in seat.run("submit", seat.record, out).out
    assert "case-" in seat.run("case", "list", seat.record).out


def test_encrypted_keys_ask_once_and_their_successors_open_with_them(door: Door, tmp_path: Path) -> None:
    """One passphrase a key file, on stderr; the successor made by a rotation is under the same one."""
    run = CliRunner().invoke
    for member in MEMBERS:
        words = f"the words of {member}\n"
        assert run(root, ["key", "new", str(tmp_path / f"{member}.key"), "--encrypt"], input=words * 2).exit_code == 0
    (tmp_path / "charter.toml").write_text(CHARTER, encoding="utf-8")
    given = [part for member in MEMBERS for part in ("--key", f"{member}={tmp_path / member}.key")]
    words = "".join(f"the words of {member}\n" for member in MEMBERS)
    made = run(
        root, ["init", str(tmp_path / "record"), "--charter", str(tmp_path / "charter.toml"), *given], input=words
    )
    assert (made.exit_code, "Passphrase" in made.stdout) == (0, False), made.output
    rotate = ["key", "rotate", str(tmp_path / "record"), "--key", str(tmp_path / "kes.key")]
    rotated = run(root, rotate, input="the words of kes\n")
    assert rotated.exit_code == 0, rotated.output
    made_next = (tmp_path / "kes.key.next.next").read_bytes()
    assert b"ENCRYPTED" in made_next
    assert all(item["next"] for item in keys(Seat(door, tmp_path)).values())
