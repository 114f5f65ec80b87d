"""Armed or hostile events that a sentence says happened: strikes, clashes, shelling, attacks, with place, time and actors.

Rules:

1. An event is told by a verb of doing in the past ("carried out air strikes", "launched an attack", "resorted to firing",
   "killed … in") or a noun of it with a time or place of its own; plans, demands, fears and repeated generalities ("attacks
   have increased") tell none.
2. Who acts is the party or group before the verb; whom it meets, the party or place after it. Unknown stays unknown.
3. Events given as the background of something else ("after clashes") keep no date: the date is the other thing's.
4. Types are paths of the incident taxonomy; a closure is no incident. Nothing here is called a violation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasdiq.intake.events import figures
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.place import PlaceMention
from tasdiq.model.told import FigureTold, IncidentTold

_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "air/strike",
        any_of("air[ -]?strikes?", "aerial (?:strikes?|bombardment)", "drone strikes?", "air and ground strikes"),
    ),
    ("ground/shelling", any_of("shelling", "shelled", "(?:artillery|mortar|rocket) fire")),
    ("explosive/suicide", any_of("suicide (?:attack|bombing|blast)s?")),
    ("explosive/bomb", any_of("bomb(?:ing)?s?", "blasts?", "explosions?", "IEDs?")),
    ("ground/clash", any_of("clash(?:es|ed)?", "skirmish(?:es)?", "gun ?battles?", "exchange of fire", "firefights?")),
    ("ground/fire", any_of("firing", "opened fire", "gunfire", "shooting")),
    ("ground/attack", any_of("attack(?:ed|s)?", "raids?", "assaults?", "ambush(?:ed|es)?")),
    ("ground", any_of("killed", "killing")),
)
_DONE = re.compile(
    r"\b(?:carried out|launched|resorted to|conducted|engaged in|killed|killing|opened fire|hit|struck|destroy(?:ed|ing)|shelled"
    r"|attacked|took place|erupted|broke out|retaliated|following clashes|clashed|was undertaken|were undertaken)\b",
    re.I,
)
_NOT_DONE = any_of(
    "could",
    "might",
    "may",
    "would",
    "will",
    "likely",
    "plans?",
    r"fear\w*",
    r"prevent\w*",
    r"not (?:be used|allow\w*|to)",
    "used for",
    "sheltering",
    r"accus\w+",
    "behind a",
    "rein in",
    "reduced",
    "offensive",
    "operations?",
    "(?:has|have) (?:attacked|increased|persisted|significantly)",
    "long",
)
_SPEAKING_FROM = re.compile(
    r"\b(?:officials?|authorities|sources|spokes\w+|government|analysts|leaders?|ministry|office)(?: \w+ and)?"
    r" in (?:[A-Z]\w+ and )?$"
)
_BACKGROUND = re.compile(r"\b(?:following|after|amid|since) (?:\w+ ){0,3}$", re.I)
_PASSIVE = re.compile(r"\b(?:was|were) (?:under)?taken by\b|\b(?:was|were) carried out by\b", re.I)
_NAME = re.compile(r"\b[A-Z][\w’-]*(?:[ -][A-Z][\w’-]*)*")
_AREA = ("province", "district", "city", "town", "base", "region", "unknown")


def read(scene: Scene) -> Iterator[IncidentTold]:
    """Yield the event a sentence tells of, at most one (rule 1)."""
    words = scene.words
    kind = next(((path, match) for path, pattern in _TYPES if (match := pattern.search(words))), None)
    done = _DONE.search(words)
    if kind is None or (_NOT_DONE.search(words) and not (done and scene.times)):
        return
    path, match = kind
    place = _place(scene)
    if not done or not (scene.times or place or _NAME.search(words)):
        return
    acting = None if _PASSIVE.search(words) else _actor(scene, words[: done.start()], nearest_last=True)
    counted = [figure for figure in figures.read(scene) if figure.measure in ("killed", "injured")]
    yield IncidentTold(
        id="",
        telling=scene.telling(match.start(), match.end()),
        when=None if _BACKGROUND.search(words[: match.start()]) else scene.time_near(match.start()),
        type=path,
        actor_a=acting,
        actor_b=_actor(scene, words[done.end() :], other_than=acting),
        words=match[0],
        **_where(scene, place),
        **_counts(counted),
    )


def _place(scene: Scene) -> PlaceMention | None:
    """Return the most exact place a sentence puts the event at; where somebody speaks from is not one."""
    here = [m for m in scene.places if not _SPEAKING_FROM.search(scene.text[scene.start : m.start])]
    found = [m for m in here if m.kind in _AREA and m.role in ("location", "area")]
    found += [m for m in here if m.kind == "country" and m.role == "location"]
    return min(found, key=lambda m: _AREA.index(m.kind) if m.kind in _AREA else 99, default=None)


def _where(scene: Scene, mention: PlaceMention | None) -> dict[str, object]:
    if mention is None:
        return {}
    place = scene.gazetteer.place(mention.place)
    if place is None or place.kind == "country":
        return {"place": mention.place, "place_name": mention.name}
    return {
        "place": place.id,
        "place_name": mention.name,
        "admin1": place.admin1 or "",
        "lat_e7": place.lat_e7,
        "lon_e7": place.lon_e7,
        "place_precision_km": place.precision_km,
    }


def _actor(scene: Scene, words: str, *, other_than: str | None = None, nearest_last: bool = False) -> str | None:
    """Return the party that the words name, nearest to the verb first where `nearest_last`."""
    names = [match[0] for match in _NAME.finditer(words)]
    for name in reversed(names) if nearest_last else names:
        party = scene.directory.party_of(name)
        if party and party != other_than:
            return party
    return None


def _counts(counted: list[FigureTold]) -> dict[str, int | None]:
    """Return one figure of each kind; several of one kind are left to the figures themselves."""
    result: dict[str, int | None] = {}
    for measure in ("killed", "injured"):
        of_kind = [figure for figure in counted if figure.measure == measure]
        if len(of_kind) == 1:
            result[f"{measure}_low"], result[f"{measure}_high"] = of_kind[0].low, of_kind[0].high
    return result
