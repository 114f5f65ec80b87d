"""The parsers of the audit page take what the command's take and refuse what they refuse, byte for byte.

Each text that follows was chosen because one language's library forgives it and another's does not, or because it is one step
from right; what neither the list nor the generator thinks of is left to the mutations of `test_audit_page`.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from doors.browsers import marks
from record.records import LOG, ORIGIN, key
from tasdiq.errors import InputError, TasdiqError
from tasdiq.record import canonical, checkpoint, key_events, manifest, note, receipt, shape
from tasdiq.record.checkpoint import require_origin

pytestmark = marks

NOTE = note.sign(f"{ORIGIN}\n1\n{canonical.b64(b'r' * 32)}\n", note.Verifier(ORIGIN, LOG.public), LOG.sign)
VERIFIER = str(note.Verifier(ORIGIN, LOG.public)).encode()
ID = b"ab" * 32
LISTED = f"{'ab' * 32} 12 data/positions.js\n"
MANIFEST = note.sign(LISTED, note.Verifier("publisher", LOG.public), LOG.sign)
RECEIPT = note.sign(
    f"{receipt.TITLE}\n{ORIGIN}\n2031-05-04T10:00:00Z\n7 {'ab' * 32}\n", note.Verifier(ORIGIN, LOG.public), LOG.sign
)
SPACES = ["\u0085", "\ufeff", "\u2028", "\u00a0", "\u3000", "\u200b", "\u202e", "\x1c", "\x0b", "\t", "\r", "\x7f", " "]
DIGITS = ["٣", "1_0", "+1", "-0", "01", "1.0", "1e2", "0x1", "９", "²"]
JSONS = [
    b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'{"b":1,"a":2}', b'{"a": 1}', b"\xef\xbb\xbf{}", b" {}", b"{}\n", b"-0", b"0", b"1.0",
    b"1e2", b"1E400", b"NaN", b"Infinity", b"9007199254740991", b"9007199254740992", b"-9007199254740992", b"1" * 400, b"01",
    b'"\\ud800"', b'"\\ud83d\\ude00"', '"\U0001f600"'.encode(), b'"\xed\xa0\x80"', b'"\\u0041"', b'"\\/"', b'"/"', b'"\x7f"',
    b'"\\u007f"', b'"\\u001f"', b'"\x1f"', b'"\\b"', b'"\\u0008"', '"\u2028"'.encode(), b'"\\u2028"', b'{"__proto__":1}',
    b'{"__proto__":{"a":1},"constructor":2}', b'{"10":1,"9":2}', b'{"9":1,"10":2}', '{"\U0001f600":1,"\ufb33":2}'.encode(),
    '{"\ufb33":2,"\U0001f600":1}'.encode(), b"[" * 100 + b"1" + b"]" * 100, b"[" * 101 + b"1" + b"]" * 101, b"[" * 5000, b"",
    b"nul", b"null",
    b"[1,]", b"[1 ,2]", b"'a'", b'"a', b"{}{}", b"[]x", "\u00a0{}".encode(), b'"\xff"', b'"\xc3\xa9"', b'"e\xcc\x81"',
]  # fmt: skip
NAMES = ["a", "A" * 64, "A" * 65, "", "-a", "a b", "a+b", "ä", "a/b@c:d.e_f-g", "a\n"]
TIMES = [
    "2031-05-04T10:00:00Z", "2031-02-30T10:00:00Z", "2032-02-29T00:00:00Z", "2031-02-29T00:00:00Z", "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z", "2031-05-04T24:00:00Z", "2031-05-04T23:59:60Z", "2031-05-04T10:60:00Z", "2031-13-01T00:00:00Z",
    "2031-05-04t10:00:00Z", "2031-05-04T10:00:00+00:00", "2031-05-04T10:00:00Z\n", "٢031-05-04T10:00:00Z", "2031-00-01T00:00:00Z",
]  # fmt: skip
BASES = [
    "QQ==",
    "QR==",
    "QQ=",
    "QQ",
    "Q Q=",
    "QQ==\n",
    "QUI=",
    "QUJD",
    "",
    "=",
    "====",
    "QQ==QQ==",
    "Q-_=",
    "Q+/=",
    "ÄÄ==",
    "Q\u2028Q=",
]
PATHS = [
    "a", "a/b.js", "/a", "a/", "a//b", "./a", "a/../b", "..", "a\\b", "a:b", "a*", 'a"', "a|b", "e\u0301", "\u00e9", "a\u202eb",
    "a b", "a\u00a0b", "\ufeffa", "manifest.note", "a\u200bb", "<b>", "\U0001f600",
]  # fmt: skip
PUBLICS = [canonical.b64url(key("a").public), "A" * 43, "_" * 43, "A" * 42, "A" * 44, "AQ" + "A" * 41, "B" + "A" * 42]


def texts(*values: str) -> list[bytes]:
    """Return texts as bytes."""
    return [value.encode() for value in values]


def spoiled(good: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield a good input and many that are one step from it."""
    yield good
    for piece in [*SPACES, *DIGITS, "\n", "\n\n", "— ", "=", "+"]:
        at = chance.randrange(len(good) + 1)
        yield good[:at] + piece.encode() + good[at:]
        yield good + piece.encode()
        yield piece.encode() + good
    for _ in range(60):
        at = chance.randrange(len(good))
        yield good[:at] + bytes([good[at] ^ (1 << chance.randrange(8))]) + good[at + 1 :]
        yield good[:at] + good[at + 1 :]


