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

from collections.abc import Sequence
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
    days, length = _length(*span), DAYS[quantity.per]
    verdicts, missed = _periods(quantity, [_placed(figure, span[0]) for figure in figures], days // length, length)
    misses = tuple(_day(span[0], number * length) for number, verdict in enumerate(verdicts) if verdict == "not met")
    open_ones = verdicts.count("not known")
    result: Result = "not met" if misses or missed else "not known" if open_ones else "met"
    word = f"{quantity.per}s" if len(verdicts) != 1 else quantity.per
    why = f"{quantity.sense} {quantity.value} {quantity.unit} missed in {len(misses)} of {len(verdicts)} {word}"
    why += f", not known for {open_ones}" if open_ones else ""
    why += "; a figure for several shows that one was missed" if missed and not misses else ""
    total, asked = sum(figure.value for figure in figures), quantity.value * len(verdicts)
    return _count(teller, "each", result, why, total, asked, len(verdicts), days, _known(figures), misses)


Placed = tuple[int, int, int]
"""A figure as the number of its first and last day in the window, and its value."""


def _placed(figure: Figure, start: str) -> Placed:
    return _length(start, figure.start) - 1, _length(start, figure.end) - 1, figure.value


def _periods(quantity: Quantity, figures: list[Placed], number: int, length: int) -> tuple[list[Result], bool]:
    """Return what is known of each period, and whether a figure for several shows that one was missed (Q4, Q5)."""
    sums, known = [0] * number, [0] * number
    wide = []
    for first, last, value in figures:
        if first // length == last // length:
            sums[first // length] += value
            known[first // length] += last - first + 1
        else:
            wide.append((first, last, value))
    verdicts = [
        _decided(quantity, total, quantity.value, days == length) for total, days in zip(sums, known, strict=True)
    ]
    shown = [_spread(quantity, figure, length, verdicts) for figure in wide]
    return verdicts, any(shown)


def _spread(quantity: Quantity, figure: Placed, length: int, verdicts: list[Result]) -> bool:
    """Let a figure for several periods decide what it must; tell whether it shows that one of them was missed (Q4)."""
    first, last, value = figure
    covered = range(-(-first // length), (last + 1) // length)
    if quantity.sense == "at most" and value <= quantity.value:
        for number in covered:
            verdicts[number] = "met" if verdicts[number] == "not known" else verdicts[number]
    if len(covered) < 2 or len(covered) * length != last - first + 1:
        return False
    asked = quantity.value * len(covered)
    return value < asked if quantity.sense == "at least" else value > asked


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


def _length(start: str, end: str) -> int:
    return max(0, (date.fromisoformat(end) - date.fromisoformat(start)).days + 1)


def _day(start: str, days: int) -> str:
    return (date.fromisoformat(start) + timedelta(days=days)).isoformat()


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
