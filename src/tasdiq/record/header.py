"""Headers: what of an entry is hashed and signed, and the form it must have.

Decides (DESIGN, section 4):

1. H has exactly the fields `v, kind, member, claimed_time, access, refs, body_commit, nonce, origin, keys_at`, with `charter`
   in every entry but the first, and `keys` in key events. Its texts are of narrow alphabets.
2. Unless public, H says kind `sealed`, no refs and the time to the day; the rest stands in the sealed body.

What a header's key events say is left to `keys`, its size and its place in the leaf to `entry`.
"""

from __future__ import annotations

from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import body, canonical, shape
from tasdiq.record.checkpoint import require_origin

VERSION = 1
NONCE_BYTES = 16
SEALED_KIND = "sealed"
ACCESS = ("public", "joint", "named")

_HEADER = {
    "access": str,
    "body_commit": str,
    "claimed_time": str,
    "keys_at": int,
    "kind": str,
    "member": str,
    "nonce": str,
    "origin": str,
    "refs": list,
    "v": int,
}
_OPTIONAL = {"charter": str, "keys": list}


def read_header(value: Any) -> dict[str, Any]:
    """Check the fields of a header (rules 1 and 2); what its key events say is left to `keys`."""
    header = shape.fields(value, _HEADER, _OPTIONAL, where="the header")
    if header["v"] != VERSION:
        raise InputError(f"expected version {VERSION} of the entry format, found {header['v']}", field="v")
    if header["access"] not in ACCESS:
        raise InputError(f"expected access public, joint or named, found {header['access'][:30]!r}", field="access")
    _read_vocabulary(header)
    canonical.hex_bytes(header["body_commit"], 32, "body_commit")
    canonical.hex_bytes(header["nonce"], NONCE_BYTES, "nonce")
    body.read_refs(header["refs"])
    if header["keys_at"] < 0:
        raise InputError("expected an index as keys_at", field="keys_at")
    _check_sealing(header)
    return header


def _read_vocabulary(header: dict[str, Any]) -> None:
    shape.kind(header["kind"])
    shape.name(header["member"], "member")
    shape.moment(header["claimed_time"])
    require_origin(header["origin"])
    if "charter" in header:
        shape.entry_id(header["charter"], "charter")
    if header.get("keys") == []:
        raise InputError("expected at least one key event, found an empty list", field="keys")


def _check_sealing(header: dict[str, Any]) -> None:
    public = header["access"] == "public"
    if public == (header["kind"] == SEALED_KIND):
        raise InputError(f"expected kind '{SEALED_KIND}' exactly where an entry is not public", field="kind")
    if public:
        return
    if header["refs"] or "keys" in header or not header["claimed_time"].endswith("T00:00:00Z"):
        raise InputError("expected no refs, no keys and the time to the day in the header of a sealed entry")
