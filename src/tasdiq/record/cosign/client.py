"""Asking a cosigner over HTTP, as the log does.

Under tlog-witness (https://c2sp.org/tlog-witness), the client's side. Nothing an answer says is believed but a cosignature
that holds under the key the record names; proofs are handed in as a function of two sizes.

1. The first request is from the size given, 0 if none is known; a 409 names the right one, and the proof is made from there.
2. A cosigner that stands beyond the checkpoint has seen more of this log than is here: this record was set back, or forked.
3. A cosigner that refuses a right proof, or stands at the same size with another root, saw another history.
4. Answers are bounded in size and time; redirections are not followed.
"""

from __future__ import annotations

import http.client
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tasdiq.errors import InputError, SettingsError
from tasdiq.record import canonical, checkpoint, cosignature, note
from tasdiq.record.cosign import rules
from tasdiq.record.note import SignatureLine, Verifier

LARGEST_ANSWER = 64 * 1024
SILENCE_SECONDS, PATIENCE_SECONDS = 10.0, 30.0
MOST_TRIES = 4

Result = Literal["cosigned", "unreachable", "refused", "ahead", "other-history", "unsound"]
Ask = Callable[[bytes], "Reply"]
Prove = Callable[[int, int], Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status and body, or status 0 and why nothing did."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking one cosigner came to; `line` is its cosignature and `at` its time (seconds since 1970) if it gave one."""

    name: str
    result: Result
    detail: str
    line: SignatureLine | None = None
    at: int | None = None


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow no redirection: the body would go where nobody chose."""


def asking(url: str, authority: str | None = None) -> Ask:
    """Return a function that posts a request to the cosigner at `url`; `authority` is a file of certificates to trust."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"expected a cosigner's address such as https://cosigner.example, found {url[:80]!r}")
    try:
        context = ssl.create_default_context(cafile=authority) if parts.scheme == "https" else None
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"{authority}: no certificates here: {error}") from error
    handlers: list[urllib.request.BaseHandler] = [_Stay()]
    if context:
        handlers.append(urllib.request.HTTPSHandler(context=context))
    if parts.hostname in ("localhost", "127.0.0.1", "::1"):
        handlers.append(urllib.request.ProxyHandler({}))
    opener = urllib.request.build_opener(*handlers)

    def post(body: bytes) -> Reply:
        target = f"{url.rstrip('/')}/add-checkpoint"
        request = urllib.request.Request(target, body, {"Content-Type": "text/plain; charset=utf-8"})  # noqa: S310
        try:
            return _answer(opener, request)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Reply(0, str(error).encode("ascii", "replace"))

    return lambda body: _within(PATIENCE_SECONDS, post, body)


def _answer(opener: urllib.request.OpenerDirector, request: urllib.request.Request) -> Reply:
    try:
        with opener.open(request, timeout=SILENCE_SECONDS) as response:
            return Reply(response.status, response.read(LARGEST_ANSWER))
    except urllib.error.HTTPError as refused:
        with refused:
            return Reply(refused.code, refused.read(LARGEST_ANSWER))


def _within(seconds: float, post: Ask, body: bytes) -> Reply:
    """Post, and wait so long at most: a peer that sends a byte now and then would hold the socket's own time limit off."""
    replies: list[Reply] = []
    waiting = threading.Thread(target=lambda: replies.append(post(body)), daemon=True)
    waiting.start()
    waiting.join(seconds)
    return replies[0] if replies else Reply(0, f"no whole answer within {seconds:.0f} seconds".encode())


def obtain(signed: bytes, verifier: Verifier, ask: Ask, prove: Prove, old: int = 0) -> Outcome:
    """Ask one cosigner for its cosignature on the checkpoint `signed`, catching it up where it stands behind."""
    size = checkpoint.parse(signed)[0].size
    for _ in range(MOST_TRIES):
        proof = prove(old, size) if 0 < old < size else ()
        reply = ask(rules.write_request(old, proof, signed))
        if reply.status != rules.STALE:
            return _outcome(signed, verifier, reply)
        stands = _size(reply.body)
        if stands is None:
            return Outcome(verifier.name, "unsound", "it answered 409 without the size it stands at")
        if stands > size:
            return Outcome(
                verifier.name,
                "ahead",
                f"it cosigned {stands} entries of this log, and here are {size}: this record was set back or is a fork; "
                "compare it with a member's mirror before anything else is signed",
            )
        if stands == old:
            return Outcome(
                verifier.name, "other-history", f"at {stands} entries it cosigned another root than this one"
            )
        old = stands
    return Outcome(verifier.name, "refused", "it named another size each time: ask again when nobody else does")


def _size(body: bytes) -> int | None:
    try:
        text = body.decode("ascii")
        return canonical.decimal(text.removesuffix("\n")) if text.endswith("\n") else None
    except (UnicodeDecodeError, InputError):
        return None


def _outcome(signed: bytes, verifier: Verifier, reply: Reply) -> Outcome:
    said = reply.body[:200].decode("utf-8", "replace").strip()
    if reply.status == 0:
        return Outcome(verifier.name, "unreachable", said)
    if reply.status == rules.UNPROVED:
        return Outcome(verifier.name, "other-history", f"it does not find its history in this one: {said}")
    if reply.status != rules.DONE:
        return Outcome(verifier.name, "refused", f"{reply.status}: {said}")
    try:
        line = line_of(signed, verifier, reply.body)
    except InputError as error:
        return Outcome(verifier.name, "unsound", str(error))
    at = int.from_bytes(line.signature[:8], "big")
    return Outcome(verifier.name, "cosigned", f"at {cosignature.moment(at)}", line, at)


def line_of(signed: bytes, verifier: Verifier, body: bytes) -> SignatureLine:
    """Return the newest cosignature by `verifier` in an answer to a request for `signed`; InputError if none holds."""
    text = note.parse(signed).text
    parsed = note.parse(text.encode() + b"\n" + body)
    if parsed.text != text or cosignature.cosigned_at(parsed, verifier) is None:
        raise InputError(f"expected a cosignature by {verifier.name} ({verifier.key_hash.hex()}) in the answer")
    return max(parsed.by(verifier), key=lambda line: line.signature[:8])
