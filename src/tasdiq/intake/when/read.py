"""Read every time a text mentions, in order and without overlap.

Of overlapping readings the longest wins, then the earlier rule (`dates` 1–5, then `relative` 6–10). Three further rules:
11. Two days joined by "until", "till", "through" or "to" within one clause are one span ("began on 25 May and went on
    until 31 May").
12. Without an anchor, dates that lack a year take it from the latest full date the text itself gives, and are approximate;
    if it gives none they keep their wording and no start.
13. A day in a group's name ("the March 9 Movement") is no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tasdiq.intake.numbered import in_numbered, numbered_names
from tasdiq.model.when import When

from . import dates, relative

LONGEST = 2_000_000
"""Code points read of one text; what lies beyond holds no dates a reader would look for."""
JOIN = re.compile(r"[^.;!?\n]{0,40}?\b(?:until|till|through|to)\s(?:[Oo]n\s|the\s)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time named in a text: half-open range of code points, and what it means."""

    start: int
    end: int
    when: When


def read_times(text: str, anchor: When | None) -> list[TimeMention]:
    """Return the times `text` mentions, relative to `anchor` (its publication date). Never raises."""
    text = text[:LONGEST]
    day = _day(anchor)
    if day is None and (implied := _implied(text)):
        found = [TimeMention(m.start, m.end, _approximate(m.when)) for m in _mentions(text, implied, dated=True)]
        return _joined(text, [*found, *_free(_mentions(text, None), found)])
    return _joined(text, _mentions(text, day))


def _day(anchor: When | None) -> date | None:
    """Return the anchor's day; one known only to the month or worse still places a year, one that is open between days none."""
    if anchor is not None and anchor.precision == "unknown" and anchor.start != anchor.end:
        return None
    try:
        return date.fromisoformat((anchor.start or anchor.end or "")[:10]) if anchor else None
    except ValueError:
        return None


def _implied(text: str) -> date | None:
    """Return the latest day of a dated day or month in the text (rule 12)."""
    days = [
        date.fromisoformat(when.start[:10])
        for mention in _mentions(text, None, dated=True)
        if (when := mention.when).start and when.precision in ("day", "month", "minute")
    ]
    return max(days, default=None)


def _approximate(when: When) -> When:
    if re.search(dates.YEAR, when.text):
        return when
    return When(start=when.start, end=when.end, precision=when.precision, text=when.text, approximate=True)


def _mentions(text: str, anchor: date | None, *, dated: bool = False) -> list[TimeMention]:
    """Return the longest readings in order; `dated` leaves relative wording (rules 6–10) out."""
    names = list(numbered_names(text))
    found = [
        (match.start(), -match.end(), order, match, rule)
        for order, (pattern, rule) in enumerate(dates.RULES)
        for match in pattern.finditer(text)
        if not in_numbered(*match.span(), names)
    ]
    kept = _longest([(start, end, order) for start, end, order, _, _ in found])
    fixed = {(s, e, o): rule(match, anchor) for s, e, o, match, rule in found if (s, e, o) in kept}
    mentions = [TimeMention(start, -end, when) for (start, end, _), when in fixed.items() if when is not None]
    if not dated:
        mentions += _relative(text, anchor, mentions)
    return sorted(mentions, key=lambda mention: mention.start)


def _longest(ranges: list[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    """Keep of overlapping ranges (start, -end, order) the longest, then the earliest."""
    kept: list[tuple[int, int, int]] = []
    for start, negative_end, order in sorted(ranges, key=lambda r: (r[0], r[1], r[2])):
        if not kept or start >= -kept[-1][1]:
            kept.append((start, negative_end, order))
        elif -negative_end - start > -kept[-1][1] - kept[-1][0]:
            kept[-1] = (start, negative_end, order)
    return set(kept)


def _relative(text: str, anchor: date | None, dated: list[TimeMention]) -> list[TimeMention]:
    matches = sorted(
        ((m.start(), -m.end(), m, rule) for pattern, rule in relative.RULES for m in pattern.finditer(text)),
        key=lambda found: found[:2],
    )
    mentions: list[TimeMention] = []
    for start, negative_end, match, rule in matches:
        if (mentions and start < mentions[-1].end) or not _clear(start, -negative_end, dated):
            continue
        when = rule(match, anchor, _before(start, [*dated, *mentions]))
        if when is not None:
            mentions.append(TimeMention(start, -negative_end, when))
    return mentions


def _clear(start: int, end: int, taken: list[TimeMention]) -> bool:
    return all(end <= mention.start or start >= mention.end for mention in taken)


def _free(candidates: list[TimeMention], taken: list[TimeMention]) -> list[TimeMention]:
    return [mention for mention in candidates if _clear(mention.start, mention.end, taken)]


def _before(start: int, mentions: list[TimeMention]) -> date | None:
    """Return the last day named in the 300 code points before (rule 8)."""
    near = [m for m in mentions if start - 300 <= m.start < start and m.when.precision == "day" and m.when.start]
    last = max(near, key=lambda mention: mention.start, default=None)
    return date.fromisoformat(last.when.start[:10]) if last and last.when.start else None


def _joined(text: str, mentions: list[TimeMention]) -> list[TimeMention]:
    """Join pairs of days by rule 11."""
    result: list[TimeMention] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        last = result[-1] if result else None
        if last and _range(last.when, mention.when) and JOIN.fullmatch(text, last.end, mention.start):
            words = text[last.start : mention.end]
            rough = last.when.approximate or mention.when.approximate
            whole = When(start=last.when.start, end=mention.when.end, precision="day", text=words, approximate=rough)
            result[-1] = TimeMention(last.start, mention.end, whole)
        else:
            result.append(mention)
    return result


def _range(first: When, last: When) -> bool:
    days = first.precision == last.precision == "day" and first.start is not None and last.end is not None
    return days and first.start == first.end and str(first.start) < str(last.end)
