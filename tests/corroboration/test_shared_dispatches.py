"""Passages that the dispatches share, found by hand and by aligning every document with every other, against what is found.

Offsets alone: (number of the file, start, end). The list was made from a brute-force local alignment of all pairs of documents over
all their words, read by hand: names, formulas and facts that two documents have without copying are not in it.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tasdiq.corroboration.independence import trace_all
from tasdiq.corroboration.reuse import Wording, frequent, is_telling, read_wording
from tasdiq.intake.article import receive_file
from tasdiq.intake.extract import extract
from tasdiq.model.document import Document
from tasdiq.model.reuse import Pair
from tasdiq.model.state import State

FOLDER = Path(__file__).parents[3] / "shared" / "dispatches"
Place = tuple[int, int, int]
BY_HAND: tuple[tuple[Place, ...], ...] = (
    ((0, 1571, 1691), (1, 523, 643), (2, 2187, 2293)),
    ((0, 1693, 1847), (1, 646, 818), (2, 2312, 2460)),
    ((0, 1878, 1931), (1, 871, 920), (2, 2513, 2562)),
    ((0, 1400, 1508), (1, 309, 434), (2, 1974, 2061)),
    ((0, 2103, 2202), (1, 523, 643)),
    ((0, 2103, 2202), (2, 2187, 2293)),
    ((0, 899, 954), (1, 1072, 1124), (2, 1777, 1845)),
    ((0, 1223, 1311), (1, 1197, 1275)),
    ((1, 1549, 1615), (2, 1883, 1952)),
    ((0, 3308, 3380), (3, 4038, 4124)),
    ((0, 3428, 3538), (3, 4156, 4286)),
    ((0, 3316, 3411), (3, 4398, 4488)),
    ((0, 3428, 3504), (3, 4504, 4589)),
    ((3, 2534, 2615), (4, 3715, 3793)),
    ((3, 2941, 3009), (4, 4444, 4487)),
    ((3, 2422, 2524), (4, 3598, 3689)),
    ((3, 3761, 3908), (4, 3980, 4048)),
    ((3, 1466, 1527), (4, 584, 643)),
    ((3, 1305, 1369), (4, 2470, 2506)),
)
COVERED = 0.6
pytestmark = [
    pytest.mark.dispatches,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the dispatches are not on this machine (../shared/dispatches)"),
]


@pytest.fixture(scope="module")
def state() -> State:
    """What the real intake reads in the dispatches."""
    received = [receive_file(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.txt"))]
    said = extract(None, received, "test", lambda _: None)
    made = State(charter=said.charter, actors=dict(said.directory.actors))
    for file in received:
        made.texts[file.text_sha256] = file.text
        made.documents |= {document.id: document for document in file.documents}
    made.statements = {s.id: s for group in said.statements.values() for s in group}
    return made


@pytest.fixture(scope="module")
def pairs(state: State) -> list[tuple[Place, Place, Pair]]:
    """The pairs of passages that are found, with the numbers of their files, in both orders."""
    found = [pair for copy in trace_all(state).copies for pair in copy.pairs]
    straight = [(_place(state, pair.one), _place(state, pair.other), pair) for pair in found]
    return straight + [(other, one, pair) for one, other, pair in straight]


def _place(state: State, passage: object) -> Place:
    number = int(state.documents[passage.document].file[:3])  # type: ignore[attr-defined]
    return number, passage.start, passage.end  # type: ignore[attr-defined]


def _covers(found: Place, place: Place, share: float = COVERED) -> bool:
    common = min(found[2], place[2]) - max(found[1], place[1])
    return found[0] == place[0] and common >= share * (place[2] - place[1])


@pytest.mark.parametrize("places", BY_HAND)
def test_every_passage_shared_by_hand_is_found_with_its_differences(
    pairs: list[tuple[Place, Place, Pair]], places: tuple[Place, ...]
) -> None:
    """Each pair of the listed passages is covered by a pair that is found, whose runs say where the two differ."""
    for one, other in combinations(places, 2):
        found = [pair for a, b, pair in pairs if _covers(a, one) and _covers(b, other)]
        assert found, (one, other)
        lengths = {place[2] - place[1] for place in (one, other)}
        assert len(lengths) == 1 or any(run.kind != "same" for run in found[0].runs)


def test_two_translations_of_one_demand_differ_in_their_verbs_alone(
    state: State, pairs: list[tuple[Place, Place, Pair]]
) -> None:
    """Between the first and the second document the run put otherwise, in either, stands before the common last word."""
    (found,) = [pair for a, b, pair in pairs if _covers(a, BY_HAND[0][0], 0.9) and _covers(b, BY_HAND[0][1], 0.9)]
    otherwise = [(run.one, run.other) for run in found.runs if run.kind == "otherwise"]
    assert found.how == "same wording"
    assert [(one.start, one.end, other.start, other.end) for one, other in otherwise if one and other] == [
        (1669, 1679, 617, 631)
    ]


def test_what_is_called_the_same_wording_was_found_by_hand(pairs: list[tuple[Place, Place, Pair]]) -> None:
    """No pair is called the same wording that the list does not have."""
    listed = [(one, other) for places in BY_HAND for one, other in combinations(places, 2)]
    listed += [(other, one) for one, other in listed]
    for a, b, pair in pairs:
        if pair.how == "same wording":
            assert any(_covers(one, a, 0.4) and _covers(other, b, 0.4) for one, other in listed), (a, b)


def test_a_brute_force_alignment_finds_nothing_more(state: State, pairs: list[tuple[Place, Place, Pair]]) -> None:
    """Every stretch in which two documents align well, not by names and formulas alone, is covered but for navigation."""
    documents = list(state.documents.values())
    texts = {one.id: state.text(one.id) or "" for one in documents}
    wordings = [read_wording(one.id, texts[one.id], (one.start, one.end)) for one in documents]
    for (one, a), (other, b) in combinations(zip(documents, wordings, strict=True), 2):
        if one.file == other.file:
            continue
        for left, right in _alignments(a, b):
            if _is_furniture(one, left) or _is_furniture(other, right):
                continue
            places = (int(one.file[:3]), *left), (int(other.file[:3]), *right)
            assert any(_meets(p, places[0]) and _meets(q, places[1]) for p, q, _ in pairs), places


def _is_furniture(document: Document, place: tuple[int, int]) -> bool:
    """Whether a stretch stands in navigation or in a list of other articles."""
    return any(part.start <= place[0] < part.end and part.kind == "furniture" for part in document.paragraphs)


def _meets(found: Place, place: Place) -> bool:
    return _covers(found, place, 0.4) or _covers(place, found, 0.6)


def _alignments(a: Wording, b: Wording) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Align two whole documents again and again, each time without what was found before."""
    weights = np.array([0.15 if not is_telling(f) else 0.5 if f in frequent() else 1.0 for f in a.forms])
    equal = np.array(a.forms)[:, None] == np.array(b.forms)[None, :]
    alike = (np.array(a.groups)[:, None] == np.array(b.groups)[None, :]) & (weights[:, None] > 0.2)
    score = np.where(equal, weights[:, None], np.where(alike, 0.8 * weights[:, None], -0.45))
    found = []
    while True:
        path, best = _best_path(score)
        if best < 3.4:
            return found
        hits = [(i, j) for i, j in path if score[i, j] > 0]
        (i0, j0), (i1, j1) = hits[-1], hits[0]
        score[i0 : i1 + 1, j0 : j1 + 1] = -5
        own = {a.forms[i] for i, _ in hits if is_telling(a.forms[i]) and a.forms[i] not in frequent()}
        if sum(form[:1] not in "@#" for form in own) >= 3:
            found.append(((a.token(i0).start, a.token(i1).end), (b.token(j0).start, b.token(j1).end)))


def _best_path(score: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> tuple[list[tuple[int, int]], float]:
    rows, columns = score.shape
    table, steps = np.zeros((rows + 1, columns + 1)), np.arange(columns + 1) * 0.3
    for i in range(1, rows + 1):
        row = np.maximum(0, np.maximum(table[i - 1] - 0.3, np.concatenate(([0], table[i - 1, :-1] + score[i - 1]))))
        table[i] = np.maximum(0, np.maximum.accumulate(row + steps) - steps)
    i, j = (int(n) for n in np.unravel_index(int(table.argmax()), table.shape))
    best, path = float(table[i, j]), []
    while i and j and table[i, j] > 0:
        if abs(table[i, j] - table[i - 1, j - 1] - score[i - 1, j - 1]) < 1e-9:
            path.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif abs(table[i, j] - table[i - 1, j] + 0.3) < 1e-9:
            i -= 1
        else:
            j -= 1
    return path, best
