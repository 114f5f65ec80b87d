"""Countries that no list holds: which words of the texts are such a country, its demonym and its capital.

Rules
1. A demonym is the name's stem with an ending of demonyms ("Kestria": Kestrian, "Vorland": Vorlander, Vorlandish), or the name
   without "land", "stan"; it counts if the texts use it before a word of state ("the Kestrian delegation").
2. A capitalised word in use with such a demonym, which no list of countries holds, is a country; so is one that owns organs of
   state ("Kestria's water ministry"), stands as a place ("in Kestria") and is no part of a person's name.
3. A capital is named as such ("Kestria's capital, Talvik"), or seats an organ of the country ("the Kestrian foreign office in
   Talvik"), or is the dateline of an article whose first words are about what the country did.
4. A word of direction or the like that nearly always stands before the name is part of it ("East Belmar", "East Belmari").
5. Of two countries the one left without a capital has the other of a pair ("officials in Talvik and Ostrel").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from tasdiq.intake.gazetteer import load_gazetteer, load_world, name_key
from tasdiq.model.charter import Charter
from tasdiq.model.document import Received

from .naming import CAPITAL, NOT_NAMES, all_prose, plain
from .polities import Polity, unlisted_polity, world_table
from .where import Where

ENDINGS = frozenset("n an ian ean ese i ish ic er ene ite ote ns ans ians eans is ers enes ites".split())  # noqa: SIM905
STATE_WORDS = (
    "officials?|forces|troops|soldiers|army|military|government|authorities|administration|regime|side|delegation|territory"
    "|soil|border|foreign|defen[cs]e|interior|ministry|minister|president|spokes(?:man|woman|person)|nationals|positions"
)
STEM = 3
LEAST_MET = 3
"""How often an unlisted country and its demonym must stand in the texts together."""
WHOLE_SHARE = 0.8
"""How often a word must stand before a country's name to be part of it."""
_BEFORE = "North|South|East|West|Northern|Southern|Eastern|Western|Central|Upper|Lower|New|Saint|Greater"
_CAPS = re.compile(rf"(?<![\w-])[{CAPITAL}][a-zß-ÿ]+\b")
_WORD = rf"[{CAPITAL}](?:[\w-]|['’](?!s\b))+"
_PLACE = rf"({_WORD}(?: {_WORD})?)"
_ONE = rf"([{CAPITAL}]\w*)"
_BEFORE_STATE = re.compile(rf"\b{_ONE}(?= (?:{STATE_WORDS})\b)")
_OWNS = re.compile(rf"\b{_ONE}(?=['’]s (?:[a-z]\w+ ){{0,2}}(?i:{STATE_WORDS}|parliament|army)\b)")
_STANDS_AS_PLACE = re.compile(rf"\b(?:in|from|between|into|inside|against|with|and) {_ONE}\b(?!['’]s)")
_ENDS_A_NAME = re.compile(rf"(?<![.!?] )\b[{CAPITAL}][a-z]+(?= {_ONE}\b)")


def learn_unlisted(charter: Charter | None, received: Collection[Received]) -> list[Polity]:
    """Return the unlisted countries of a folder (or of its charter) with the demonyms and capitals the texts show."""
    texts = [words for _, _, words in all_prose(received)]
    caps = Counter(word for text in texts for word in _CAPS.findall(text))
    joined = "\n".join(texts)
    names = _member_names(charter) if charter else _discovered(caps, joined)
    polities = [unlisted_polity(name, ()) for name in names]
    for polity in polities:
        for word in _demonyms(polity.name, caps, joined):
            polity.words.append((word, "national" if word.endswith("s") else "demonym"))
    _find_capitals(polities, received, joined)
    return polities


def _demonyms(name: str, caps: Iterable[str], joined: str) -> Iterable[str]:
    """Yield the demonyms of a country in use (rules 1 and 4)."""
    first, _, last = name.rpartition(" ")
    for word in caps:
        if is_demonym(last, word) and (word.endswith("s") or re.search(rf"\b{re.escape(word)} [a-z]", joined)):
            yield f"{first} {word}" if first and f"{first} {word}" in joined else word


def is_demonym(name: str, word: str) -> bool:
    """Tell whether `word` is formed from a country's name like a demonym (rule 1)."""
    if word == name or len(word) < 4:
        return False
    bare = re.sub(r"(?:i?stan|land|ia)$", "", name)
    if word == bare and len(bare) >= 4:
        return True
    stems = {name, re.sub(r"[aeiouy]+$", "", name), re.sub(r"(?:ia|land)$", "", name)}
    return any(len(stem) >= 3 and word.startswith(stem) and word[len(stem) :] in ENDINGS for stem in stems)


def _member_names(charter: Charter) -> list[str]:
    world = load_world()
    listed = (m for m in charter.members if not (m.country and world.country(m.country)))
    return [member.name for member in listed if world.by_name(member.name) is None]


