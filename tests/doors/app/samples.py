"""Samples of every kind of entry, made from the types of their bodies: every literal, nothing at all, hostile texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from msgspec import inspect

from tasdiq.model import entries
from tasdiq.record import canonical
from tasdiq.record.entry import Draft, Submission, compose
from tasdiq.record.secrecy import disclosure

ORIGIN, CHARTER = "example.org/joint/table", "ab" * 32
TEXTS = (
    "plain", "2031-03-12T08:00:00Z", "2031-03-12", "2031-02-30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "2031-03-12T24:00:00Z", " 2031-03-12", "2031-03-12\n", "abc\u202edef\u202c", "می\u200cخواهم", "a\u200cb", "\u200c", "م\u200c",
    "\u200bx\ufeff\u00ad\u2066y\u2069", "tab\there\r\nline\u2028sep\u2029", "\u0000\u0001\u001f\u007f\u0085\u009f",
    "{label} {n} {of} $& $1 \\1", "<script>alert(1)</script>&amp;", "a" * 3000, "e\u0301 \u00e9",
    "\U0001f468\u200d\U0001f469\U0001f3fd\ufe0f",
    "\U000e0041\U000e007f\U0001d173", "\U0010ffff\U000f0000", "عَرَبِيّ‏ و‎ English", "\u3164\uffa0\u115f\u2800\u034f",
    "=HYPERLINK(1)", "'\"`\\",
)  # fmt: skip
NUMBERS = (0, 1, -5, 3, 2**53 - 1, -(2**53 - 1), 341_234_567)
NAMES = (
    "__proto__",
    "constructor",
    "toString",
    "a.b",
    "{name}",
    "\U00010000x",
    "\uffffx",
    "\u202ename",
    "",
    "at",
    "0",
    "10",
    "9",
)


class Maker:
    """Makes values of a type; `round` picks among literals, texts and numbers, `mode` says how much of it there is."""

    def __init__(self, number: int, mode: str) -> None:
        self.round, self.mode, self._turn = number, mode, count(number)

    def of(self, kind: inspect.Type) -> Any:
        """Return a value of a type, as JSON."""
        match kind:
            case inspect.StructType():
                fields = [field for field in kind.fields if field.required or self.mode != "minimal"]
                return {field.encode_name: self.of(field.type) for field in fields}
            case inspect.LiteralType():
                return kind.values[self.round % len(kind.values)]
            case inspect.StrType():
                return "" if self.mode == "empty" else TEXTS[next(self._turn) % len(TEXTS)]
            case inspect.BoolType():
                return self.round % 2 == 1
            case inspect.IntType():
                return NUMBERS[next(self._turn) % len(NUMBERS)]
            case inspect.VarTupleType() | inspect.ListType():
                return [] if self.mode == "empty" else [self.of(kind.item_type) for _ in range(1 + self.round % 2)]
            case inspect.TupleType():
                return [self.of(item) for item in kind.item_types]
            case inspect.UnionType():
                inner = [item for item in kind.types if not isinstance(item, inspect.NoneType)]
                nothing = kind.includes_none and (self.mode == "empty" or self.round % 5 == 4)
                return None if nothing else self.of(inner[self.round % len(inner)])
            case _:
                raise AssertionError(f"no sample of {kind}")


def literals(kind: inspect.Type) -> int:
    """Return the greatest number of choices in a type."""
    found, seen = [1], list[inspect.Type]([kind])
    while seen:
        match seen.pop():
            case inspect.StructType() as struct:
                seen += [field.type for field in struct.fields]
            case inspect.LiteralType() as choice:
                found.append(len(choice.values))
            case inspect.VarTupleType(item_type=item):
                seen.append(item)
            case inspect.TupleType(item_types=items) | inspect.UnionType(types=items):
                seen += items
    return max(found)


def bodies(kind: str) -> Iterator[Any]:
    """Yield bodies of a kind, as JSON."""
    form = inspect.type_info(entries.BODIES[kind])
    yield Maker(0, "minimal").of(form)
    yield Maker(1, "empty").of(form)
    for number in range(max(literals(form), 4)):
        yield Maker(number, "full").of(form)


def strange() -> Iterator[tuple[str, Any]]:
    """Yield a kind nobody knows, fields nobody knows, and bodies that are no objects."""
    yield "SomethingNew", {"case": "case-1", "at": {"at": ["x", {}, [], [[1], {"a": None}]]}}
    for kind in ("SomethingNew", "FindingSigned"):
        yield kind, {**dict.fromkeys(NAMES, "x"), "finding": dict.fromkeys(NAMES, True)}
    others: tuple[Any, ...] = (None, True, 7, "text\u202e", [], {}, ["a", ["b"]])
    yield from (("SomethingNew", value) for value in others)


def composed(kind: str, value: Any, access: str, concealed: tuple[str, ...] = ()) -> Submission:
    """Return an unsigned entry with a body."""
    sealed = disclosure.conceal_for_signing(canonical.dumps(value), concealed)
    draft = Draft(
        kind=kind, member="kes", claimed_time="2031-03-12T08:00:00Z", body=sealed.plaintext, access=access,
        refs=("cd" * 32,), officer="kes-liaison" if access != "public" else "",
    )  # fmt: skip
    made = compose(draft, origin=ORIGIN, charter=CHARTER, keys_at=12)
    return Submission(made.leaf, made.salt, made.plaintext, made.rows, sealed.disclosures)
