"""A cosigner persists before it signs, and signs nothing in doubt."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from record.cosign.trees import FORK, LOG_KEY, NAME, NOW, TREE, cosigner
from record.records import LOG, ORIGIN, key
from tasdiq.errors import InputError, MissingError, RecordError, SettingsError
from tasdiq.record import cosignature, note
from tasdiq.record.cosign.cosigner import Cosigner, verifier_of
from tasdiq.record.cosign.memory import DATABASE, Memory

VERIFIER = verifier_of(NAME, key(NAME))


def cosigned(signed: bytes, line: bytes) -> int | None:
    """Return the time of the cosignature in an answer."""
    return cosignature.cosigned_at(note.parse(signed + line), VERIFIER)


def test_a_cosigner_follows_a_growing_log(tmp_path: Path) -> None:
    """Each checkpoint is cosigned once it is proved to extend the one before, over restarts too."""
    for old, new in ((0, 1), (1, 4), (4, 4), (4, 300)):
        with cosigner(tmp_path) as at_work:
            answer = at_work.answer(TREE.request(old, new))
            assert (answer.status, cosigned(TREE.note(new), answer.body)) == (200, NOW), answer
    with cosigner(tmp_path) as at_work:
        assert at_work.answer(TREE.request(0, 300)).body == b"300\n"
        assert at_work.answer(TREE.request(4, 4)).body == b"300\n"


def test_rule_4_contradictions_are_kept_and_the_first_history_goes_on(tmp_path: Path) -> None:
    """Another root at any size cosigned is kept as evidence, whatever the request claims, and never cosigned."""
    with cosigner(tmp_path) as at_work:
        for old, new in ((0, 5), (5, 8)):
            assert at_work.answer(TREE.request(old, new)).status == 200
        for old, new in ((0, 5), (8, 8), (0, 8)):
            assert at_work.answer(FORK.request(old, new)).status == 409
        assert at_work.answer(FORK.request(8, 9)).status == 422
        assert at_work.answer(TREE.request(8, 9)).status == 200
    memory = Memory.open(tmp_path)
    kept = [(TREE.note(size), FORK.note(size), [LOG_KEY]) for size in (5, 8)]
    assert memory.contradictions() == kept
    assert memory.unproved() == [FORK.note(9)]


def test_what_was_not_proved_and_is_cosigned_later_is_no_suspicion(tmp_path: Path) -> None:
    """A right checkpoint sent with a wrong proof first is not held against the log."""
    with cosigner(tmp_path) as at_work:
        at_work.answer(TREE.request(0, 5))
        wrong = TREE.request(5, 9).replace(b"old 5\n", b"old 5\n" + b"A" * 43 + b"=\n")
        assert at_work.answer(wrong).status == 422
        assert at_work.answer(TREE.request(5, 9)).status == 200
    assert Memory.open(tmp_path).unproved() == []


def test_rule_3_a_full_disk_is_no_signature(tmp_path: Path) -> None:
    """Where nothing can be persisted nothing is signed, and the next request is answered again."""
    memory = Memory.create(tmp_path, VERIFIER)
    with Cosigner(NAME, key(NAME), {ORIGIN: [LOG_KEY]}, memory) as at_work:
        assert at_work.answer(TREE.request(0, 2)).status == 200
        connection = memory._connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        statuses = {size: at_work.answer(TREE.request(size, size + 1)).status for size in range(2, 40)}
        reached = next(size for size, status in statuses.items() if status != 200)
        assert statuses[reached] == 500
        assert "—" not in at_work.answer(TREE.request(reached, reached + 1)).body.decode()
        connection.execute("PRAGMA max_page_count = 100000")
        assert at_work.answer(TREE.request(reached, reached + 1)).status == 200


def test_rule_3_a_damaged_or_busy_memory_is_no_signature(tmp_path: Path) -> None:
    """A row that differs from its note, or a memory that somebody else holds, ends in 500."""
    with cosigner(tmp_path) as at_work:
        at_work.answer(TREE.request(0, 2))
        other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
        other.execute("DROP TRIGGER cosigned_UPDATE")
        other.execute("UPDATE cosigned SET size = 1")
        assert at_work.answer(TREE.request(1, 3)).status == 500
        assert not at_work.healthy()
        other.execute("UPDATE cosigned SET size = 2")
        assert at_work.healthy() and at_work.answer(TREE.request(2, 3)).status == 200
        at_work._memory._connection.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN EXCLUSIVE")
        assert at_work.answer(TREE.request(3, 4)).status == 500
        other.execute("ROLLBACK")


def test_rules_3_and_5_times_never_fall(tmp_path: Path) -> None:
    """A clock set back a little repeats the last time; one set back far stops the cosigner, and evidence is kept still."""
    with cosigner(tmp_path, at=NOW) as at_work:
        at_work.answer(TREE.request(0, 2))
    with cosigner(tmp_path, at=NOW - 100) as at_work:
        answer = at_work.answer(TREE.request(2, 5))
        assert cosigned(TREE.note(5), answer.body) == NOW
    with cosigner(tmp_path, at=NOW - 10_000) as at_work:
        assert at_work.answer(TREE.request(5, 6)).status == 500
        assert at_work.answer(FORK.request(5, 5)).status == 409
    assert Memory.open(tmp_path).contradictions() == [(TREE.note(5), FORK.note(5), [LOG_KEY])]


def test_rule_6_a_memory_that_was_set_back_signs_nothing(tmp_path: Path) -> None:
    """An older copy of the memory, or a new one for the same key, is noticed by what lies apart."""
    memory, copy, apart = tmp_path / "memory", tmp_path / "copy", tmp_path / "apart"
    with cosigner(memory, apart=apart) as at_work:
        assert at_work.answer(TREE.request(0, 2)).status == 200
    shutil.copytree(memory, copy)
    with cosigner(memory, apart=apart) as at_work:
        assert at_work.answer(TREE.request(2, 5)).status == 200
    for forgot in (copy, tmp_path / "new"):
        with cosigner(forgot, apart=apart) as at_work:
            for request in (FORK.request(2, 5), TREE.request(2, 5), FORK.request(0, 5)):
                answer = at_work.answer(request)
                assert (answer.status, "was set back" in answer.about) == (500, True), answer
            assert not at_work.healthy()
            with pytest.raises(RecordError, match="retire its key"):
                at_work.require_sound()
    with cosigner(memory, apart=apart) as at_work:
        assert at_work.answer(TREE.request(5, 6)).status == 200


def test_rule_1_many_at_once_cosign_one_history(tmp_path: Path) -> None:
    """Twenty threads with two histories: whatever order they come in, only one history is cosigned."""
    with cosigner(tmp_path) as at_work:
        at_work.answer(TREE.request(0, 3))
        answers: list[tuple[str, int]] = []

        def ask(name: str, data: bytes) -> None:
            answers.append((name, at_work.answer(data).status))

        requests = [("true", TREE.request(3, 6)), ("fork", FORK.request(3, 6))] * 10
        threads = [threading.Thread(target=ask, args=request) for request in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len({name for name, status in answers if status == 200}) == 1


def test_a_memory_is_made_on_purpose_and_belongs_to_one(tmp_path: Path) -> None:
    """A wrong path, a second creation, another name or key: refused with what to do."""
    with pytest.raises(MissingError, match="--new"):
        Memory.open(tmp_path, VERIFIER)
    Memory.create(tmp_path, VERIFIER).close()
    with pytest.raises(SettingsError, match="already"):
        Memory.create(tmp_path, VERIFIER)
    for other in (verifier_of("c2.example", key(NAME)), verifier_of(NAME, key("c2.example"))):
        with pytest.raises(SettingsError, match="another cosigner"):
            Memory.open(tmp_path, other)
    assert (tmp_path / DATABASE).stat().st_mode & 0o077 == 0


def test_a_log_does_not_cosign_itself(tmp_path: Path) -> None:
    """One key in two roles is refused, and so is a name that no line can carry."""
    memory = Memory.create(tmp_path, verifier_of(NAME, LOG))
    with pytest.raises(SettingsError, match="one of its own"):
        Cosigner(NAME, LOG, {ORIGIN: [LOG_KEY]}, memory)
    with pytest.raises(InputError):
        verifier_of("two words", key(NAME))


def test_the_memory_only_grows(tmp_path: Path) -> None:
    """Triggers refuse a fall in size, an update and a deletion."""
    with cosigner(tmp_path) as at_work:
        at_work.answer(TREE.request(0, 5))
    connection = sqlite3.connect(tmp_path / DATABASE)
    for statement in (
        "DELETE FROM cosigned",
        "UPDATE cosigned SET at = 1",
        f"INSERT INTO cosigned (origin, size, root, note, at) VALUES ('{ORIGIN}', 4, x'00', x'00', 1)",
        "DELETE FROM cosigner",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
