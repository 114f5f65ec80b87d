"""Say in words who has cosigned the checkpoint that is published, when, and what that makes the record worth.

A publication is evidentiary from the charter's quorum of cosigners on. Times are the cosigners' own, in UTC and the charter's
zones. A record that names no cosigners says nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from . import times


def cosigned_words(held: Sequence[tuple[str, int]], n: int, quorum: int, zones: Sequence[str]) -> str:
    """Return "k of n, by whom, when", and whether that is a quorum; "" where there are no cosigners (n = 0).

    `held` are names and times (seconds since 1970) of those who cosigned.
    """
    if n == 0:
        return ""
    by = ", ".join(_seen(name, seconds, zones) for name, seconds in held)
    return f"{len(held)} of {n}{f', by {by}' if by else ''}{_standing(quorum - len(held), quorum)}"


def _seen(name: str, seconds: int, zones: Sequence[str]) -> str:
    iso = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{name} ({' / '.join(times.moment(iso, zones))})"


def _standing(missing: int, quorum: int) -> str:
    if quorum == 0:
        return ""
    if missing <= 0:
        return f"; evidentiary: the quorum of {quorum} is met"
    return f"; not evidentiary yet: {missing} more for the quorum of {quorum}"
