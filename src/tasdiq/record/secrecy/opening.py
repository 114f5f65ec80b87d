"""What a recipient does with an entry for named recipients: open its envelope and read it like any other.

The envelope is checked against the commitment in the header, which was signed and is in the tree: what opens is what its
author bound itself to, before every recipient alike.
"""

from __future__ import annotations

from dataclasses import replace

from tasdiq.errors import InputError, MissingError
from tasdiq.record import body
from tasdiq.record.reader import Reader, Stored
from tasdiq.record.secrecy import envelope
from tasdiq.record.secrecy.encryption import EncryptionKey


def open_named(reader: Reader, stored: Stored, key: EncryptionKey) -> Stored:
    """Return an entry for named recipients with its content.

    Raise RoleError if it is not addressed to `key`, MissingError if its envelope is not here, InputError if it is no such
    entry or what opens is not what it commits to.
    """
    if stored.access != "named":
        raise InputError(f"expected an entry for named recipients, found a {stored.access} one: read it as it is")
    data = reader.envelope(stored.index)
    if data is None:
        raise MissingError(f"the envelope of entry {stored.index} is not here: it was redacted, or never came")
    _, plaintext = envelope.open_with(key, bytes.fromhex(stored.header["body_commit"]), data)
    shown = body.unseal(plaintext)
    return replace(
        stored,
        status="present",
        body=shown.body,
        kind=shown.kind,
        refs=shown.refs,
        claimed_time=shown.claimed_time,
        officer=shown.officer,
    )
