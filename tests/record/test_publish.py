"""What is published is what any reader of tiles expects, and nothing old."""

from __future__ import annotations

from pathlib import Path

from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader

from record.records import LOG, ORIGIN, PUBLISHER, constitute, draft, signed
from record.sites import write_site
from tasdiq.record import manifest
from tasdiq.record.audit.path import audit
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
