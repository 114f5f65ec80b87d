"""Nothing that a server acknowledged is lost: told to end, or with a worker or the writer killed, while entries come in."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import pytest

from doors.app.seats import Seats
from doors.app.servers import Served, serving
from tasdiq.model import entries
from tasdiq.model.value import to_plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.reader import Reader
from tasdiq.record.submission import to_bytes
from tasdiq.secretariat.custody import read_chain, sign_for
from tasdiq.web.accounts import sessions
from tasdiq.web.guard import csrf

MEDIA = "application/vnd.tasdiq.submission+json"


def signed(table: Seats, count: int) -> list[bytes]:
    """Sign entries that any state of the record takes, as submissions."""
    chain, body = read_chain(table.home.path), canonical.dumps(to_plain(entries.KeysChanged(note="")))
    draft = Draft(kind="Unheard", member="ord", claimed_time="2025-03-12T08:00:00Z", body=body)
    return [to_bytes(sign_for(chain, draft, [table.keys["ord"]])) for _ in range(count)]


@dataclass
class Handing:
    """Officers who hand entries in, two at once, and what they were told."""

    served: Served
    cookies: dict[str, str]
    waiting: list[bytes]
    told: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    lost: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while self.waiting and not self.stop.is_set():
            submission = self.waiting.pop()
            try:
                with self.served.client(cookies=self.cookies) as client:
                    client.cookies.set(csrf.cookies.TOKEN, "a" * 43)
                    headers = {"Content-Type": MEDIA, csrf.HEADER: csrf.token_of(client.cookies)}
                    answer = client.post("/api/v1/entries", content=submission, headers=headers)
            except httpx.HTTPError:
                # No answer, no acknowledgement: whoever handed it in does so again.
                self.lost += 1
                time.sleep(0.05)
                continue
            if answer.status_code == 201:
                self.told += [one["id"] for one in answer.json()["entered"]]
            else:
                self.refused.append(answer.status_code)

    def during(self, happens: Callable[[], object], after: int = 5) -> None:
        """Hand in, let something happen once a few were acknowledged, and hand in until nothing is left or it is stopped."""
        hands = [threading.Thread(target=self.run) for _ in range(2)]
        for hand in hands:
            hand.start()
        ends = time.monotonic() + 60
        while len(self.told) < after and time.monotonic() < ends:
            time.sleep(0.02)
        happens()
        for hand in hands:
            hand.join(120)


def handing(table: Seats, served: Served, count: int) -> Handing:
    """Prepare officers and what they hand in."""
    value = sessions.start(table.room.office, table.account("ord"))
    return Handing(served, {sessions.COOKIE: value}, signed(table, count))


def require_kept(table: Seats, hands: Handing) -> None:
    """Check that every entry somebody was told of stands in the record."""
    with Reader.open(table.home.path) as reader:
        known = {stored.id for stored in reader}
    assert hands.told
    assert set(hands.told) <= known


def test_told_to_end_it_answers_what_it_has_begun(table: Seats) -> None:
    """Whoever was told that an entry stands finds it; the others were told nothing, or that the record cannot be reached."""
    with serving(table.base) as served:
        hands = handing(table, served, 300)

        def end() -> None:
            assert served.stop() == 0
            hands.stop.set()

        hands.during(end)
    require_kept(table, hands)
    assert set(hands.refused) <= {503}


@pytest.mark.parametrize("victim", [0, 1], ids=["the writer", "a worker"])
def test_a_killed_process_loses_nothing_acknowledged(table: Seats, victim: int) -> None:
    """The others go on, what was killed is started again, and everything that was acknowledged stands."""
    with serving(table.base) as served:
        hands = handing(table, served, 60)
        number = served.children()[victim]
        hands.during(lambda: os.kill(number, signal.SIGKILL))
        ends = time.monotonic() + 90
        while len(served.children()) < 3 or number in served.children():
            assert time.monotonic() < ends
            time.sleep(0.1)
        assert served.until(ready=True)
        assert any(line["event"].endswith(f" {number} ended with -9") for line in served.lines())
    require_kept(table, hands)
    assert len(hands.told) + len(hands.refused) + hands.lost == 60
    assert set(hands.refused) <= {503}
