"""Rows are written faster than by the canonical writer, and byte for byte as it does."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tasdiq.model.incident import IncidentReport
from tasdiq.model.proposition import Holding, Proposition
from tasdiq.model.value import Value
from tasdiq.record import canonical
from tasdiq.secretariat.arrival import row_bytes

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.one_of(st.none(), st.integers(-(2**53) + 1, 2**53 - 1))
REPORTS = st.builds(
    IncidentReport, report_id=WORDS, source_id=WORDS, time=WORDS, lat_e7=NUMBERS, killed_max=NUMBERS, place=WORDS,
    actor_a=st.one_of(st.none(), WORDS), text=WORDS, redistribute=st.booleans(),
)  # fmt: skip
POINTS = st.builds(
    Proposition, id=WORDS, wording=WORDS, topic=WORDS, frame=WORDS, slots=st.tuples(st.tuples(WORDS, WORDS)),
    holdings=st.tuples(st.builds(Holding, statement=WORDS, stance=st.just("denies"), narrator=st.booleans())),
)  # fmt: skip


@given(st.one_of(REPORTS, POINTS))
def test_rows_are_written_as_the_canonical_writer_does(row: Value) -> None:
    """Control characters, astral letters, quotation marks and line ends among them."""
    assert row_bytes(row) == canonical.dumps(msgspec.to_builtins(row))
