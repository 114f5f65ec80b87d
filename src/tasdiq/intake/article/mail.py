"""An e-mail file (.eml, RFC 5322 and MIME): the message is an article, attachments of known kinds are documents of their own.

1. From is the author, Date the date of release, Subject the title; a header that is missing or broken is none.
2. The words are those of the plain text part; without one, those of the HTML part as `html` extracts them.
3. Lines quoted from an earlier message (">") are somebody else's: they are left out, and a note counts them.
4. Attachments and attached messages are opened by their kind, at most `DEEPEST` messages deep; a name is only shown, never a
   path. What cannot be read is refused with the attachment's name. Nothing a message links to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr

from .decode import Decoded, decode
from .html import Page, read_page
from .parts import Found, Open, Part, Refusal, nested, one_line, read_stamp, tidy

NOTE = "read from an e-mail: offsets count code points of the extracted text"
HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
KNOWN = re.compile(
    rb"^(?:from|subject|date|received|message-id|return-path|mime-version):", re.IGNORECASE | re.MULTILINE
)
QUOTED = re.compile(r"^>.*\n?", re.MULTILINE)
MOST_PIECES = 200
DEEPEST = 3
ENDINGS = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf", "message/rfc822": ".eml",
           "application/rss+xml": ".rss", "application/atom+xml": ".atom"}  # fmt: skip


def read_mail(data: bytes, inside: Open, depth: int = 1) -> Found:
    """Yield a message's own text and what its attachments hold; `inside` opens an attachment by name."""
    head = HEADERS.match(data[:200_000].lstrip(b"\r\n"))
    if head is None or not KNOWN.search(head[0]):
        yield Refusal(
            "expected an e-mail that begins with headers (From, Date, Subject): save the message's text as .txt"
        )
        return
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        pieces = list(_pieces(message))
    except Exception as error:  # whatever the standard library's parser raises on hostile headers
        yield Refusal(f"the message cannot be read ({type(error).__name__}); save its text as .txt (UTF-8)")
        return
    if len(pieces) > MOST_PIECES:
        yield Refusal(f"{len(pieces):,} parts; expected at most {MOST_PIECES}: the rest was left out", "message")
    body, rest = _body(pieces[:MOST_PIECES])
    yield _own(message, body)
    for number, piece in enumerate(rest, 1):
        yield from _attached(piece, number, inside, depth)


def _pieces(message: Message) -> Iterator[Message]:
    """Yield the leaves of a message; an attached message is a leaf."""
    waiting = [message]
    while waiting:
        piece = waiting.pop()
        held = piece.get_payload()
        if isinstance(held, list) and piece.get_content_type() != "message/rfc822":
            waiting += [each for each in reversed(held) if isinstance(each, Message)]
        else:
            yield piece


def _body(pieces: list[Message]) -> tuple[Message | None, list[Message]]:
    """Return the part that holds the message's own words (rule 2), and the attachments."""
    own = [p for p in pieces if _kind(p) in ("text/plain", "text/html") and not _name(p) and not _is_attached(p)]
    plain = [piece for piece in own if _kind(piece) == "text/plain" and _bytes(piece).strip()]
    body = next(iter([*plain, *(piece for piece in own if _kind(piece) == "text/html")]), None)
    return body, [piece for piece in pieces if not any(piece is each for each in own)]


def _own(message: Message, body: Message | None) -> Part | Refusal:
    title = _header(message, "Subject")
    text, quoted = _words(body) if body is not None else ("", 0)
    if not text.strip():
        return Refusal("no text; expected a plain text or HTML part with words", "message")
    name, address = parseaddr(_header(message, "From"))
    whole = f"{title}\n\n{text}" if title and not text.startswith(title) else text
    page = Page(text=whole, title=title, published=read_stamp(_header(message, "Date")), author=name or address or None)
    return Part(whole, page, (f"{quoted} lines quoted from an earlier message were left out",) if quoted else ())


def _words(body: Message) -> tuple[str, int]:
    """Return the words of a text or HTML part, and how many quoted lines were left out (rule 3)."""
    text = _decoded(body)
    if _kind(body) == "text/html":
        page = read_page(tidy(text))
        return (tidy(page.text), 0) if page else ("", 0)
    left, quoted = QUOTED.subn("", text.replace("\r\n", "\n"))
    return tidy(left).strip(), quoted


def _decoded(piece: Message) -> str:
    data = _bytes(piece)
    try:
        return data.decode(piece.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        found = decode(data)
        return found.text if isinstance(found, Decoded) else data.decode("utf-8", "replace")


def _bytes(piece: Message) -> bytes:
    try:
        held = piece.get_payload(decode=True)
    except Exception:  # a broken transfer encoding: read as nothing
        return b""
    return held if isinstance(held, bytes) else b""


def _attached(piece: Message, number: int, inside: Open, depth: int) -> Found:
    name = _name(piece)
    place = f"attachment {name}" if name else f"attachment {number}"
    if _kind(piece) == "message/rfc822":
        yield from _message(piece, place, inside, depth)
        return
    if "." not in name:
        name += ENDINGS.get(_kind(piece), "")
    yield from nested(inside(name, _bytes(piece)), place)


def _message(piece: Message, place: str, inside: Open, depth: int) -> Found:
    held = piece.get_payload()
    if depth >= DEEPEST or not isinstance(held, list) or not held or not isinstance(held[0], Message):
        yield Refusal(
            f"a message inside messages; expected at most {DEEPEST} deep: save it as a file of its own", place
        )
        return
    try:
        data = held[0].as_bytes()
    except Exception as error:  # headers the standard library reads and cannot write
        yield Refusal(f"the attached message cannot be read ({type(error).__name__})", place)
        return
    yield from nested(read_mail(data, inside, depth + 1), place)


def _kind(piece: Message) -> str:
    return piece.get_content_type()


def _is_attached(piece: Message) -> bool:
    return one_line(str(piece.get("Content-Disposition", ""))).lower().startswith("attachment")


def _name(piece: Message) -> str:
    """Return an attachment's name without any folders, for showing and its ending."""
    try:
        written = piece.get_filename() or ""
        written = str(make_header(decode_header(written)))
    except Exception:  # broken encodings of a header: no name
        written = ""
    return re.split(r"[/\\]", one_line(written, 200))[-1]


def _header(message: Message, name: str) -> str:
    try:
        return one_line(str(make_header(decode_header(str(message.get(name, ""))))))
    except Exception:  # broken encodings of a header: as it stands
        return one_line(str(message.get(name, "")))
