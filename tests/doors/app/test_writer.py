"""The writer: groups, idempotence, errors over the wire, and the process that is killed."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from doors.app.seats import Founded, Seats, found
from postgres import Server
from tasdiq.clock import timestamp, utc_now
from tasdiq.errors import InputError, MissingError, ProcedureError, RecordError, RoleError, TasdiqError
from tasdiq.model import entries, steps
from tasdiq.model.value import Value, to_plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft, Submission
from tasdiq.record.reader import Reader
from tasdiq.secretariat.custody import sign_for
from tasdiq.web.writer import RemoteWriter, Writer, wire

RUN = (
    "import sys, pathlib; from tasdiq.web.writer.process import run; from tasdiq.settings import Settings;"
    "from tasdiq.secretariat.founding import Home; p = pathlib.Path; "
    "run(Home(p(sys.argv[1])), Settings(p(sys.argv[2])), p(sys.argv[3]))"
)


class Process:
    """A writer process over a table's record."""

    def __init__(self, seats: Seats) -> None:
        self.seats, self.socket = seats, seats.home.path / "writer.sock"
        self.start()

    def start(self) -> None:
        arguments = [str(self.seats.home.path), str(self.seats.settings.state_directory), str(self.socket)]
        self.running = subprocess.Popen([sys.executable, "-c", RUN, *arguments])

    def end(self, number: int = signal.SIGTERM) -> None:
        self.running.send_signal(number)
        self.running.wait(timeout=60)


@pytest.fixture(params=["sqlite", "postgres"])
def process(request: pytest.FixtureRequest, founded: Founded, tmp_path: Path) -> Iterator[Process]:
    """A writer process over a record in either database."""
    if request.param == "sqlite":
        seats = Seats.copy(founded, tmp_path)
    else:
        server: Server = request.getfixturevalue("postgres")
        seats = Seats(found(tmp_path, server.fresh()), tmp_path)
    made = Process(seats)
    yield made
    if made.running.poll() is None:
        made.end()


def signed(seats: Seats, member: str, body: Value, kind: str = "") -> Submission:
    """Sign an entry for the record as it stands."""
    with Reader.open(seats.home.path) as reader:
        draft = Draft(kind or type(body).__name__, member, timestamp(utc_now()), canonical.dumps(to_plain(body)))
        return sign_for(reader.chain, draft, [seats.keys[member]])


def proposal(seats: Seats, number: int) -> Submission:
    """Sign a public proposal without rows."""
    body = entries.Proposal(rows_of="session", method="test", subject=f"s{number}")
    return signed(seats, "ord", body, "GroupingProposed")


def size(seats: Seats) -> int:
    """Return how many entries stand."""
    with Reader.open(seats.home.path) as reader:
        return reader.size


def test_what_arrives_together_is_entered_and_answered_with_its_place(process: Process) -> None:
    """Twenty who hand in at once each get their own entry's place, under few receipts: groups were made."""
    writer, made = RemoteWriter(process.socket), [proposal(process.seats, n) for n in range(40)]
    with ThreadPoolExecutor(20) as pool:
        entered = list(pool.map(lambda one: writer.enter([one])[0], made))
    with Reader.open(process.seats.home.path) as reader:
        assert [reader[each.index].id for each in entered] == [one.id for one in made]
    assert len({each.receipt for each in entered}) < 40


def test_the_same_entry_handed_in_again_returns_its_place(process: Process) -> None:
    """A worker that died between append and answer tries again, and nothing is entered twice."""
    writer, one = RemoteWriter(process.socket), proposal(process.seats, 1)
    first, other = writer.enter([one])[0], proposal(process.seats, 2)
    again = writer.enter([one, other])
    assert (again[0].id, again[0].index, again[1].index) == (first.id, first.index, first.index + 1)


def test_a_call_enters_all_or_none(process: Process) -> None:
    """Where the last of three may not enter, the first two do not either."""
    writer, seats = RemoteWriter(process.socket), process.seats
    bad = signed(seats, "kes", steps.CaseAssessed(case="none", pursue=True, text="x"))
    before = size(seats)
    with pytest.raises(MissingError, match="no case none"):
        writer.enter([proposal(seats, 1), proposal(seats, 2), bad])
    assert size(seats) == before


def test_nobody_fails_by_the_fault_of_another_in_the_same_group(process: Process) -> None:
    """Of sixteen who hand in at once one is refused, and it alone."""
    writer, seats = RemoteWriter(process.socket), process.seats
    bad = signed(seats, "kes", steps.CaseAssessed(case="none", pursue=True, text="x"))
    with ThreadPoolExecutor(16) as pool:
        good = [pool.submit(writer.enter, [proposal(seats, n)]) for n in range(15)]
        with pytest.raises(MissingError):
            pool.submit(writer.enter, [bad]).result()
        assert len({future.result()[0].index for future in good}) == 15


