"""Frames: kinds of proposition known from ceasefires, read from tables, and the patterns that recognise them.

A frame is a TOML table in `frames/`: `id`, `topic`, `kind`, `wording` with slots, `patterns`, and optionally `without`
(words whose presence voids a match; `#` is any armed group), `defaults` (slot -> "speaker" or "other:<slot>"), `own` (the stance of
a party that says it of itself), `optional` (slots that may stay empty), `about` (the slot of the party it is about; `by` if not
given), `over` (more general frames that it overrules), `deed` (the stance of a party whose act, in the cue, is the thing itself),
`each` (one proposition for each place and day, slots `place` and `day` of the wording: `occasion`).
Kinds:

    fact   the world is so: presence, strikes, losses
    act    a party did something with words or deeds: refused an offer, asked, violated
    aim    something ought to be done: stances are calls for, offers, refuses, conditions

A pattern is a row of elements, matched in order within one clause:

    <by>      a party, kept as slot `by`           WORD     any word of a class of `words.toml`
    <#g>      an armed group, kept as slot `g`     a|b_c    one of these words or phrases
    ~         at most 5 words, no party in them    *        at most 12 words (after a slot, no party); ** at most 25
    +         as ~, without articles and "be": what follows is the subject's own verb
    ...?      the element may be missing           !WORD    not followed by that word
    -  first  the match says the opposite          =  first the match takes it for granted, whatever is done with the clause
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, Literal

from .words import stem

Kind = Literal["fact", "act", "aim"]
_GAPS = {
    "~": r"(?:(?![@.;])\S+ ){0,5}?",
    "*": r"(?:(?![.;])\S+ ){0,12}?",
    "*@": r"(?:(?![@.;])\S+ ){0,12}?",
    "**": r"(?:(?![.;])\S+ ){0,25}?",
    "+": r"(?:(?!(?:be|an?|the) |[@.;])\S+ ){0,5}?",
}
GAP = "_gap"
_MARKS = frozenset(("@", "#", "%"))


@dataclass(frozen=True)
class Pattern:
    """A pattern; `needs` lists sets of stems, one of each of which a line must hold. It is compiled when first tried."""

    expression: str
    needs: tuple[frozenset[str], ...]
    opposite: bool = False
    granted: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled."""
        return re.compile(self.expression)


