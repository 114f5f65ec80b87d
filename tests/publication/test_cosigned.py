"""Pages say who cosigned, when, and what it makes the record worth."""

from __future__ import annotations

import pytest

from tasdiq.publication.cosigned import cosigned_words

AT = 1_935_655_200  # 2031-05-04T10:00:00Z


@pytest.mark.parametrize(
    ("held", "n", "quorum", "words"),
    [
        ([], 0, 0, ""),
        ([], 3, 0, "0 of 3"),
        ([], 3, 2, "0 of 3; not evidentiary yet: 2 more for the quorum of 2"),
        ([("c1", AT)], 3, 0, "1 of 3, by c1 (4 May 2031, 10:00 UTC / 14:30 UTC+04:30)"),
        (
            [("c1", AT), ("c2", AT + 60)],
            3,
            2,
            "2 of 3, by c1 (4 May 2031, 10:00 UTC / 14:30 UTC+04:30), c2 (4 May 2031, 10:01 UTC / 14:31 UTC+04:30)"
            "; evidentiary: the quorum of 2 is met",
        ),
    ],
)
def test_words(held: list[tuple[str, int]], n: int, quorum: int, words: str) -> None:
    """k of n, by whom, when in UTC and the charter's zones, and what is missing; nothing where nobody could cosign."""
    assert cosigned_words(held, n, quorum, ["UTC+04:30"]) == words
