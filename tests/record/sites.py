"""A small published site for the tests of the audit."""

from __future__ import annotations

from pathlib import Path

from record.records import LOG, ORIGIN, PUBLISHER, TIME, constitute, draft, signed
from tasdiq.record import canonical, manifest
from tasdiq.record.audit.path import audit
from tasdiq.record.audit.trust import write_trust
from tasdiq.record.entry import Draft
from tasdiq.record.keys import SigningKey
from tasdiq.record.log import Log
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader


def write_record(directory: Path, entries: int = 6) -> Path:
    """Write a record with plain, sealed, bulk and redacted entries and an attachment."""
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        log.append([signed(log, draft(number)) for number in range(entries)])
        sheet = log.add_attachment(b"a made-up table")
        bulk = draft(90, kind="TableReceived", rows=tuple(canonical.dumps({"n": n}) for n in range(4)))
        cited = draft(91, body=canonical.dumps({"attachment": sheet}))
        gone = draft(92, body=b'{"name":"somebody"}')
        receipts = log.append([signed(log, made) for made in (bulk, cited, gone, draft(93, access="joint"))])
        rows = canonical.dumps({"redacted_rows": [f"{receipts[0].id}/2"]})
        log.append([signed(log, Draft("BodyRedacted", "analyst", TIME, body=rows, refs=(receipts[2].id,)))])
        log.checkpoint()
    return directory


def write_site(base: Path, publisher: SigningKey = PUBLISHER) -> Path:
    """Publish such a record with a few pages, and write its keys beside it."""
    directory, site = write_record(base / "r"), base / "site"
    (site / "data").mkdir(parents=True)
    (site / "index.html").write_text("<title>made up</title>", encoding="utf-8")
    (site / "data" / "positions.js").write_text("window.positions = [];", encoding="utf-8")
    with Reader.open(directory) as reader:
        sheet = canonical.loads(reader[8].body or b"")["attachment"]
        publish(reader, site, [sheet])
        (base / "keys.txt").write_text(write_trust(reader.chain.keys), encoding="utf-8")
    manifest.write(site, "publisher", publisher)
    return site


def codes(path: Path, trust: Path | None = None) -> set[tuple[str, str]]:
    """Return (code, path) of the problems an audit finds."""
    return {(problem.code, problem.path) for problem in audit(path, trust).problems}
