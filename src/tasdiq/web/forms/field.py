"""A field of a form: what is asked, how it is answered, and how an answer is read.

1. An answer is kept as it was given until it is right: whoever made a mistake types nothing twice.
2. What is missing or wrong is said beside the field, in words that say what to do.
3. Only what is offered can be chosen, whatever is sent.
4. Line ends are those of the record (LF); control characters are refused. What turns the direction of writing is kept, and is
   made visible where it is signed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tasdiq.web.forms import moments
from tasdiq.web.forms.setting import Setting

Kind = Literal["line", "text", "list", "choice", "many", "moment", "rows", "confirm", "number", "day", "about"]
Given = Mapping[str, Sequence[str]]
"""What was sent: every value of every name."""

MOST_LINE, MOST_TEXT, MOST_ROWS = 300, 20_000, 24


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen, in plain words."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One question of a form. `empty` is what is said where an answer is missing; `start` what stands there at first.

    `columns` are the fields of each row of a `rows` field; `shown` leaves a question out that does not concern this viewer.
    """

    name: str
    label: str
    kind: Kind = "line"
    hint: str = ""
    empty: str = ""
    required: bool = True
    options: Callable[[Setting], Sequence[Option]] = lambda _: ()
    start: Callable[[Setting], Any] = lambda _: None
    columns: tuple[Field, ...] = ()
    shown: Callable[[Setting], bool] = lambda _: True
    most: int = 0
    least_rows: int = 3


@dataclass(frozen=True)
class Read:
    """What a field came to: its value, and what is wrong with it, if anything, by the field's id."""

    value: Any
    errors: tuple[tuple[str, str], ...] = ()


def read(field: Field, setting: Setting, given: Given) -> Read:
    """Read one field from what was sent."""
    match field.kind:
        case "choice":
            return _choice(field, setting, given)
        case "many":
            return _many(field, setting, given)
        case "moment":
            return _moment(field, setting, given)
        case "rows":
            return _rows(field, setting, given)
        case "confirm":
            return Read(True) if one(given, field.name) == "yes" else _wrong(field, field.empty, False)
        case "list":
            return _list(field, given)
        case _:
            return _text(field, given)


def one(given: Given, name: str) -> str:
    """Return the last value sent under a name, without surrounding space and with the record's line ends."""
    values = given.get(name) or ("",)
    return values[-1].replace("\r\n", "\n").replace("\r", "\n").strip()


def _wrong(field: Field, message: str, value: Any = "") -> Read:
    return Read(value, ((field.name, message),))


def _missing(field: Field) -> str:
    return field.empty or f"Answer this: {field.label}"


def _text(field: Field, given: Given) -> Read:
    text = one(given, field.name)
    if not text:
        return _wrong(field, _missing(field)) if field.required else Read("")
    if message := _unfit(field, text):
        return _wrong(field, message, text)
    return Read(text)


def _unfit(field: Field, text: str) -> str:
    most = field.most or (MOST_TEXT if field.kind in ("text", "list") else MOST_LINE)
    if len(text) > most:
        return f"Write at most {most:,} characters; these are {len(text):,}"
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        return "Type the text again: it holds characters that cannot be shown, as some programs put in when copying"
    if field.kind == "line" and "\n" in text:
        return "Write this on one line"
    if field.kind == "number" and not (text.isascii() and text.isdigit() and len(text) < 16):
        return "Write a whole number, in digits 0 to 9"
    if field.kind == "day" and not moments.is_day(text):
        return "Write the day as year-month-day, for example 2031-05-02"
    if field.kind == "about" and not moments.is_about(text):
        return "Write a year, a month or a day: 2031, 2031-05 or 2031-05-02"
    return ""


def _list(field: Field, given: Given) -> Read:
    found = _text(field, given)
    return Read(tuple(line.strip() for line in found.value.splitlines() if line.strip()), found.errors)


def _choice(field: Field, setting: Setting, given: Given) -> Read:
    value = one(given, field.name)
    offered = {option.value for option in field.options(setting)}
    if field.name in given and value in offered:
        return Read(value)
    if not value and not field.required:
        return Read("")
    return _wrong(field, _missing(field) if not value else "Choose one of those that are offered")


def _many(field: Field, setting: Setting, given: Given) -> Read:
    values = tuple(dict.fromkeys(value for value in given.get(field.name, ()) if value))
    if not {*values} <= {option.value for option in field.options(setting)}:
        return _wrong(field, "Choose among those that are offered", ())
    return _wrong(field, _missing(field), ()) if field.required and not values else Read(values)


def _moment(field: Field, setting: Setting, given: Given) -> Read:
    date, time, zone = (one(given, f"{field.name}-{part}") for part in ("date", "time", "zone"))
    if not date and not time:
        return Read("", ((f"{field.name}-date", _missing(field)),)) if field.required else Read("")
    found = moments.read(date, time, zone, setting.zones)
    return Read(found.iso, ((f"{field.name}-{found.part}", found.message),) if found.message else ())


def row_fields(field: Field, number: int) -> tuple[Field, ...]:
    """Return the fields of one row, each under a name of its own."""
    return tuple(replace(column, name=f"{field.name}-{number}-{column.name}") for column in field.columns)


def row_count(field: Field, given: Given) -> int:
    """Return how many rows of a field were sent or are to be shown."""
    sent = one(given, f"{field.name}-rows")
    return max(field.least_rows, min(int(sent), MOST_ROWS) if sent.isdigit() and len(sent) < 4 else 0)


def _rows(field: Field, setting: Setting, given: Given) -> Read:
    found: list[dict[str, Any]] = []
    errors: list[tuple[str, str]] = []
    for number in range(row_count(field, given)):
        fields = row_fields(field, number)
        if not any(_touched(item, given) for item in fields):
            continue
        answers = [read(item, setting, given) for item in fields]
        errors += [error for answer in answers for error in answer.errors]
        found.append({column.name: answer.value for column, answer in zip(field.columns, answers, strict=True)})
    if not found and field.required:
        place = row_fields(field, 0)[0]
        errors.append((place.name, _missing(field)))
    return Read(found, tuple(errors))


def _touched(field: Field, given: Given) -> bool:
    """Tell whether somebody wrote into a field of a row; a clock that stands chosen is not writing."""
    names = (f"{field.name}-date", f"{field.name}-time") if field.kind == "moment" else (field.name,)
    return any(one(given, name) for name in names)
