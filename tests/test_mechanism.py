"""The mechanism: proposals that are new are entered, those that stand are not; every entry is a member's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from doors.folders import DENIAL, SHELLING, TABLE
from tasdiq.errors import MissingError, RoleError
from tasdiq.intake.article import receive_file
from tasdiq.intake.table import read_table
from tasdiq.mechanism import Mechanism, timestamp
from tasdiq.model import entries
from tasdiq.model.charter import Charter, Member, PublicationRules
from tasdiq.model.proposition import Proposition
from tasdiq.record.audit.path import audit
from tasdiq.record.rows import MOST_ROWS
from tasdiq.secretariat.founding import Home, found_desk
from tasdiq.settings import Settings

NOON = datetime(2031, 3, 4, 12, 0, 5, tzinfo=UTC)
CHARTER = Charter(
    title="Kestria and Vorland",
    form="desk",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
)


@pytest.fixture
def mechanism(tmp_path: Path) -> Mechanism:
    """A desk record, open, with a fixed clock."""
    home, settings = Home(tmp_path / "record"), Settings(tmp_path / "state")
    with home.building() as place:
        Mechanism.found(place, found_desk(place, CHARTER, timestamp(NOON)), settings)
    return Mechanism.open(home, settings, clock=lambda: NOON)


def rows(*ids: str) -> list[Proposition]:
    """Return propositions of these ids."""
    return [Proposition(id=ident, topic="talks", wording=ident, frame="test", method="test") for ident in ids]


def test_files_enter_once_and_text_comes_back(mechanism: Mechanism) -> None:
    """The same bytes read the same way are not entered again; originals and texts are attachments."""
    with mechanism:
        files = [
            (receive_file(name, text.encode()), text.encode())
            for name, text in (("a.txt", SHELLING), ("b.txt", DENIAL))
        ]
        assert mechanism.receive(files) == 2
        assert mechanism.receive([*files, *files]) == 0
        assert {item.file: item.text for item in mechanism.received()} == {"a.txt": SHELLING, "b.txt": DENIAL}


def test_a_table_enters_once_and_its_reports_are_joint(mechanism: Mechanism) -> None:
    """Exact places stay with the members: the rows of reports are in no public entry."""
    with mechanism:
        table = read_table("events.csv", TABLE.encode())
        assert mechanism.receive_tables([(table, TABLE.encode())]) == 1
        assert mechanism.receive_tables([(table, TABLE.encode())]) == 0
        assert [line.access for line in mechanism.state().entries] == ["public", "public", "joint"]
        assert set(mechanism.state().reports) == {"r1", "r2"}


def test_only_a_new_proposal_is_entered(mechanism: Mechanism) -> None:
    """Equal rows stand; other rows, other order and no rows are entered."""
    with mechanism:
        told = [
            mechanism.propose("proposition", "record", "m", each) for each in (rows("p-a", "p-b"), rows("p-a", "p-b"))
        ]
        assert told == [True, False]
        assert mechanism.propose("proposition", "record", "m", rows("p-b", "p-a"))
        assert mechanism.propose("proposition", "record", "m", [])
        assert not mechanism.propose("proposition", "record", "m", [])


def test_many_rows_come_in_parts(mechanism: Mechanism) -> None:
    """More rows than one entry may hold are one proposal in several entries."""
    with mechanism:
        many = rows(*(f"p-{n:05d}" for n in range(MOST_ROWS + 1)))
        assert mechanism.propose("proposition", "record", "m", many)
        assert mechanism.log.size == 3
        assert not mechanism.propose("proposition", "record", "m", many)
        assert len(mechanism.state().propositions) == MOST_ROWS + 1


def test_confirming_and_refusing_need_something_to_look_at(mechanism: Mechanism) -> None:
    """Ids that are in no proposal are refused by name."""
    with mechanism:
        mechanism.propose("proposition", "record", "m", rows("p-a", "p-b"))
        mechanism.confirm(["p-a"])
        mechanism.refuse(["p-b"], "not said")
        assert (set(mechanism.state().confirmed), set(mechanism.state().refused)) == ({"p-a"}, {"p-b"})
        with pytest.raises(MissingError, match="p-zzz"):
            mechanism.confirm(["p-zzz"])


def test_a_charter_is_amended_once(mechanism: Mechanism) -> None:
    """The one that stands is not entered again."""
    with mechanism:
        changed = msgspec.structs.replace(CHARTER, title="Another title")
        assert (mechanism.amend(CHARTER, ""), mechanism.amend(changed, "new"), mechanism.amend(changed, "")) == (
            False,
            True,
            False,
        )


def test_rule_p9_no_case_in_a_desk_record(mechanism: Mechanism) -> None:
    """Nobody signs for a party there."""
    with mechanism, pytest.raises(RoleError, match="P9"):
        body = entries.CaseOpened(case="c", subject="p", subject_kind="proposition", allegation="x", alleged_by="kes")
        mechanism.step("CaseOpened", body)


def test_entries_carry_the_clock_and_the_record_holds(mechanism: Mechanism) -> None:
    """Times are UTC to the second, and all of it audits clean."""
    with mechanism:
        mechanism.propose("proposition", "record", "m", rows("p-a"))
        mechanism.log.checkpoint()
        assert mechanism.state().entries[1].claimed_time == "2031-03-04T12:00:05Z"
    assert audit(mechanism.home.path).ok


def test_rows_that_may_not_be_passed_on_are_in_no_public_entry(tmp_path: Path) -> None:
    """Even where the charter coarsens nothing, and even the words of rejected rows (DESIGN 2.10)."""
    columns = "eventid,iyear,imonth,iday,attacktype1,gname,summary"
    table = f"{columns}\n1,2030,5,2,3,Unknown,Harbour bridge\n2,2030,5,2,99,Unknown,Harbour bridge\n".encode()
    home, open_charter = Home(tmp_path / "record"), PublicationRules(coarsen="none")
    charter = msgspec.structs.replace(CHARTER, publication=open_charter)
    with home.building() as place:
        Mechanism.found(place, found_desk(place, charter, timestamp(NOON)), Settings(tmp_path / "state"))
    with Mechanism.open(home, Settings(tmp_path / "state"), clock=lambda: NOON) as mechanism:
        read = read_table("gtd.csv", table, today=NOON.date())
        assert (len(read.reports), len(read.rejected)) == (1, 1)
        mechanism.receive_tables([(read, table)])
        mechanism.publish(tmp_path / "site")
        assert [line.access for line in mechanism.state().entries][:3] == ["public", "public", "joint"]
    written = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert written and not [path for path in written if b"Harbour bridge" in path.read_bytes()]
