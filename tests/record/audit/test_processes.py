"""However many processes share an audit, it comes to the same verdict, problem for problem."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, TIME, admit, constitute, draft, key, signed
from tasdiq.record import canonical
from tasdiq.record.audit import crew, stretch
from tasdiq.record.audit.path import audit
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log

ENTRIES = 1100


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of several stretches, with key events, rows and redactions far from each other."""
    directory = tmp_path_factory.mktemp("processes") / "r"
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        bulk = draft(1, rows=tuple(canonical.dumps({"n": n}) for n in range(4)))
        early = log.append([signed(log, made) for made in (bulk, draft(2), draft(3, access="joint"))])
        log.append([signed(log, draft(n)) for n in range(500)])
        second = admit("publisher", "second", key("second"))
        log.append([signed(log, Draft("CharterAmended", "analyst", TIME, keys=[second]))])
        rotated = {"event": "rotate", "old": key("analyst").key_id, "key": canonical.b64url(key("analyst next").public)}
        changed = Draft("KeyRotated", "analyst", TIME, keys=[{**rotated, "next": None}])
        log.append([signed(log, changed, key("analyst"), key("analyst next"))])
        later = key("analyst next")
        log.append([signed(log, draft(n), later) for n in range(500, ENTRIES - 100)])
        rows = canonical.dumps({"redacted_rows": [f"{early[0].id}/2"]})
        log.append([signed(log, Draft("BodyRedacted", "analyst", TIME, body=rows, refs=(early[1].id,)), later)])
        revoked = {"event": "revoke", "key": key("analyst next").key_id, "from": 900}
        log.append([signed(log, draft(n), later) for n in range(80)])
        log.append([signed(log, Draft("KeyRevoked", "analyst", TIME, keys=[revoked]), later)])
        log.checkpoint()
    return directory


def both(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    """Audit in one process and in two, by stretches of one tile; return the verdict, which must be one."""
    monkeypatch.setattr(crew, "WORTH_IT", 0)
    monkeypatch.setattr(stretch, "WIDTH", 256)
    one, two = audit(directory), audit(directory, processes=2)
    assert two.as_json() == one.as_json()
    assert (two.disputed, two.unsigned, two.keys) == (one.disputed, one.unsigned, one.keys)
    return one


def tampered(record: Path, base: Path, *statements: str) -> Path:
    """Return a copy of the record with its file changed behind the triggers' back."""
    directory = Path(shutil.copytree(record, base / "r"))
    with sqlite3.connect(directory / "record.sqlite") as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
    return directory


def test_a_whole_record(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that holds, with withheld, redacted and disputed entries, is counted alike."""
    verdict = both(record, monkeypatch)
    assert verdict.ok, verdict.problems
    assert (verdict.withheld, verdict.redacted, verdict.disputed) == (0, 2, 188)


TAMPERINGS = {
    "marks that lie": ("UPDATE entry SET has_keys = 0 WHERE idx > 0",),
    "marks too many": ("UPDATE entry SET has_keys = 1 WHERE idx % 100 = 0",),
    "leaves": ("UPDATE entry SET leaf = CAST(idx AS BLOB) WHERE idx % 200 = 7",),
    "a key event spoilt": (
        "UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'rotate', 'rotatf') AS BLOB) WHERE idx = 505",
    ),
    "bodies": ("UPDATE body SET content = x'7b7d' WHERE idx % 150 = 3", "DELETE FROM body WHERE idx = 600"),
    "rows": ("UPDATE bulk_row SET content = x'31' WHERE n = 0",),
    "tiles": ("UPDATE tile SET hashes = zeroblob(8192)",),
    "a gap": ("DELETE FROM entry WHERE idx = 300",),
    "the end": ("DELETE FROM entry WHERE idx > 800",),
    "text for bytes": ("CREATE TABLE t AS SELECT 1",),
    "the charter": ("UPDATE entry SET leaf = x'00' WHERE idx = 0",),
    "no checkpoint of late": ("UPDATE checkpoint SET note = x'00'",),
    "a repeated entry": (
        "UPDATE entry SET leaf = (SELECT leaf FROM entry WHERE idx = 10) WHERE idx = 900",
        "UPDATE body SET content = (SELECT content FROM body WHERE idx = 10) WHERE idx = 900",
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_tampered_record(record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tampering: str) -> None:
    """Whatever was done to it, the problems are the same, in the same order, and there are some."""
    verdict = both(tampered(record, tmp_path, *TAMPERINGS[tampering]), monkeypatch)
    assert not verdict.ok
    if tampering == "a repeated entry":
        assert [problem.index for problem in verdict.problems if problem.code == "entry-repeated"] == [900]
