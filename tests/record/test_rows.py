"""Rows of a bulk entry are committed to and provable one by one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.errors import InputError
from tasdiq.record import canonical, merkle, rows


def some(count: int) -> tuple[rows.Row, ...]:
    """Return made-up rows."""
    return rows.salted([canonical.dumps({"report": number}) for number in range(count)])


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 200), st.data())
def test_every_row_is_proved_under_the_root_in_the_body(count: int, data: st.DataObject) -> None:
    """Rule 3: a row's proof holds for its number and content alone."""
    made = some(count)
    listed = rows.listing(made)
    commits = [row.commit for row in made]
    number = data.draw(st.integers(0, count - 1))
    root = bytes.fromhex(listed["root"])
    path = rows.proof(commits, number)
    rows.verify(made[number], number, count, path, root)
    with pytest.raises(InputError):
        rows.verify(rows.Row(made[number].salt, b'{"report":-1}'), number, count, path, root)
    with pytest.raises(InputError):
        rows.verify(made[number], number + 1, count, path, root)


def test_the_root_is_that_of_rfc_6962() -> None:
    """The commitments are the leaves of the tree whose root stands in the body."""
    made = some(5)
    expected = merkle.root_of(merkle.leaf_hash(row.commit) for row in made)
    value = canonical.loads(rows.with_listing(b'{"table":"t"}', made))
    assert value["rows"]["root"] == expected.hex()
    assert rows.commits_in(value) == [row.commit for row in made]


def test_listings_that_lie_are_refused() -> None:
    """Rule 2: another root, a capital digit, no commitments or another field is refused."""
    listed = rows.listing(some(3))
    for other in (
        {**listed, "root": "00" * 32},
        {**listed, "commits": listed["commits"][:2]},
        {**listed, "commits": [item.upper() for item in listed["commits"]]},
        {**listed, "commits": []},
        {**listed, "more": 1},
        [],
    ):
        with pytest.raises(InputError):
            rows.commits_in({"rows": other})
    assert rows.commits_in({"other": 1}) == []


@pytest.mark.parametrize("count", [0, rows.MOST_ROWS + 1])
def test_a_bulk_entry_has_one_to_ten_thousand_rows(count: int) -> None:
    """Rule 1: larger tables are split by their reader."""
    made = tuple(rows.Row(bytes(32), b"%d" % number) for number in range(count))
    with pytest.raises(InputError, match="10000"):
        rows.listing(made)


def test_rows_must_be_canonical_and_small() -> None:
    """Rule 1: a row has one spelling and at most 64 KiB."""
    for content in (b'{"a": 1}', canonical.dumps("x" * rows.LARGEST_ROW)):
        with pytest.raises(InputError):
            rows.salted([content])


def test_a_body_cannot_bring_a_listing_of_its_own() -> None:
    """The field `rows` is written by the record alone."""
    with pytest.raises(InputError, match="rows"):
        rows.with_listing(json.dumps({"rows": 1}, separators=(",", ":")).encode(), some(1))
