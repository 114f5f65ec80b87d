"""The server answers as tlog-witness says, within bounds; the client asks, catches up, and believes only signatures."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from record.cosign.trees import FORK, NAME, TREE, cosigner
from record.records import key
from tasdiq.errors import InputError, RecordError, SettingsError
from tasdiq.record import cosignature, note
from tasdiq.record.cosign import client, exchange, rules, server
from tasdiq.record.cosign.cosigner import verifier_of
from tasdiq.record.cosign.server import Listening, Server

VERIFIER = verifier_of(NAME, key(NAME))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    """A cosigner that listens on a free port of loopback."""
    said: list[str] = []
    with cosigner(tmp_path / "memory") as at_work:
        listening = Server(at_work, Listening(port=0), said.append)
        loop = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05})
        loop.start()
        yield listening
        listening.shutdown()
        listening.server_close()
        loop.join()
    assert "127.0.0.1" not in "".join(said)


def connect(served: Server) -> http.client.HTTPConnection:
    """Return a connection to the server."""
    return http.client.HTTPConnection("127.0.0.1", served.server_port, timeout=5)


def test_requests_follow_each_other_on_one_connection(served: Server) -> None:
    """Keep-alive, the body's type of a 409, health, and 404 for other paths."""
    connection = connect(served)
    found = []
    for method, path, body in (
        ("POST", "/add-checkpoint", TREE.request(0, 4)),
        ("POST", "/add-checkpoint", TREE.request(0, 9)),
        ("GET", "/health", None),
        ("GET", "/", None),
    ):
        connection.request(method, path, body)
        response = connection.getresponse()
        found.append((response.status, response.getheader("Content-Type"), response.read()))
    assert [status for status, _, _ in found] == [200, 409, 200, 404]
    assert found[1][1:] == ("text/x.tlog.size", b"4\n")
    connection.close()


def raw(served: Server, data: bytes) -> bytes:
    """Send bytes and return all that comes back."""
    with socket.create_connection(("127.0.0.1", served.server_port), timeout=5) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(4096), b""))


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\n\r\n", b" 411 "),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nold 0", b" 411 "),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b" 411 "),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", b" 413 "),
        (b"POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx", b" 404 "),
        (b"DELETE /add-checkpoint HTTP/1.1\r\nHost: x\r\n\r\n", b" 501 "),
        (b"GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\nPOST /add-checkpoint HTTP/1.1\r\n", b" 200 "),
        (b"nonsense\r\n\r\n", b"Bad Request"),
    ],
)
def test_rule_2_what_is_no_request_is_refused_in_one_line(served: Server, data: bytes, status: bytes) -> None:
    """No length, another spelling of it, chunks, too many bytes, other methods: refused, and the connection ends."""
    assert status in raw(served, data).partition(b"\n")[0]


