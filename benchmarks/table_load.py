"""Readers and writers at a server, as cheap as they can be: they share the machine with it.

A reader asks for one page after the other, as they are linked, with a pause in between as a person makes. A writer signs a step,
hands it in, waits for the answer, and reads what it entered at once. Each has one connection, which it keeps.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from table_record import signed
from table_story import Made

from tasdiq.clock import timestamp
from tasdiq.model import entries
from tasdiq.model.call import CallLogged
from tasdiq.record.log import Log
from tasdiq.record.submission import to_bytes

PAGES = (
    "/", "/desk", "/cases", "/cases/case-{case}", "/agreements", "/commitments/no-fire", "/calls", "/calls/call-{call}",
    "/propositions", "/propositions/p{point}", "/incidents", "/documents", "/entries", "/entries/{entry}", "/search?q=mortar",
    "/search?q=ridge+convoy&place=sella", "/search?q=number+{entry}", "/notices", "/api/v1/cases?limit=50",
    "/api/v1/entries?limit=50",
)  # fmt: skip
OF_OFFICERS = ("/desk", "/notices", "/calls/call-{call}")
"""Pages that nobody sees who did not sign in."""
SHARES = {"case": 20, "call": 10, "entry": 1}
"""One of how many entries opens a case, or logs a call, in the record that is read."""
PATIENCE_S = 90.0


@dataclass
class Measured:
    """What readers and writers met."""

    times: dict[str, list[float]] = field(default_factory=dict)
    entering: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, int] = field(default_factory=dict)
    memory: list[list[int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, page: str, seconds: float, status: int) -> None:
        """Note a page."""
        with self.lock:
            if 200 <= status < 400:
                self.times.setdefault(page, []).append(seconds)
            else:
                self.wrong[f"{page}: {status}"] += 1


class Connection:
    """One connection to the server, made anew when it was lost."""

    def __init__(self, address: str, *headers: str) -> None:
        parts = urlsplit(address)
        self._where = parts.hostname or "", parts.port or 80
        self._head = "\r\n".join((f"Host: {parts.netloc}", *headers)) + "\r\n"
        self._socket: socket.socket | None = None

    def get(self, path: str) -> int:
        """Ask for a page; return its status, 0 if there was no answer."""
        return self._ask(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())[0]

    def post(self, path: str, kind: str, body: bytes) -> tuple[int, bytes]:
        """Send a body; return status and answer."""
        head = f"POST {path} HTTP/1.1\r\n{self._head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return self._ask(head.encode() + body)

    def _ask(self, request: bytes) -> tuple[int, bytes]:
        for again in (True, False):
            fresh = self._socket is None
            try:
                return self._asked(request)
            except OSError as error:
                self._socket = None
                # A server may close a connection on which nothing came for a while: then, and only then, ask once more.
                if not again or fresh or not isinstance(error, ConnectionResetError | BrokenPipeError):
                    return 0, repr(error).encode()
        return 0, b""

    def _asked(self, request: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(self._where, PATIENCE_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._received()
        head = data[:end].lower()
        at = head.find(b"\r\ncontent-length: ")
        length = int(head[at + 18 :].partition(b"\r\n")[0]) if at >= 0 else 0
        parts, left = [data[end + 4 :]], length - len(data) + end + 4
        while left > 0:
            parts.append(self._received())
            left -= len(parts[-1])
        if b"\r\nconnection: close" in head:
            self._socket = None
        return int(data[9:12]), b"".join(parts)

    def _received(self) -> bytes:
        assert self._socket
        data = self._socket.recv(2**18)
        if not data:
            raise ConnectionResetError("the server closed the connection")
        return data


def read(address: str, cookie: str, size: int, ends: float, seed: int, think: float, found: Measured) -> None:
    """Ask for pages until the time is over, with pauses of half to one and a half times `think` seconds."""
    chance, connection = (
        random.Random(seed),
        Connection(address, *([f"Cookie: tasdiq_session={cookie}"] * bool(cookie))),
    )
    pages = [page for page in PAGES if cookie or page not in OF_OFFICERS]
    time.sleep(chance.uniform(0, think))
    while time.monotonic() < ends:
        page = chance.choice(pages)
        numbers = {name: chance.randrange(size // share) for name, share in SHARES.items()}
        path, began = page.format(point=chance.randrange(300), **numbers), time.perf_counter()
        status = connection.get(path)
        found.read(page, time.perf_counter() - began, status)
        time.sleep(think * chance.uniform(0.5, 1.5) if status else 0.2)


def enter(address: str, log: Log, bearer: str, ends: float, number: int, think: float, found: Measured) -> None:
    """Enter steps until the time is over: one is signed, handed in, answered, and read."""
    connection, chance, count = Connection(address, f"Authorization: Bearer {bearer}"), random.Random(number), 0
    while time.monotonic() < ends:
        count += 1
        made = to_bytes(signed(log, step(("kes", "vor")[number % 2], number, count)))
        began = time.perf_counter()
        status, answer = connection.post("/api/v1/entries", "application/json", made)
        seconds = time.perf_counter() - began
        if status == 201:
            entered = msgspec.json.decode(answer)["entered"][0]
            with found.lock:
                found.entering.append(seconds)
                found.acknowledged[entered["id"]] = entered["index"]
            began = time.perf_counter()
            status = connection.get(f"/api/v1/entries/{entered['id']}")
            found.read("/api/v1/entries/(just entered)", time.perf_counter() - began, status)
        else:
            with found.lock:
                found.wrong[f"entering: {status} {answer[:120].decode(errors='replace')}"] += 1
        time.sleep(think * chance.uniform(0.5, 1.5) if status else 0.3)


def step(member: str, number: int, count: int) -> Made:
    """Return a step of a party: two calls, then a case."""
    now = datetime.now(UTC)
    at, other = timestamp(now), "vor" if member == "kes" else "kes"
    ident = f"load-{number}-{count}"
    if count % 3:
        logged = CallLogged(
            call=ident, caller=member, called=other, tried_at=timestamp(now - timedelta(minutes=5)),
            reached_at=timestamp(now - timedelta(minutes=4)), asked="to hold fire at the ford", read_back="as asked", at=at,
        )  # fmt: skip
        return Made("CallLogged", member, logged, now, "joint")
    opened = entries.CaseOpened(
        case=ident, subject=f"p{count % 300}", subject_kind="proposition", allegation="Fire at the ford", alleged_by=member,
        alleged_against=other, commitment="no-fire" if other == "vor" else "no-fire-kes", at=at,
    )  # fmt: skip
    return Made("CaseOpened", member, opened, now)
