"""Read a record from disk: its current state, and the rows that stand. Needs no key and takes no lock."""

from __future__ import annotations

from collections.abc import Sequence

from tasdiq import register
from tasdiq.errors import MissingError
from tasdiq.model.state import State
from tasdiq.model.steps import Opening
from tasdiq.record.reader import Reader
from tasdiq.secretariat.founding import Home
from tasdiq.standing import RowReader, Subject


def read_state(home: Home) -> State:
    """Fold the record at `home`; raise `MissingError` if there is none."""
    home.require()
    with Reader.open(home.path) as reader:
        state = register.fold(reader, _rows(reader), _attachments(reader))
        state.origin = reader.origin
        return state


def read_standing(home: Home) -> dict[Subject, list[bytes]]:
    """Return the row bytes of every proposal that stands in the record at `home`."""
    with Reader.open(home.path) as reader:
        return register.standing(reader, _rows(reader))


def read_openings(home: Home, entry_ids: Sequence[str]) -> tuple[Opening, ...]:
    """Return what opens the commitments of these entries; raise `MissingError` if one of their bodies is not here."""
    with Reader.open(home.path) as reader:
        return tuple(_opening(reader, entry_id) for entry_id in entry_ids)


def _opening(reader: Reader, entry_id: str) -> Opening:
    committed = reader.committed(reader.entry(entry_id).index)
    if committed is None:
        raise MissingError(f"the body of {entry_id[:16]}… was redacted or is withheld here: it cannot be opened")
    salt, content = committed
    return Opening(entry=entry_id, salt=salt.hex(), content=content.decode())


def _rows(reader: Reader) -> RowReader:
    def rows(index: int) -> list[bytes | None]:
        return [row.content if row else None for _, row in sorted(reader.rows(index).items())]

    return rows


def _attachments(reader: Reader) -> register.AttachmentReader:
    def attachment(sha256: str) -> bytes | None:
        try:
            return reader.attachment(sha256)
        except MissingError:
            return None

    return attachment
