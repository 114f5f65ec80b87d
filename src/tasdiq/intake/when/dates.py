"""Rules for wording that names calendar days, months, years and seasons.

1. ISO dates and times, also with slashes or dots; with a clock time the precision is the minute (UTC when an offset or Z is
   written).
2. Numeric dates with slashes or hyphens: where day and month could be exchanged, both readings bound the value and it is
   approximate with precision unknown. With dots the day comes first.
3. A day, or a range of days, with a month; a weekday before it only decorates. Without a year: the year nearest to the anchor.
   A word that only begins like a month is none ("23 Maradonian soldiers"). Days joined by "and" that do not follow each other
   bound the value, which is then approximate.
4. A month, whole or its early, middle or late third, with a year or after a word of time ("in", "since", "late").
5. A year, decade or season after a word of time; "since" leaves the end open, "until" and "by" leave the start open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from tasdiq.model.when import When

from . import calendar as cal

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![^\W\d])"
)
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?:1[89]|20)[0-9]{2}"
WEEKDAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?"
    r"|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)"
)
DASH = r"\s?[-–—]\s?"
TO = rf"(?:{DASH}|\s(?:to|until|till|through|and)\s)"
TAIL = rf"(?:\s?,?\s(?P<year>{YEAR}))?(?![0-9])"
LEAD = rf"(?:{WEEKDAY}\s?,?\s(?:the\s)?)?"
PART = r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|the (?:beginning|middle|end) of)[-\s](?:in\s)?)?"

Resolve = Callable[["re.Match[str]", "date | None"], "When | None"]


def _number(text: str) -> int:
    return int(re.sub(r"[^0-9]", "", text))


def _iso(match: re.Match[str], anchor: date | None) -> When | None:
    text = match[0]
    day = cal.day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None or not match["clock"]:
        return cal.span(day, day, "day", text)
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return cal.span(day, day, "day", text)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    return When(start=stamp, end=stamp, precision="minute", text=text, approximate=match["zone"] is None)


def _numeric(match: re.Match[str], anchor: date | None) -> When | None:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    day_first, month_first = cal.day_of(year, second, first), cal.day_of(year, first, second)
    if "." in match[0]:
        return cal.span(day_first, day_first, "day", match[0])
    readings = sorted({day for day in (day_first, month_first) if day})
    if not readings:
        return None
    exact = len(readings) == 1
    return cal.span(readings[0], readings[-1], "day" if exact else "unknown", match[0], approximate=not exact)


def _year_of(match: re.Match[str], month: int, day: int, anchor: date | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    return cal.nearest_year(month, day, anchor) if anchor else None


def _days(match: re.Match[str], anchor: date | None) -> When | None:
    groups = match.groupdict()
    first_month = cal.month_number(match["month"])
    last_month = cal.month_number(groups["month2"]) if groups.get("month2") else first_month
    first_day = _number(match["d1"])
    last_day = _number(groups["d2"]) if groups.get("d2") else first_day
    last_year = _year_of(match, last_month, last_day, anchor)
    if last_year is None:
        return When(precision="day", text=match[0], approximate=True)
    first_year = last_year - (1 if first_month > last_month else 0)
    first, last = cal.day_of(first_year, first_month, first_day), cal.day_of(last_year, last_month, last_day)
    apart = " and " in match[0] and first is not None and last != cal.moved(first, 1)
    return cal.span(first, last, "day", match[0], approximate=apart)


THIRDS = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "beginning": (1, 10),
    "middle": (11, 20),
    "end": (21, 31),
}
QUARTERS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "beginning": (1, 4), "middle": (5, 8), "end": (9, 12)}


def _part(match: re.Match[str]) -> str:
    part = (match["part"] or "").lower()
    return part.removeprefix("the ").removesuffix(" of")


def _open(match: re.Match[str], when: When | None) -> When | None:
    """Open the side that the word before the time leaves open (rule 5)."""
    word = (match["word"] or "").lower()
    if when is None or word not in ("since", "until", "till", "by"):
        return when
    start, end = (when.start, None) if word == "since" else (None, when.end)
    return When(start=start, end=end, precision=when.precision, text=when.text, approximate=when.approximate)


def _month(match: re.Match[str], anchor: date | None) -> When | None:
    month, part = cal.month_number(match["month"]), _part(match)
    year = _year_of(match, month, 15, anchor)
    if year is None:
        return When(precision="month", text=match[0], approximate=True)
    whole = cal.month_span(year, month, match[0])
    if not part or whole is None or whole.end is None:
        return _open(match, whole)
    first, last = THIRDS[part]
    end = date.fromisoformat(whole.end)
    return _open(
        match,
        cal.span(end.replace(day=first), end.replace(day=min(last, end.day)), "month", match[0], approximate=True),
    )


def _year(match: re.Match[str], anchor: date | None) -> When | None:
    year, part = int(match["year"]), _part(match)
    if not part:
        return _open(match, cal.year_span(year, match[0]))
    first, last = QUARTERS[part]
    end = cal.month_span(year, last, "")
    last_day = date.fromisoformat(end.end) if end and end.end else None
    return _open(match, cal.span(cal.day_of(year, first, 1), last_day, "year", match[0], approximate=True))


def _years(match: re.Match[str], anchor: date | None) -> When | None:
    first, last = int(match["y1"]), int(match["y2"])
    return cal.span(cal.day_of(first, 1, 1), cal.day_of(last, 12, 31), "year", match[0])


def _decade(match: re.Match[str], anchor: date | None) -> When | None:
    decade, part = int(match["decade"]), _part(match)
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    when = cal.span(
        cal.day_of(decade + first, 1, 1), cal.day_of(decade + last, 12, 31), "year", match[0], approximate=True
    )
    return _open(match, when)


def _season(match: re.Match[str], anchor: date | None) -> When | None:
    """Northern seasons by whole months; the hemisphere is a guess, so the value is approximate."""
    first, last = cal.SEASONS[match["season"].lower()]
    if not match["year"]:
        return When(precision="season", text=match[0], approximate=True)
    year = int(match["year"])
    end = cal.month_span(year + (last < first), last, "")
    last_day = date.fromisoformat(end.end) if end and end.end else None
    return cal.span(cal.day_of(year, first, 1), last_day, "season", match[0], approximate=True)


WORD = (
    r"(?P<word>[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Ff]rom|[Oo]f|[Ll]ast|[Tt]his|[Nn]ext|[Aa]fter|[Bb]efore"
    r"|[Tt]hroughout)"
)
SOME = r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]"
NOT_A_COUNT = (
    r"(?!\s(?:people|persons|soldiers|fighters|troops|men|families|refugees|civilians|trucks|km|kilomet|miles|metres))"
)
CLOCK = r"[T ]\d{2}:\d{2}(?::\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?"
WHOLE = r"(?![0-9])"
NOT_A_DAY = r"(?!\s?[0-9])(?!\w)"
MONTH_DAY = rf"(?P<month>{MONTH})(?:\s|(?<=\.))(?P<d1>{DAY})"
DAY_MONTH = rf"(?:of\s)?(?P<month>{MONTH})"
SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"

PATTERNS: tuple[tuple[str, Resolve], ...] = (
    (rf"(?<![\w-])(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}})(?P<clock>{CLOCK})?(?![\w-])", _iso),
    (rf"(?<![\w/.-])(?P<a>[0-9]{{1,2}})([/.-])(?P<b>[0-9]{{1,2}})\2(?P<y>{YEAR})(?![\w/-])", _numeric),
    (rf"(?<![\w/.-])(?P<y>{YEAR})([/.])(?P<m>[0-9]{{2}})\2(?P<d>[0-9]{{2}})(?P<clock>)(?![\w/])", _iso),
    (rf"\b{LEAD}{MONTH_DAY}(?:{TO}(?P<month2>{MONTH})\s(?P<d2>{DAY}))?\b{TAIL}", _days),
    (rf"\b{LEAD}{MONTH_DAY}{TO}(?P<d2>{DAY})\b{TAIL}(?!\s(?:{MONTH})\b)", _days),
    (rf"\b{LEAD}(?P<d1>{DAY})\s{DAY_MONTH}{TO}(?P<d2>{DAY})\s(?:of\s)?(?P<month2>{MONTH}){TAIL}", _days),
    (rf"\b{LEAD}(?P<d1>{DAY})(?:{TO}(?P<d2>{DAY}))?\s{DAY_MONTH}{TAIL}", _days),
    (rf"\b(?:{WORD}\s)?(?:the\s)?{PART}(?P<month>{MONTH})\s?,?\s(?:of\s)?(?P<year>{YEAR}){WHOLE}", _month),
    (rf"\b{WORD}\s(?:the\s)?{PART}(?P<month>{MONTH})(?P<year>){NOT_A_DAY}", _month),
    (rf"\b(?P<word>){SOME}(?P<month>{MONTH})(?P<year>){NOT_A_DAY}", _month),
    (rf"\b(?:{WORD}\s)?(?:the\s)?{SOME}(?P<year>{YEAR})(?![0-9s])", _year),
    (rf"\b{WORD}\s(?:the\s)?(?:year\s)?{PART}(?P<year>{YEAR})(?![0-9s]|[,.][0-9]){NOT_A_COUNT}", _year),
    (rf"\b(?:from|between)\s(?P<y1>{YEAR})\s(?:to|and|until)\s(?P<y2>{YEAR}){WHOLE}", _years),
    (rf"\b(?P<word>)(?P<part>)(?:the|a|an)\s(?P<year>{YEAR})(?=\s[a-z]){NOT_A_COUNT}", _year),
    (rf"\b(?:{WORD}\s)?(?:the\s)?{PART}(?P<decade>(?:1[89]|20)[0-9]0)s\b", _decade),
    (rf"\b(?:[Ii]n\s|[Dd]uring\s)?(?:the\s)?{SEASON}\s(?:of\s)?(?P<year>{YEAR})\b", _season),
)
RULES: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple((re.compile(text), rule) for text, rule in PATTERNS)
