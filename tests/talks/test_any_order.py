"""Steps in any order, by anybody: a refusal changes nothing, and with the parties exchanged everything comes out mirrored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talks.table import TALKS_CHARTER, Talk
from tasdiq.compliance.due import asked, due_next
from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.value import to_plain
from tasdiq.talks import calls
from verification.exchanged import exchanged, other

MEMBERS = ("kes", "vor", "med", "obs", "prot")
ANSWERS = ("acknowledges", "denies")
Move = tuple[str, str, int, int]
MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            ("agree", "commit", "word", "read", "figure", "rate", "claim", "answer", "hold", "name", "line", "replace",
             "mark", "open", "call", "confirm", "back", "later")
        ),
        st.sampled_from(MEMBERS),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=40,
)  # fmt: skip


def begun(talk: Talk, swapped: bool = False) -> Talk:
    """Let a mediator record a truce, a commitment, a session and two lines, so that moves find something to be about."""
    talk.agree("med")
    talk.commit("med", bearer="kes" if swapped else "vor")
    talk.hold()
    for number in (0, 1):
        talk.line(f"Line {number}.", ident=f"line-{number}")
    return talk


def play(talk: Talk, moves: list[Move], swapped: bool = False) -> list[str]:
    """Make moves, with the parties exchanged if asked; return what came of each: what was introduced, or why not."""
    results = []
    for move, member, one, two in moves:
        who = other(member) if swapped else member
        try:
            results.append(f"taken {move} {_make(talk, move, who, one, two, swapped)}")
        except (ProcedureError, RoleError, MissingError) as error:
            results.append(f"{type(error).__name__} {error}")
    return results


def _make(talk: Talk, move: str, who: str, one: int, two: int, swapped: bool) -> Any:
    kes, vor = ("vor", "kes") if swapped else ("kes", "vor")
    made: dict[str, Callable[[], Any]] = {
        "agree": lambda: talk.agree(who, sealed=one == 3),
        "commit": lambda: talk.commit(who, bearer=(kes, vor)[one % 2]),
        "word": lambda: talk.word(who, ANSWERS[one % 2], ("truce", "trucks", "c1", "a1")[two], "Ours."),
        "read": lambda: talk.read(who, ("", "average", "each", "")[one]),
        "figure": lambda: talk.figure(who, two * 7, f"2031-03-{one + 1:02}"),
        "rate": lambda: talk.rate(who, one),
        "claim": lambda: talk.claim(who, by=(kes, vor, "nla", kes)[one]),
        "answer": lambda: talk.answer(who, ANSWERS[one % 2], "Ours."),
        "hold": lambda: talk.hold(who),
        "name": lambda: talk.name(who),
        "line": lambda: talk.line(f"Line {one}.", who, f"line-{one}"),
        "replace": lambda: talk.line("Changed.", who, f"line-{one}", replaces=f"line-{two}"),
        "mark": lambda: talk.mark(who, ("agreed", "agreed", "not agreed", "own wording")[one], f"line-{two}", "Words."),
        "open": lambda: talk.open(who),
        "call": lambda: talk.call(who, f"call-{one}", caller=kes, called=vor, call_back_from=(kes, vor)[two % 2]),
        "confirm": lambda: talk.confirm(who, ("confirms", "corrects")[one % 2], "Ours.", f"call-{two}"),
        "back": lambda: talk.back(who, reached=one > 1, call=f"call-{two}"),
        "later": lambda: talk.later(hours=6 * (one + 1)) and [],
    }
    return made[move]()


def outline(talk: Talk) -> dict[str, Any]:
    """Return what the table has come to, with who owes what."""
    held = talk.now.talks
    kinds = ("agreements", "commitments", "measures", "meetings", "calls")
    return {
        "held": {name: {key: to_plain(item) for key, item in getattr(held, name).items()} for name in kinds},
        "conduct": {key: item.status for key, item in talk.now.conduct.items()},
        "counts": {key: to_plain(item.counts) for key, item in talk.now.progress.items()},
        "disputed": {key: item.disputed for key, item in talk.now.progress.items()},
        "due": sorted((d.what, d.item, d.owed_by, d.due, d.overdue) for d in due_next(talk.state, talk.at)),
        "asked": sorted((d.what, d.item, d.owed_by) for d in asked(talk.state)),
        "calls": {key: (calls.confirmation(c), calls.call_back(c, talk.at)) for key, c in held.calls.items()},
    }


def swap(value: Any) -> Any:
    """Exchange the parties in every text and key."""
    match value:
        case str():
            return value.replace("kes", "\0").replace("vor", "kes").replace("\0", "vor")
        case dict():
            return {swap(key): swap(item) for key, item in value.items()}
        case list() | tuple():
            return [swap(item) for item in value]
    return value


def settled(value: Any) -> Any:
    """Return a value whose lists have no order where the charter's order of parties made one."""
    match value:
        case dict():
            return {key: settled(item) for key, item in value.items()}
        case list() | tuple():
            return sorted((settled(item) for item in value), key=str)
    return value


@given(MOVES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_p30_a_refused_step_changes_nothing(moves: list[Move]) -> None:
    """Taking the steps that were allowed alone comes to the same."""
    talk, alone = begun(Talk()), begun(Talk())
    for move in moves:
        before = to_plain([outline(talk)["held"]])
        (result,) = play(talk, [move])
        if result.startswith("taken"):
            alone.count = talk.count - 1 if move[0] != "later" else talk.count
            play(alone, [move])
        else:
            assert to_plain([outline(talk)["held"]]) == before
    assert outline(talk) == outline(alone)


@given(MOVES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_with_the_parties_exchanged_everything_comes_out_mirrored(moves: list[Move]) -> None:
    """The same steps are allowed, refused and overdue, each for the other party."""
    one, two = begun(Talk()), begun(Talk(exchanged(TALKS_CHARTER)), swapped=True)
    said, answered = play(one, moves), play(two, moves, swapped=True)
    assert [line.split()[0] for line in said] == [line.split()[0] for line in answered]
    assert settled(outline(one)) == settled(swap(outline(two)))
