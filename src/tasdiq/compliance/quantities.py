"""Count what a commitment asks per day, per week or in total, by each member's own figures and under both readings.

Rules (cited by tests as Q1 to Q7):

Q1. Each teller's figures are counted by themselves: they are never added to another's, nor averaged with them. Of several
    for the same days the latest counts.
Q2. Counted are whole days, or whole weeks from its first day, of the commitment's window that have passed. A figure that
    reaches beyond them is left out, and its days have none.
Q3. As an *average*: the sum over the window against the quantity times its days or weeks.
Q4. For *each* day or week: one that misses it decides. A figure for several of them decides only what it must: too small in
    sum for a floor, one of them was missed; small enough in sum for a ceiling, none was.
Q5. A day without a figure is not a day without a unit: where figures alone do not decide, the result is *not known*.
Q6. Both results are given, each with the parties that read it so. Where they read it differently, none is picked.
Q7. A total is held against the whole window: a floor once it is reached, or the window is over and every day known; a
    ceiling once it is broken, or likewise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tasdiq.model.agreement import Commitment, Figure, Quantity, RegisteredCommitment
from tasdiq.model.progress import Count, CountingUsed, Result

DAYS = {"day": 1, "week": 7}


def window(commitment: Commitment, today: str) -> tuple[str, str]:
    """Return the first and last day that can be counted; `("", "")` while there is none (Q2)."""
    if commitment.quantity is None or len(commitment.start) != 10 or not today:
        return "", ""
    last = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
    end = min(last, commitment.until) if len(commitment.until) == 10 else last
    if commitment.quantity.per != "total":
        length = DAYS[commitment.quantity.per]
        end = _day(commitment.start, _length(commitment.start, end) // length * length - 1)
    return (commitment.start, end) if end >= commitment.start else ("", "")


def counts(held: RegisteredCommitment, today: str) -> tuple[Count, ...]:
    """Return every teller's counts, tellers in the order of their first figure (Q1, Q6)."""
    start, end = window(held.commitment, today)
    quantity = held.commitment.quantity
    if quantity is None or not start:
        return ()
    found: list[Count] = []
    for teller in dict.fromkeys(figure.teller for figure in held.figures):
        mine = _standing(held.figures, teller, start, end)
        if quantity.per == "total":
            over = bool(held.commitment.until) and end >= held.commitment.until
            found.append(_total(quantity, teller, mine, (start, end), over))
        else:
            found.append(_average(quantity, teller, mine, (start, end)))
            found.append(_each(quantity, teller, mine, (start, end)))
    return tuple(found)


def _standing(figures: Sequence[Figure], teller: str, start: str, end: str) -> list[Figure]:
    """Return a teller's figures within the window, the latest for the same days (Q1, Q2)."""
    latest = {(figure.start, figure.end): figure for figure in figures if figure.teller == teller}
    return [figure for figure in latest.values() if start <= figure.start and figure.end <= end]


def _average(quantity: Quantity, teller: str, figures: list[Figure], span: tuple[str, str]) -> Count:
    days, known = _length(*span), _known(figures)
    periods = days // DAYS[quantity.per]
    asked, total = quantity.value * periods, sum(figure.value for figure in figures)
    result = _decided(quantity, total, asked, known == days)
    why = (
        f"{total} {quantity.unit} in {_days(days)}; {quantity.sense} {asked} asked ({quantity.value} a {quantity.per})"
    )
    return _count(teller, "average", result, why, total, asked, periods, days, known)


def _decided(quantity: Quantity, total: int, asked: int, whole: bool) -> Result:
    """Decide by a sum, which unknown days can only raise (Q3, Q5)."""
    if quantity.sense == "at least":
        return "met" if total >= asked else "not met" if whole else "not known"
    return "not met" if total > asked else "met" if whole else "not known"


