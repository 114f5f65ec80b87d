"""A whole entry in words: what it says, in whose name and for whom, and how it is bound to the record.

1. Every field of the body and of the header is a line; none is shortened, merged or left out, and one the table does not know
   is shown by its own name.
2. A field that its kind has and that was left out is a line, too, and says what leaving it out means.
3. The order is the table's for what it knows, and after that by name.
4. What is sealed by itself is shown with what opens it, and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tasdiq.record import body, canonical
from tasdiq.record.header import SEALED_KIND
from tasdiq.record.secrecy import disclosure
from tasdiq.record.secrecy.pointer import read_pointer
from tasdiq.web.words.table import words
from tasdiq.web.words.values import said, visible


@dataclass(frozen=True)
class Line:
    """A label and what stands under it; `depth` tells how far inside it lies, `text` is "" over what lies inside."""

    depth: int
    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """Lines under a title."""

    title: str
    lines: tuple[Line, ...]


def render(
    header: Mapping[str, Any], plaintext: bytes, rows: Sequence[bytes] = (), disclosures: Sequence[str] = ()
) -> list[Section]:
    """Return an entry in words; InputError where its bytes have not the form they must have."""
    sealed = body.unseal(plaintext) if header["access"] != "public" else None
    kind = sealed.kind if sealed else header["kind"]
    content = sealed.body if sealed else plaintext
    shown = canonical.loads(disclosure.reveal(content, disclosures))
    places = frozenset(_path(pointer) for pointer in disclosure.located(content, disclosures))
    told = _Told(kind, places)
    listed = [canonical.loads(row) for row in rows]
    titles = words().sections
    return [
        Section(titles["says"], tuple(told.body(shown, listed))),
        Section(titles["who"], tuple(_who(header, sealed))),
        Section(titles["bound"], tuple(_bound(header, sealed, plaintext))),
    ]


def _path(pointer: str) -> tuple[str, ...]:
    return tuple(str(token) for token in read_pointer(pointer))


@dataclass(frozen=True)
class _Told:
    """The body of one kind of entry in words; `concealed` are the ways to what is sealed by itself."""

    kind: str
    concealed: frozenset[tuple[str, ...]]

    def body(self, content: Any, rows: Sequence[Any]) -> Iterator[Line]:
        """Yield the lines of the body and its rows."""
        table = words()
        known = table.kinds.get(self.kind)
        yield Line(0, table.header["kind"], visible(self.kind))
        yield Line(0, table.words["means"], known.says if known else table.words["unknown_kind"])
        if isinstance(content, dict):
            yield from self._fields(content, known.fields if known else (), (), (), 0)
        else:
            yield from self._lines(content, table.words["content"], (), (), 0)
        for number, row in enumerate(rows, 1):
            label = table.words["row"].format(n=number, of=len(rows))
            yield from self._lines(row, label, ("rows",), ("rows", str(number)), 0)

    def _fields(
        self, value: dict[str, Any], first: Iterable[str], names: tuple[str, ...], at: tuple[str, ...], depth: int
    ) -> Iterator[Line]:
        table = words()
        for name in (*first, *sorted(value.keys() - set(first), key=table.rank)):
            label = table.label(self.kind, names, name) or table.words["unknown_field"].format(name=visible(name))
            if name not in value:
                yield Line(depth, label, table.absent.get(f"{self.kind}.{name}", table.absent[""]))
                continue
            yield from self._lines(value[name], label, (*names, name), (*at, name), depth)

    def _lines(self, value: Any, label: str, names: tuple[str, ...], at: tuple[str, ...], depth: int) -> Iterator[Line]:
        table = words()
        if at in self.concealed:
            label = table.words["concealed"].format(label=label)
        if isinstance(value, dict | list) and not value:
            yield Line(depth, label, table.words["none"])
        elif isinstance(value, dict):
            yield Line(depth, label, "")
            yield from self._fields(value, (), names, at, depth + 1)
        elif isinstance(value, list):
            for number, item in enumerate(value, 1):
                numbered = table.words["numbered"].format(label=label, n=number, of=len(value))
                yield from self._lines(item, numbered, names, (*at, str(number - 1)), depth)
        else:
            yield Line(depth, label, said(value))


def _who(header: Mapping[str, Any], sealed: body.Sealed | None) -> Iterator[Line]:
    labels = words().header
    yield Line(0, labels["member"], said(header["member"]))
    if sealed:
        yield Line(0, labels["officer"], said(sealed.officer))
    yield Line(0, labels["access"], words().access[header["access"]])
    if sealed:
        yield from _listed(labels["recipients"], sealed.recipients)
    yield Line(0, labels["claimed_time"], said(sealed.claimed_time if sealed else header["claimed_time"]))


def _bound(header: Mapping[str, Any], sealed: body.Sealed | None, plaintext: bytes) -> Iterator[Line]:
    labels = words().header
    yield from _listed(labels["refs"], sealed.refs if sealed else header["refs"])
    if sealed:
        yield Line(0, labels["sealed_kind"], SEALED_KIND)
        yield Line(0, labels["sealed_time"], said(header["claimed_time"]))
        yield Line(0, labels["pad"], str(len(canonical.loads(plaintext)["pad"])))
    for name in ("origin", "charter", "keys_at", "body_commit", "nonce", "v"):
        if name in header:
            yield Line(0, labels[name], said(header[name]))
    if "keys" in header:
        yield from _Told("", frozenset())._lines(header["keys"], labels["keys"], ("keys",), ("keys",), 0)


def _listed(label: str, items: Sequence[str]) -> Iterator[Line]:
    yield from _Told("", frozenset())._lines(list(items), label, (), (), 0)
