"""A mapping whose copies share what is large."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasdiq.model import layered
from tasdiq.model.layered import Layered

WRITES = st.lists(st.tuples(st.booleans(), st.dictionaries(st.sampled_from("abcdefg"), st.integers(), max_size=4)))


@given(WRITES, st.integers(0, 3))
def test_it_is_a_dict_and_what_was_copied_stays(writes: list[tuple[bool, dict[str, int]]], most: int) -> None:
    """Whatever is put in, in whatever steps: items, order and length are a dict's, and no copy changes afterwards."""
    before, layered.MOST_NEW = layered.MOST_NEW, most
    try:
        made, plain = Layered[int](), dict[str, int]()
        given_out: list[tuple[Layered[int], dict[str, int]]] = []
        for handed_out, items in writes:
            made.update(items)
            plain.update(items)
            assert all(made[name] == made.get(name) == value and name in made for name, value in plain.items())
            if handed_out:
                given_out.append((made, dict(plain)))
                made = made.copy()
        for kept, expected in (*given_out, (made, plain)):
            assert list(kept.items()) == list(expected.items())
            assert len(kept) == len(expected)
            assert kept.get("z") is None
    finally:
        layered.MOST_NEW = before
