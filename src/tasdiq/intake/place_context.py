"""Places that no gazetteer holds, recognised by the words around them; pure.

Texts about other, or made-up, countries must be read as well as those about known ones. What is found here has a kind
from its context and no coordinates. `tasdiq.intake.place` joins it with the gazetteer.

Rules (NAME is one to four capitalised words, a list is NAMEs joined by commas and "and")
1. Crossing: "the NAME (border) crossing", "NAME and NAME crossings", "border crossings at NAME and NAME".
2. Crossing: "trade/movement/traffic … at NAME and NAME", "closure/reopening of NAME", in a sentence that tells of closing or
   opening and of a border or traffic.
3. Kind named after: "in NAME province", "NAME and NAME districts", "NAME airbase".
4. Kind named before: "the province of NAME", "border town of NAME", "the capital, NAME".
5. City: "talks/round/meeting … in NAME", "the NAME talks" unless it reads like a people's name. Unknown kind:
   "clashes/strikes/attack/officials/residents … in or near NAME".
6. City: a dateline in capitals that opens a paragraph ("OSTRAVA:"), unless the text has many such openings (the speakers of
   a transcript) or the word is somebody's surname elsewhere.
7. Two names joined by a dash before "crossing" are the two ends of one crossing, where the text also writes them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from functools import cache

from tasdiq.model.place import PlaceKind

from .gazetteer import KIND_WORDS, name_key

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽ"
_WORD = rf"(?:[Aa]l-|[Ee]l-)?[{CAPITAL}](?:[\w’'](?!['’]s\b))*[\w]"
_JOINT = r"(?:[ \-–/]|-(?:e|i|ul|ud|ad|as|ye)[- ]|[ -](?:al|el|de|da|del|wa|aw)[ -])"
NAME = rf"{_WORD}(?:{_JOINT}{_WORD}){{0,3}}"
_LIST = rf"{NAME}(?:(?:, and |, | and | or | & )(?:the )?{NAME})*"
_SPLIT = re.compile(r", and |, | and | or | & ")


def _either(words: str) -> str:
    """Return a group of these words with a small or capital first letter; faster than ignoring case."""
    return f"(?:{'|'.join(f'[{word[0].upper()}{word[0]}]{word[1:]}' for word in words.split())})"


_CROSSING = re.compile(
    r"\b(?:border[- ]crossings?(?: points?)?|crossings?(?: points?)?|border (?:points?|posts?|gates?|terminals?))\b",
    re.IGNORECASE,
)
_AT_LIST = re.compile(rf"(?: points?)?,? (?:at|of|in|such as|including|like|named|called) (?:both )?(?:the )?({_LIST})")
_TRAFFIC = re.compile(
    rf"\b{_either('trade movements? traffic transit activit(?:y|ies) operations trucks goods clearance')}\b"
    rf"[^.;:\n]{{0,40}}?\b(?:at|through|via|across) (?:the )?({_LIST})"
)
_CLOSING = re.compile(rf"\b{_either('closures? reopening closing shutdown opening')} of (?:the )?({_LIST})")
_STATE = re.compile(
    r"\b(?:suspen|clos(?:ed?|ure|ing)\b|shut|halt|seal|stopp|block|re-?open|resum|remain)", re.IGNORECASE
)
_PASSAGE = re.compile(
    r"\b(?:border|crossing|trade|transit|traffic|trucks?|cargo|customs|movement|pedestrian)", re.IGNORECASE
)

_AFTER_KINDS = [
    word for word, kind in KIND_WORDS.items() if kind != "crossing" and word not in ("state", "agency", "pass", "sea")
]
_CAPITAL_KINDS = "Province|District|Governorate|Oblast|County|Airbase|Airport|Prefecture|Valley|Region"
_KIND_AFTER = re.compile(
    rf"(?<=[^\W_] )({'|'.join(sorted(_AFTER_KINDS, key=len, reverse=True))}|{_CAPITAL_KINDS})\b(?! halls?\b| (?:attorney|court))"
)
_KIND_BEFORE = re.compile(
    rf"\b(province|provinces|district|districts|city|town|village|region|governorate|oblast|county|airbase|valley|capital)"
    rf"(?: of|,)? ({_LIST})"
)
_TALK_WORDS = "talks rounds? negotiations meetings? dialogue summit conference consultations sessions?"
_TALKS = re.compile(rf"\b{_either(_TALK_WORDS + ' met meet gathered')}\b[^.;:\n]{{0,40}}?\b(?:in|at) (?:the )?({NAME})")
_NAMED_TALKS = re.compile(
    rf"\b(?:the|during|recent|{_either('january february march april may june july august september october november december')}"
    rf" \d{{1,2}}) (?:the )?({_WORD}) (?:peace )?(?:talks|negotiations|round|dialogue|framework|meeting|summit|declaration)\b"
)
_EVENTS = re.compile(
    r"\b"
    + _either(
        "clash(?:es|ed)? strikes? airstrikes? attack(?:s|ed)? blasts? explosions? raids? shelling fighting ambush bombing drones?"
        " killed injured wounded operations? officials authorities leaders residents protests? troops militants fighters"
        " civilians people refugees police embassy consulate"
    )
    + rf"\b[^.;:\n]{{0,40}}?\b(?:in|near|around|outside) (?:the )?({_LIST})"
)
_DATELINE = re.compile(
    rf"(?:\A|\n)[ \t]*([{CAPITAL}]{{5,40}}(?:[ -][{CAPITAL}]{{2,40}}){{0,2}})(?=[^\n]{{0,30}}?(?:: | [—–-]+ ))"
)
_MOST_DATELINES = 2
_OWNER = re.compile(r"['’]s\b")
_SURNAME = re.compile(rf"(?<=[a-z,] )[{CAPITAL}][a-z]+ ([{CAPITAL}][\w’-]*\w)")
_OF_A_PEOPLE = re.compile(r"(?:i|an|ese|ish|ic)$")
_NO_NAME = re.compile(r".*\b[A-Z]{2,5}$|(?:(?:North|South|East|West)(?:ern)?|Central|New|Old)$")

_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
        a advertisement after air all also an analysis and another any april army assembly at august before border
        both breaking but by cabinet capital caption ceasefire chief clarification comments committee congress
        correction council court credit december during editorial eu exclusive explainer february federal file first
        following for force forces foreign friday from general government he her his home house i if image in inner
        international it its january joint july june key last local main major march may minister ministry monday
        more most national no note november october on opinion other our parliament peace photo president prime
        published read regional related saturday second security senate september several share she since some
        source sunday that the their these they third this those thursday to today tribal tuesday un under update
        updated video watch we wednesday when where while with yesterday
        """,
    )
)

