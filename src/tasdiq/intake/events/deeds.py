"""Verbs by which a text says that an armed or hostile event happened. The rules are those of `incidents` (1 and 2).

A deed is a past verb with an event of its own ("shelled"), a verb of doing with a noun of event ("carried out air strikes",
"came under attack"), or a noun of event with a verb of happening or harm ("clashes erupted", "the blast killed").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tasdiq.intake.events.reach import reach_of
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import UNREAL

_NOUNS: tuple[tuple[str, str], ...] = (
    (
        "air/strike",
        r"(?:air[ -]?strikes?|air raids?|air and ground strikes|aerial (?:strikes?"
        r"|bombardments?|attacks?)|drone (?:strikes?|attacks?)|bombing raids?)",
    ),
    (
        "indirect-fire/shelling",
        r"(?:shelling|(?:artillery|mortar|rocket|heavy) (?:fire|attacks?|barrages?|bombardments?))",
    ),
    ("explosive/suicide", r"suicide (?:attacks?|bombings?|blasts?|bombers?)"),
    (
        "explosive/bomb",
        r"(?:(?:car |roadside |twin |truck )?bomb(?:ings?| blasts?| attacks?)?|blasts?"
        r"|explosions?|IEDs?|landmines?)",
    ),
    (
        "direct-fire/clash",
        r"(?:clashes|clash|skirmish(?:es)?|gun ?battles?|exchanges? of fire|firefights?"
        r"|shoot-?outs?|fighting|battles?)",
    ),
    ("direct-fire/fire", r"(?:firing|gunfire|fire|shooting)"),
    ("direct-fire/attack", r"(?:attacks?|raids?|assaults?|ambush(?:es)?|offensives?|incursions?|strikes?)"),
)
_NOUN = "|".join(pattern for _, pattern in _NOUNS)
_ADJECTIVES = r"(?:[\w’'-]+ ){0,5}?"
_DOING = (
    r"(?:carried out|launched|conducted|mounted|staged|unleashed|resorted to"
    r"|engaged in|traded|exchanged|perpetrated|opened|came under"
    r"|responded with|retaliated with|undertook|committed|executed)"
)
_HAPPENING = (
    r"(?:erupted|broke out|took place|occurred|happened|flared|raged|killed|left"
    r"|wounded|injured|hit|struck|destroyed|targeted|ripped through"
    r"|tore through|rocked|claimed the lives|martyred|damaged|went off"
    r"|was (?:under)?taken|was carried out|were carried out|was launched"
    r"|was reported|were reported|hit)"
)
KILLING = "armed"
"""A killing without a word for how; told only where the sentence has no other deed."""
_VERBS: tuple[tuple[str, str], ...] = (
    ("air/strike", r"(?:bombed|bombarded from the air)"),
    (
        "indirect-fire/shelling",
        r"(?:shelled|bombarded|fired (?:[\w-]+ ){0,3}(?:shells|mortars|rockets|missiles|artillery))",
    ),
    ("direct-fire/clash", r"clashed"),
    ("direct-fire/fire", r"(?:opened fire|fired (?:on|at|across|into|upon)|gunned down|shot (?:dead|down|and))"),
    ("explosive/suicide", r"(?:blew (?:himself|herself|themselves) up)"),
    ("explosive/bomb", r"(?:exploded|detonated|blew up)"),
    ("direct-fire/attack", r"(?:attacked|raided|ambushed|stormed|assaulted|retaliated|struck|overran)"),
    (KILLING, r"(?:killed|martyred|eliminated)"),
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("doing", re.compile(rf"\b(?P<verb>{_DOING}) (?P<gap>{_ADJECTIVES})(?P<noun>{_NOUN})\b", re.IGNORECASE)),
    (
        "happening",
        re.compile(rf"\b(?P<noun>{_NOUN})\b(?P<gap>[^.;:]{{0,110}}?)\b(?P<verb>{_HAPPENING})\b", re.IGNORECASE),
    ),
    (
        "killed in",
        re.compile(
            rf"\b(?P<verb>killed|wounded|injured|died"
            rf"|lost (?:his|her|their) (?:life|lives|leg|legs|foot|arm|hand)"
            rf"|martyred)\b(?P<gap>[^.;:]{{0,70}}?\b(?:in|by|during) (?:an? "
            rf"|the )?{_ADJECTIVES})(?P<noun>{_NOUN})\b",
            re.IGNORECASE,
        ),
    ),
)
_PERFECT = re.compile(r"\b(?:has|have)(?: \w+){0,2} $", re.IGNORECASE)
_PAST_OBJECT = re.compile(r"\b(?:being|those|who were) $", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:repeated|countless|numerous|frequent|regular|cross-border attacks have"
    r"|decades|years of|months of|recent wave of|series of|planned or|history of"
    r"|responsible for|often"
    r"|regularly|routinely|repeatedly|frequently|typically|usually|every (?:year|day"
    r"|week)|traditionally|long)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_NOT_FIRE = re.compile(r"cease-?$|on $|set $", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:was|were|been|being) (?:\w+ly )?[\w -]{0,24}?\bby (?:the |an? )?"
    r"|\b(?:undertaken|carried out|claimed|launched) by (?:the |an? )?",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:was|were|been|being)(?: \w+ly)? $", re.IGNORECASE)
_DIED_IN = re.compile(r"(?:killed|wounded|injured|martyred|died|lost)\b.*\b(?:in|by|during)\b", re.IGNORECASE)


class Deed(NamedTuple):
    """A deed in a sentence: its words, its type, the words that can say more of it, and who does it after "by"."""

    start: int
    end: int
    type: str
    reach: tuple[int, int]
    by: int | None
    has_subject: bool
    toll: tuple[int, int]
    """The words whose counts are its toll: those up to the next deed of the same reach."""
    passive: bool
    """The words before it name whom it meets: "were killed in", "was attacked by"."""


_ACCUSED = re.compile(
    r"\b(?:accus\w+|blam\w+|condemn\w+) [^.;]{2,70}?\b(?:of|for) (?:\w+ly )?"
    r"(?P<deed>(?:firing (?:[\w-]+ )?(?:shells|mortars|rockets|missiles)|shelling|bombing|attacking|ambushing|raiding"
    rf"|striking|killing|(?:launching|carrying out|conducting|staging) {_ADJECTIVES}(?P<noun>{_NOUN}))\b)",
    re.IGNORECASE,
)
_GERUNDS = {
    "firing": "indirect-fire/shelling",
    "shelling": "indirect-fire/shelling",
    "bombing": "air/strike",
    "killing": KILLING,
}


def find_deeds(scene: Scene) -> Iterator[Deed]:
    """Yield the deeds of a sentence in order, without overlap."""
    done = sorted(_done(scene), key=lambda deed: deed.start)
    for deed in done:
        others = [other.start for other in done if other.start != deed.start and other.reach == deed.reach]
        first = deed.reach[0] if all(other > deed.start for other in others) else deed.start
        last = min((other for other in others if other > deed.start), default=deed.reach[1])
        yield deed._replace(toll=(first, last))


def _done(scene: Scene) -> Iterator[Deed]:
    taken: list[tuple[int, int]] = []
    found = sorted(_candidates(scene.words), key=lambda item: (item[0], -item[1]))
    for start, end, kind, has_subject in [
        *(one for one in found if one[2] != KILLING),
        *(one for one in found if one[2] == KILLING),
    ]:
        if (
            (kind == KILLING and taken)
            or any(start < last and first < end for first, last in taken)
            or not _is_done(scene, start, end)
        ):
            continue
        taken.append((start, end))
        yield _deed(scene, start, end, kind, has_subject)


def _candidates(words: str) -> Iterator[tuple[int, int, str, bool]]:
    for form, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            if (
                (form == "happening" and _breaks(match["gap"]))
                or _NOT_FIRE.search(words[: match.start("noun")])
                or _GENERAL.search(words[: match.start()])
            ):
                continue
            if not _GENERAL.search(words[match.start() : match.start("noun")]):
                yield match.start(), match.end(), _type(match["noun"]), form == "doing"
    for match in _ACCUSED.finditer(words):
        kind = (
            _type(match["noun"])
            if match["noun"]
            else _GERUNDS.get(match["deed"].split(" ")[0].lower(), "direct-fire/attack")
        )
        yield match.start("deed"), match.end("deed"), kind, True
    for kind, verb in _VERBS:
        for match in re.finditer(rf"\b{verb}\b", words, re.IGNORECASE):
            if not _GENERAL.search(words[: match.start()]):
                yield match.start(), match.end(), kind, True


def _breaks(gap: str) -> bool:
    """Tell whether something other than the event stands between its noun and its verb."""
    return bool(
        re.search(
            r"\b(?:and|said|says|told|after|following|shut|closed|have|has|had|since|while"
            r"|were connected|against which)\b",
            gap,
        )
    )


def _type(noun: str) -> str:
    return next(path for path, pattern in _NOUNS if re.fullmatch(pattern, noun, re.IGNORECASE))


def _is_done(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a deed is told as done, once."""
    clause = scene.clause(start)
    before = scene.words[clause[0] : start]
    history = _PERFECT.search(before) and not any(
        time.when.precision in ("day", "week") for time in scene.happening_times
    )
    unreal = UNREAL.search(before) or re.search(r"\bto (?:\w+ly )?$", before) or _PAST_OBJECT.search(before)
    return not history and not unreal and scene.is_told(start, end)


def _deed(scene: Scene, start: int, end: int, kind: str, has_subject: bool) -> Deed:
    first, last = reach_of(scene, start, end)
    passive = _BY.search(scene.words, start, last) or _BY.search(scene.words[:last], max(first, start - 12))
    return Deed(
        start,
        end,
        kind,
        (first, last),
        passive.end() if passive and passive.start() >= start - 12 else None,
        has_subject,
        (first, last),
        bool(_WAS.search(scene.words[first:start])) or _DIED_IN.match(scene.words[start:end]) is not None,
    )
