"""The file in which a signed entry travels from its author to the host.

Decides the canonical JSON of

    {"type": "tasdiq/submission/v1", "leaf": text, "body": {"salt": hex, "content": text} | null,
     "rows": [{"row", "salt"}, …], "disclosures": [text, …], "envelope": base64 | null}

1. The file is canonical JSON of at most 64 MiB with exactly these fields, and the leaf has its one right form.
2. An entry for named recipients has an envelope and nothing else beside its leaf; every other has a body and no envelope.

Whether the entry fits the record, and its content the commitment, is left to `admission`.
"""

from __future__ import annotations

from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import body, canonical, rows, shape
from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.record.secrecy import envelope
from tasdiq.record.secrecy.disclosure import MOST_DISCLOSURES

TYPE = "tasdiq/submission/v1"
LARGEST = 64 * 2**20
_FIELDS = {"type": str, "leaf": str, "body": object, "rows": list, "disclosures": list, "envelope": object}


def to_bytes(submission: Submission) -> bytes:
    """Write a submission; InputError if parts of it were withheld or redacted, for a host takes it whole or not at all."""
    if None in submission.rows or None in submission.disclosures:
        raise InputError("expected every row and disclosure of an entry that is submitted")
    shown = {"salt": submission.salt.hex(), "content": submission.plaintext.decode()} if submission.salt else None
    data = canonical.dumps(
        {
            "type": TYPE,
            "leaf": submission.leaf.decode(),
            "body": shown,
            "rows": [rows.as_json(row) for row in submission.rows],
            "disclosures": list(submission.disclosures),
            "envelope": canonical.b64(submission.envelope) if submission.envelope else None,
        }
    )
    from_bytes(data)
    return data


def from_bytes(data: bytes) -> Submission:
    """Read a submission; InputError unless it is exactly what `to_bytes` writes."""
    if len(data) > LARGEST:
        raise InputError(f"expected a submission of at most {LARGEST} bytes, found {len(data)}: use attachments")
    value = shape.fields(canonical.loads(data), _FIELDS, where="the submission")
    if value["type"] != TYPE:
        raise InputError(f"expected a submission of type {TYPE}, found {value['type'][:40]!r}")
    leaf = value["leaf"].encode()
    if (parse_leaf(leaf).header["access"] == "named") != (value["body"] is None):
        raise InputError("expected a body on every entry but those for named recipients", field="body")
    salt, content = (b"", b"") if value["body"] is None else _body(value["body"])
    return Submission(
        leaf=leaf,
        salt=salt,
        plaintext=content,
        rows=tuple(map(rows.from_json, value["rows"])),
        disclosures=tuple(shape.texts(value["disclosures"], where="disclosures", most=MOST_DISCLOSURES)),
        envelope=_envelope(value),
    )


def _body(value: Any) -> tuple[bytes, bytes]:
    shown = shape.fields(value, {"salt": str, "content": str}, where="a body")
    return canonical.hex_bytes(shown["salt"], body.SALT_BYTES, "a salt"), shown["content"].encode()


def _envelope(value: dict[str, Any]) -> bytes:
    if value["body"] is not None:
        if value["envelope"] is not None:
            raise InputError("expected an envelope on entries for named recipients alone", field="envelope")
        return b""
    if value["rows"] or value["disclosures"] or not isinstance(value["envelope"], str):
        raise InputError("what is for named recipients comes in their envelope alone", field="envelope")
    data = canonical.unb64(value["envelope"], "an envelope")
    envelope.require_form(data)
    return data
