"""Where the server listens, and under which address browsers know it.

1. Beyond loopback it listens only with TLS (1.2 or newer). A proxy that has TLS stands on the same machine and asks over loopback;
   the server is then told the address that browsers use.
2. The address is what passkeys and links are bound to. On loopback it is `localhost`, which browsers take as secure; a server that
   listens on every interface must be told it.
3. A port that is taken is said so; another one is never chosen silently.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tasdiq.errors import InputError, SettingsError

_WAITING = 512


@dataclass(frozen=True)
class Listening:
    """Where to listen; certificate chain and key of TLS, if any; the address browsers use, if it is another."""

    host: str = "127.0.0.1"
    port: int = 8017
    certificate: Path | None = None
    private: Path | None = None
    address: str = ""
    behind_proxy: bool = False

    def require_fit(self) -> None:
        """Raise `SettingsError` or `InputError` unless a server may listen like this (rules 1, 2)."""
        if (self.certificate is None) != (self.private is None):
            raise SettingsError("TLS needs both files: --tls-cert CHAIN and --tls-key KEY")
        if self.certificate and self.private:
            _require_pair(self.certificate, self.private)
        elif not is_loopback(self.host):
            raise SettingsError(
                f"{self.host}: beyond this machine the server listens only with TLS. Give --tls-cert and --tls-key; or let a proxy "
                "on this machine have them: --host 127.0.0.1 --behind-proxy --address https://…"
            )
        if self.behind_proxy and not is_loopback(self.host):
            raise SettingsError(
                f"{self.host}: behind a proxy the server listens on this machine alone: --host 127.0.0.1"
            )
        if self.behind_proxy and not self.address:
            raise SettingsError("behind a proxy, say under which address browsers reach it: --address https://…")
        if self.address:
            _require_address(self.address, secure=self.secure)
        elif _is_any(self.host):
            raise SettingsError(f"{self.host}: say under which address browsers reach the server: --address https://…")

    @property
    def secure(self) -> bool:
        """Tell whether browsers reach it over TLS."""
        return self.certificate is not None or self.behind_proxy

    def bind(self) -> socket.socket:
        """Take the port; SettingsError if that cannot be (rule 3)."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((self.host, self.port))
            listening.listen(_WAITING)
        except OSError as error:
            listening.close()
            raise SettingsError(_cannot(self.host, self.port, error)) from error
        return listening

    def address_at(self, port: int) -> str:
        """Return the address browsers use, where the server listens on `port` (rule 2)."""
        if self.address:
            return self.address.rstrip("/")
        name = "localhost" if is_loopback(self.host) else f"[{self.host}]" if ":" in self.host else self.host
        scheme, usual = ("https", 443) if self.secure else ("http", 80)
        return f"{scheme}://{name}" if port == usual else f"{scheme}://{name}:{port}"


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _cannot(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{host}:{port}: another program listens here; end it, or choose another port with --port"
    if error.errno == errno.EACCES:
        return f"{host}:{port}: this port is kept for the system; choose one from 1024 up with --port"
    return f"{host}:{port}: cannot listen here: {error.strerror or error}"


def _require_pair(certificate: Path, private: Path) -> None:
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, private)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"{certificate}: no certificate with its key here: {error.strerror or error}") from error


def _require_address(address: str, *, secure: bool) -> None:
    parts = urlsplit(address)
    plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    if not parts.hostname or not plain or parts.scheme != ("https" if secure else "http"):
        raise InputError(
            f"expected the address of the server such as {'https' if secure else 'http'}://record.example, found {address[:80]!r}",
            field="--address",
        )
