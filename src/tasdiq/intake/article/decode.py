"""Bytes to text, or the reason why not.

1. A byte order mark decides (UTF-8, UTF-16); the UTF-8 mark stays in the text, since offsets count the file's code points.
2. Else UTF-8; else UTF-16 without a mark, told by its pattern of zero bytes; else Windows-1252 if the result reads as text.
3. Formats with a signature of their own, text with control characters, and everything else is refused with what to do.
4. Bidirectional overrides are kept and noted: they can make a text look other than it reads.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

SIGNATURES = (
    (b"%PDF", "a PDF", "save its text as .txt (UTF-8), or the web page as .html"),
    (b"PK\x03\x04", "a ZIP or office document", "unpack it, or save it as plain text (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text (UTF-8)"),
    (b"{\\rtf", "rich text (RTF)", "save it as plain text (UTF-8)"),
    (b"\x89PNG", "a picture", "type out its text, and keep the picture as evidence"),
    (b"\xff\xd8\xff", "a picture", "type out its text, and keep the picture as evidence"),
    (b"GIF8", "a picture", "type out its text, and keep the picture as evidence"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"SQLite format 3", "a database", "export the documents as .txt"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 127])
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
SPACES = "".join(map(chr, range(0x2000, 0x200E)))
BLANK = f" \t\r\n\v\f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff{SPACES}"
"""White space and what shows as nothing."""
UNTYPICAL = re.compile(r"[\x80-\x9f¡¢¤¦¨ª¬¯±²³µ¶¸¹º¼½¾ÐÞðþ×÷]")


@dataclass(frozen=True)
class Decoded:
    """The text and what there is to say about its encoding."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Undecodable:
    """Why the bytes are no text, and the line the trouble starts at (0: the whole file)."""

    reason: str
    line: int = 0


BINARY = Undecodable(
    "the file is binary, not text; expected plain text or HTML: save the document's text as .txt (UTF-8)"
)
EMPTY = Undecodable("the file is empty; expected text: give its contents, or leave the file out")


def decode(data: bytes) -> Decoded | Undecodable:
    """Return the text of a file, or why it has none."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        return EMPTY
    for signature, what, remedy in SIGNATURES:
        if data.startswith(signature):
            return Undecodable(f"the file is {what}; expected plain text or HTML: {remedy}")
    found = _decoded(data)
    if isinstance(found, Decoded):
        return _checked(found)
    return found


def _decoded(data: bytes) -> Decoded | Undecodable:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, "utf-16", "UTF-16")
    try:
        text = data.decode("utf-8")
        return Decoded(
            text, ("starts with a byte order mark (kept: it is the first code point)",) if text[:1] == "\ufeff" else ()
        )
    except UnicodeDecodeError as error:
        broken = error
    head = data[:4000]
    for zeros, codec in ((head[1::2], "utf-16-le"), (head[0::2], "utf-16-be")):
        if len(zeros) > 3 and zeros.count(0) > len(zeros) * 0.4:
            found = _utf16(data, codec, "UTF-16 without byte order mark")
            return found if isinstance(found, Decoded) else BINARY
    return _windows(data, broken)


def _utf16(data: bytes, codec: str, name: str) -> Decoded | Undecodable:
    try:
        return Decoded(data.decode(codec), (f"decoded as {name}; offsets count code points of the decoded text",))
    except UnicodeDecodeError as error:
        return Undecodable(f"broken {name} at byte {error.start}; save the file again as UTF-8")


def _windows(data: bytes, broken: UnicodeDecodeError) -> Decoded | Undecodable:
    line = data.count(b"\n", 0, broken.start) + 1
    reason = f"not UTF-8 (byte {data[broken.start]:#04x} at position {broken.start}); save the file again as UTF-8"
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return Undecodable(reason, line)
    high = sum(1 for character in text if character > "\x7f")
    if CONTROL.search(text) or high > len(text) * 0.25 or len(UNTYPICAL.findall(text)) > max(2, high * 0.3):
        return Undecodable(reason, line)
    return Decoded(text, ("not UTF-8: decoded as Windows-1252; check accents and quotation marks",))


def _checked(found: Decoded) -> Decoded | Undecodable:
    control = CONTROL.search(found.text) if _holds_control(found.text) else None
    if control:
        line = found.text.count("\n", 0, control.start()) + 1
        return Undecodable(
            f"holds the control character U+{ord(control[0]):04X}, so it is not plain text; save the document's text as UTF-8",
            line,
        )
    if not found.text.strip(BLANK):
        return EMPTY
    if not found.text.isascii() and BIDI.search(found.text):
        return Decoded(
            found.text, (*found.notes, "holds bidirectional override characters: the text may look other than it reads")
        )
    return found


def _holds_control(text: str) -> bool:
    # In UTF-8 no other character has such a byte in it; bytes are sifted many times faster than text is searched.
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _CONTROL_BYTES)) != len(data)
