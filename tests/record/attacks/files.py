"""Attacks on published files: by whoever can change them on the way, and by whoever also signs the list of files anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from record.attacks.case import Attacks, Tried, tried
from record.forging import (
    BODIES,
    CHECKPOINT,
    SIZE,
    THIEF,
    World,
    edit,
    entries_path,
    hashes_path,
    leaves_of,
    republish,
)
from tasdiq.record import canonical, tiles

ATTACKS = Attacks()
ENTRIES, HASHES = entries_path(SIZE), hashes_path(SIZE)


def flip(file: Path, at: int) -> None:
    """Flip the lowest bit of one byte."""
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


@ATTACKS.of("flip")
def a_bit_of_a_page_flipped(world: World, into: Path) -> Tried:
    """On the way to the reader, by anybody."""
    site = world.site(into)
    flip(site / "index.html", 9)
    return tried(site, ("changed-file", "index.html", None))


@ATTACKS.of("flip")
def a_page_altered_and_the_list_signed_by_a_stranger(world: World, into: Path) -> Tried:
    """The list of files signed anew with a key the record does not name."""
    site = world.site(into)
    flip(site / "index.html", 9)
    return tried(republish(site, THIEF), ("manifest-signature", "manifest.note", None))


@ATTACKS.of("flip")
def a_bit_of_an_entry_flipped_by_the_publisher(world: World, into: Path) -> Tried:
    """In the signature of entry 1; the publisher lists the changed file."""
    site = world.site(into)
    leaves = leaves_of(site)
    at = leaves[1].rindex(b'"sig":"') + 7
    leaves[1] = leaves[1][:at] + (b"B" if leaves[1][at : at + 1] != b"B" else b"C") + leaves[1][at + 1 :]
    (site / ENTRIES).write_bytes(tiles.pack_entries(leaves))
    return tried(
        republish(site),
        ("entry-refused", ENTRIES, 1),
        ("tile-mismatch", HASHES, None),
        ("root-mismatch", CHECKPOINT, None),
    )


@ATTACKS.of("flip")
def a_bit_of_a_body_flipped_by_the_publisher(world: World, into: Path) -> Tried:
    """A word of a published document."""
    site = world.site(into)
    flip(site / world.body(1), -3)
    return tried(republish(site), ("body-changed", world.body(1), 1))


@ATTACKS.of("flip")
def a_bit_of_a_hash_flipped_by_the_publisher(world: World, into: Path) -> Tried:
    """In the tile of leaf hashes, from which others would make proofs."""
    site = world.site(into)
    flip(site / HASHES, 40)
    return tried(republish(site), ("tile-mismatch", HASHES, None))


@ATTACKS.of("flip")
def a_bit_of_an_attachment_flipped_by_the_publisher(world: World, into: Path) -> Tried:
    """In a file that a body names by its hash."""
    site = world.site(into)
    (sheet,) = (site / "record/attachment").iterdir()
    flip(sheet, 0)
    return tried(republish(site), ("attachment-changed", f"record/attachment/{sheet.name}", None))


@ATTACKS.of("flip")
def a_digit_of_the_checkpoint_flipped_by_the_publisher(world: World, into: Path) -> Tried:
    """In the root: neither log nor cosigners signed that."""
    site = world.site(into)
    lines = (site / CHECKPOINT).read_text(encoding="utf-8").split("\n")
    lines[2] = ("B" if lines[2][0] != "B" else "C") + lines[2][1:]
    (site / CHECKPOINT).write_text("\n".join(lines), encoding="utf-8")
    return tried(
        republish(site),
        ("root-mismatch", CHECKPOINT, None),
        ("checkpoint-signature", CHECKPOINT, None),
        ("cosignature", CHECKPOINT, None),
    )


@ATTACKS.of("flip")
def a_digit_of_a_leaf_in_a_bundle_flipped(world: World, into: Path) -> Tried:
    """The proof of the altered entry leads nowhere."""

    def change(value: dict[str, Any]) -> None:
        leaf = value["entries"][0]["leaf"]
        value["entries"][0]["leaf"] = leaf.replace("DocumentReceived", "DocumentDeceived")

    path = edit(world.base / "bundle.json", change, into)
    return tried(path, ("proof-invalid", "bundle.json", 1))


@ATTACKS.of("drop")
def a_page_dropped(world: World, into: Path) -> Tried:
    """On the way to the reader."""
    site = world.site(into)
    (site / "index.html").unlink()
    return tried(site, ("missing-file", "index.html", None))


@ATTACKS.of("insert")
def a_page_added(world: World, into: Path) -> Tried:
    """On the way to the reader: a page the publisher never published."""
    site = world.site(into)
    (site / "appeal.html").write_text("<title>made up</title>", encoding="utf-8")
    return tried(site, ("extra-file", "appeal.html", None))


@ATTACKS.of("insert")
def a_body_of_no_entry_added_by_the_publisher(world: World, into: Path) -> Tried:
    """A file in the record's folder that no entry vouches for."""
    site = world.site(into)
    path = f"{BODIES}/{'ab' * 32}"
    (site / path).write_bytes(b"a body of no entry")
    return tried(republish(site), ("extra-file", path, None))


@ATTACKS.of("insert")
def a_field_added_to_a_bundle(world: World, into: Path) -> Tried:
    """Words that would ride along unproved."""
    path = edit(world.base / "bundle.json", lambda value: value.update(comment="trust me"), into)
    return tried(path, ("bundle-malformed", "bundle.json", None))


