"""Tellings put together as sessions, crossing intervals and a time line (rules of `corroboration.chronicle`)."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tasdiq.corroboration.chronicle import ceasefire, crossings, sessions
from tasdiq.model.charter import Charter
from tasdiq.model.document import Document, Passage
from tasdiq.model.state import State
from tasdiq.model.told import AnyTold, CeasefireTold, CrossingTold, SessionTold, Telling
from tasdiq.model.when import When


def day(start: str, end: str | None = "", *, precision: str = "day") -> When:
    """Return a span of days; an end of None is open."""
    return When(start=start, end=start if end == "" else end, precision=precision)  # type: ignore[arg-type]


def telling(outlet: str = "Post", party: str | None = None) -> Telling:
    """Return the telling of an outlet, or of a party through it."""
    return Telling(
        passage=Passage(document=f"d-{outlet}", start=0, end=1),
        teller="own" if party else "third",
        party=party,
        outlet=outlet,
    )


def session(number: int, when: When | None = None, outlet: str = "Post", **fields: object) -> SessionTold:
    """Return a telling of a round."""
    return SessionTold(id=f"d-{outlet}.t{number}", telling=telling(outlet), when=when, **fields)  # type: ignore[arg-type]


def crossing(number: int, state: str, when: When | None = None, outlet: str = "Post", **fields: object) -> CrossingTold:
    """Return a telling of a crossing."""
    made = {"crossing": "brenk", "name": "Brenk", "state": state} | fields
    return CrossingTold(id=f"d-{outlet}.t{number}", telling=telling(outlet), when=when, **made)  # type: ignore[arg-type]


def record(told: Sequence[AnyTold]) -> State:
    """Return a record with these tellings, in this order."""
    state = State(charter=Charter(title="Kestria and Vorland", form="desk"))
    for one in told:
        ident = one.telling.passage.document
        state.documents.setdefault(
            ident,
            Document(
                id=ident,
                file=f"{ident}.txt",
                sha256="0",
                text_sha256="0",
                kind="article",
                start=0,
                end=1,
                paragraphs=(),
            ),
        )
        state.told[one.id] = one
    return state


def test_two_outlets_tell_of_one_round() -> None:
    """Sessions 1, 4 and 5: one place and touching days are one session; each outlet keeps its mediators."""
    found = sessions(
        record(
            [
                session(1, day("2031-06-06"), place="len", scheduled=True, mediators=("nor",)),
                session(
                    2,
                    day("2031-06-06", "2031-06-07"),
                    "Wire",
                    place="len",
                    round=3,
                    mediators=("nor", "omn"),
                    outcome="ended",
                ),
            ]
        )
    )
    assert len(found) == 1
    assert (found[0].round, found[0].scheduled) == (3, False)
    assert found[0].when is not None
    assert (found[0].when.start, found[0].when.end) == ("2031-06-06", "2031-06-07")
    assert found[0].mediators == (("Post", ("nor",)), ("Wire", ("nor", "omn")))
    assert found[0].outcomes == (("Wire", "ended"),)


def test_days_far_apart_are_two_sessions_of_one_place() -> None:
    """Sessions 1: the same town on other days is another round."""
    found = sessions(record([session(1, day("2031-05-03"), place="len"), session(2, day("2031-06-06"), place="len")]))
    assert [one.when.start for one in found if one.when] == ["2031-05-03", "2031-06-06"]


def test_a_vague_telling_joins_the_only_session_of_its_place() -> None:
    """Sessions 2: with one session there it is that one."""
    found = sessions(record([session(1, day("2031-05-03"), place="len"), session(2, place="len", outcome="ended")]))
    assert len(found) == 1
    assert found[0].outcomes == (("Post", "ended"),)


def test_a_vague_telling_of_several_rounds_makes_none() -> None:
    """Sessions 2: no double sessions."""
    told = [
        session(1, day("2031-05-03"), place="len"),
        session(2, day("2031-06-06"), place="len"),
        session(3, place="len"),
    ]
    assert len(sessions(record(told))) == 2


def test_a_country_and_its_town_are_one_place() -> None:
    """Sessions 1: talks "in Norland" and "in Lenmark" are the same talks, named by the town."""
    found = sessions(record([session(1, place="nor", outcome="ended"), session(2, day("2031-05-03"), place="nor.len")]))
    assert [(one.place, one.place_name) for one in found] == [("nor.len", "Len")]


def test_a_telling_without_place_joins_its_days_only() -> None:
    """Sessions 3: the very day, not one nearby."""
    told = [session(1, day("2031-06-06"), place="len"), session(2, day("2031-06-06")), session(3, day("2031-06-08"))]
    assert [len(one.tellings) for one in sessions(record(told))] == [2, 1]


def test_mediators_of_the_talks_as_a_whole_make_no_session() -> None:
    """Sessions 2 and 5: a list without place, day and round is lent to nobody."""
    assert not sessions(record([session(1, mediators=("nor",))]))


def test_a_reopening_ends_a_closure() -> None:
    """Crossings 2 and 5: an act of closing has no end told until the opening."""
    found = crossings(
        record([crossing(1, "closed", day("2031-05-10", None)), crossing(2, "open", day("2031-05-12", None), "Wire")])
    )
    shut, opened = (next(one for one in found if one.state == state) for state in ("closed", "open"))
    assert shut.when is not None
    assert (shut.when.start, shut.when.end, shut.open_ended) == ("2031-05-10", "2031-05-12", False)
    assert opened.open_ended


def test_an_opening_for_trade_does_not_end_a_closure_to_persons() -> None:
    """Crossings 5: only the same traffic."""
    found = crossings(
        record(
            [
                crossing(1, "closed", day("2031-05-10", None), traffic=("persons",)),
                crossing(2, "open", day("2031-05-12", None), traffic=("trade",)),
            ]
        )
    )
    assert all(one.open_ended for one in found)


def test_a_closure_after_an_opening_is_another() -> None:
    """Crossings 1 and 5: two closures with an opening between are two intervals with ids of their own."""
    found = crossings(
        record(
            [
                crossing(1, "closed", day("2031-05-10", None)),
                crossing(2, "open", day("2031-05-12", None)),
                crossing(3, "closed", day("2031-05-18", None), "Wire"),
            ]
        )
    )
    shut = [one for one in found if one.state == "closed"]
    assert [(one.when.start, one.when.end) for one in shut if one.when] == [
        ("2031-05-10", "2031-05-12"),
        ("2031-05-18", None),
    ]
    assert len({one.id for one in found}) == len(found)


def test_an_old_photograph_closes_nothing_today() -> None:
    """Crossings 1: what is seen on a day is told for that day."""
    found = crossings(
        record([crossing(1, "closed", day("2029-09-06")), crossing(2, "closed", day("2031-05-10", None), "Wire")])
    )
    assert [(one.when.start, one.when.end, one.open_ended) for one in found if one.when] == [
        ("2029-09-06", "2029-09-06", False),
        ("2031-05-10", None, True),
    ]


def test_an_undated_state_stands_undated() -> None:
    """Crossings 3: nobody's date is lent to it; "pending" keeps it open."""
    found = crossings(
        record([crossing(1, "suspended", until="pending assurances"), crossing(2, "suspended", day("2031-05-10"))])
    )
    assert [(one.when is None, one.open_ended) for one in found] == [(False, False), (True, True)]


