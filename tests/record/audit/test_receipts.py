"""A receipt, held against what is here, shows whether the log kept its word."""

from __future__ import annotations

from pathlib import Path

import pytest

from record.audit.kept import LOG_KEY, promised
from record.records import LOG, ORIGIN, key
from tasdiq.errors import InputError, MissingError
from tasdiq.record import note, receipt
from tasdiq.record.audit.path import audit


def test_a_kept_receipt_holds(histories: Path) -> None:
    """An entry that stands where it was promised is no problem, at any later size."""
    for here in ("true-4", "true-300", "true"):
        assert promised(histories / here, histories / "true-4.receipt") == []
    assert (
        "the receipt true-4.receipt is kept for 1 of 1 entries"
        in audit(histories / "true-4", receipts=[histories / "true-4.receipt"]).as_text()
    )
    assert promised(histories / "true-7.json", histories / "true-4.receipt") == [("not-comparable", 3)]


def test_a_broken_receipt_names_the_index(histories: Path) -> None:
    """Another entry at the place, or none after the deadline; before it, it is merely due."""
    assert promised(histories / "fork-7", histories / "true-7.receipt") == [("receipt-broken", at) for at in (4, 5, 6)]
    assert promised(histories / "true-4", histories / "true-7.receipt") == [("receipt-broken", at) for at in (4, 5, 6)]
    assert promised(histories / "true-4", histories / "true-7.receipt", now=0) == []
    assert (
        "is due under a checkpoint by"
        in audit(histories / "true-4", receipts=[histories / "true-7.receipt"], now=0).as_text()
    )


def test_receipts_of_others(histories: Path, tmp_path: Path) -> None:
    """A receipt of another log, by another key, or in another form."""
    line = [(3, "ab" * 32)]
    for origin, signer, code in (("another.example", LOG, "other-log"), (ORIGIN, key("x"), "unknown-keys")):
        made = receipt.text(origin, "2031-05-04T10:00:00Z", line)
        (tmp_path / "r").write_bytes(note.sign(made, note.Verifier(origin, signer.public), signer.sign))
        assert promised(histories / "true-7", tmp_path / "r") == [(code, None)]
    for wrong in (
        receipt.text(ORIGIN, "2031-05-04T10:00:00Z", []),
        receipt.text(ORIGIN, "tomorrow", line),
        receipt.text(ORIGIN, "2031-05-04T10:00:00Z", [*line, *line]),
        receipt.text(ORIGIN, "2031-05-04T10:00:00Z", [(3, "AB" * 32)]),
        "tasdiq receipt v2\n" + receipt.text(ORIGIN, "2031-05-04T10:00:00Z", line),
    ):
        (tmp_path / "r").write_bytes(note.sign(wrong, LOG_KEY, LOG.sign))
        with pytest.raises(InputError):
            audit(histories / "true-7", receipts=[tmp_path / "r"])
    with pytest.raises(MissingError):
        audit(histories / "true-7", receipts=[tmp_path / "nowhere"])
