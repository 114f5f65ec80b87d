"""A record that lies in a database server is audited and compared like one in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from record.records import LOG, ORIGIN, constitute, draft, signed
from tasdiq.cli.root import root
from tasdiq.errors import InputError
from tasdiq.record.audit.path import audit
from tasdiq.record.log import Log
from tasdiq.record.store import Store


def test_a_record_in_either_database(tmp_path: Path, database: str | None) -> None:
    """The verdict is the same by the command, with several processes, and against a checkpoint that was kept."""
    directory, kept = tmp_path / "r", tmp_path / "kept.note"
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None, database=database) as log:
        constitute(log)
        kept.write_bytes(log.checkpoint())
        log.append([signed(log, draft(number)) for number in range(4)])
        log.checkpoint()
    if database:
        with pytest.raises(InputError, match="tasdiq audit"):
            audit(directory)
    verdict = audit(directory, against=[kept], opener=Store.open, processes=2)
    assert verdict.ok, verdict.problems
    assert (verdict.what, verdict.size, verdict.held) == ("record", 5, ["begins with the 1 entries of kept.note"])
    done = CliRunner().invoke(root, ["audit", str(directory), "--against", str(kept)])
    assert (done.exit_code, f"Holds: record of {ORIGIN}" in done.output) == (0, True), done.output
