"""The words on printed paper in the languages of parties and mediators, from `labels.json`.

Translations that no native reader has checked say so on the paper itself. A language that is not there is set in English.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

Labels = dict[str, str]
ENGLISH = "en"


@cache
def languages() -> dict[str, Labels]:
    """Return the labels by language tag."""
    text = files(__package__).joinpath("labels.json").read_text(encoding="utf-8")
    found: dict[str, Labels] = json.loads(text)["languages"]
    return found


def labels(language: str) -> Labels:
    """Return the labels of a language, or of its main language, or English."""
    known = languages()
    main = language.partition("-")[0]
    nearest = next((tag for tag in known if tag.partition("-")[0] == main), ENGLISH)
    return known[language if language in known else nearest]


def direction(language: str) -> str:
    """Return `rtl` or `ltr`: of the language's labels, or of its script where there are none."""
    known = languages()
    main = language.partition("-")[0]
    found = [item["direction"] for tag, item in known.items() if tag.partition("-")[0] == main]
    return found[0] if found else "rtl" if main in ("he", "fa", "ur", "ps", "ar", "ug", "sd", "ckb", "yi") else "ltr"


def unchecked(tags: tuple[str, ...]) -> list[str]:
    """Return the names of those languages whose labels no native reader has checked."""
    return [labels(tag)["name"] for tag in dict.fromkeys(tags) if not labels(tag)["checked"]]
