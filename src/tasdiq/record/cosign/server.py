"""The HTTP server of a cosigner.

Under tlog-witness (https://c2sp.org/tlog-witness): `POST /add-checkpoint`, and `GET /health` for whoever watches over
it. What is answered is left to `cosigner`.

1. Beyond loopback it listens only with TLS.
2. A request is bounded in bytes, a connection in time, connections in number; whatever is beyond is cut off.
3. SIGTERM and Ctrl-C end it: requests under way are answered, no new ones are taken.
4. A line a request is logged: status and, of a log it knows, origin and size. Never an address.
"""

from __future__ import annotations

import http.server
import ipaddress
import signal
import socket
import socketserver
import ssl
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tasdiq.errors import InputError, SettingsError, shown
from tasdiq.record import canonical
from tasdiq.record.cosign.cosigner import Cosigner
from tasdiq.record.cosign.rules import FAILED, LARGEST_REQUEST, Answer

PATH, HEALTH = "/add-checkpoint", "/health"
SILENCE_SECONDS = 10.0
CONNECTION_SECONDS = 60.0
MOST_CONNECTIONS = 64


@dataclass(frozen=True)
class Listening:
    """Where to listen, and with which certificate and key file, if any."""

    host: str = "127.0.0.1"
    port: int = 7380
    certificate: Path | None = None
    private: Path | None = None

    def tls(self) -> ssl.SSLContext | None:
        """Return the TLS context, None for plain HTTP; refuse plain HTTP beyond loopback (rule 1)."""
        if self.certificate and self.private:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            try:
                context.load_cert_chain(self.certificate, self.private)
            except (OSError, ssl.SSLError) as error:
                raise SettingsError(f"{self.certificate}: no certificate with its key here: {error}") from error
            return context
        if self.certificate or self.private:
            raise SettingsError("TLS needs both files: the certificate and its key")
        if not _is_loopback(self.host):
            raise SettingsError(
                f"{self.host}: beyond this machine a cosigner listens only with TLS; give a certificate and its key, or "
                "listen on 127.0.0.1 behind a proxy that has them"
            )
        return None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """A cosigner that listens; `serve_forever` answers, `stop` ends it from another thread."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = MOST_CONNECTIONS
    allow_reuse_address = True

    def __init__(self, cosigner: Cosigner, listening: Listening, say: Callable[[str], None]) -> None:
        self.cosigner, self.say = cosigner, say
        self._tls = listening.tls()
        self._open: dict[socket.socket, float] = {}
        self._guard = threading.Lock()
        self.address_family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
        try:
            super().__init__((listening.host, listening.port), Handler)
        except OSError as error:
            raise SettingsError(f"{listening.host}:{listening.port}: cannot listen here: {error.strerror}") from error

    @property
    def url(self) -> str:
        """Return where it listens."""
        host = f"[{self.server_address[0]!s}]" if ":" in str(self.server_address[0]) else str(self.server_address[0])
        return f"{'https' if self._tls else 'http'}://{host}:{self.server_address[1]}"

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def get_request(self) -> tuple[socket.socket, Any]:
        """Take a connection; its TLS handshake is left to its own thread, so that a silent client stops nobody."""
        connection, address = super().get_request()
        connection.settimeout(SILENCE_SECONDS)
        if self._tls:
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Turn a connection away where very many are open."""
        with self._guard:
            if len(self._open) >= MOST_CONNECTIONS:
                return False
            self._open[request] = time.monotonic()
        return True

    def shutdown_request(self, request: Any) -> None:
        """Close a connection and forget it."""
        with self._guard:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Cut off connections that have been open too long; called twice a second."""
        self._cut_off(before=time.monotonic() - CONNECTION_SECONDS)

    def server_close(self) -> None:
        """Let requests under way be answered and end (rule 3): idle connections read an end of file."""
        self._cut_off(before=time.monotonic())
        super().server_close()

    def _cut_off(self, before: float) -> None:
        with self._guard:
            for connection in [item for item, since in self._open.items() if since <= before]:
                try:
                    socket.socket.shutdown(connection, socket.SHUT_RD)
                except OSError:
                    self._open.pop(connection, None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log that a connection broke, without whose it was."""
        self.say(f"a connection ended early: {type(sys.exception()).__name__}")


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection; several requests may follow each other on it."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "tasdiq-cosigner", ""
    # Small replies must not wait for the peer's acknowledgement.
    disable_nagle_algorithm = True
    server: Server

    def setup(self) -> None:
        """Shake hands where TLS is spoken."""
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()
        super().setup()

    def do_POST(self) -> None:
        """Answer a request to cosign."""
        length = self._length()
        if self.path != PATH or length is None:
            self.close_connection = True
            return self._send(Answer.refuse(404 if self.path != PATH else 411, f"expected POST {PATH} with a length"))
        if length > LARGEST_REQUEST:
            self.close_connection = True
            return self._send(Answer.refuse(413, f"expected at most {LARGEST_REQUEST} bytes"))
        data = self.rfile.read(length)
        if len(data) < length:
            self.close_connection = True
            return None
        return self._send(self._answer(data))

    def do_GET(self) -> None:
        """Say whether it could cosign now."""
        # A body that nobody reads would be taken for the next request.
        self.close_connection |= bool({"content-length", "transfer-encoding"} & {name.lower() for name in self.headers})
        if self.path != HEALTH:
            return self._send(Answer.refuse(404, f"expected POST {PATH} or GET {HEALTH}"))
        healthy = self.server.cosigner.healthy()
        return self._send(Answer(200, b"ok\n") if healthy else Answer.refuse(FAILED, "the memory cannot be used"))

    def _answer(self, data: bytes) -> Answer:
        try:
            return self.server.cosigner.answer(data)
        except Exception as error:  # the door: whatever went wrong, nothing is cosigned
            self.server.say(f"no signature: {type(error).__name__}")
            return Answer.refuse(FAILED, "the cosigner failed: nothing was cosigned")

    def _length(self) -> int | None:
        if self.headers.get("Transfer-Encoding") is not None:
            return None
        found = self.headers.get_all("Content-Length") or []
        try:
            return canonical.decimal(found[0]) if len(found) == 1 else None
        except InputError:
            return None

    def _send(self, answer: Answer) -> None:
        self.server.say(f"{answer.status} {answer.about}".rstrip())
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no HTTP request, in one line of text that repeats nothing of it."""
        self.close_connection = True
        self._send(Answer.refuse(int(code), HTTPStatus(code).phrase))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of addresses, paths and agents (rule 4)."""


def log_line(text: str) -> None:
    """Write a line with its time to stderr."""
    print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {shown(text)}", file=sys.stderr, flush=True)


def serve(cosigner: Cosigner, listening: Listening, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `announce` is told once under which key, and where, it listens."""
    server = Server(cosigner, listening, log_line)

    def stop(number: int, frame: object) -> None:
        # shutdown() waits for the loop that this handler has interrupted.
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    announce(f"{cosigner.verifier} cosigns at {server.url}")
    try:
        server.serve_forever(poll_interval=0.5)
    finally:
        server.server_close()
        log_line("stopped")
