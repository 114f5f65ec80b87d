"""Parcels written, mirrors made and copies grown, for the tests of mirrors."""

from __future__ import annotations

from pathlib import Path

from record.records import ORIGIN, key, opened, signed
from tasdiq.record.entry import Draft, Submission, sign_entry
from tasdiq.record.growth import Growth
from tasdiq.record.log import Log
from tasdiq.record.mirrors import mirror
from tasdiq.record.mirrors.mirror import Taken, take
from tasdiq.record.mirrors.packing import pack
from tasdiq.record.reader import Reader


def packed(record: Path, out: Path, **options: object) -> Path:
    """Write a parcel of a record."""
    with Reader.open(record) as reader:
        pack(reader, out, **options)  # type: ignore[arg-type]
    return out


def mirrored(record: Path, place: Path, **options: object) -> Path:
    """Make a mirror of a record through a parcel."""
    mirror.create(place, packed(record, place.with_suffix(".tar"), **options)).close()
    return place


def taken(copy: Path, path: Path) -> Taken:
    """Take a parcel into a copy."""
    growth = Growth.open(copy)
    try:
        return take(growth, path)
    finally:
        growth.close()


def grown(record: Path, *drafts: Draft) -> Path:
    """Append to a record and sign a checkpoint."""
    with opened(record) as log:
        log.append([signed(log, made) for made in drafts])
        log.checkpoint()
    return record


def content(record: Path) -> list[object]:
    """Return all that a record shows of itself."""
    with Reader.open(record) as reader:
        return [
            [(stored, reader.committed(stored.index), reader.rows(stored.index)) for stored in reader],
            reader.checkpoint(),
            sorted((name, reader.attachment(name)) for name in reader.attachments()),
        ]


def tampered(path: Path, old: bytes, new: bytes) -> Path:
    """Return a parcel with some bytes replaced by as many others."""
    data = path.read_bytes()
    assert len(old) == len(new) and old in data
    made = path.with_suffix(".tampered")
    made.write_bytes(data.replace(old, new))
    return made


def without(path: Path, name: str) -> Path:
    """Return a parcel without one of its members."""
    data = path.read_bytes()
    at = data.index(name.encode() + b"\0")
    size = int(data[at + 124 : at + 135], 8)
    made = path.with_suffix(".less")
    made.write_bytes(data[:at] + data[at + 512 + -(-size // 512) * 512 :])
    return made


def sign(log: Log, made: Draft) -> Submission:
    """Sign a draft with the record's keys at hand, to which named entries are encrypted."""
    keys = log.chain.keys
    return sign_entry(made, signer=key(made.member), origin=ORIGIN, charter=log.charter, keys_at=log.keys_at, keys=keys)
