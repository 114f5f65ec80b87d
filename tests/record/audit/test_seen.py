"""What an audit keeps of entries: small, in order, and each id once."""

from __future__ import annotations

import hashlib

from tasdiq.record.audit.seen import SeenTable

HEADER = {"access": "public", "member": "kestria", "kind": "DocumentReceived", "body_commit": "cd" * 32}


def name(number: int) -> str:
    """Return an id."""
    return hashlib.sha256(b"%d" % number).hexdigest()


def table(numbers: list[int]) -> SeenTable:
    """Return a table of these ids, at rising indices."""
    made = SeenTable()
    for index, number in enumerate(numbers):
        made.add(index, name(number), {**HEADER, "access": ["public", "joint"][number % 2]})
    return made


def test_entries_come_back() -> None:
    """Rows are what was added, in parts too, and after two tables were joined."""
    one, two = table([1, 2, 3]), table([4, 5])
    one.extend(two)
    assert [(seen.id, seen.public) for seen in one] == [(name(n), n % 2 == 0) for n in (1, 2, 3, 4, 5)]
    assert [[seen.id for seen in part] for part in one.parts(2)] == [[name(1), name(2)], [name(3), name(4)], [name(5)]]
    assert one.find([name(4), name(9)]).keys() == {name(4)}
    assert {seen.commit for seen in one} == {"cd" * 32}


def test_repeated_ids_are_left_out_and_told() -> None:
    """The first stands; each later one is told once, with where the first stands."""
    made = table([1, 2, 1, 3, 2, 1])
    assert made.set_repeated_aside() == [(2, 0), (4, 1), (5, 0)]
    assert made.set_repeated_aside() == []
    assert [seen.index for seen in made] == [0, 1, 3]
    assert [[seen.index for seen in part] for part in made.parts(3)] == [[0, 1], [3]]


def test_ids_that_begin_alike_are_told_apart() -> None:
    """Two ids with the same first eight bytes are two entries."""
    made = SeenTable()
    for index, entry_id in enumerate(["00" * 32, "00" * 31 + "01", "00" * 32]):
        made.add(index, entry_id, HEADER)
    assert made.set_repeated_aside() == [(2, 0)]
