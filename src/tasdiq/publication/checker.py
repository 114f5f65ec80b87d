"""The audit page: which scripts it loads, and in which order.

The scripts lie in `web/static/audit`, one subject each, and mirror the modules of `tasdiq.record` and `tasdiq.record.audit` by
name, so that a reader can lay them side by side. They are classic scripts: modules and `fetch` fail on pages opened from a disk.
"""

from __future__ import annotations

FORMATS = ("errors", "bytes", "canonical", "shape", "ed25519", "merkle", "tiles", "note", "checkpoint", "cosignature")
ENTRIES = ("body", "rows", "openings", "redaction", "entry", "encryption", "key-state", "key-events", "keys", "chain")
CHECKS = ("verdict", "folder", "manifest", "recount", "bodies", "disclosure", "site", "bundle", "trust")
KEPT = ("copy", "against", "receipts", "split-view", "path")
PAGE = ("words", "report", "page")
SCRIPTS = tuple(f"{name}.js" for name in (*FORMATS, *ENTRIES, *CHECKS, *KEPT, *PAGE))
STYLE = "audit.css"
