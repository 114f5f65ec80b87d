"""A receipt held against what is here: did the log keep its promise?

Every failure is `receipt-broken`, at the index it is about:

1. Under a checkpoint that covers the index, the entry there is the one promised.
2. After the deadline the index is covered. The time is the latest that a cosigner put on the checkpoint, or the reader's
   clock if that is later: an older copy that lacks the entry fails too, and the message says so.

`unknown-keys`: no key of this record's log signed it. `other-log`: it is another log's. `not-comparable`: a bundle does
not show the entry.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tasdiq.errors import InputError, MissingError
from tasdiq.record import entry, receipt
from tasdiq.record.audit.against import log_verifiers
from tasdiq.record.audit.copy import Copy
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.receipt import Promise


def read_receipt(path: Path) -> Promise:
    """Read a receipt file; MissingError or InputError naming it."""
    try:
        if path.stat().st_size > receipt.LARGEST:
            raise InputError(f"expected a receipt of at most {receipt.LARGEST} bytes")
        return receipt.parse(path.read_bytes())
    except FileNotFoundError as error:
        raise MissingError(f"{path}: no receipt here") from error
    except OSError as error:
        raise InputError(f"expected a receipt: {error.strerror}", file=path) from error
    except InputError as error:
        raise InputError(error.message, file=path) from error


def hold_receipt(verdict: Verdict, where: str, here: Copy, promise: Promise, name: str, now: float) -> None:
    """Add to `verdict` what the receipt `name` shows to be broken at `now` (seconds since 1970)."""
    if promise.origin != here.found.origin:
        verdict.add("other-log", where, f"{name} is a receipt of the log {promise.origin}")
        return
    with verdict.noting("unknown-keys", where):
        if not [key for key in log_verifiers(verdict.keys, promise.origin) if promise.parsed.signed_by(key)]:
            raise InputError(f"no key of the log of this record signed the receipt {name}")
        covered = {index for index, _ in promise.entries if index < here.found.size}
        shown = here.shown(covered)
        for index, entry_id in promise.entries:
            if index not in covered:
                _due(verdict, where, promise, index, name, now)
            elif index not in shown:
                verdict.add("not-comparable", where, f"the entry promised in {name} is not shown here", index)
            elif _id(shown[index]) != entry_id:
                verdict.add(
                    "receipt-broken", where, f"{name} promised {entry_id[:16]}… here; another stands here", index
                )
        if not [problem for problem in verdict.problems if problem.code in ("receipt-broken", "not-comparable")]:
            verdict.held.append(f"the receipt {name} is kept for {len(covered)} of {len(promise.entries)} entries")


def _due(verdict: Verdict, where: str, promise: Promise, index: int, name: str, now: float) -> None:
    deadline = datetime.fromisoformat(promise.deadline).timestamp()
    cosigned = max((seconds for _, seconds in verdict.cosigned), default=0)
    if max(now, cosigned) <= deadline:
        verdict.held.append(f"entry {index} of {name} is due under a checkpoint by {promise.deadline}")
        return
    asked = f"{name} promised it under a checkpoint by {promise.deadline}"
    seen = datetime.fromtimestamp(cosigned, UTC) if cosigned > deadline else None
    why = f"cosigners saw this one at {seen:%Y-%m-%dT%H:%M:%SZ}" if seen else "if this is an old copy, get today's"
    verdict.add("receipt-broken", where, f"{asked}; it is not under this one: {why}", index)


def _id(leaf: bytes) -> str:
    try:
        return entry.parse_leaf(leaf).id
    except InputError:
        return ""