Find = tuple[str, PlaceKind]


def unlisted_places(text: str, *, is_known: Callable[[str], bool], peoples: Container[str]) -> dict[str, Find]:
    """Return the places that `text` names in context and that `is_known` does not know: name key -> (name, kind).

    `peoples` are the keys of demonyms, which are no part of a name.
    """
    found: dict[str, Find] = {}
    for name, kind in _in_context(text, peoples):
        key = name_key(name)
        if key and not is_known(key) and (key not in found or _weight(kind) < _weight(found[key][1])):
            found[key] = (name, kind)
    return found


def two_ends(name: str, text: str) -> tuple[str, str] | None:
    """Split "Xxx-Yyy" into the two ends of a crossing if `text` also writes each of them apart (rule 7)."""
    parts = re.split(r"[-–/]", name)
    if len(parts) != 2 or not all(part[:1].isupper() for part in parts):
        return None
    joined = text.count(name)
    return (parts[0], parts[1]) if all(text.count(part) > joined for part in parts) else None


def tells_of_passage(sentence: str) -> bool:
    """Tell whether a sentence is about a crossing: it names one, or a closing or opening together with traffic."""
    return bool(_CROSSING.search(sentence) or (_STATE.search(sentence) and _PASSAGE.search(sentence)))


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that holds text[start:end], looking at most 400 code points to either side."""
    before, after = text[max(0, start - 400) : start], text[end : end + 400]
    ends = list(_sentence_end().finditer(before))
    first = ends[-1].end() if ends else 0
    close = _sentence_end().search(after)
    return before[first:] + text[start:end] + (after[: close.start()] if close else after)


def _in_context(text: str, peoples: Container[str]) -> Iterator[Find]:
    for names, kind in (*_crossings(text), *_with_kind(text), *_venues(text)):
        for name in _split(names, peoples):
            yield name, kind


def _crossings(text: str) -> Iterator[Find]:
    """Find lists of names by rules 1 and 2."""
    for match in _CROSSING.finditer(text):
        yield _list_before(text, match.start()), "crossing"
        if following := _AT_LIST.match(text, match.end()):
            yield following[1], "crossing"
    for pattern in (_TRAFFIC, _CLOSING):
        for match in pattern.finditer(text):
            if tells_of_passage(sentence_around(text, match.start(), match.end())):
                yield match[1], "crossing"


def _with_kind(text: str) -> Iterator[Find]:
    """Find lists of names by rules 3 and 4; "the Vorlandi province of Selk" names Selk alone."""
    for match in _KIND_AFTER.finditer(text):
        word = match[1].casefold()
        names = _list_before(text, match.start())
        last = _SPLIT.split(names)[-1]
        if not (_OF_A_PEOPLE.search(last) and text.startswith(" of ", match.end())):
            yield (names if word.endswith("s") else last), KIND_WORDS[word]
    for match in _KIND_BEFORE.finditer(text):
        yield match[2], KIND_WORDS.get(match[1], "city")


def _venues(text: str) -> Iterator[Find]:
    """Find lists of names by rules 5 and 6; these contexts are weak, so a surname or a possessor is not taken."""
    surnames = frozenset(_SURNAME.findall(text))
    openings = {match[1] for match in _DATELINE.finditer(text)}
    datelines = [name.title() for name in openings] if len(openings) <= _MOST_DATELINES else []
    named = [match[1] for match in _NAMED_TALKS.finditer(text) if not _OF_A_PEOPLE.search(match[1])]
    places = [match[1] for match in _EVENTS.finditer(text) if not _OWNER.match(text, match.end())]
    venues = [match[1] for match in _TALKS.finditer(text) if not _OWNER.match(text, match.end())]
    for name in (*datelines, *named, *venues):
        if name not in surnames:
            yield name, "city"
    for name in places:
        if name not in surnames:
            yield name, "unknown"


def _list_before(text: str, end: int) -> str:
    match = _tail().search(text[max(0, end - 120) : end])
    return match[1] if match else ""


def _split(names: str, peoples: Container[str]) -> Iterator[str]:
    """Split a list into names, without leading words that are no part of one ("The Kestrian", "Eastern")."""
    for item in _SPLIT.split(names) if names else ():
        words = item.removeprefix("the ").split(" ")
        while words and (words[0].casefold() in _NOT_NAMES or name_key(words[0]) in peoples):
            words.pop(0)
        if words and not (words[-1].casefold() in _NOT_NAMES or _NO_NAME.match(" ".join(words))):
            yield " ".join(words)


def _weight(kind: PlaceKind) -> int:
    """Return how much a kind says: the lower, the more; kinds that are not in the list say as much as a region."""
    order = ("crossing", "province", "district", "base", "city", "town", "region", "unknown")
    return order.index(kind if kind in order else "region")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w’'-])({_LIST})[ \n]$")


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z])|\n\s*\n")
