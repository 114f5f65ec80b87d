"""How often and how large: budgets that workers share, and the bounds of requests (budget, rates, sizes)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import select

from doors.app.probes import add_probes
from doors.app.seats import Seats
from tasdiq.web.accounts import passwords
from tasdiq.web.guard import sizes
from tasdiq.web.guard.budget import BUDGETS, Budget, Budgets, TooOftenError, place_of
from tasdiq.web.guard.tables import RATE
from tasdiq.web.office.database import Office
from tasdiq.web.serving import patient
from tasdiq.web.serving import pulse as pulses
from tasdiq.web.serving.metrics import Metrics
from tasdiq.web.serving.pulse import Pulse


def spend_all(office: Office, workers: list[Budgets], kind: Any, who: str, most: int = 10_000) -> int:
    """Let workers spend in turn until one is refused; return how often it went well."""
    for count in range(most):
        try:
            workers[count % len(workers)].spend(office, kind, who)
        except TooOftenError:
            return count
    return most


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a thread of its own: in that of the tests a browser's loop may be running."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()


def test_attempts_to_sign_in_are_counted_across_workers(either_table: Seats) -> None:
    """Rule 1 of budgets: however many workers there are, an address has the same number of attempts."""
    office = either_table.room.office
    most = BUDGETS["sign-in"].most
    assert spend_all(office, [Budgets(), Budgets(), Budgets()], "sign-in", "192.0.2.7") == most
    with pytest.raises(TooOftenError) as refused:
        Budgets().spend(office, "sign-in", "192.0.2.7")
    assert 0 < refused.value.seconds <= BUDGETS["sign-in"].seconds
    Budgets().spend(office, "sign-in", "192.0.2.8")


def test_no_more_is_spent_than_the_budget_and_few_requests_ask_the_office(table: Seats) -> None:
    """Rule 2: workers take parts; together they never give more than there is."""
    office, workers = table.room.office, [Budgets(), Budgets()]
    spent = spend_all(office, workers, "write", "account-1")
    assert BUDGETS["write"].most - BUDGETS["write"].part < spent <= BUDGETS["write"].most


def test_after_its_time_there_is_another_budget(table: Seats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 1: so many in so many seconds; what was spent before no longer counts."""
    office = table.room.office
    spend_all(office, [Budgets()], "name", "kes/officer")
    now = office.now()
    monkeypatch.setattr(office, "now", lambda: now + BUDGETS["name"].seconds)
    Budgets().spend(office, "name", "kes/officer")


def test_the_office_keeps_no_address_and_no_name(table: Seats) -> None:
    """Rule 3: what is counted under cannot be read back."""
    Budgets().spend(table.room.office, "sign-in", "192.0.2.7")
    with table.room.office.reading() as connection:
        rows = connection.execute(select(RATE)).all()
    assert (len(rows), "192" in str(rows)) == (1, False)


@pytest.mark.parametrize(
    ("address", "place"),
    [("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8::1", "2001:db8::/64"), ("testclient", "testclient")],
)  # fmt: skip
def test_an_address_counts_as_its_network(address: str, place: str) -> None:
    """Rule 3: who has a /64 has as many addresses as it likes, and one budget."""
    assert place_of(address) == place


@pytest.fixture
def probed(table: Seats) -> Iterator[Seats]:
    """A table whose application has the probes."""
    add_probes(table.app)
    yield table


