"""Armed or hostile events that a sentence says happened: strikes, clashes, shelling, attacks, with place, time and actors.

Rules:

1. An event is told by a verb of doing in the past ("attacked", "carried out air strikes", "clashes erupted", "an attack killed");
   the type is that of the event's own word. A noun of an event that only dates or explains something else ("after clashes",
   "border closures since the attacks") tells none.
2. It needs a day, week or month of its own, or a place below the country, or a deed of one named side against another, or
   (unless it is a killing without a word for how) a toll. Histories ("has attacked markets", a bare year), plans, fears,
   conditions, denials and repeated generalities ("repeated clashes", "countless attacks") tell none.
3. Who acts and whom it meets: see `who`. Clashes have both sides as the text names them. Unknown stays unknown.
4. The place is where the event was: the most exact place of its clause, never where somebody speaks from.
5. Tolls are those of the event's own clause; counts of different people joined under one verb ("11 officers and two
   civilians") are one toll, summed; a part of another count ("including two children") is not added.
6. Types are paths of the incident taxonomy; a closure is no incident. Nothing here is called a violation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasdiq.intake.events import toll, who
from tasdiq.intake.events.deeds import KILLING, Deed, find_deeds
from tasdiq.intake.events.reach import time_of
from tasdiq.intake.events.scene import Scene
from tasdiq.model.place import PlaceMention
from tasdiq.model.told import IncidentTold

_SPEAKING_FROM = re.compile(
    r"\b(?:officials?|authorities|sources|spokes\w+|government|analysts|leaders?"
    r"|ministry|office|reporters|journalists|residents|police|said|told)"
    r"(?: \w+ and)? (?:in|from|at) (?:[A-Z]\w+ and )?$"
)
_AREA = ("base", "town", "city", "district", "province", "region", "unknown", "crossing")
_BETWEEN = re.compile(r"\bbetween\b([^.;]{3,90})")
_WITH = re.compile(r"\b(?:with|against) (?:the )?")
_EXACT = ("minute", "hour", "day", "week", "month")


def read(scene: Scene) -> Iterator[IncidentTold]:
    """Yield the events a sentence tells of, in order (rules 1 and 2)."""
    seen: set[tuple[str, str | None, str | None]] = set()
    for deed in find_deeds(scene):
        told = _incident(scene, deed)
        if told is None or (told.type, told.actor_a, told.actor_b) in seen:
            continue
        seen.add((told.type, told.actor_a, told.actor_b))
        yield told


def _incident(scene: Scene, deed: Deed) -> IncidentTold | None:
    place, when = _place(scene, deed), time_of(scene, deed.start, deed.end)
    actor_a, actor_b = _actors(scene, deed)
    tolls = toll.of_event(scene, deed.toll)
    exact = when is not None and when.precision in _EXACT
    local = place is not None and place.kind != "country"
    if when is not None and when.precision in ("year", "season"):
        return None
    if not (exact or local or (actor_a and actor_b) or (tolls and deed.type != KILLING)):
        return None
    return IncidentTold(
        id="",
        telling=scene.telling(deed.start, deed.end),
        when=when,
        type=deed.type,
        actor_a=actor_a,
        actor_b=actor_b,
        words=scene.words[deed.start : deed.end],
        **_where(scene, place),  # type: ignore[arg-type]  # fields of IncidentTold by name
        **tolls,  # type: ignore[arg-type]
    )


def _actors(scene: Scene, deed: Deed) -> tuple[str | None, str | None]:
    """Return who acts and whom it meets (rule 3)."""
    words = scene.words
    if deed.type == "direct-fire/clash":
        _BETWEEN.search(words, *deed.reach)
        return _clashing(scene, deed)
    first = who.acting(scene, deed.by, min(len(words), deed.by + 60)) if deed.by is not None else None
    if deed.passive:
        return first, who.met(scene, deed.reach[0], deed.start, first)
    if deed.by is not None:
        return first, who.met(scene, deed.end, deed.by, first)
    first = who.acting(scene, deed.reach[0] if deed.has_subject else max(deed.reach[0], deed.start - 24), deed.start)
    return first, who.met(scene, deed.end, deed.reach[1], first)


def _clashing(scene: Scene, deed: Deed) -> tuple[str | None, str | None]:
    """Return both sides of a clash: "between A and B", "A and B clashed", "A clashed with B"."""
    between = _BETWEEN.search(scene.words, *deed.reach)
    if between:
        named = who.both(scene, between.start(1), between.end(1))
    else:
        beside = _WITH.search(scene.words, deed.start, deed.reach[1])
        named = who.both(scene, deed.reach[0], deed.start) if deed.has_subject else ()
        if beside and len(named) < 2:
            other = who.met(scene, beside.end(), min(deed.reach[1], beside.end() + 50), *named)
            named = (*named, other) if other else named
    return (named[0] if named else None), (named[1] if len(named) > 1 else None)


def _place(scene: Scene, deed: Deed) -> PlaceMention | None:
    """Return the most exact place an event is put at (rule 4)."""
    start, end = deed.reach
    here = [
        m
        for m in scene.places
        if start <= scene.offset(m) < end
        and (m.kind == "country" or not scene.is_polity(scene.offset(m), m.end - scene.start))
        and not _SPEAKING_FROM.search(scene.words, 0, scene.offset(m))
    ]
    found = [
        m for m in here if m.kind in _AREA and (m.role in ("location", "area") or (m.crossing and m.role == "crossing"))
    ]
    found = found or [
        m
        for m in here
        if m.kind in _AREA and re.search(r"\b(?:on|of|at|from) (?:the )?$", scene.words[: scene.offset(m)])
    ]
    found = found or [m for m in here if m.kind == "country" and m.role == "location"]
    return min(
        found,
        key=lambda m: (_AREA.index(m.kind) if m.kind in _AREA else 99, abs(scene.offset(m) - deed.start)),
        default=None,
    )


def _where(scene: Scene, mention: PlaceMention | None) -> dict[str, object]:
    if mention is None:
        return {}
    place = scene.gazetteer.place(mention.place) or scene.known.get(mention.name)
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
