"""Two histories of one log, at several sizes, as a host that cheats would have them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, PUBLISHER, constitute, draft, signed
from tasdiq.record import bundle, manifest
from tasdiq.record.audit.trust import write_trust
from tasdiq.record.log import Log
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader

SIZES = (3, 4, 7, 300)


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two histories of one log, `true` and `fork`, alike up to 4 entries: at each size a note, site, bundle and record."""
    base = tmp_path_factory.mktemp("against")
    with Log.create(base / "true", log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        grow(base, "true", log, 3)
        grow(base, "true", log, 4)
        shutil.copytree(base / "true", base / "fork", ignore=shutil.ignore_patterns("*.lock"))
        for size in SIZES[2:]:
            grow(base, "true", log, size)
    with Log.open(base / "fork", log_key=LOG, newest=None) as log:
        for size in SIZES[2:]:
            grow(base, "fork", log, size, 1000)
    with Reader.open(base / "true") as reader:
        (base / "keys.txt").write_text(write_trust(reader.chain.keys), encoding="utf-8")
    return base


def grow(base: Path, name: str, log: Log, size: int, word: int = 0) -> None:
    """Let a history grow to `size` entries and keep all that a reader can have of it then."""
    receipts = log.append([signed(log, draft(word + at)) for at in range(log.size, size)])
    (base / f"{name}-{size}.receipt").write_bytes(receipts[-1].note)
    log._signed_at = 0.0
    (base / f"{name}-{size}.note").write_bytes(log.checkpoint())
    site = base / f"{name}-{size}"
    site.mkdir()
    with Reader.open(base / name) as reader:
        publish(reader, site)
        (base / f"{name}-{size}.json").write_bytes(bundle.make_bundle(reader, [reader[size - 1].id]))
    (site / "index.html").write_text("made up", encoding="utf-8")
    manifest.write(site, "publisher", PUBLISHER)
