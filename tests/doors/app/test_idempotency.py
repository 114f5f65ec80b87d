"""A request that is sent again is answered as the first was (rules 1 to 5 of `web.guard.idempotency`)."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from doors.app.onlookers import with_token
from doors.app.seats import Seats
from tasdiq.web.acting.tables import DRAFT
from tasdiq.web.guard.idempotency import IDEMPOTENCY

ALL = "read act admin"


def _asked(reason: str = "Fire") -> dict[str, object]:
    return {"kind": "EntryCorrected", "body": {"item": "nothing", "reason": reason}}


def _drafts(table: Seats) -> int:
    with table.room.office.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(DRAFT)).scalar_one())


def test_1_2_the_same_request_is_answered_as_before_and_done_once(either_table: Seats) -> None:
    """One draft is made; the answer is the same to the byte; another account's same key is another's."""
    table, key = either_table, {"Idempotency-Key": "one"}
    program = with_token(table, ALL)
    first, again = (program.post("/api/v1/drafts", json=_asked(), headers=key) for _ in range(2))
    assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    assert _drafts(table) == 1
    other = with_token(table, ALL, "vor", "liaison").post("/api/v1/drafts", json=_asked(), headers=key)
    assert (other.status_code, _drafts(table)) == (201, 2)


def test_2_refusals_are_kept_too(table: Seats) -> None:
    """A 4xx is the answer, the second time as well."""
    program = with_token(table, ALL)
    sent = {"json": {"kind": "NoSuchKind", "body": {}}, "headers": {"Idempotency-Key": "two"}}
    first, again = (program.post("/api/v1/drafts", **sent) for _ in range(2))  # type: ignore[arg-type]
    assert (first.status_code, again.status_code, again.json()) == (422, 422, first.json())
    assert again.headers["content-type"] == "application/problem+json"


def test_3_another_body_under_the_same_key_is_refused(table: Seats) -> None:
    """It says so, and does nothing."""
    program, key = with_token(table, ALL), {"Idempotency-Key": "three"}
    program.post("/api/v1/drafts", json=_asked(), headers=key)
    refused = program.post("/api/v1/drafts", json=_asked("Other"), headers=key)
    assert (refused.status_code, refused.json()["field"], _drafts(table)) == (422, "Idempotency-Key", 1)


def test_3_4_what_is_under_way_is_waited_for_and_then_made_anew(table: Seats) -> None:
    """409 while a first request is under way; ten minutes later it is taken for lost."""
    program, key = with_token(table, ALL), {"Idempotency-Key": "four"}
    program.post("/api/v1/drafts", json=_asked(), headers=key)
    with table.room.office.engine.begin() as connection:
        connection.execute(update(IDEMPOTENCY).values(status=None))
    assert program.post("/api/v1/drafts", json=_asked(), headers=key).status_code == 409
    with table.room.office.engine.begin() as connection:
        connection.execute(update(IDEMPOTENCY).values(at=IDEMPOTENCY.c.at - 601))
    assert program.post("/api/v1/drafts", json=_asked(), headers=key).status_code == 201
    assert _drafts(table) == 2


def test_a_key_that_is_none_is_refused(table: Seats) -> None:
    """Empty ones count as absent; too long ones are said to be."""
    program = with_token(table, ALL)
    refused = program.post("/api/v1/drafts", json=_asked(), headers={"Idempotency-Key": "x" * 300})
    assert refused.status_code == 422
    with table.room.office.engine.begin() as connection:
        connection.execute(delete(IDEMPOTENCY))
