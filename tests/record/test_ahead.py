"""A second hand changes how long the signatures of a group take, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from record.records import draft, joint_log, key, signed
from tasdiq.errors import InputError
from tasdiq.record import ahead, ed25519
from tasdiq.record.ahead import Ahead
from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.record.log import Log

MANY = 60


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """An open joint record."""
    return joint_log(tmp_path / "r")


def group(log: Log) -> list[Submission]:
    """Return more entries than are worth a second hand, some signed by two."""
    return [signed(log, draft(n, member="kestria"), key("kestria"), key("vorland")) for n in range(MANY)]


def test_the_answers_are_those_of_the_caller(log: Log) -> None:
    """Every signature is asked for once, and is answered as `ed25519` answers, the altered ones too."""
    entries = [parse_leaf(each.leaf) for each in group(log)]
    publics = {name: each.public for name, each in log.chain.keys.keys.items()}
    asked = [
        (publics[name], bytes([sig[0] ^ (place % 3 == 0)]) + sig[1:], entry.message)
        for place, entry in enumerate(entries)
        for name, sig in entry.sigs
    ]
    with Ahead(entries, log.chain.keys) as verify:
        assert [verify(*each) for each in asked] == [ed25519.verify(*each) for each in asked]


@pytest.mark.parametrize("place", [0, 1, MANY // 2, MANY - 1])
def test_an_altered_entry_refuses_the_group_wherever_it_stands(log: Log, place: int) -> None:
    """The first entry that does not hold is named as if it were checked alone, and nothing is written."""
    given = group(log)
    given[place] = replace(given[place], leaf=given[place].leaf.replace(b'"DocumentReceived"', b'"DocumentDeceived"'))
    with pytest.raises(InputError, match="does not hold: the entry was altered"):
        log.append(given)
    assert log.size == 1


def test_a_small_group_needs_no_second_hand(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """Single entries start no thread; with or without one the record is the same."""
    given = group(log)
    assert Ahead([parse_leaf(given[0].leaf)], log.chain.keys)._hand is None
    monkeypatch.setattr(ahead, "WORTH_IT", MANY + 1)
    assert len(log.append(given)) == MANY
