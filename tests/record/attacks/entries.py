"""Attacks on the entries, by a thief of the log's key and the publisher's, who signs tree, checkpoint and list anew."""

from __future__ import annotations

from pathlib import Path

from record.attacks.case import Attacks, Tried, tried
from record.forging import (
    BODIES,
    CHECKPOINT,
    KESTRIA,
    OFFICER,
    SEEN_AT,
    SIZE,
    THIEF,
    VORLAND,
    World,
    cosigned_by,
    entries_path,
    entry,
    leaves_of,
    resign,
    show,
)
from record.records import LOG, ORIGIN, TIME, admit, draft, key, opened, signed
from tasdiq.record import checkpoint, cosignature, note
from tasdiq.record.entry import Draft, parse_leaf

ATTACKS = Attacks()


@ATTACKS.of("drop")
def an_entry_dropped_by_the_log(world: World, into: Path) -> Tried:
    """Entry 11: what is left agrees with itself, and contradicts the receipt and every copy kept."""
    site = world.site(into)
    leaves = leaves_of(site)
    return tried(
        resign(site, leaves[:11] + leaves[12:]),
        ("rolled-back", CHECKPOINT, None),
        ("split-view", CHECKPOINT, None),
        ("receipt-broken", CHECKPOINT, 11),
        against=(world.base / "bundle.json",),
        receipts=(world.base / "receipt",),
    )


@ATTACKS.of("drop")
def a_key_event_dropped_by_the_log(world: World, into: Path) -> Tried:
    """The revocation: every later entry names it as the newest key event."""
    site = world.site(into)
    leaves = leaves_of(site)
    path = entries_path(12)
    return tried(resign(site, leaves[:10] + leaves[11:]), ("entry-refused", path, 10), ("entry-refused", path, 11))


@ATTACKS.of("insert")
def an_entry_inserted_by_the_log_in_the_name_of_a_member(world: World, into: Path) -> Tried:
    """Signed with a key that is not the member's."""
    site = world.site(into)
    forged = show(site, entry(world, draft(13, member="vorland"), THIEF))
    return tried(resign(site, [*leaves_of(site), forged]), ("entry-refused", entries_path(14), 13))


@ATTACKS.of("insert")
def an_entry_inserted_among_the_old_with_the_stolen_key_of_a_member(world: World, into: Path) -> Tried:
    """Before a key event: that one moves, and every later entry names another index for it."""
    site = world.site(into)
    leaves = leaves_of(site)
    forged = show(site, entry(world, draft(13, member="kestria"), KESTRIA, keys_at=0))
    path = entries_path(14)
    return tried(
        resign(site, [*leaves[:3], forged, *leaves[3:]]),
        *(("entry-refused", path, index) for index in range(7, 14)),
    )


@ATTACKS.of("reorder")
def two_entries_reordered_by_the_log(world: World, into: Path) -> Tried:
    """Entries 11 and 12: what is left agrees with itself, and contradicts every copy kept."""
    site = world.site(into)
    leaves = leaves_of(site)
    return tried(
        resign(site, [*leaves[:11], leaves[12], leaves[11]]),
        ("split-view", CHECKPOINT, None),
        against=(world.base / "kept.checkpoint",),
    )


@ATTACKS.of("reorder")
def two_entries_reordered_across_a_key_event_by_the_log(world: World, into: Path) -> Tried:
    """Entry 11 before the revocation it names: it and all that follows are refused."""
    site = world.site(into)
    leaves = leaves_of(site)
    path = entries_path(SIZE)
    return tried(
        resign(site, [*leaves[:10], leaves[11], leaves[10], leaves[12]]),
        ("entry-refused", path, 10),
        ("entry-refused", path, 12),
    )


@ATTACKS.of("truncate")
def the_newest_entries_cut_off_by_the_log(world: World, into: Path) -> Tried:
    """A checkpoint over twelve entries, where thirteen were shown before."""
    site = world.site(into)
    return tried(
        resign(site, leaves_of(site)[:12]),
        ("rolled-back", CHECKPOINT, None),
        against=(world.base / "kept.checkpoint",),
    )


@ATTACKS.of("replay")
def an_entry_replayed_by_the_log(world: World, into: Path) -> Tried:
    """The same signed entry a second time."""
    site = world.site(into)
    leaves = leaves_of(site)
    return tried(resign(site, [*leaves, leaves[12]]), ("entry-repeated", CHECKPOINT, 13))


