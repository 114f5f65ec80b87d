"""Leaves in their plain form, read in one step: nearly all leaves, at a quarter of the cost.

Plain is a public entry without key events, with one signature, whose texts need no escape. One pattern, made of the
patterns that `shape` checks the same fields with, decides at once that such bytes are canonical JSON of exactly the right
fields. It takes nothing that the long way (`canonical`, `shape`, `entry`) refuses, and makes the same of it; whatever it
does not take goes the long way.
"""

from __future__ import annotations

import re
from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import shape
from tasdiq.record.canonical import unb64url
from tasdiq.record.ed25519 import SIGNATURE_BYTES

LARGEST_HEADER = 4096
_ID = f'"({shape.ID.pattern})"'
_IDS = f'"{shape.ID.pattern}"(?:,"{shape.ID.pattern}"){{0,15}}'
_LEAF = re.compile(
    f'{{"header":({{"access":"public","body_commit":{_ID},(?:"charter":{_ID},)?"claimed_time":"({shape.TIME.pattern})",'
    f'"keys_at":(0|[1-9][0-9]{{0,14}}),"kind":"((?!sealed")(?:{shape.KIND.pattern}))","member":"({shape.NAME.pattern})",'
    r'"nonce":"([0-9a-f]{32})","origin":"([!#-*,-\[\]-~]{1,255})",'
    f'"refs":\\[({_IDS})?\\],"v":1}}),"sigs":\\[{{"key":{_ID},"sig":"([A-Za-z0-9_-]{{86}})"}}\\]}}',
    re.ASCII,
)
Read = tuple[dict[str, Any], bytes, tuple[tuple[str, bytes], ...]]


def read(leaf: bytes) -> Read | None:
    """Return header, canonical header and signature of a leaf in its plain form; None of any other bytes."""
    found = _LEAF.fullmatch(leaf.decode("latin-1"))
    if found is None:
        return None
    signed, commit, charter, time, keys_at, kind, member, nonce, origin, listed, key, sig = found.groups()
    refs = listed[1:-1].split('","') if listed else []
    try:
        shape.moment(time)
        signature = unb64url(sig, SIGNATURE_BYTES)
    except InputError:
        return None
    if len(signed) > LARGEST_HEADER or len(set(refs)) != len(refs):
        return None
    header: dict[str, Any] = {
        "access": "public",
        "body_commit": commit,
        "claimed_time": time,
        "keys_at": int(keys_at),
        "kind": kind,
        "member": member,
        "nonce": nonce,
        "origin": origin,
        "refs": refs,
        "v": 1,
    }
    if charter is not None:
        header["charter"] = charter
    return header, signed.encode(), ((key, signature),)
