"""Read a record from disk: its current state, and the rows that stand. Needs no key and takes no lock."""

from __future__ import annotations

from tasdiq import register
from tasdiq.errors import MissingError
from tasdiq.founding import Home
from tasdiq.model.state import State
from tasdiq.record.reader import Reader
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