@ATTACKS.of("replay")
def an_entry_of_another_record_replayed_by_the_log(world: World, into: Path) -> Tried:
    """Signed by the same member's key, for another record."""
    site = world.site(into)
    with opened(world.base / "other") as other:
        foreign = signed(other, draft(77, member="kestria"))
    return tried(resign(site, [*leaves_of(site), show(site, foreign)]), ("entry-refused", entries_path(14), 13))


@ATTACKS.of("swap keys")
def a_signature_put_under_the_key_of_another_member(world: World, into: Path) -> Tried:
    """Entry 12, by Kestria, as if Vorland had signed it."""
    site = world.site(into)
    leaves = leaves_of(site)
    leaves[12] = leaves[12].replace(KESTRIA.key_id.encode(), VORLAND.key_id.encode())
    return tried(resign(site, leaves), ("entry-refused", entries_path(SIZE), 12))


@ATTACKS.of("swap keys")
def the_key_of_a_member_swapped_in_entry_0_by_the_log(world: World, into: Path) -> Tried:
    """Nobody signed that charter: nothing after it can be checked."""
    site = world.site(into)
    leaves = leaves_of(site)
    mine, theirs = (admit("member", "vorland", one)["key"] for one in (THIEF, VORLAND))
    leaves[0] = leaves[0].replace(theirs.encode(), mine.encode())
    path = entries_path(SIZE)
    (attached,) = (site / "record/attachment").iterdir()
    later = [f"record/{folder}/{world.commit(index)}" for index, folder in _shown()]
    later.append(attached.relative_to(site).as_posix())
    return tried(
        resign(site, leaves),
        ("entry-refused", path, 0),
        ("key-chain", path, 0),
        ("checkpoint-signature", CHECKPOINT, None),
        ("unknown-signature", CHECKPOINT, None),
        ("manifest-signature", "manifest.note", None),
        *(("extra-file", name, None) for name in later),
    )


def _shown() -> list[tuple[int, str]]:
    bodies = [(index, "body") for index in range(1, SIZE) if index not in (4, 8)]
    return [*bodies, (3, "rows")]


@ATTACKS.of("stolen log key")
def an_entry_altered_by_a_thief_of_the_log_key(world: World, into: Path) -> Tried:
    """The tree is signed anew; the member's signature under the entry is not."""
    site = world.site(into)
    leaves = leaves_of(site)
    leaves[2] = leaves[2].replace(b'"DocumentReceived"', b'"DocumentDeceived"')
    return tried(resign(site, leaves), ("entry-refused", entries_path(SIZE), 2))


@ATTACKS.of("stolen log key")
def a_checkpoint_signed_with_a_log_key_that_was_rotated_away(world: World, into: Path) -> Tried:
    """The log's key was rotated at entry 13; the thief of the old one signs over entry 14."""
    site = world.site(into)
    rotate = {"event": "rotate", "old": LOG.key_id, "key": admit("log", ORIGIN, key("log next"))["key"], "next": None}
    turned = entry(world, Draft("KeyRotated", "kestria", TIME, keys=[rotate]), KESTRIA, key("log next"))
    after = entry(world, draft(14, member="vorland"), VORLAND, keys_at=13)
    leaves = [*leaves_of(site), show(site, turned), show(site, after)]
    return tried(
        resign(site, leaves),
        ("checkpoint-signature", CHECKPOINT, None),
        ("unknown-signature", CHECKPOINT, None),
    )


@ATTACKS.of("backdate")
def an_entry_backdated_with_a_revoked_key(world: World, into: Path) -> Tried:
    """It claims a time before the revocation; its place says otherwise."""
    site = world.site(into)
    forged = entry(world, draft(13, member="kestria", claimed_time="2031-05-01T10:00:00Z"), OFFICER)
    return tried(resign(site, [*leaves_of(site), show(site, forged)]), ("entry-refused", entries_path(14), 13))


@ATTACKS.of("backdate")
def an_entry_backdated_to_before_the_revocation_of_its_key(world: World, into: Path) -> Tried:
    """With the revoked key and the log's: the revocation moves, and every later entry names another index for it."""
    site = world.site(into)
    leaves = leaves_of(site)
    forged = show(site, entry(world, draft(13, member="kestria"), OFFICER, keys_at=5))
    path = entries_path(14)
    return tried(
        resign(site, [*leaves[:10], forged, *leaves[10:]]), ("entry-refused", path, 12), ("entry-refused", path, 13)
    )