@ATTACKS.of("reorder")
def entries_of_a_bundle_reordered(world: World, into: Path) -> Tried:
    """Another order than the record's."""
    path = edit(world.base / "bundle.json", lambda value: value["entries"].reverse(), into)
    return tried(path, ("bundle-malformed", "bundle.json", None))


@ATTACKS.of("truncate")
def the_file_of_entries_cut_by_the_publisher(world: World, into: Path) -> Tried:
    """In the middle of the last entry."""
    site = world.site(into)
    (site / ENTRIES).write_bytes((site / ENTRIES).read_bytes()[:-10])
    # Without its entries the record vouches for nothing that lies in it.
    left = [path for path in (site / "record").rglob("*") if path.is_file()]
    names = {path.relative_to(site).as_posix() for path in left} - {CHECKPOINT, ENTRIES}
    return tried(
        republish(site),
        ("tile-malformed", ENTRIES, 0),
        ("root-mismatch", CHECKPOINT, None),
        ("checkpoint-signature", CHECKPOINT, None),
        ("unknown-signature", CHECKPOINT, None),
        ("manifest-signature", "manifest.note", None),
        *(("extra-file", name, None) for name in names),
    )


@ATTACKS.of("truncate")
def a_bundle_cut(world: World, into: Path) -> Tried:
    """In the middle."""
    path = into / "bundle.json"
    path.write_bytes((world.base / "bundle.json").read_bytes()[:-100])
    return tried(path, ("bundle-malformed", "bundle.json", None))


@ATTACKS.of("swap bodies")
def two_bodies_swapped_by_the_publisher(world: World, into: Path) -> Tried:
    """Each party's document under the other's entry."""
    site = world.site(into)
    one, two = site / world.body(1), site / world.body(2)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return tried(republish(site), ("body-changed", world.body(1), 1), ("body-changed", world.body(2), 2))


@ATTACKS.of("swap bodies")
def two_rows_swapped_by_the_publisher(world: World, into: Path) -> Tried:
    """Within one table."""
    site = world.site(into)
    path = site / "record/rows" / world.commit(3)
    rows = json.loads(path.read_bytes())
    path.write_bytes(canonical.dumps([rows[2], rows[1], rows[0]]))
    return tried(republish(site), ("row-changed", world.body(3), 3))


@ATTACKS.of("swap bodies")
def two_bodies_of_a_bundle_swapped(world: World, into: Path) -> Tried:
    """Each party's document under the other's entry."""

    def change(value: dict[str, Any]) -> None:
        one, two = value["entries"][:2]
        one["body"], two["body"] = two["body"], one["body"]

    path = edit(world.base / "bundle.json", change, into)
    return tried(path, ("body-changed", "bundle.json", 1), ("body-changed", "bundle.json", 2))


@ATTACKS.of("swap bodies")
def a_disclosure_swapped_in_a_bundle(world: World, into: Path) -> Tried:
    """Another name in the place of the sealed witness, with the salt of the true one."""

    def change(value: dict[str, Any]) -> None:
        (text,) = value["entries"][1]["disclosures"]
        salt, _ = canonical.loads(canonical.unb64url(text, len(text) * 3 // 4))
        value["entries"][1]["disclosures"] = [canonical.b64url(canonical.dumps([salt, "C. Slandered"]))]

    path = edit(world.base / "disclosing.json", change, into)
    return tried(path, ("proof-invalid", "bundle.json", 11), ("body-missing", "bundle.json", 11))


@ATTACKS.of("flip")
def a_sealed_body_altered_in_a_bundle(world: World, into: Path) -> Tried:
    """In a body that is shown because a field of it is disclosed."""

    def change(value: dict[str, Any]) -> None:
        shown = value["entries"][0]["body"]
        shown["content"] = shown["content"].replace("Brenk", "Krenb")

    return tried(edit(world.base / "disclosing.json", change, into), ("body-changed", "bundle.json", 4))


@ATTACKS.of("removed public body")
def a_public_body_removed_by_the_publisher(world: World, into: Path) -> Tried:
    """Without a notice that redacts it."""
    site = world.site(into)
    (site / world.body(2)).unlink()
    return tried(republish(site), ("body-missing", world.body(2), 2))


@ATTACKS.of("removed public body")
def a_public_row_removed_by_the_publisher(world: World, into: Path) -> Tried:
    """As if it had been redacted."""
    site = world.site(into)
    path = site / "record/rows" / world.commit(3)
    path.write_bytes(canonical.dumps([None, *json.loads(path.read_bytes())[1:]]))
    return tried(republish(site), ("row-missing", world.body(3), 3))


@ATTACKS.of("removed public body")
def rows_put_beside_a_redacted_body(world: World, into: Path) -> Tried:
    """Nothing is left that could vouch for them."""
    site, path = world.site(into), f"record/rows/{world.commit(8)}"
    (site / path).write_bytes(canonical.dumps([{"row": '{"n":0}', "salt": "00" * 32}]))
    return tried(republish(site), ("extra-file", path, None))


@ATTACKS.of("removed public body")
def a_public_body_left_out_of_a_bundle(world: World, into: Path) -> Tried:
    """As if it were withheld."""
    path = edit(world.base / "bundle.json", lambda value: value["entries"][0].update(body=None), into)
    return tried(path, ("body-missing", "bundle.json", 1))


@ATTACKS.of("removed public body")
def the_notice_of_a_redaction_left_out_of_a_bundle(world: World, into: Path) -> Tried:
    """The redacted entry would look like one whose body was removed."""
    path = edit(world.base / "bundle.json", lambda value: value["entries"].pop(-2), into)
    return tried(path, ("body-missing", "bundle.json", 8))
