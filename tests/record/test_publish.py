"""What is published is what any reader of tiles expects, and nothing old."""

from __future__ import annotations

from pathlib import Path

from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader

from record.records import LOG, ORIGIN, PUBLISHER, TIME, constitute, draft, joint_log, key, signed
from record.sites import write_site
from tasdiq.record import canonical, cosignature, manifest, note
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft
from tasdiq.record.keys import public_text
from tasdiq.record.log import Log
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader


def test_another_implementation_reads_the_published_tiles(tmp_path: Path) -> None:
    """tlog-scales recomputes the same root, entries and proofs over two levels of tiles."""
    directory, site = tmp_path / "r", tmp_path / "site"
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        log.append([signed(log, draft(number)) for number in range(599)])
        log.checkpoint()
    with Reader.open(directory) as reader:
        found = publish(reader, site)
        other = TilesReader(LocalBackend(site / "record"))
        assert other.get_checkpoint().size == 600
        assert other.calculate_root_hash() == found.root
        for index in (0, 255, 256, 511, 512, 599):
            assert other.get_entry(index) == reader.leaf(index)
            assert other.get_inclusion_proof(index, 600).node_hashes == reader.inclusion_proof(index, 600)
        assert other.get_consistency_proof(300, 600).node_hashes == reader.consistency_proof(300, 600)


def test_publishing_again_leaves_nothing_old(tmp_path: Path) -> None:
    """A second publication replaces partial tiles and drops bodies that were redacted since."""
    site = write_site(tmp_path)
    with Log.open(tmp_path / "r", log_key=LOG, newest=None) as log:
        log.append([signed(log, draft(50))])
        log.checkpoint()
    with Reader.open(tmp_path / "r") as reader:
        publish(reader, site)
    manifest.write(site, "publisher", PUBLISHER)
    assert audit(site).ok
    assert not (site / "record/tile/entries/000.p/12").exists()


def test_rule_3_a_site_shows_no_sealed_field_and_every_cosignature(tmp_path: Path) -> None:
    """The body goes with its digests alone; the checkpoint with the lines that were collected for it."""
    cosigner = note.Verifier("ord", key("cosigner").public, note.COSIGNATURE)
    events = [{"event": "cosigners", "keys": [{"name": "ord", "key": public_text(key("cosigner"))}]}]
    with joint_log(tmp_path / "r") as log:
        log.append([signed(log, Draft("CosignersSet", "kestria", TIME, keys=events), key("kestria"), key("vorland"))])
        told = canonical.dumps({"witness": "a hidden name", "place": "a crossing"})
        log.append([signed(log, draft(1, member="kestria", body=told, concealed=("/witness",)))])
        line = cosignature.cosign(note.parse(log.checkpoint()).text, cosigner, key("cosigner").sign, 2_000_000_000)
        log.add_cosignature(line)
    with Reader.open(tmp_path / "r") as reader:
        publish(reader, tmp_path / "site")
    files = [path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert any(b"a crossing" in data for data in files)
    assert not any(b"hidden" in data for data in files)
    assert str(line).encode() in (tmp_path / "site/record/checkpoint").read_bytes()
