"""Check one table of a charter against its keys and return the values that fit; each misfit becomes a problem.

A value never raises: what does not fit is noted with its line and left out, so that the rest is still checked.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from tasdiq.model.place import PlaceName
from tasdiq.model.source import Designation

from .keys import OTHER_WORDS, Form, Key
from .positions import Path
from .problems import Problems

Check = Callable[[Path, object, Key, Problems], object]
WORDING = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T\d{2}:\d{2}:\d{2}Z)?)?)?", re.ASCII)


def check_table(path: Path, table: object, keys: Mapping[str, Key], problems: Problems) -> dict[str, object]:
    """Return the values of a table that fit; tables inside it are returned as they are."""
    if not isinstance(table, dict):
        name = str(path[-1] if isinstance(path[-1], str) else path[-2])
        problems.add(
            path, f"expected a table, found {_say(table)}; write [[{name}]] on a line of its own and its keys below"
        )
        return {}
    for name in table:
        if name not in keys:
            problems.add((*path, name), _unknown(name, keys, nested=bool(path)))
    for name, key in keys.items():
        if key.required and name not in table and path:
            problems.add(path, f"{name} is missing: {key.meaning}; write {name} = {_example(key)}")
    values = {name: _check((*path, name), value, keys[name], problems) for name, value in table.items() if name in keys}
    return {name: value for name, value in values.items() if value is not None}


def _unknown(name: str, keys: Mapping[str, Key], *, nested: bool) -> str:
    meant = OTHER_WORDS.get(name.lower())
    near = [meant] if meant and meant in keys else difflib.get_close_matches(name.lower(), keys, n=1, cutoff=0.6)
    if not near:
        return f"unknown key {name!r}; expected one of {', '.join(keys)}"
    tables = keys[near[0]].form == "tables"
    return f"unknown key {name!r}; did you mean {f'[[{near[0]}]]' if tables and not nested else near[0]!r}?"


def _example(key: Key) -> str:
    examples = {"choice": f'"{key.choices[0]}"' if key.choices else '"…"', "date": '"2031-05-02"', "texts": '["…"]'}
    return examples.get(key.form, '"…"')


def _say(value: object) -> str:
    if isinstance(value, str):
        return f"{value[:60]!r}"
    kinds: tuple[tuple[type, str], ...] = ((bool, "true or false"), (dict, "a table"), (list, "a list"))
    return next((words for kind, words in kinds if isinstance(value, kind)), str(value)[:60])


def _check(path: Path, value: object, key: Key, problems: Problems) -> object:
    return CHECKS[key.form](path, value, key, problems)


def _text(path: Path, value: object, key: Key, problems: Problems) -> str | None:
    if isinstance(value, str) and value.strip():
        return value
    problems.add(
        path, f"expected text in quotation marks ({key.meaning}), found {_say(value) if value != '' else 'nothing'}"
    )
    return None


def _texts(path: Path, value: object, key: Key, problems: Problems) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        problems.add(path, f'expected a list such as ["…", "…"] ({key.meaning}), found {_say(value)}')
        return None
    texts = (_text((*path, number), item, key, problems) for number, item in enumerate(value))
    return tuple(text for text in texts if text is not None)


def _choice(path: Path, value: object, key: Key, problems: Problems) -> str | None:
    if isinstance(value, str) and value in key.choices:
        return value
    near = difflib.get_close_matches(str(value).lower(), key.choices, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    problems.add(path, f"expected one of {', '.join(map(repr, key.choices))}, found {_say(value)}{hint}")
    return None


def _date(path: Path, value: object, key: Key, problems: Problems) -> str | None:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and DATE.fullmatch(value) and _exists(value):
        return value
    problems.add(
        path, f'expected a date such as "2031-05-02", "2031-05" or "2031-05-02T10:30:00Z" (UTC), found {_say(value)}'
    )
    return None


def _exists(value: str) -> bool:
    try:
        datetime.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        return False
    return True


def _whole_number(path: Path, value: object, key: Key, problems: Problems) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and key.low <= value <= key.high:
        return value
    problems.add(path, f"expected a whole number from {key.low} to {key.high} ({key.meaning}), found {_say(value)}")
    return None


def _flag(path: Path, value: object, key: Key, problems: Problems) -> bool | None:
    if isinstance(value, bool):
        return value
    problems.add(path, f"expected true or false ({key.meaning}), found {_say(value)}")
    return None


def _degrees(path: Path, value: object, key: Key, problems: Problems) -> int | None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        if number.is_finite() and key.low <= number <= key.high:
            return int((number * 10**7).to_integral_value())
    problems.add(path, f"expected {key.meaning} from {key.low} to {key.high}, such as 34.12, found {_say(value)}")
    return None


def _id(path: Path, value: object, key: Key, problems: Problems) -> str | None:
    if isinstance(value, str) and WORDING.fullmatch(value):
        return value
    problems.add(path, f'expected lower-case letters, digits and hyphens, such as "kes", found {_say(value)}')
    return None


def _iso3(path: Path, value: object, key: Key, problems: Problems) -> str | None:
    if isinstance(value, str) and re.fullmatch("[A-Z]{3}", value):
        return value
    problems.add(path, f'expected an ISO 3166-1 alpha-3 code in capitals, such as "CHE", found {_say(value)}')
    return None


def _key_hash(path: Path, value: object, key: Key, problems: Problems) -> str | None:
    if isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value):
        return value
    problems.add(path, f"expected 64 lower-case hex digits ({key.meaning}), found {_say(value)}")
    return None


def _names(path: Path, value: object, key: Key, problems: Problems) -> tuple[Designation, ...] | None:
    """Read names: plain text, or `{ text = "…", used_by = ["kes"] }`."""
    if not isinstance(value, list):
        problems.add(path, f'expected a list such as ["…", {{ text = "…", used_by = ["…"] }}], found {_say(value)}')
        return None
    names = (_name((*path, number), item, problems) for number, item in enumerate(value))
    return tuple(name for name in names if name is not None)


def _name(path: Path, item: object, problems: Problems) -> Designation | None:
    keys = {"text": Key("text", "the name", required=True), "used_by": Key("texts", "ids of those who use it")}
    if isinstance(item, str):
        item = {"text": item}
    elif isinstance(item, dict) and isinstance(item.get("used_by"), str):
        item = {**item, "used_by": [item["used_by"]]}
    values = check_table(path, item, keys, problems)
    text, users = values.get("text"), values.get("used_by", ())
    return Designation(text=text, used_by=users) if isinstance(text, str) and isinstance(users, tuple) else None


def _pairs(path: Path, value: object, key: Key, problems: Problems) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(value, dict):
        problems.add(path, f'expected a table such as {{ kes = "…" }} ({key.meaning}), found {_say(value)}')
        return None
    pairs = ((name, _text((*path, name), text, key, problems)) for name, text in value.items())
    return tuple((name, text) for name, text in pairs if text is not None)


def _as_is(path: Path, value: object, key: Key, problems: Problems) -> object:
    if key.form == "tables" and not isinstance(value, list):
        problems.add(path, f"expected [[{path[-1]}]] with two brackets, once for each, found {_say(value)}")
        return None
    return value


def place_names(names: tuple[Designation, ...]) -> tuple[PlaceName, ...]:
    """Return designations as names of a place, one for each user."""
    return tuple(PlaceName(text=name.text, used_by=user) for name in names for user in (name.used_by or ("",)))


CHECKS: dict[Form, Check] = {
    "text": _text, "texts": _texts, "choice": _choice, "date": _date, "whole": _whole_number, "flag": _flag,
    "degrees": _degrees, "zone": _text, "key": _key_hash, "id": _id, "iso3": _iso3, "names": _names, "outcomes": _pairs,
    "words": _pairs, "tables": _as_is, "table": _as_is,
}  # fmt: skip
