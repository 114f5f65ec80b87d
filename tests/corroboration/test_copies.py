"""Copies on the made-up set, and what they are written down as (rules of `reuse` and `independence`)."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from corroboration.copied import copied
from corroboration.spoken import MAY_3, MAY_4, said, world
from corroboration.test_independence import DEMAND, DEMAND_TOO, OFFER, shared_statement
from tasdiq.corroboration.independence import trace_all
from tasdiq.corroboration.reuse import align, align_locally, likely_pairs, read_wording
from tasdiq.corroboration.reuse.words import count_opposites, fold, name_form
from tasdiq.model.statement import Hand

PRECISION, RECALL = 0.95, 0.9
WORDS = ("gate", "river", "closed", "opened", "Odrin", "seven", "the", "of", "lorry")
AGENCY = Hand(who="Delta Agency", how="agency")


def test_copies_of_the_part_held_out_are_found() -> None:
    """Precision and recall over all pairs of statements of the held-out part are what the project asks for."""
    state, made = copied("held")
    home = {name: origin.id for origin in trace_all(state).origins for name in origin.statements}
    copies = found = wrong = 0
    for one, other in combinations(made, 2):
        same = made[one].copied and made[other].copied and made[one].story == made[other].story
        together = home[one] == home[other]
        copies, found, wrong = copies + same, found + (same and together), wrong + (together and not same)
    assert copies >= 300
    assert found / copies >= RECALL
    assert found / (found + wrong) >= PRECISION


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("four thousand three hundred persons", "4,300 people"),
        ("one hundred and twenty lorries", "120 lorries"),
        ("two hundred and forty homes", "240 homes"),
        ("eighteen hundred metres", "1,800 metres"),
        ("the twelfth of the month", "the 12th of the month"),
        ("7.2 million florins", "7200000 florins"),
        ("rammed three times", "rammed thrice times"),
    ],
)
def test_numbers_in_words_and_figures_are_the_same(written: str, figures: str) -> None:
    """A number is one word with one value, however it is written (words, rule 1)."""
    forms = [
        {form for form in read_wording("d", text, (0, len(text))).forms if form[0] == "#"}
        for text in (written, figures)
    ]
    assert forms[0] == forms[1] != set()


@pytest.mark.parametrize(
    ("one", "other"), [("Odrin", "Odryn"), ("Haskov", "Khaskov"), ("Tolvik", "Tolwik"), ("Mirzava", "Mirsawa")]
)
def test_a_name_survives_another_spelling(one: str, other: str) -> None:
    """Transliterations of one name are compared alike; other names are not (words, rule 2)."""
    assert name_form(one) == name_form(other) != name_form("Sarnevo")


def test_opposites_count_only_where_neither_has_both() -> None:
    """ "Opened" against "closed" is another state of the thing; a text with both words says nothing."""
    opened, closed = frozenset({fold("opened"), "gate"}), frozenset({fold("closed"), "gate"})
    assert count_opposites(opened, closed) == 1
    assert count_opposites(opened | closed, closed) == 0


def test_runs_are_both_passages_word_by_word() -> None:
    """Read one after the other, the runs of either side are its words, and what differs is put otherwise."""
    one, other = read_wording("d1", DEMAND, (0, len(DEMAND))), read_wording("d2", DEMAND_TOO, (0, len(DEMAND_TOO)))
    runs = align(one, other)
    for side, text in (("one", DEMAND), ("other", DEMAND_TOO)):
        spans = [span for run in runs if (span := getattr(run, side))]
        assert " ".join(text[span.start : span.end] for span in spans) == text
    otherwise = [r for r in runs if r.kind == "otherwise" and r.one and r.other]
    words = [
        (DEMAND[r.one.start : r.one.end], DEMAND_TOO[r.other.start : r.other.end])
        for r in otherwise
        if r.one and r.other
    ]
    assert ("watched or detained", "either checked or arrested") in words


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.data())
def test_any_two_wordings_align_whole(words: list[str], data: st.DataObject) -> None:
    """Whatever the words, runs and stretches stand in their texts and nothing raises."""
    others = data.draw(st.permutations(words))
    one, other = " ".join(words), " ".join(others)
    a, b = read_wording("a", one, (0, len(one))), read_wording("b", other, (0, len(other)))
    assert sum(run.one.end - run.one.start for run in align(a, b) if run.one) <= len(one)
    local = align_locally(a, b)
    assert local is None or (local.one[1] < len(a.forms) and local.other[1] < len(b.forms))


def test_many_copies_of_one_text_are_not_compared_with_each_other() -> None:
    """Work grows with the number of wordings: equal ones are paired with the first alone (shingles, rules 1 and 3)."""
    wordings = [read_wording(f"d{n}", DEMAND, (0, len(DEMAND))) for n in range(200)]
    assert len(likely_pairs(wordings)) == 199


def test_copies_name_the_document_that_appeared_first() -> None:
    """A copy says which document is older where the dates leave no doubt, and nothing else."""
    state = shared_statement()
    state.documents["d0"] = replace(state.documents["d0"], published=MAY_4)
    state.documents["d1"] = replace(state.documents["d1"], published=MAY_3)
    firsts = {copy.documents: copy.first for copy in trace_all(state).copies}
    assert firsts["d0", "d1"] == "d1" and firsts["d0", "d2"] is None


def test_two_documents_of_one_agency_asked_an_unnamed_source_once() -> None:
    """The upper bound counts the agency that both credit, not the papers that print it."""
    state = world(
        (f"Officials said {{s1:{DEMAND}}}.", {"s1": said("unnamed/kes/officials", AGENCY)}),
        (f"Officials said {{s1:{DEMAND_TOO}}}.", {"s1": said("unnamed/kes/officials", AGENCY)}),
    )
    (origin,) = trace_all(state).origins
    assert (origin.lowest, origin.highest) == (1, 1)


def test_what_narrators_share_is_shown_and_ties_nothing() -> None:
    """A sentence in two documents outside of speech is a copy without statements; the origins stay what they were."""
    line = "Surveyors found eleven cracked sluices below the granite weir and sealed the northern towpath"
    state = world(
        (f"{line}.\nShe said {{s1:{OFFER}}}.", {"s1": said("person/dorn")}),
        (f"It rained.\n{line} until Friday.\nIt said {{s1:{DEMAND}}}.", {"s1": said("kes/trade")}),
    )
    traced = trace_all(state)
    (copy,) = traced.copies
    assert copy.statements == () and copy.documents == ("d0", "d1")
    assert [pair.how for pair in copy.pairs] == ["same wording"]
    assert len(traced.origins) == 2
    state.refused = {copy.id: "entry"}
    assert trace_all(state).copies == []


def test_documents_years_apart_are_told_apart_without_fault() -> None:
    """An undated statement in a paper of years later is another; the count of days between overflows nothing."""
    state = world(
        (f"It said {{s1:{DEMAND}}}.", {"s1": said("kes/trade")}),
        (f"It said {{s1:{DEMAND_TOO}}}.", {"s1": said("kes/trade")}),
    )
    long_after = replace(MAY_4, start="2071-05-04", end="2071-05-04")
    state.documents["d0"] = replace(state.documents["d0"], published=MAY_4)
    state.documents["d1"] = replace(state.documents["d1"], published=long_after)
    assert len(trace_all(state).origins) == 2