def test_rule_2_silent_and_many_connections_stop_nobody(served: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every place taken by silent connections, a new one is turned away; once they are cut off, it is served."""
    silent = [socket.create_connection(("127.0.0.1", served.server_port)) for _ in range(server.MOST_CONNECTIONS)]
    for connection in silent:
        connection.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 100\r\n\r\nold")
    assert client.asking(served.url)(TREE.request(0, 4)).status == 0
    monkeypatch.setattr(server, "CONNECTION_SECONDS", 0.0)
    for connection in silent:
        connection.settimeout(5)
        assert connection.recv(10) == b""
        connection.close()
    monkeypatch.setattr(server, "CONNECTION_SECONDS", 60.0)
    assert client.asking(served.url)(TREE.request(0, 4)).status == 200


def test_the_client_catches_a_cosigner_up(served: Server) -> None:
    """From any guess it learns where the cosigner stands and makes the proof from there."""
    ask = client.asking(served.url)
    for size, guess in ((4, 0), (4, 0), (11, 2), (300, 0)):
        outcome = client.obtain(TREE.note(size), VERIFIER, ask, TREE.proof, guess)
        assert (outcome.result, outcome.name) == ("cosigned", NAME), outcome
        assert outcome.line and cosignature.cosigned_at(
            note.parse(TREE.note(size) + str(outcome.line).encode()), VERIFIER
        )


def test_the_client_tells_what_a_refusal_means(served: Server) -> None:
    """Ahead of this record, another history at the same or an earlier size, unknown: each is told apart."""
    ask = client.asking(served.url)
    client.obtain(TREE.note(8), VERIFIER, ask, TREE.proof)
    for tree, size, result in ((TREE, 5, "ahead"), (FORK, 8, "other-history"), (FORK, 12, "other-history")):
        outcome = client.obtain(tree.note(size), VERIFIER, ask, tree.proof)
        assert (outcome.result, outcome.line) == (result, None)
    unsigned = TREE.note(9, note.Verifier("x", key("x").public), key("x").sign)
    assert client.obtain(unsigned, VERIFIER, ask, TREE.proof).result == "refused"
    nobody = client.asking("http://127.0.0.1:1")
    assert client.obtain(TREE.note(9), VERIFIER, nobody, TREE.proof).result == "unreachable"


@pytest.mark.parametrize("body", [b"", b"\xff", b"5", b"-5\n", b"5\n5\n", "٣\n".encode()])
def test_a_409_without_a_size_is_unsound(body: bytes) -> None:
    """Whatever is no size on one line is not taken for one."""
    outcome = client.obtain(TREE.note(9), VERIFIER, lambda _: client.Reply(409, body), TREE.proof)
    assert outcome.result == "unsound"


def test_a_cosigner_that_names_new_sizes_for_ever_is_left(served: Server) -> None:
    """The number of tries is bounded."""
    sizes = iter(range(1, 100))
    outcome = client.obtain(TREE.note(90), VERIFIER, lambda _: client.Reply(409, b"%d\n" % next(sizes)), TREE.proof)
    assert outcome.result == "refused"


def test_only_the_cosigners_own_line_counts() -> None:
    """A line of another key, over another tree, or a second text before it: unsound, never taken."""
    signed, other = TREE.note(9), verifier_of("c2.example", key("c2.example"))
    right = cosignature.cosign(note.parse(signed).text, VERIFIER, key(NAME).sign, 5)
    stranger = cosignature.cosign(note.parse(signed).text, other, key("c2.example").sign, 5)
    elsewhere = cosignature.cosign(note.parse(TREE.note(8)).text, VERIFIER, key(NAME).sign, 5)
    for body, result in (
        (f"{right}", "cosigned"),
        (f"{stranger}{right}", "cosigned"),
        (f"{stranger}", "unsound"),
        (f"{elsewhere}", "unsound"),
        (f"{right}{elsewhere}", "unsound"),
        (f"more text\n\n{right}", "unsound"),
        ("", "unsound"),
    ):
        outcome = client.obtain(signed, VERIFIER, lambda _, body=body: client.Reply(200, body.encode()), TREE.proof)  # type: ignore[misc]
        assert outcome.result == result, body


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense",
        b"HTTP/1.1 409 Conflict\r\nContent-Length: 100\r\n\r\n5",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_an_answer_that_is_none_is_told(answer: bytes) -> None:
    """Broken off, no HTTP, a redirection: an outcome in words, nothing raised, nothing followed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        ask = client.asking(f"http://127.0.0.1:{listening.getsockname()[1]}")
        outcome = client.obtain(TREE.note(9), VERIFIER, ask, TREE.proof)
    assert outcome.result in ("unreachable", "unsound", "refused") and outcome.line is None


def test_a_cosigner_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A peer that sends a byte now and then for ever is unreachable after a while."""
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                for _ in range(50):
                    connection.sendall(b"H")
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        ask = client.asking(f"http://127.0.0.1:{listening.getsockname()[1]}")
        outcome = client.obtain(TREE.note(9), VERIFIER, ask, TREE.proof)
    assert (outcome.result, "no whole answer" in outcome.detail) == ("unreachable", True)


@pytest.mark.parametrize("url", ["ftp://x", "http://", "file:///etc/passwd", "http://x?y", "nonsense"])
def test_addresses_are_http(url: str) -> None:
    """Only http and https addresses of a host are asked."""
    with pytest.raises(SettingsError):
        client.asking(url)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "cosigner.example"])
def test_rule_1_beyond_loopback_only_with_tls(tmp_path: Path, host: str) -> None:
    """Without both TLS files a cosigner listens on loopback alone; files that are none are refused."""
    with pytest.raises(SettingsError, match="only with TLS"):
        Listening(host).tls()
    with pytest.raises(SettingsError, match="both files"):
        Listening(host, certificate=tmp_path / "c.pem").tls()
    with pytest.raises(SettingsError, match="no certificate"):
        Listening(host, certificate=tmp_path / "c.pem", private=tmp_path / "k.pem").tls()
    assert all(Listening(local).tls() is None for local in ("127.0.0.1", "::1", "localhost"))


def test_answers_by_file(tmp_path: Path) -> None:
    """An answer file is the body of an answer: lines that hold, or the size to start from."""
    signed = TREE.note(9)
    with cosigner(tmp_path) as at_work:
        answer = at_work.answer(rules.write_request(0, [], signed)).body
        assert [line.name for line in exchange.read_answer(signed, [VERIFIER], answer)] == [NAME]
        with pytest.raises(RecordError, match="--from 9"):
            exchange.read_answer(TREE.note(12), [VERIFIER], at_work.answer(TREE.request(0, 12)).body)
    for wrong in (b"", b"\xff\n", b"nothing\n", answer.replace(b" ", b"  ", 1), answer * 1000):
        with pytest.raises(InputError):
            exchange.read_answer(signed, [VERIFIER], wrong)
    with pytest.raises(InputError, match="no cosigner"):
        exchange.read_answer(signed, [verifier_of("c2.example", key("c2.example"))], answer)


def test_addresses_are_remembered(tmp_path: Path) -> None:
    """Name and address a line; a line that is none is named."""
    assert exchange.read_addresses(tmp_path) == {}
    exchange.remember_addresses(tmp_path, {"c1": "http://127.0.0.1:1", "b": "https://b.example"})
    assert exchange.read_addresses(tmp_path) == {"b": "https://b.example", "c1": "http://127.0.0.1:1"}
    (tmp_path / exchange.REMEMBERED).write_text("# note\n\n! http://x\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"cosigners\.txt:3"):
        exchange.read_addresses(tmp_path)