def test_two_names_of_one_crossing_are_one() -> None:
    """Crossings 4: both ends are named, one interval stands."""
    found = crossings(
        record(
            [
                crossing(1, "closed", day("2031-05-10")),
                crossing(2, "closed", day("2031-05-11"), "Wire", name="Orm Gate"),
            ]
        )
    )
    assert [one.name for one in found] == ["Brenk / Orm Gate"]


def test_announced_and_observed_are_kept_apart() -> None:
    """Crossings 1: what somebody decreed and what somebody saw are two intervals."""
    told = [
        crossing(1, "closed", day("2031-05-10")),
        crossing(2, "closed", day("2031-05-10"), "Wire", basis="announced"),
    ]
    assert {one.basis for one in crossings(record(told))} == {"announced", "observed"}


def test_one_turn_of_one_day_is_one_point_with_all_who_tell_it() -> None:
    """Ceasefire: a party speaks for itself, an outlet's narration is the outlet's; undated turns come last."""
    began = day("2031-04-23")
    found = ceasefire(
        record(
            [
                CeasefireTold(id="d-Post.t1", telling=telling(party="kes"), when=began, event="began"),
                CeasefireTold(id="d-Wire.t1", telling=telling("Wire"), when=began, event="began"),
                CeasefireTold(id="d-Wire.t2", telling=telling("Wire"), event="ended"),
            ]
        )
    )
    assert [(one.event, one.tellers) for one in found] == [("began", ("Wire", "kes")), ("ended", ("Wire",))]


DAYS = ["2031-05-03", "2031-05-05", "2031-05-10", "2031-05-12", "2031-06-06"]
WHENS = st.one_of(st.none(), st.builds(day, st.sampled_from(DAYS), st.sampled_from(["", None])))
OUTLETS = st.sampled_from(["Post", "Wire"])


@st.composite
def tellings(draw: st.DrawFn) -> list[AnyTold]:
    """Draw sessions, crossings and turns with ids of their own."""
    told: list[AnyTold] = []
    for number in range(draw(st.integers(1, 7))):
        outlet, when = draw(OUTLETS), draw(WHENS)
        kind = draw(st.sampled_from(["session", "crossing", "turn"]))
        if kind == "session":
            place, rounds = draw(st.sampled_from(["", "len", "nor", "nor.dor"])), draw(st.sampled_from([None, 1, 2]))
            told.append(session(number, when, outlet, place=place, round=rounds, scheduled=draw(st.booleans())))
        elif kind == "crossing":
            state = draw(st.sampled_from(["closed", "open", "suspended", "partly open"]))
            told.append(crossing(number, state, when, outlet, traffic=draw(st.sampled_from([(), ("trade",)]))))
        else:
            told.append(CeasefireTold(id=f"d-{outlet}.t{number}", telling=telling(outlet), when=when, event="holding"))
    return told


@given(tellings(), st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(told: list[AnyTold], random: object) -> None:
    """Sessions 6, crossings 6: the same tellings in any order give the same chronicle, with ids of their own."""
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for stage in (sessions, crossings, ceasefire):
        first, second = stage(record(told)), stage(record(shuffled))  # type: ignore[operator]
        assert first == second
        assert len({one.id for one in first}) == len(first)