@dataclass(frozen=True)
class Frame:
    """A kind of proposition."""

    id: str
    topic: str
    kind: Kind
    wording: str
    patterns: tuple[Pattern, ...]
    slots: tuple[str, ...]
    without: frozenset[str] = frozenset()
    defaults: dict[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    own: str = ""
    about: str = ""
    over: frozenset[str] = frozenset()
    deed: str = ""
    groups: frozenset[str] = frozenset()
    each: bool = False


@dataclass(frozen=True)
class Table:
    """All frames, and for each stem the patterns that cannot match without it."""

    frames: dict[str, Frame]
    index: dict[str, tuple[tuple[Frame, Pattern], ...]]
    classes: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def table() -> Table:
    """Read the frames the package ships."""
    classes: dict[str, tuple[str, ...]] = {}
    raw: list[dict[str, Any]] = []
    for entry in sorted(resources.files(__package__).joinpath("frames").iterdir(), key=lambda e: e.name):
        if entry.name == "words.toml":
            classes = {k: tuple(v.split()) for k, v in tomllib.loads(entry.read_text("utf-8")).items()}
        elif entry.name.endswith(".toml"):
            data = tomllib.loads(entry.read_text("utf-8"))
            raw.extend({"topic": data.get("topic", ""), **frame} for frame in data["frame"])
    frames = {item["id"]: _frame(item, classes) for item in raw}
    return Table(
        frames,
        _index(frames, _MARKS.union(map(_first, classes["COMMON"]))),
        {k: frozenset(map(_first, v)) for k, v in classes.items()},
    )


def word_class(name: str) -> frozenset[str]:
    """Return the stems of a class of `words.toml`; a KeyError names one it does not hold."""
    return table().classes[name]


def _frame(item: dict[str, Any], classes: dict[str, tuple[str, ...]]) -> Frame:
    slots = tuple(dict.fromkeys(re.findall(r"\{(\w+)", item["wording"])))
    without = [word for name in item.get("without", "").split() for word in classes.get(name, (name,))]
    return Frame(
        id=item["id"], topic=item["topic"], kind=item["kind"], wording=item["wording"], slots=slots,
        patterns=tuple(compile_pattern(text, classes) for text in item["patterns"]),
        without=frozenset(map(_first, without)), defaults=dict(item.get("defaults", {})),
        optional=frozenset(item.get("optional", "").split()), own=item.get("own", ""), about=item.get("about", "by"),
        over=frozenset(item.get("over", "").split()),
        deed=item.get("deed", ""), groups=frozenset(re.findall(r"<#(\w+)>", " ".join(item["patterns"]))),
        each=item.get("each", False),
    )  # fmt: skip


def compile_pattern(text: str, classes: dict[str, tuple[str, ...]]) -> Pattern:
    """Compile one pattern; a KeyError names a class that `words.toml` does not hold."""
    elements = text.split()
    opposite, granted = elements[0] == "-", elements[0] == "="
    parts: list[str] = []
    needs: list[frozenset[str]] = []
    seen: set[str] = set()
    subject = False
    for element in elements[1:] if opposite or granted else elements:
        part, need = _element(element + "@" if subject and element == "*" else element, classes, seen)
        subject = element.startswith("<") or (subject and element in _GAPS)
        parts.append(part)
        if need:
            needs.append(need)
    needs.sort(key=len)
    return Pattern(" " + "".join(parts), tuple(needs), opposite, granted)


def _element(element: str, classes: dict[str, tuple[str, ...]], seen: set[str]) -> tuple[str, frozenset[str] | None]:
    if element in _GAPS:
        name = f"{GAP}{len(seen)}"
        seen.add(name)
        return f"(?P<{name}>{_GAPS[element]})", None
    if element.startswith("!"):
        return f"(?!{_choice(_words(element[1:], classes))} )", None
    may_miss = element.endswith("?")
    element = element.removesuffix("?")
    if element.startswith("<"):
        part, need = _slot(element[1:-1], seen), frozenset("#" if element[1] == "#" else "@")
    else:
        words = _words(element, classes)
        part, need = _choice(words) + " ", frozenset(map(_first, words))
    return (f"(?:{part})?", None) if may_miss else (part, need)


def _slot(name: str, seen: set[str]) -> str:
    if name[0] == "#":
        seen.add(name[1:])
        return rf"#(?P<{name[1:]}>\S+) "
    if name in seen:
        return rf"@(?P={name}) "
    seen.add(name)
    return rf"@(?P<{name}>\S+) "


def _words(element: str, classes: dict[str, tuple[str, ...]]) -> list[str]:
    found: list[str] = []
    for word in element.split("|"):
        found.extend(classes[word] if word.isupper() else [word])
    return found


def _choice(words: list[str]) -> str:
    return "(?:" + "|".join(dict.fromkeys(_written(word) for word in words)) + ")"


def _written(word: str) -> str:
    """Write one word or phrase (`hand_over`) as it stands in a line; `#` and `%` stand for any group or foreign state."""
    if word in "#%@":
        return word + r"\S+"
    return " ".join(re.escape(stem(part)) for part in word.split("_"))


def _first(word: str) -> str:
    return word if word in "#%@" else stem(word.split("_")[0])


def _index(frames: dict[str, Frame], common: frozenset[str]) -> dict[str, tuple[tuple[Frame, Pattern], ...]]:
    """Enter each pattern under the stems of its most telling set: the smallest without marks and common words."""
    index: dict[str, list[tuple[Frame, Pattern]]] = {}
    for frame in frames.values():
        for pattern in frame.patterns:
            telling = min(pattern.needs, key=lambda need: (bool(need & common), len(need)))
            for word in telling:
                index.setdefault(word, []).append((frame, pattern))
    return {word: tuple(found) for word, found in index.items()}