def _discovered(caps: Counter[str], joined: str) -> list[str]:
    """Return unlisted countries, most frequent first (rule 2); words are compared within their first three letters."""
    unknown = [word for word in caps if len(word) > STEM and not _listed(word)]
    near: dict[str, list[str]] = defaultdict(list)
    for word in unknown:
        near[word[:STEM]].append(word)
    of_state, owners = _before_state(joined), _owners_of_state(joined)
    names = []
    for name in unknown:
        demonyms = [word for word in near[name[:STEM]] if is_demonym(name, word)]
        met = caps[name] + sum(caps[word] for word in demonyms)
        if met >= LEAST_MET and (name in owners or any(word in of_state for word in demonyms)):
            names.append(name)
    return [_whole(name, joined) for name in sorted(names, key=lambda name: -caps[name])]


def _whole(name: str, joined: str) -> str:
    """Return a name with the word that belongs before it (rule 4)."""
    before = Counter(re.findall(rf"\b({_BEFORE}) {re.escape(name)}\b", joined))
    alone = len(re.findall(rf"\b{re.escape(name)}\b", joined))
    word, count = before.most_common(1)[0] if before else ("", 0)
    return f"{word} {name}" if count >= WHOLE_SHARE * alone else name


def _listed(word: str) -> bool:
    if word.lower() in NOT_NAMES or world_table().look(word):
        return True
    return bool(load_gazetteer().candidates(name_key(word)))


def _owners_of_state(joined: str) -> set[str]:
    """Return the words that own organs of state and stand as places, and never end a longer name ("Tomas Brel's office")."""
    return {*_OWNS.findall(joined)} & {*_STANDS_AS_PLACE.findall(joined)} - {*_ENDS_A_NAME.findall(joined)}


def _before_state(joined: str) -> set[str]:
    """Return the capitalised words that stand before a word of state."""
    return {*_BEFORE_STATE.findall(joined)}


def _find_capitals(polities: list[Polity], received: Collection[Received], joined: str) -> None:
    lines = joined.split("\n")
    where = Where(lines, (name for polity in polities for name in polity.named("country", "demonym")))
    votes = {polity.id: Counter(_seats(polity, where)) for polity in polities}
    for place, text in _datelines(received):
        first = _first_named(polities, text)
        if first is not None:
            votes[first.id][place.title() if place.isupper() else place] += 2
    for polity in polities:
        best = [(place, n) for place, n in votes[polity.id].most_common(2) if not _listed_country(place)]
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            polity.words.append((best[0][0], "capital"))
    _pair_off(polities, joined)


def _seats(polity: Polity, where: Where) -> Iterable[str]:
    """Rule 3: places named as capital or as the seat of an organ; the former count five times."""
    joined = "\n".join(where.of(*polity.named("country", "demonym")))
    owned = "|".join(re.escape(word) for word in polity.named("country"))
    adjective = "|".join(re.escape(word) for word in polity.named("demonym")) or "(?!)"
    capital = rf"(?:(?:{owned})'s|the (?:{adjective})) capital,? (?:of )?{_PLACE}|{_PLACE},? the capital of (?:{owned})"
    for match in re.finditer(capital, joined):
        yield from [match[1] or match[2]] * 5
    for match in re.finditer(
        rf"\b(?:(?:{owned})'s|(?:{adjective})) (?:\w+ ){{0,3}}(?:{STATE_WORDS}|office) in {_PLACE}", joined
    ):
        yield from [match[1]] * 3


def _datelines(received: Collection[Received]) -> Iterable[tuple[str, str]]:
    for file in received:
        for document in file.documents:
            body = next((each for each in document.paragraphs if each.kind == "body"), None)
            if document.dateline and body:
                yield document.dateline, plain(file.text[body.start : body.end])


def _first_named(polities: list[Polity], text: str) -> Polity | None:
    """Return the polity an article's first sentence opens with, if it opens with one."""
    found = []
    for polity in polities:
        words = "|".join(re.escape(word) for word in polity.named("country", "demonym"))
        if match := re.search(rf"\b(?:{words})\b", text[:120]):
            found.append((match.start(), polity))
    found.sort(key=lambda each: each[0])
    return found[0][1] if found and found[0][0] < 30 else None


def _listed_country(place: str) -> bool:
    return bool(world_table().look(place))


def _pair_off(polities: list[Polity], joined: str) -> None:
    """Rule 5."""
    without = [each for each in polities[:2] if not each.named("capital")]
    if len(polities) < 2 or len(without) != 1:
        return
    other = next(each for each in polities[:2] if each is not without[0])
    known = re.escape(other.named("capital")[0])
    pairs = re.compile(rf"\b(?:{known} and {_PLACE}|{_PLACE} and {known})\b")
    places = Counter(match[1] or match[2] for match in pairs.finditer(joined))
    taken = {name_key(word) for each in polities for word, _ in each.words}
    for place, _ in places.most_common():
        if name_key(place) not in taken:
            without[0].words.append((place, "capital"))
            return
