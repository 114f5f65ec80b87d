"""Worker processes, and what was read kept on disk."""

from __future__ import annotations

import math
import operator
from pathlib import Path

import msgspec
import pytest

from tasdiq.errors import InputError
from tasdiq.intake.many import Kept, Lost, Workers
from tasdiq.intake.many.kept import packed
from tasdiq.model.document import Paragraph, Received, Span
from tasdiq.model.statement import Attribution

ENDS_ONCE = "n if n != 4 or __import__('os').path.exists(path) else (open(path, 'w'), __import__('os')._exit(3))"
ENDS_ALWAYS = "n if n != 4 else __import__('os').kill(__import__('os').getpid(), 9)"


@pytest.fixture(scope="module")
def workers() -> Workers:
    """Two processes that stand by; what they are told is kept in a list."""
    told: list[str] = []
    made = Workers(2, told.append)
    made.told = told  # type: ignore[attr-defined]
    yield made  # type: ignore[misc]
    made.close()


def test_answers_come_in_the_order_of_the_items(workers: Workers) -> None:
    """Whatever process answers first, the answers stand as the items did (rule 1); a pool serves many jobs."""
    numbers = range(300)
    assert list(workers.each(math.pow, 2, numbers)) == [2.0**n for n in numbers]
    assert list(workers.each(operator.add, 1, numbers)) == [n + 1 for n in numbers]
    assert list(workers.each(operator.add, 1, ())) == []


def test_one_worker_is_this_process() -> None:
    """Nothing is started, and nothing is asked for before its turn (rule 2)."""
    asked = iter(range(5))
    with Workers(1) as alone:
        answers = alone.each(operator.add, 1, asked)
        assert next(answers) == 1 and next(asked) == 1


def test_no_more_items_are_out_than_a_window_holds(workers: Workers) -> None:
    """However many items there are, few are taken before the first answer is (rule 3)."""
    taken = []
    answers = workers.each(operator.add, 1, (taken.append(n) or n for n in range(10_000)))  # type: ignore[func-returns-value]
    assert next(answers) == 1 and len(taken) < 200
    answers.close()  # type: ignore[attr-defined]
    assert list(workers.each(operator.add, 1, range(3))) == [1, 2, 3], "what was under way is dropped"


def test_an_error_is_raised_here(workers: Workers) -> None:
    """An error of the function is raised as what it is, with where it was raised."""
    with pytest.raises(ZeroDivisionError) as raised:
        list(workers.each(operator.truediv, 1, [1, 0, 1]))
    assert "worker.py" in str(raised.value.__notes__)


def test_a_process_that_ends_is_told_and_replaced(workers: Workers, tmp_path: Path) -> None:
    """Nothing is lost where another process reads what the first one ended at (rule 5)."""
    items = [{"n": n, "path": str(tmp_path / "once")} for n in range(60)]
    assert list(workers.each(eval, ENDS_ONCE, items)) == list(range(60))
    assert "a worker process ended (status 3); another goes on, and nothing is lost" in workers.told  # type: ignore[attr-defined]


def test_an_item_that_ends_every_process_comes_back_as_lost(workers: Workers) -> None:
    """The others are answered all the same; where none may be missing it is an error (rule 5)."""
    answers = list(workers.whatever(eval, ENDS_ALWAYS, [{"n": n} for n in range(30)]))
    lost = answers[4]
    assert isinstance(lost, Lost) and lost.status == -9 and "--workers" in lost.reason
    assert answers[:4] + answers[5:] == [n for n in range(30) if n != 4]
    with pytest.raises(InputError, match="ended 2 times"):
        list(workers.each(eval, ENDS_ALWAYS, [{"n": 4}]))


def test_what_goes_to_another_process_is_signed_the_same(workers: Workers) -> None:
    """Defaults are left out of what is signed; a value that went to another process and back leaves out the same."""
    value = Paragraph(start=1, end=2)
    (back,) = workers.each(operator.getitem, [value], [0])
    assert msgspec.json.encode(back) == msgspec.json.encode(value) == b'{"start":1,"end":2}'


def test_kept_attributions_are_there_for_whoever_comes_next(tmp_path: Path) -> None:
    """Under another version of the intake, and for other documents, they are missing; of a broken file nothing is left."""
    found = [Attribution(content=(Span(start=1, end=2),))]
    kept = Kept(tmp_path / "kept")
    kept.keep({"d1": packed(found), "d2": packed(found)})
    kept.only({"d1"})
    kept.close()
    again = Kept(tmp_path / "kept")
    assert again["d1"] == found and again.get("d2") is None and again.missing(["d1", "d2"]) == {"d2"}
    again.close()
    (tmp_path / "kept").write_bytes(b"no database" * 1000)
    anew = Kept(tmp_path / "kept")
    assert len(anew) == 0 and anew.missing(["d1"]) == {"d1"}
    anew.close()


def test_a_file_that_waits_is_what_it_was(tmp_path: Path) -> None:
    """A received file comes back from the disk as it was held."""
    kept = Kept(tmp_path / "kept")
    file = Received(file="a.txt", sha256="0", text="“Words”", notes=("n",))
    kept.hold(file)
    assert kept.held("a.txt") == file
    kept.close()
