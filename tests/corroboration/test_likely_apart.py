"""Tellings years apart."""

from __future__ import annotations

from tasdiq.corroboration.independence.matches import likely


def test_years_apart_two_tellings_are_not_one() -> None:
    """However many days lie between them, how likely they are one statement is a number: next to nothing."""
    assert likely([], 5_000) < 1e-9
