"""One thing that waits for a member, and how urgent it is.

Rules (cited by tests as W1 to W3):

W1. What waits follows from the state and the time alone. It is an open step of a member, never a judgement about it.
W2. It is *overdue* from its time on, *due soon* in the two days before, *due* before that, *open* where it has no time.
    Overdue is a fact about the clock: it stays until the step is taken, it is no answer, and it is never consent.
W3. What is overdue comes first, the longest first; then by time; what has no time comes last, the oldest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tasdiq.verification import clocks

Standing = Literal["overdue", "due soon", "due", "open"]
SOON_HOURS = 48
_ORDER: dict[Standing, int] = {"overdue": 0, "due soon": 1, "due": 1, "open": 2}


@dataclass(frozen=True)
class Waiting:
    """A step that is open: `kind` of entry, `asked` what it is about (names and ids), `by` who asked, `of` who owes it.

    `what` says it in words; `about` is the id of the item; `case` that of its case, `""` for the talks; `since` when it arose.
    Of what is `free` nothing is owed.
    """

    what: str
    kind: str
    asked: tuple[tuple[str, str], ...]
    of: str
    by: str = ""
    due: str = ""
    standing: Standing = "open"
    case: str = ""
    about: str = ""
    since: str = ""
    extended: bool = False
    free: bool = False

    @property
    def key(self) -> str:
        """Return what names it as long as it waits: the same thing asked again later has another key."""
        return "/".join((self.kind, self.of, self.about, self.due or self.since))


def standing(due: str, now: str) -> Standing:
    """Say where a deadline stands at a time (W2)."""
    if not due:
        return "open"
    if now >= due:
        return "overdue"
    return "due soon" if clocks.after(now, hours=SOON_HOURS) >= due else "due"


def urgency(item: Waiting) -> tuple[int, str, str, str, str]:
    """Return what sorts by urgency (W3)."""
    return _ORDER[item.standing], item.due or item.since, item.kind, item.about, item.of


def in_order(items: Iterable[Waiting]) -> list[Waiting]:
    """Return what waits, the most urgent first (W3)."""
    return sorted(items, key=urgency)