def _each(quantity: Quantity, teller: str, figures: list[Figure], span: tuple[str, str]) -> Count:
    days, known = _length(*span), _known(figures)
    length = DAYS[quantity.per]
    verdicts = {start: _period(quantity, figures, start, _day(start, length - 1)) for start in _starts(span, length)}
    for figure in figures:
        _spread(quantity, figure, length, verdicts)
    misses = tuple(start for start, verdict in verdicts.items() if verdict == "not met")
    open_ones = sum(verdict == "not known" for verdict in verdicts.values())
    missed = bool(misses) or any(_some_missed(quantity, figure, length, verdicts) for figure in figures)
    result: Result = "not met" if missed else "not known" if open_ones else "met"
    word = f"{quantity.per}s" if len(verdicts) != 1 else quantity.per
    why = f"{quantity.sense} {quantity.value} {quantity.unit} missed in {len(misses)} of {len(verdicts)} {word}"
    why += f", not known for {open_ones}" if open_ones else ""
    why += "; a figure for several shows that one was missed" if missed and not misses else ""
    total = sum(figure.value for figure in figures)
    asked = quantity.value * len(verdicts)
    return _count(teller, "each", result, why, total, asked, len(verdicts), days, known, misses)


def _period(quantity: Quantity, figures: list[Figure], start: str, end: str) -> Result:
    inside = [figure for figure in figures if start <= figure.start and figure.end <= end]
    whole = _known(inside) == _length(start, end)
    return _decided(quantity, sum(figure.value for figure in inside), quantity.value, whole)


def _spread(quantity: Quantity, figure: Figure, length: int, verdicts: dict[str, Result]) -> None:
    """Let a figure for several periods decide what it must: small enough for a ceiling, none was missed (Q4)."""
    if quantity.sense == "at most" and figure.value <= quantity.value:
        for start in verdicts:
            if figure.start <= start and _day(start, length - 1) <= figure.end and verdicts[start] == "not known":
                verdicts[start] = "met"


def _some_missed(quantity: Quantity, figure: Figure, length: int, verdicts: dict[str, Result]) -> bool:
    """Tell whether a figure for several whole periods shows that one of them missed the quantity (Q4)."""
    covered = [start for start in verdicts if figure.start <= start and _day(start, length - 1) <= figure.end]
    if len(covered) < 2 or len(covered) * length != _length(figure.start, figure.end):
        return False
    asked = quantity.value * len(covered)
    return figure.value < asked if quantity.sense == "at least" else figure.value > asked


def _total(quantity: Quantity, teller: str, figures: list[Figure], span: tuple[str, str], over: bool) -> Count:
    days, known = _length(*span), _known(figures)
    total = sum(figure.value for figure in figures)
    result = _decided(quantity, total, quantity.value, over and known == days)
    why = f"{total} {quantity.unit} so far; {quantity.sense} {quantity.value} asked in total"
    return _count(teller, "total", result, why, total, quantity.value, 1, days, known)


def _count(
    teller: str,
    counting: CountingUsed,
    result: Result,
    why: str,
    total: int,
    asked: int,
    periods: int,
    days: int,
    known: int,
    misses: tuple[str, ...] = (),
) -> Count:
    if known < days:
        why += f"; {_days(days - known)} without a figure"
    return Count(
        teller=teller,
        counting=counting,
        result=result,
        why=why,
        total=total,
        asked=asked,
        periods=periods,
        days=days,
        known=known,
        misses=misses,
    )


def _known(figures: list[Figure]) -> int:
    """Return how many days have a figure; the rules let no two of one teller overlap."""
    return sum(_length(figure.start, figure.end) for figure in figures)


def _starts(span: tuple[str, str], length: int) -> Iterator[str]:
    return (_day(span[0], number) for number in range(0, _length(*span), length))


def _length(start: str, end: str) -> int:
    return max(0, (date.fromisoformat(end) - date.fromisoformat(start)).days + 1)


def _day(start: str, days: int) -> str:
    return (date.fromisoformat(start) + timedelta(days=days)).isoformat()


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
