"""Search finds what a viewer sees, and nothing else, by words, places, times and actors. Tests are named for its rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from doors.app.scene import CANARIES, Scene
from doors.app.seats import Seats
from doors.app.viewers import VIEWERS
from tasdiq.errors import InputError
from tasdiq.mechanism import Mechanism
from tasdiq.model.incident import IncidentReport
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.reader import Reader
from tasdiq.secretariat.custody import sign_for
from tasdiq.web.search.asked import Query, read_query
from tasdiq.web.search.found import Results, search
from tasdiq.web.search.index import Index
from tasdiq.web.search.words import words_of
from tasdiq.web.viewer import ANYBODY, Viewer

ORD = VIEWERS["ord"]


def indexed(seats: Seats) -> Seats:
    """Bring the index of a table up to date."""
    with Reader.open(seats.home.path) as reader:
        Index(seats.room.office).catch_up(reader)
    return seats


def enter(seats: Seats, *rows: IncidentReport, access: str = "joint", subject: str = "t.csv") -> None:
    """Enter event rows in bulk."""
    with Mechanism.open(seats.home, seats.settings, key=seats.keys["ord"], clock=lambda: seats.at) as mechanism:
        mechanism.propose("report", subject, "test", list(rows), access=access)


def row(ident: str, text: str, **fields: object) -> IncidentReport:
    """Make up an event row."""
    made = {"source_id": "post", "time": "2031-03-01T05:00:00Z"} | fields
    return IncidentReport(report_id=ident, text=text, **made)  # type: ignore[arg-type]


def find(seats: Seats, viewer: Viewer = ORD, **asked: object) -> Results:
    """Search with an index that is up to date."""
    return search(indexed(seats).room, viewer, read_query(**asked))  # type: ignore[arg-type]


def idents(results: Results) -> list[str]:
    """Return the ids of the answers."""
    return [hit.ident for hit in results.hits]


@pytest.mark.parametrize("canary", CANARIES)
def test_s1_a_word_is_found_by_those_alone_who_may_read_it(scene: Scene, tmp_path: Path, canary: str) -> None:
    """Neither among the answers nor in their number, nor in the words shown."""
    seats = indexed(scene.table(tmp_path))
    for name, viewer in VIEWERS.items():
        results = search(seats.room, viewer, Query(words=tuple(words_of(canary)), limit=100))
        if name not in CANARIES[canary]:
            # "evidence" stands beside another canary in a draft that these may read, as the id of a piece of evidence.
            found = [hit for hit in results.hits if canary != "canary-evidence" or canary in hit.words]
            assert found == [], name
            assert results.count == len(results.hits)
    seats.close()


def test_s2_nobody_finds_something_by_words_it_may_not_read(scene: Scene, tmp_path: Path) -> None:
    """The exact place of a public report is searched for in what is seen of it."""
    seats = scene.table(tmp_path)
    enter(
        seats, row("open-1", "Smoke was seen", place="Hidden Farm", admin2="Dree", lat_e7=1, lon_e7=1), access="public"
    )
    assert find(seats, q="hidden").count == 1
    assert find(seats, ANYBODY, q="hidden").count == find(seats, ANYBODY, place="hidden").count == 0
    seats.close()


def test_s3_answers_stand_in_the_order_of_entry_and_pages_follow_one_another(table: Seats) -> None:
    """The newest first; every answer once."""
    enter(table, *(row(f"r{n:03}", "smoke") for n in range(45)))
    enter(table, row("last", "smoke again"), subject="u.csv")
    got, after = [], ""
    while True:
        page = find(table, q="smoke", limit=20, after=after)
        got += idents(page)
        assert page.count == 46
        if not (after := page.next):
            break
    assert got == ["last", *(f"r{n:03}" for n in reversed(range(45)))]


def test_s5_what_another_took_the_place_of_is_no_answer(table: Seats) -> None:
    """A table that was imported again is found as it stands now."""
    enter(table, row("r1", "mortar"))
    enter(table, row("r1", "drone"))
    assert (find(table, q="mortar").count, idents(find(table, q="drone"))) == (0, ["r1"])


def test_words_are_found_by_their_beginning_without_accents_and_in_arabic_script(table: Seats) -> None:
    """é is e, an unfinished word finds, and the letters of one keyboard find those of another."""
    enter(
        table,
        row("r1", "Café Élysée, près du pont"),
        row("r2", "په کابل کې ډزې وشوې"),
        row("r3", "أُطلق النار على المدينة ١٢ مرة"),
    )
    assert idents(find(table, q="elys cafe")) == ["r1"]
    assert idents(find(table, q="كابل")) == ["r2"]
    assert idents(find(table, q="اطلق المدينه")) == idents(find(table, q="12")) == ["r3"]
    assert find(table, q='fire" OR "a*').count == 0


def test_place_box_time_actor_kind_and_member_narrow_the_answers(table: Seats) -> None:
    """Each by itself and all together."""
    enter(
        table,
        row("r1", "fire", place="Sella", lat_e7=345_000_000, lon_e7=690_000_000, actor_a="kes/army"),
        row("r2", "fire", place="Orvin", lat_e7=355_000_000, lon_e7=690_000_000, actor_a="vor/guard", time="2031-03-05T05:00:00Z"),
    )  # fmt: skip
    asked: list[dict[str, object]] = [
        {"place": "sel"}, {"actor": "army"}, {"box": "34,68,35,70"}, {"end": "2031-03-01"}, {"q": "fire", "end": "2031-03-02"},
    ]  # fmt: skip
    for each in asked:
        assert idents(find(table, kind="report", **each)) == ["r1"], each
    assert idents(find(table, start="2031-03-02", kind="report")) == ["r2"]
    assert find(table, kind="report", member="kes").count == 0
    assert find(table, kind="report", member="ord", access="joint").count == 2


def test_questions_that_cannot_be_read_name_their_field() -> None:
    """A box, a day, a place to go on from."""
    for field, value in (
        ("box", "1,2,3"),
        ("start", "yesterday"),
        ("after", "1"),
        ("access", "named"),
        ("q", "a b c d e f g h i j k l m"),
    ):
        with pytest.raises(InputError, match=rf"\[{field}\]"):
            read_query(**{field: value})  # type: ignore[arg-type]


def test_what_is_redacted_leaves_the_index(either_table: Seats) -> None:
    """Its words are found no more and lie nowhere in the index."""
    seats = either_table
    enter(seats, row("r1", "unspeakable"), row("r2", "speakable"))
    assert find(seats, q="unspeakable").count == 1
    with Mechanism.open(seats.home, seats.settings, clock=lambda: seats.at) as mechanism:
        stands = mechanism.state().provenance["r1"]
        body = canonical.dumps({"reason": "mistake", "redacted_rows": [f"{stands.entry}/{stands.row}"]})
        at = mechanism.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        signers = [seats.keys[name] for name in ("ord", "kes", "vor")]
        mechanism.submit(sign_for(mechanism.log.chain, Draft("BodyRedacted", "ord", at, body), signers))
    assert find(seats, q="unspeakable").count == 0
    with seats.room.office.reading() as connection:
        stored = connection.exec_driver_sql("SELECT CAST(words AS text) FROM item").scalars().all()
    assert not any("unspeakable" in words for words in stored)
    assert idents(find(seats, q="speakable")) == ["r2"]


def test_rebuild_comes_to_the_same_index(either_table: Seats) -> None:
    """Made anew it answers as before; a word of a sealed entry that was never entered stands nowhere."""
    seats = either_table
    enter(seats, *(row(f"r{n}", f"smoke {n}", place="Sella", actor_a="kes/sella") for n in range(30)))
    before = find(seats, q="smoke", place="sella", limit=100)
    assert before.count == 30
    with Reader.open(seats.home.path) as reader:
        assert Index(seats.room.office).rebuild(reader) == reader.size
    assert find(seats, q="smoke", place="sella", limit=100) == before
    assert find(seats, q="smoke", actor="sella", limit=100) == before


def test_what_the_writer_entered_is_found_at_once(either_table: Seats) -> None:
    """Before it answers, the index has it."""
    seats = either_table
    body = canonical.dumps({"method": "t", "rows_of": "report", "subject": "t.csv"})
    rows = (canonical.dumps({"report_id": "r1", "source_id": "s", "text": "smoke"}),)
    with Reader.open(seats.home.path) as reader:
        at = seats.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        made = sign_for(
            reader.chain, Draft("ReportsProposed", "ord", at, body, "joint", rows=rows), [seats.keys["ord"]]
        )
    seats.room.writer.enter([made])
    assert idents(search(seats.room, ORD, read_query(q="smoke"))) == ["r1"]