def test_steps_in_one_call_are_each_held_against_what_those_before_leave(process: Process) -> None:
    """A case is opened and its competence decided in one call; a second decision in the next one is refused."""
    writer, seats = RemoteWriter(process.socket), process.seats
    now = timestamp(utc_now())
    framed = canonical.dumps({"frame": "test", "id": "p1", "method": "t", "topic": "talks", "wording": "w"})
    with Reader.open(seats.home.path) as reader:
        body = canonical.dumps(to_plain(entries.Proposal(rows_of="proposition", method="t", subject="record")))
        draft = Draft("PropositionFramed", "ord", now, body, rows=(framed,))
        writer.enter([sign_for(reader.chain, draft, [seats.keys["ord"]])])
    opened = entries.CaseOpened(
        case="case-1", subject="p1", subject_kind="proposition", allegation="Fire", alleged_by="kes",
        alleged_against="vor", commitment="no-fire", at=now,
    )  # fmt: skip
    decided = steps.CompetenceDecided(case="case-1", competent=True, commitment="no-fire", bearer="vor", at=now)
    before = size(seats)
    writer.enter([signed(seats, "kes", opened), signed(seats, "ord", decided)])
    assert size(seats) == before + 2
    with pytest.raises(ProcedureError):
        writer.enter([signed(seats, "ord", decided)])


def test_errors_cross_as_their_family_with_their_fields() -> None:
    """What the writer raises is raised again in the worker: class, words and fields; what is none of ours says nothing."""
    raised: list[TasdiqError] = [
        InputError("not so", file="a.csv", line=3, field="lat"),
        ProcedureError("not open", paragraph="P10"),
        RoleError("not you"),
        MissingError("not here"),
        RecordError("stopped"),
    ]
    for error in raised:
        told = wire.raised(wire.failed(error))
        assert (type(told), str(told), vars(told)) == (type(error), str(error), vars(error))
    assert "secret" not in str(wire.raised(wire.failed(ValueError("secret"))))


def test_killed_at_any_moment_it_loses_nothing_it_answered(process: Process) -> None:
    """SIGKILL while eight hand in; started again, it goes on, and every entry that was answered stands at its place."""
    writer, made = RemoteWriter(process.socket), [proposal(process.seats, n) for n in range(120)]
    writer.enter([proposal(process.seats, 999)])
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(writer.enter, [one]) for one in made]
        time.sleep(0.15)
        process.end(signal.SIGKILL)
        process.start()
        entered = [future.result()[0] for future in futures]
    with Reader.open(process.seats.home.path) as reader:
        assert [reader[each.index].id for each in entered] == [one.id for one in made]


def test_a_staged_file_is_moved_among_the_attachments(process: Process, tmp_path: Path) -> None:
    """It is found under its SHA-256 and gone from where it was staged."""
    writer, staged = RemoteWriter(process.socket), tmp_path / "staged"
    staged.write_bytes(b"three craters" * 1000)
    name = writer.keep_file(staged)
    assert name == hashlib.sha256(b"three craters" * 1000).hexdigest()
    assert not staged.exists()
    assert writer.keep(b"three craters" * 1000) == name


def test_a_checkpoint_follows_within_seconds(process: Process) -> None:
    """What was entered is soon covered."""
    at = RemoteWriter(process.socket).enter([proposal(process.seats, 1)])[0].index
    ends = time.monotonic() + 5
    while time.monotonic() < ends:
        with Reader.open(process.seats.home.path) as reader:
            if int((reader.checkpoint() or b"\n0").split(b"\n")[1]) > at:
                return
        time.sleep(0.1)
    pytest.fail("no checkpoint covers the entry")


def test_the_socket_is_for_its_user_alone_and_gone_in_the_end(process: Process) -> None:
    """Mode 0600; ended by SIGTERM it leaves nothing."""
    RemoteWriter(process.socket).enter([proposal(process.seats, 1)])
    assert process.socket.stat().st_mode & 0o777 == 0o600
    process.end()
    assert process.running.returncode == 0
    assert not process.socket.exists()


def test_in_one_process_the_record_is_free_when_the_answer_is_there(table: Seats) -> None:
    """Whoever is answered can open the record for writing at once, again and again; a closed writer takes nothing."""
    writer = Writer(table.home, table.settings)
    for number in range(5):
        writer.enter([proposal(table, number)])
        with table.room.live.reader() if hasattr(table.room.live, "reader") else Reader.open(table.home.path) as reader:
            assert reader.size
    writer.close()
    with pytest.raises(RecordError, match="stopped"):
        writer.enter([proposal(table, 9)])
