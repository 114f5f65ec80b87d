"""The names of the server's cookies, and how one is read and written.

1. Over TLS a cookie has the prefix `__Host-` (RFC 6265bis, section 4.1.3.2): no other host, and no page without TLS, can set it.
2. Every cookie is HttpOnly and SameSite=Strict, for the whole host, and without an end: it is gone with the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SESSION, TOKEN = "tasdiq_session", "tasdiq_csrf"
_HOST = "__Host-"


def named(name: str, *, secure: bool) -> str:
    """Return what a cookie is called on a server with or without TLS (rule 1)."""
    return f"{_HOST}{name}" if secure else name


def header(name: str, value: str, *, secure: bool) -> str:
    """Return the value of the Set-Cookie header (rule 2)."""
    return f"{named(name, secure=secure)}={value}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"


def read(headers: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Return the cookies of a request's headers; those that cannot be read are left out."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                key, separator, text = pair.strip().partition("=")
                if separator:
                    found.setdefault(key, text)
    return found
