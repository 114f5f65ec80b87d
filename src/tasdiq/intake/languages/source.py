"""What the source of a statement says by itself, in a language that is read by rules: whose office, organ or country speaks.

Rules
1. An office or organ is one of the language's list; a spokesperson is one of the organ named beside. Both are told in English, so
   that the same ministry is one actor in every language.
2. It belongs to the one country or member named beside it; not to one after a word such as "in" or "for". Two countries settle
   nothing. Nor does a country beside nobody of the list ("residents of Kestria", "a Kestrian analyst").
3. A word that sets the speaker apart (the United Nations, analysts, residents, refugees, "former", a movement, a newspaper) leaves
   the party open.
4. A country or capital by itself is the party as such.
5. The words that are left, up to four, are the name of whoever holds the office.
6. A phrase that begins with an adverb nothing parts from the speaker ("after a meeting with the minister of Kestria the envoy"), or
   that holds a word such as "with", settles nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from .data import Speech
from .fold import fold
from .names import Named, NameIndex

Kind = Literal["party", "organ", "office", "officials", "sources", "person", "pronoun", "none", "other"]
MOST_WORDS, MOST_NAME = 24, 4
_WORD = re.compile(r"[^\s،,؛;:.()\[\]«»\"']+")


@dataclass(frozen=True)
class Speaker:
    """A source as read: `whose` is a party id or ISO alpha-3, `role` English, `name` as written, `key` folded."""

    kind: Kind
    whose: str = ""
    role: str = ""
    organ: str = ""
    name: str = ""
    key: str = ""
    unclear: bool = False


def read_source(phrase: str, index: NameIndex) -> Speaker:
    """Return what a source phrase says by itself."""
    rules = index.rules
    whole = fold(phrase, turkish=rules.turkish)
    words = whole.text.strip()
    if not words:
        return Speaker("none")
    if words in rules.pronouns:
        return Speaker("pronoun")
    if len(words.split()) > MOST_WORDS or rules.others.search(words) or _is_unsettled(words, rules):
        return Speaker("other")
    owners, taken = _owners(whole.text, index)
    organ, office, spans = _posts(whole.text, index)
    left = _left(whole.text, [*taken, *spans], rules.small)
    whose = next(iter({each.whose for each in owners})) if len({each.whose for each in owners}) == 1 else ""
    unclear = len({each.whose for each in owners}) > 1
    if office or organ:
        read = _of_office(phrase, whole.places, left, whose, organ, office)
        return replace(read, unclear=unclear or (bool(taken) and not owners))
    some = set(_WORD.findall(words))
    for kind, known in (("officials", rules.officials), ("sources", rules.sources)):
        if some & known:
            return Speaker(kind, whose=whose if not unclear else "", role=kind)  # type: ignore[arg-type]
    if owners and not unclear and not left and all(each.sort != "people" for each in owners):
        return Speaker("party", whose=whose)
    if owners or not left:
        return Speaker("other")
    return _person(phrase, whole.places, left)


def _is_unsettled(words: str, rules: Speech) -> bool:
    """Tell whether somebody else may stand in the phrase beside the speaker (rule 6)."""
    opening = rules.stop.match(words)
    return bool(opening and not rules.stop_before) or bool(rules.refuse and rules.refuse.search(words))


def _owners(text: str, index: NameIndex) -> tuple[list[Named], list[tuple[int, int]]]:
    """Return the names that can own an office (rule 2), and where all names stand."""
    rules, owners, taken = index.rules, list[Named](), list[tuple[int, int]]()
    for named in index.find(text):
        taken.append((named.start, named.end))
        before = _WORD.findall(text[: named.start])[-1:]
        after = text[named.end :].lstrip()
        away = bool(set(before) & rules.away) or any(
            after == word or after.startswith(word + " ") for word in rules.away_after
        )
        lone = named.sort == "capital" and text.strip() != text[named.start : named.end]
        if not away and not lone:
            owners.append(named)
    return owners, taken


def _posts(text: str, index: NameIndex) -> tuple[str, str, list[tuple[int, int]]]:
    """Return the organ and the office a phrase names, in English, and where they stand; the longest phrases first."""
    spans: list[tuple[int, int]] = []
    organ, office = "", ""
    joined = f"(?:{index.rules.joined.pattern.removeprefix('^')})?" if index.rules.joined else ""
    for known, is_office in ((index.rules.offices, True), (index.rules.organs, False)):
        for phrase, english in known:
            match = re.search(rf"(?<!\w){joined}{re.escape(phrase)}(?!\w)", text)
            if match is None or any(match.start() < end and start < match.end() for start, end in spans):
                continue
            spans.append(match.span())
            if is_office:
                office = f"{office} {english}".strip() if office != english else office
            else:
                organ = organ or english
    return organ, _one(office), spans


def _one(office: str) -> str:
    """Return one office: "spokesperson" of an officer stays that officer's spokesperson."""
    return office if office.count("minister") + office.count("president") < 2 else ""


def _left(text: str, taken: list[tuple[int, int]], small: frozenset[str]) -> list[tuple[int, int]]:
    """Return the words that no name, office or organ takes, and that are no small words of the language."""
    return [
        match.span()
        for match in _WORD.finditer(text)
        if match[0] not in small and not any(start < match.end() and match.start() < end for start, end in taken)
    ]


def _of_office(
    phrase: str, places: tuple[int, ...], left: list[tuple[int, int]], whose: str, organ: str, office: str
) -> Speaker:
    if not office:
        return Speaker("organ", whose=whose, role=organ, organ=organ)
    role = f"{organ} {office}" if organ and office == "spokesperson" else office
    name, key = _name(phrase, places, left)
    return Speaker("office", whose=whose, role=role, organ=organ, name=name, key=key)


def _person(phrase: str, places: tuple[int, ...], left: list[tuple[int, int]]) -> Speaker:
    name, key = _name(phrase, places, left)
    return Speaker("person", name=name, key=key) if name else Speaker("other")


def _name(phrase: str, places: tuple[int, ...], left: list[tuple[int, int]]) -> tuple[str, str]:
    """Return the last run of words in a row, as written and for comparing, if it can be a name (rule 5)."""
    run: list[tuple[int, int]] = []
    for span in left:
        if run and span[0] - run[-1][1] > 1:
            run = []
        run.append(span)
    if not 1 <= len(run) <= MOST_NAME:
        return "", ""
    written = phrase[places[run[0][0]] : places[run[-1][1] - 1] + 1]
    return written, " ".join(written.split())