def test_somebody_who_guesses_is_told_to_wait(probed: Seats) -> None:
    """The next attempt after the budget is refused with the time to wait; reading goes on."""
    client = probed.anybody()
    client.get("/")
    answers = [client.post("/sign-in/probe", data={"text": "guess"}) for _ in range(BUDGETS["sign-in"].most + 1)]
    assert [found.status_code for found in answers[-2:]] == [200, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= BUDGETS["sign-in"].seconds
    assert probed.anybody().get("/").status_code == 200


def test_each_account_has_its_own_budget(probed: Seats, monkeypatch: pytest.MonkeyPatch) -> None:
    """One officer's program that goes wild stops nobody else, and leaves that officer its reading."""
    monkeypatch.setitem(BUDGETS, "upload", Budget(3, 600))
    wild, other = probed.client("kes"), probed.client("vor")
    wild.get("/"), other.get("/")
    answers = [wild.post("/api/v1/uploads/probe", content=b"x").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert other.post("/api/v1/uploads/probe", content=b"x").status_code == 200
    assert wild.get("/").status_code == 200


def test_what_takes_the_server_long_has_a_small_budget(probed: Seats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 3 of rates: whole tables, papers, proofs and looks into files; who spent it still reads pages; others have theirs."""
    monkeypatch.setitem(BUDGETS, "heavy", Budget(3, 300))
    for client in (probed.anybody(), probed.client("kes")):
        paths = (
            "/api/v1/exports/reports.csv",
            "/evidence/e/files/f/download",
            "/sessions/s/minutes.pdf",
            "/calls/sheet.pdf",
        )
        assert [client.get(path, follow_redirects=False).status_code == 429 for path in paths] == [False] * 3 + [True]
        assert client.get("/").status_code == 200


def test_passwords_are_worked_out_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A13: thirty attempts at once take the memory of four."""
    running, most, verify = [0], [0], passwords._HASHER.verify

    def watched(password: str, kept: str) -> bool:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.005)
        try:
            return verify(password, kept)
        finally:
            running[0] -= 1

    monkeypatch.setattr(passwords._HASHER, "verify", watched)
    attempts = [threading.Thread(target=passwords.holds, args=("a guess at it", None)) for _ in range(30)]
    for attempt in attempts:
        attempt.start()
    for attempt in attempts:
        attempt.join()
    assert 1 < most[0] <= passwords.AT_ONCE


def test_an_account_takes_few_places_of_those_who_listen(table: Seats) -> None:
    """Rule 4 of pulse: one account's streams are bounded, and others still find a place."""

    async def listen() -> None:
        pulse = Pulse(table.room.live, Metrics())
        async with contextlib.AsyncExitStack() as held:
            for _ in range(pulses.MOST_OF_ONE):
                await held.enter_async_context(pulse.listening("kes-liaison"))
            with pytest.raises(TooOftenError):
                pulse.require_place("kes-liaison")
            pulse.require_place("vor-liaison")
        pulse.require_place("kes-liaison")
        pulse.stop()

    _run(listen())


def test_a_program_reads_when_to_try_again(probed: Seats, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one shape of problems, with Retry-After."""
    monkeypatch.setitem(BUDGETS, "read", Budget(1, 60))
    client = probed.client("kes")
    client.get("/api/v1/nowhere")
    found = client.get("/api/v1/nowhere")
    assert (found.status_code, found.headers["content-type"]) == (429, "application/problem+json")
    assert found.json()["type"] == "urn:tasdiq:problem:often"


@pytest.mark.parametrize(
    ("sent", "counted"),
    [({}, "testclient"), ({"X-Forwarded-For": "198.51.100.1"}, "testclient")],
)
def test_what_a_request_says_of_its_own_address_counts_nothing(
    probed: Seats, sent: dict[str, str], counted: str
) -> None:
    """Rule 4 of rates: without a proxy, a header gives nobody another budget."""
    client = probed.anybody()
    client.get("/", headers=sent)
    assert {who for _, who in probed.room.budgets._held} == {counted}


def test_behind_a_proxy_the_address_is_the_last_one_it_names(probed: Seats) -> None:
    """Rule 4 of rates: what a client put before it is not believed."""
    probed.with_options(behind_proxy=True)
    del probed.__dict__["room"], probed.__dict__["app"]
    probed.anybody().get("/", headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.1"})
    assert {who for _, who in probed.room.budgets._held} == {"198.51.100.1"}


def test_a_body_that_says_it_is_too_large_is_not_read(probed: Seats) -> None:
    """Rule 2 of sizes."""
    client = probed.anybody()
    client.get("/")
    found = client.post("/probe/body", headers={"Content-Length": str(10**12)}, content=b"x")
    assert (found.status_code, found.headers["connection"]) == (413, "close")


def test_a_body_that_does_not_say_is_bounded_too(probed: Seats) -> None:
    """Rule 2 of sizes: chunk by chunk, up to the bound of its address."""
    client = probed.anybody()
    client.get("/")
    for address, status in (("/probe/body", 413), ("/api/v1/uploads/probe", 200)):
        pieces = (b"x" * 65_536 for _ in range(40))
        assert client.post(address, content=pieces).status_code == status


def test_addresses_and_headers_are_bounded(anybody: Any) -> None:
    """Rule 1 of sizes."""
    assert anybody.get("/?" + "a" * 9000).status_code == 414
    assert anybody.get("/", headers={"X-Much": "a" * 40_000}).status_code == 414


def test_a_body_that_stops_arriving_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 3 of sizes: a slow sender holds no place for ever."""
    monkeypatch.setattr(sizes, "SILENCE_S", 0.05)

    async def never() -> Any:
        await asyncio.sleep(60)

    async def waits() -> None:
        await sizes._Bounded(never, 10).receive()

    with pytest.raises(sizes._BeyondError) as given_up:
        _run(waits())
    assert given_up.value.problem == "slow"


def test_a_head_that_does_not_arrive_is_given_up(table: Seats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opens a connection and sends a byte at a time is cut off; who asks properly is answered meanwhile, twice on one."""
    monkeypatch.setattr(patient, "HEAD_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as place:
        config = uvicorn.Config(table.app, http=patient.Patient, log_level="critical", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        slow = socket.create_connection(place.getsockname())
        slow.sendall(b"GET / HTTP/1.1\r\nHost: testse")
        with httpx.Client(base_url=f"http://127.0.0.1:{place.getsockname()[1]}") as client:
            assert client.get("/health").status_code == 200
            time.sleep(0.5)
            assert client.get("/health").status_code == 200
        slow.settimeout(5)
        assert slow.recv(100) == b""
        server.should_exit = True
        thread.join(10)
