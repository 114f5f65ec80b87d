"""`tasdiq serve` as its operator meets it: what is refused, where it says it is, how it stops, what it logs and measures."""

from __future__ import annotations

import re
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from doors.app.seats import Founded, Seats
from doors.app.servers import Served, serving
from doors.conftest import Door
from tasdiq.web.accounts import office as accounts
from tasdiq.web.accounts import sessions
from tasdiq.web.office.database import Office


@pytest.fixture(scope="module")
def running(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A server over a record of its own, for the tests that only look."""
    base = tmp_path_factory.mktemp("served")
    Seats.copy(founded, base)
    with serving(base) as served:
        yield served, base


def officers_cookie(base: Path) -> dict[str, str]:
    """Return the cookie of a session of an officer."""
    office = Office.open(Seats(None, base).home)  # type: ignore[arg-type]
    try:
        account = accounts.make_account(office, "vor", "liaison", f"officer {time.monotonic_ns()}")
        return {sessions.COOKIE: sessions.start(office, account)}
    finally:
        office.close()


def refused(door: Door, words: str, *arguments: object, code: int = 2) -> None:
    """Check that the server refuses to start, in these words, at once."""
    done = door("serve", *arguments)
    assert (done.code, words in done.err) == (code, True), (done.code, done.err)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--host", "0.0.0.0"], "beyond this machine the server listens only with TLS"),
        (["--host", "192.0.2.7"], "beyond this machine the server listens only with TLS"),
        (["--host", "::"], "beyond this machine the server listens only with TLS"),
        (["--tls-cert", "chain.pem"], "TLS needs both files"),
        (["--tls-cert", "chain.pem", "--tls-key", "tls.key"], "no certificate with its key here"),
        (["--behind-proxy"], "say under which address browsers reach it"),
        (
            ["--behind-proxy", "--address", "http://record.example"],
            "expected the address of the server such as https://",
        ),
        (["--address", "http://record.example/path"], "expected the address of the server"),
        (["--database", "postgresql://user@host/name"], "this record is a file, not in a database"),
        (["--metrics-token", "none"], "expected a file with the token"),
    ],
)
def test_what_would_be_unsafe_or_cannot_be_is_refused(
    table: Seats, door: Door, arguments: list[str], words: str
) -> None:
    """Rule 1 of listening, and everything else an operator can get wrong: one clear line, no process started."""
    refused(door, words, table.home.path, *arguments)


def test_without_a_record_it_teaches_how_to_make_one(tmp_path: Path, door: Door) -> None:
    """No record named, and none at the path: both say what to do."""
    refused(door, "tasdiq init RECORD --charter charter.toml")
    refused(door, "create one with tasdiq init", tmp_path / "nowhere")


def test_a_port_that_is_taken_is_said_so(table: Seats, door: Door) -> None:
    """Rule 3 of listening: no other port is chosen silently."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused(door, f"127.0.0.1:{port}: another program listens here", table.home.path, "--port", port)


def test_one_record_has_one_server(running: tuple[Served, Path], door: Door) -> None:
    """Rule 1 of the supervisor: a second server is refused and the first goes on."""
    served, base = running
    refused(door, "another tasdiq serve has this record", base / "record", "--port", "0")
    assert served.until(ready=True)


def test_it_says_where_it_is_when_it_is_ready(running: tuple[Served, Path]) -> None:
    """The first request after the word is answered; the address is one that browsers take as secure."""
    served, _ = running
    assert re.fullmatch(r"http://localhost:\d+", served.address)
    with served.client() as client:
        assert [client.get(path).status_code for path in ("/", "/health", "/ready", "/static/app/app.css")] == [200] * 4


def test_the_figures_of_all_workers_are_added_up(running: tuple[Served, Path]) -> None:
    """Whichever worker is asked; by this machine, and not through a proxy."""
    served, _ = running
    for _ in range(30):
        with served.client() as client:
            client.get("/nowhere/at/all")
    with served.client() as client:
        text = client.get("/metrics").text
        assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    found = re.search(r'tasdiq_requests_total\{method="GET",route="none",status="404"\} (\d+)', text)
    assert found
    assert int(found[1]) >= 30
    assert "tasdiq_record_entries 17.0" in text or re.search(r"tasdiq_record_entries \d", text)


def test_the_log_names_nobody(running: tuple[Served, Path]) -> None:
    """Every line is JSON; none has an address, a query, an id or what a browser calls itself."""
    served, base = running
    with served.client(cookies=officers_cookie(base)) as client:
        client.get("/cases/case-of-Ana?witness=Ana", headers={"User-Agent": "Ana's telephone", "Referer": "Ana"})
    time.sleep(0.3)
    lines = served.lines()
    assert any(line["event"] == "request" for line in lines)
    assert not any(word in str(lines) for word in ("Ana", "127.0.0.1", "vor", "witness"))


def test_officers_are_told_that_the_record_grows(running: tuple[Served, Path]) -> None:
    """An event with the number of entries and nothing else; anybody has no such stream."""
    served, base = running
    with served.client() as client:
        assert client.get("/events").status_code == 404
    with served.client(cookies=officers_cookie(base)) as client, client.stream("GET", "/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        told = [line for line, _ in zip(lines, range(5), strict=False)]
    assert [line.partition(":")[0] for line in told if line] == ["retry", "id", "event", "data"]


def test_it_stops_in_order(table: Seats) -> None:
    """Told to end it ends event streams, leaves no process and no socket, and can be started again; Ctrl-C is the same."""
    for number in (signal.SIGTERM, signal.SIGINT):
        with serving(table.base, "--workers", 1) as served:
            cookies, children = officers_cookie(table.base), served.children()
            with served.client(cookies=cookies) as client, client.stream("GET", "/events") as stream:
                next(stream.iter_lines())
                assert served.stop(number) == 0
            assert not any(Path(f"/proc/{child}").exists() for child in children)
            assert not (table.home.path / "writer.sock").exists()


def test_without_its_supervisor_no_process_lives_on(table: Seats) -> None:
    """A supervisor that is killed takes its children along, so that a new one finds a free record."""
    with serving(table.base, "--workers", 1) as served:
        children = served.children()
        served.stop(signal.SIGKILL)
        ends = time.monotonic() + 40
        while any(Path(f"/proc/{child}").exists() for child in children):
            assert time.monotonic() < ends
            time.sleep(0.1)
    with serving(table.base, "--workers", 1) as again:
        assert again.until(ready=True)


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost."""
    chain, key = folder / "chain.pem", folder / "tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", chain],
        check=True, capture_output=True,
    )  # fmt: skip
    return chain, key


def test_with_tls_it_listens_anywhere_and_takes_a_renewed_certificate(table: Seats) -> None:
    """Rule 1 of listening: TLS 1.2 or newer, cookies for this host over TLS alone; SIGHUP reads the files again."""
    chain, key = certificate(table.base)
    options = (
        "--workers",
        1,
        "--host",
        "0.0.0.0",
        "--tls-cert",
        chain,
        "--tls-key",
        key,
        "--address",
        "https://localhost",
    )
    with serving(table.base, *options, verify=ssl.create_default_context(cafile=chain)) as served:
        served.options["base_url"] = f"https://localhost:{served.port}"
        assert (served.address, served.until(ready=True)) == ("https://localhost", True)
        with served.client() as client:
            assert client.get("/").headers["set-cookie"].startswith("__Host-tasdiq_csrf=")
        with pytest.raises(httpx.HTTPError), httpx.Client(trust_env=False) as plain:
            plain.get(f"http://localhost:{served.port}/")
        certificate(table.base)
        served.process.send_signal(signal.SIGHUP)
        served.options["verify"] = ssl.create_default_context(cafile=chain)
        assert served.until(ready=True, seconds=90)