@ATTACKS.of("backdate")
def a_cosignature_backdated(world: World, into: Path) -> Tried:
    """As if a cosigner had seen the checkpoint a day before."""
    site = world.site(into)
    text = checkpoint.parse((site / CHECKPOINT).read_bytes())[1].text
    true = cosigned_by("archive", text)
    earlier = (SEEN_AT - 86_400).to_bytes(8, "big") + true.signature[8:]
    return _with_line(site, str(note.SignatureLine(true.name, true.key_hash, earlier)), "cosignature")


@ATTACKS.of("forge cosignature")
def a_cosignature_forged_with_another_key(world: World, into: Path) -> Tried:
    """In a cosigner's name, by a key that is not its own."""
    site = world.site(into)
    text = checkpoint.parse((site / CHECKPOINT).read_bytes())[1].text
    return _with_line(site, str(cosigned_by("archive", text, THIEF)), "unknown-signature")


@ATTACKS.of("forge cosignature")
def a_cosignature_forged_under_the_right_key(world: World, into: Path) -> Tried:
    """With the cosigner's name and key hash, and a signature by another."""
    site = world.site(into)
    text = checkpoint.parse((site / CHECKPOINT).read_bytes())[1].text
    right = note.Verifier("archive", key("archive").public, note.COSIGNATURE)
    return _with_line(site, str(cosignature.cosign(text, right, THIEF.sign, SEEN_AT)), "cosignature")


@ATTACKS.of("replay")
def the_cosignatures_of_an_earlier_checkpoint_replayed(world: World, into: Path) -> Tried:
    """Under a checkpoint the cosigners never saw."""
    site = world.site(into)
    lines = (world.base / "earlier.checkpoint").read_text(encoding="utf-8").split("\n\n")[1].split("\n")[1:]
    altered = leaves_of(site)
    return tried(
        resign(site, [*altered[:11], altered[12], altered[11]], lines="\n".join(lines)),
        ("cosignature", CHECKPOINT, None),
    )


def _with_line(site: Path, line: str, code: str) -> Tried:
    whole = (site / CHECKPOINT).read_text(encoding="utf-8")
    return tried(
        resign(site, leaves_of(site), lines=whole.split("\n\n")[1].split("\n", 1)[1] + line), (code, CHECKPOINT, None)
    )


@ATTACKS.of("removed public body")
def a_redaction_that_was_not_allowed(world: World, into: Path) -> Tried:
    """Vorland alone redacts a document of Kestria."""
    site = world.site(into)
    first = leaves_of(site)[1]
    notice = entry(world, Draft("BodyRedacted", "vorland", TIME, refs=(_id(first),)), VORLAND)
    (site / world.body(1)).unlink()
    leaves = [*leaves_of(site), show(site, notice)]
    path = f"{BODIES}/{_commit(leaves[13])}"
    return tried(resign(site, leaves), ("redaction-refused", path, 13), ("body-missing", world.body(1), 1))


@ATTACKS.of("removed public body")
def a_redacted_body_brought_back(world: World, into: Path) -> Tried:
    """A document published again after a notice redacted it."""
    site = world.site(into)
    leaves = leaves_of(site)
    notice = entry(world, Draft("BodyRedacted", "kestria", TIME, refs=(_id(leaves[12]),)), KESTRIA)
    return tried(resign(site, [*leaves, show(site, notice)]), ("body-not-redacted", world.body(12), 12))


@ATTACKS.of("removed public body")
def the_attachment_of_a_redacted_body_kept(world: World, into: Path) -> Tried:
    """The body that named the file is gone, and the file still there."""
    site = world.site(into)
    leaves = leaves_of(site)
    notice = entry(world, Draft("BodyRedacted", "vorland", TIME, refs=(_id(leaves[7]),)), VORLAND)
    (site / world.body(7)).unlink()
    (file,) = (site / "record/attachment").iterdir()
    path = file.relative_to(site).as_posix()
    return tried(resign(site, [*leaves, show(site, notice)]), ("extra-file", path, None))


def _id(leaf: bytes) -> str:
    return parse_leaf(leaf).id


def _commit(leaf: bytes) -> str:
    return str(parse_leaf(leaf).header["body_commit"])