def text(data: bytes) -> str:
    """Read what a parser of texts is given; what is no text never reaches it."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise InputError("no text") from error


PARSERS: dict[str, tuple[str, Callable[[bytes], Any], list[bytes]]] = {
    "canonical JSON": ("canonical.loads(data)", canonical.loads, JSONS),
    "decimal": (
        "canonical.decimal(text)",
        lambda d: canonical.decimal(text(d)),
        texts("0", "7", "10", *DIGITS, "", " 1", "1\n"),
    ),
    "hexadecimal": (
        "canonical.hexBytes(text, 2)",
        lambda d: canonical.hex_bytes(text(d), 2),
        texts("abcd", "ABCD", "ab cd", "abc", "abcg", "٠١٢٣", "", "ab\ncd", "0xab"),
    ),
    "base64": ("canonical.unb64(text)", lambda d: canonical.unb64(text(d)), texts(*BASES)),
    "base64url": (
        "canonical.unb64url(text, 2)",
        lambda d: canonical.unb64url(text(d), 2),
        texts("QUI", "QUI=", "QUJ", "Q-_", "Q+/", "QU", "", "QUID", "Q I", "ÄUI", "QUI\n"),
    ),
    "name": ("shape.name(text, 'name')", lambda d: shape.name(text(d), "name"), texts(*NAMES)),
    "kind": ("shape.kind(text)", lambda d: shape.kind(text(d)), texts(*NAMES, "1a", "a1")),
    "time": ("shape.moment(text)", lambda d: shape.moment(text(d)), texts(*TIMES)),
    "entry id": (
        "shape.entryId(text)",
        lambda d: shape.entry_id(text(d)),
        [ID, ID.upper(), ID[1:], ID + b"\n", ID + b"a"],
    ),
    "origin": (
        "checkpoint.requireOrigin(text)",
        lambda d: require_origin(text(d)),
        texts(
            "example.org/log", "a b", "a+b", "", "a" * 255, "a" * 256, "ä", "a\n", *(f"a{space}b" for space in SPACES)
        ),
    ),
    "note": ("note.parse(data)", note.parse, list(spoiled(NOTE, random.Random(1)))),
    "checkpoint": ("checkpoint.parse(data)", checkpoint.parse, list(spoiled(NOTE, random.Random(2)))),
    "manifest": ("manifest.parse(data)", manifest.parse, list(spoiled(MANIFEST, random.Random(3)))),
    "path in a manifest": (
        "manifest.parse(data)",
        manifest.parse,
        [MANIFEST.replace(b"data/positions.js", path.encode()) for path in PATHS],
    ),
    "receipt": ("receipts.parse(data)", receipt.parse, list(spoiled(RECEIPT, random.Random(4)))),
    "verifier key": (
        "note.parseVerifier(text)",
        lambda d: note.parse_verifier(text(d)),
        list(spoiled(VERIFIER, random.Random(5))),
    ),
    "signing key": ("keyEvents.signingPublic(text)", lambda d: key_events.signing_public(text(d)), texts(*PUBLICS)),
    "encryption key": (
        "keyEvents.encryptionPublic(text)",
        lambda d: key_events.encryption_public(text(d)),
        texts(*PUBLICS),
    ),
}

TAKES = """async inputs => {
  const A = tasdiqAudit;
  return Promise.all(inputs.map(async input => {
    const data = Uint8Array.from(atob(input), c => c.charCodeAt(0));
    try {
      const text = EXPRESSION.includes("(text") ? A.bytes.text(data, "text") : "";
      await A.CALL;
      return true;
    } catch (error) {
      if (error instanceof A.AuditError) return false;
      throw error;
    }
  }));
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The audit page of a site."""
    tab = chromium.new_page()
    tab.goto(address)
    yield tab
    tab.close()


@pytest.mark.parametrize("name", PARSERS)
def test_both_take_the_same(page: Page, name: str) -> None:
    """Of every input both parsers say the same: it has the one form, or it has not."""
    call, parse, inputs = PARSERS[name]
    source = TAKES.replace("EXPRESSION", repr(call)).replace("CALL", call)
    by_page = page.evaluate(source, [base64.b64encode(data).decode() for data in inputs])
    by_command = [takes(parse, data) for data in inputs]
    differing = [(data, one) for data, one, other in zip(inputs, by_command, by_page, strict=True) if one != other]
    assert differing == []
    assert True in by_command
    assert False in by_command


def takes(parse: Callable[[bytes], Any], data: bytes) -> bool:
    """Tell whether a parser takes an input; anything but our own errors fails the test."""
    try:
        parse(data)
    except TasdiqError:
        return False
    return True


def test_both_print_the_same(page: Page) -> None:
    """Whatever Unicode the browser knows: what prints is one list (`canonical`, rule 5)."""
    by_page = page.evaluate(
        "() => Array.from({length: 0xf0000}, (_, code) => code)"
        ".filter(code => !tasdiqAudit.isPrintable(String.fromCodePoint(code)))"
    )
    assert by_page == [code for code in range(0xF0000) if not canonical.is_printable(chr(code))]
