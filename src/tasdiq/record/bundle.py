"""Bundles: one file with chosen entries that anyone can check offline.

A bundle is the canonical JSON of

    {"type": "tasdiq/bundle/v1", "checkpoint": note,
     "keys":    [{"index", "leaf", "proof"}],                      every key event, from entry 0 on
     "entries": [{"index", "leaf", "proof", "body", "rows", "disclosures"}],      the chosen ones, in order
     "card":    …}                                                 optional, for readers

`leaf` is a leaf's text, `proof` its inclusion proof against the checkpoint (base64); `body` is null or
`{"salt", "content"}`; `rows` are `{"n", "salt", "row", "proof"}`, proved against the root in the body;
`disclosures` show sealed fields of the body (`disclosure`), a field that stands only where there is one.

1. The card is the content of one of the bodies or rows in the bundle, so that nothing unproved can ride along.
2. A notice that redacted one of the chosen entries comes along.
3. Bodies are those of public entries, and of those in which something is disclosed: to prove a sealed field of an entry
   that is not public, all of its body but the other sealed fields is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tasdiq.errors import InputError, MissingError
from tasdiq.record import body, canonical, checkpoint, rows
from tasdiq.record.audit.bundle import TYPE
from tasdiq.record.reader import Reader, Stored
from tasdiq.record.secrecy import disclosure


def make_bundle(
    reader: Reader,
    entry_ids: Iterable[str],
    *,
    row_ids: Iterable[str] = (),
    card: bytes | None = None,
    disclosed: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """Write the bundle of these entries and rows (an id `<entry id>/<n>` brings its entry along).

    `disclosed` gives JSON pointers to the sealed fields that are shown, by entry id.
    """
    note = reader.checkpoint()
    if note is None:
        raise MissingError("this record has no checkpoint yet: sign one, then bundle")
    signed, _ = checkpoint.parse(note)
    wanted, disclosed = _wanted_rows(row_ids), disclosed or {}
    chosen = _chosen(reader, [*entry_ids, *wanted, *disclosed], signed.size)
    value: dict[str, Any] = {
        "type": TYPE,
        "checkpoint": note.decode(),
        "keys": [_proved(reader, index, signed.size) for index in reader.key_indices() if index < signed.size],
        "entries": [_entry(reader, stored, wanted.get(stored.id, []), signed.size) for stored in chosen],
    }
    for stored, entry in zip(chosen, value["entries"], strict=True):
        if stored.id in disclosed:
            entry |= _disclosed(reader, stored, disclosed[stored.id])
    if card is not None:
        value["card"] = canonical.loads(card)
        if card not in _words(value["entries"]):
            raise InputError(
                "expected the card to be the body of one of the entries, or one of the rows, in the bundle"
            )
    return canonical.dumps(value)


def _words(entries: list[dict[str, Any]]) -> set[bytes]:
    sources = {entry["body"]["content"].encode() for entry in entries if entry["body"]}
    return sources | {row["row"].encode() for entry in entries for row in entry["rows"]}


def _wanted_rows(row_ids: Iterable[str]) -> dict[str, list[int]]:
    wanted: dict[str, list[int]] = {}
    for row_id in row_ids:
        entry_id, _, number = row_id.partition("/")
        wanted.setdefault(entry_id, []).append(canonical.decimal(number, "a row's number"))
    return wanted


def _chosen(reader: Reader, entry_ids: Sequence[str], size: int) -> list[Stored]:
    chosen = {stored.index: stored for stored in map(reader.entry, entry_ids)}
    for notice in {index for stored in chosen.values() for index in reader.notices_on(stored.index)}:
        chosen[notice] = reader[notice]
    if late := [index for index in chosen if index >= size]:
        raise MissingError(f"the entries {late} are not under the checkpoint over {size} yet: sign a new one")
    return [chosen[index] for index in sorted(chosen)]


def _proved(reader: Reader, index: int, size: int) -> dict[str, Any]:
    proof = [canonical.b64(item) for item in reader.inclusion_proof(index, size)]
    return {"index": index, "leaf": reader.leaf(index).decode(), "proof": proof}


def _entry(reader: Reader, stored: Stored, numbers: list[int], size: int) -> dict[str, Any]:
    committed = reader.committed(stored.index) if stored.access == "public" else None
    return {
        **_proved(reader, stored.index, size),
        "body": _body(committed) if committed else None,
        "rows": _rows(reader, stored, numbers) if committed else [],
    }


def _rows(reader: Reader, stored: Stored, numbers: list[int]) -> list[dict[str, Any]]:
    found, written = reader.rows(stored.index), []
    commits = rows.commits_in(canonical.loads(stored.body)) if numbers and stored.body else []
    for number in sorted(set(numbers)):
        row = rows.as_json(found.get(number))
        if row is None:
            raise MissingError(f"the row {number} of {stored.id[:16]}… is not here, or was redacted")
        proof = [canonical.b64(item) for item in rows.proof(commits, number)]
        written.append({**row, "n": number, "proof": proof})
    return written


def _body(committed: tuple[bytes, bytes]) -> dict[str, str]:
    return {"salt": committed[0].hex(), "content": committed[1].decode()}


def _disclosed(reader: Reader, stored: Stored, pointers: Sequence[str]) -> dict[str, Any]:
    committed = reader.committed(stored.index)
    if committed is None:
        raise MissingError(f"the body of {stored.id[:16]}… cannot be shown, so nothing in it can be disclosed")
    held = [text for text in reader.disclosures(stored.index) if text is not None]
    if not held:
        raise MissingError(f"no disclosure of {stored.id[:16]}… is here: its author kept them, or they were redacted")
    return {
        "body": _body(committed),
        "disclosures": disclosure.select(body.inner(stored.access, committed[1]), held, pointers),
    }
