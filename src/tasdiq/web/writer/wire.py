"""What goes between a worker and the writer over the socket: a length, then one message.

1. A message is msgpack of one of the types below, behind its length (8 bytes, big-endian), at most 256 MiB.
2. An error crosses as its family (`errors`) with its fields, and is raised there as the same. What is none of ours crosses
   as RecordError without its words: they may quote what nobody else may read.
"""

from __future__ import annotations

import socket
import struct
from typing import Any

import msgspec

from tasdiq.errors import (
    InputError,
    MissingError,
    ProcedureError,
    RecordError,
    RoleError,
    SettingsError,
    TasdiqError,
)
from tasdiq.record.entry import Submission
from tasdiq.web.writer.writing import Entered

LARGEST = 256 * 2**20
_LENGTH = struct.Struct(">Q")
_FAMILIES: dict[str, type[TasdiqError]] = {
    family.__name__: family
    for family in (InputError, ProcedureError, RoleError, MissingError, SettingsError, RecordError)
}
_FIELDS = ("message", "file", "line", "field", "paragraph")


class Enter(msgspec.Struct, tag=True, frozen=True):
    """Enter these, all or none."""

    submissions: list[Submission]


class Keep(msgspec.Struct, tag=True, frozen=True):
    """Keep these bytes as an attachment."""

    data: bytes


class KeepFile(msgspec.Struct, tag=True, frozen=True):
    """Move this file among the attachments."""

    path: str


class Done(msgspec.Struct, tag=True, frozen=True):
    """What was done: the entries that stand, or the SHA-256 of what was kept."""

    entered: list[Entered] = []
    sha256: str = ""


class Failed(msgspec.Struct, tag=True, frozen=True):
    """Why nothing was done."""

    family: str
    text: str
    fields: dict[str, str | int | None] = {}


Asked = Enter | Keep | KeepFile
Answer = Done | Failed
_ENCODER = msgspec.msgpack.Encoder()
_ASKED: msgspec.msgpack.Decoder[Asked] = msgspec.msgpack.Decoder(Asked)
_ANSWER: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def send(connection: socket.socket, message: Asked | Answer) -> None:
    """Send one message; raise OSError if the other side is gone."""
    data = _ENCODER.encode(message)
    connection.sendall(_LENGTH.pack(len(data)))
    connection.sendall(data)


def asked(connection: socket.socket) -> Asked | None:
    """Receive what a worker asks, None when it has gone; raise OSError or InputError where it is no message."""
    data = _received(connection)
    return None if data is None else _decoded(data, _ASKED)


def answer(connection: socket.socket) -> Answer:
    """Receive what the writer answers; raise OSError if it went without an answer."""
    data = _received(connection)
    if data is None:
        raise ConnectionResetError("the writer went without an answer")
    found: Answer = _decoded(data, _ANSWER)
    return found


def _decoded(data: bytearray, decoder: Any) -> Any:
    try:
        return decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise InputError("expected a message between worker and writer of this version, found another") from error


def _received(connection: socket.socket) -> bytearray | None:
    head = _exactly(connection, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LARGEST:
        raise InputError(f"expected a message of at most {LARGEST} bytes, found one of {length}")
    return _exactly(connection, length)


def _exactly(connection: socket.socket, length: int) -> bytearray | None:
    data, at = bytearray(length), 0
    view = memoryview(data)
    while at < length:
        count = connection.recv_into(view[at:])
        if not count:
            return None
        at += count
    return data


def failed(error: BaseException) -> Failed:
    """Write an error for the other side (rule 2)."""
    for name, family in _FAMILIES.items():
        if isinstance(error, family):
            fields = {key: getattr(error, key) for key in _FIELDS if hasattr(error, key)}
            plain = {key: value if isinstance(value, int | None) else str(value) for key, value in fields.items()}
            return Failed(name, str(error), plain)
    return Failed("RecordError", "the writer failed while it entered this; its log says how. Try again")


def raised(told: Failed) -> TasdiqError:
    """Return the error that the other side told of, of the same family, with the same words and fields."""
    family = _FAMILIES.get(told.family, RecordError)
    error = family.__new__(family)
    Exception.__init__(error, told.text)
    for key, value in told.fields.items():
        setattr(error, key, value)
    return error
