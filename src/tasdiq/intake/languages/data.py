"""What is known of each language, from the TOML beside this module: letters and words, how speech is reported, who holds office.

Decides nothing: it folds (`fold`) and compiles what the files hold. A language is one file; nothing in the code names one, but
for how Turkish has its small letters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tasdiq.model.statement import Act

from .fold import folded

READ = ("ar", "fa", "ps", "tr", "ur")
"""Languages whose direct quotations are read by rules."""


@dataclass(frozen=True)
class Speech:
    """One language: `frames` are how it reports speech; `posts` and `people` are words for offices, organs and sources."""

    code: str
    name: str
    frames: tuple[re.Pattern[str], ...]
    acts: Mapping[str, Act]
    stop: re.Pattern[str]
    stop_before: bool
    refuse: re.Pattern[str] | None
    lead: re.Pattern[str]
    pronouns: frozenset[str]
    present: frozenset[str]
    small: frozenset[str]
    away: frozenset[str]
    away_after: frozenset[str]
    negation: re.Pattern[str]
    organs: tuple[tuple[str, str], ...]
    offices: tuple[tuple[str, str], ...]
    officials: frozenset[str]
    sources: frozenset[str]
    others: re.Pattern[str]
    adjective: tuple[tuple[re.Pattern[str], str], ...]
    endings: tuple[str, ...]
    article: str
    joined: re.Pattern[str] | None
    case: re.Pattern[str] | None

    @property
    def turkish(self) -> bool:
        """Tell whether small letters are those of Turkish."""
        return self.code == "tr"


@cache
def raw(code: str) -> dict[str, Any]:
    """Return a language's file as it is."""
    return tomllib.loads((resources.files(__package__) / f"{code}.toml").read_text("utf-8"))


@cache
def speech(code: str) -> Speech:
    """Return a language's rules, compiled."""
    data = raw(code)
    turkish = code == "tr"
    acts: dict[str, Act] = {folded(v, turkish=turkish): act for act, verbs in data["verbs"].items() for v in verbs}
    lead = _any(data["lead"], turkish=turkish, plain=False)
    frames = tuple(_frames(data, _any(acts), lead, turkish))
    return Speech(
        code=code,
        name=data["name"],
        frames=frames,
        acts=acts,
        stop=_words(data["stop"], turkish),
        stop_before=data["stop_before"],
        refuse=_words(data["refuse"], turkish) if data["refuse"] else None,
        lead=re.compile(rf"^(?:{lead})(?:[ ،,]+|$)"),
        pronouns=frozenset(folded(word, turkish=turkish) for word in data["pronouns"]),
        present=frozenset(folded(word, turkish=turkish) for word in data["present"]),
        small=frozenset(folded(word, turkish=turkish) for word in (*data["words"], *data["people"]["around"])),
        away=frozenset(folded(word, turkish=turkish) for word in data["away"]),
        away_after=frozenset(folded(word, turkish=turkish) for word in data["away_after"]),
        negation=re.compile(rf"(?<!\w)(?:{folded(data['negation'], turkish=turkish)}) *$"),
        organs=_pairs(data["organs"], turkish),
        offices=_pairs(data["offices"], turkish),
        officials=frozenset(folded(word, turkish=turkish) for word in data["people"]["officials"]),
        sources=frozenset(folded(word, turkish=turkish) for word in data["people"]["sources"]),
        others=_words(data["people"]["others"], turkish),
        adjective=tuple((re.compile(_folded_pattern(a, turkish)), _plain(b)) for a, b in data["adjective"]["rules"]),
        endings=tuple(_plain(ending) for ending in data["adjective"].get("endings", ("",))),
        article=folded(data["adjective"].get("article", "")),
        joined=re.compile(rf"^{data['adjective']['joined']}") if "joined" in data["adjective"] else None,
        case=re.compile(data["adjective"]["case"] + "$") if "case" in data["adjective"] else None,
    )


def _frames(data: Mapping[str, Any], verb: str, lead: str, turkish: bool) -> Iterator[re.Pattern[str]]:
    """Yield the frames with {gap} and {mid}, characters at which nobody else begins to speak, {verb} and {lead} put in."""
    other = _folded_pattern(data["break"], turkish)
    for frame in data["frames"]:
        pattern = _folded_pattern(frame, turkish)
        if "joined" not in data["adjective"]:  # where no "and" is written in one with the verb, it begins a word
            pattern = pattern.replace("(?P<cue>", r"(?<!\w)(?P<cue>")
        pattern = pattern.replace("{gap}", f"(?:(?!{other})[^Q:])").replace("{mid}", f"(?:(?!{other})[^Q])")
        yield re.compile(pattern.replace("{verb}", verb).replace("{lead}", lead))


def _folded_pattern(pattern: str, turkish: bool) -> str:
    """Fold the letters of a pattern; what is its own (groups, escapes, Q) stays."""
    pieces = re.split(r"(\(\?P<\w+>|\\.|\{\w+\}|Q)", pattern)
    return "".join(each if number % 2 else _plain(each, turkish=turkish) for number, each in enumerate(pieces))


def _plain(text: str, *, turkish: bool = False) -> str:
    """Fold without touching spaces."""
    return "".join(folded(each, turkish=turkish) or each for each in text) if text else text


def _any(words: Iterable[str], *, turkish: bool = False, plain: bool = True) -> str:
    """Return a pattern of whole words or phrases, the longest first."""
    made = [re.escape(word) if plain else _folded_pattern(word, turkish) for word in words]
    return rf"(?:{'|'.join(sorted(made, key=len, reverse=True))})(?!\w)"


def _words(words: Iterable[str], turkish: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any([folded(word, turkish=turkish) for word in words])}")


def _pairs(table: Mapping[str, Iterable[str]], turkish: bool) -> tuple[tuple[str, str], ...]:
    """Return (folded phrase, English) with the longest phrases first."""
    found = [(folded(word, turkish=turkish), english) for english, words in table.items() for word in words]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))
