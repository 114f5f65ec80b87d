"""Draw the map of incidents and crossings as SVG: graticule, scale, points with their precision, and no boundary.

1. The projection is equirectangular, true to scale at the middle latitude.
2. No boundary is drawn. The charter's note says so; where it asks for a dashed line, the page says that none is held here.
3. A point's circle is as wide as its place is uncertain; the dot says nothing about size. Incidents on one point are one dot
   with their number in it.
4. Each place is named once, beside the first of its dots where the name touches no dot and no other name; names that find no
   room are left to the table.
5. Coordinates arrive coarsened.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .names import slug
from .svg import chart, label, link, tag
from .view import Plain

WIDTH, MARGIN, LABELS = 760, 36, 40
_KM_PER_DEGREE = 111.32


@dataclass(frozen=True)
class Frame:
    """The window of the map in degrees and its scale in points a degree of latitude."""

    west: float
    east: float
    south: float
    north: float
    scale: float
    squeeze: float

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return int((self.north - self.south) * self.scale) + 2 * MARGIN

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Return x and y of a point."""
        return MARGIN + (lon - self.west) * self.squeeze * self.scale, MARGIN + (self.north - lat) * self.scale


def draw_map(incidents: Sequence[Plain], crossings: Sequence[Plain]) -> Markup | None:
    """Draw incidents and crossings that have coordinates; None if there are none."""
    placed = [i for i in incidents if i["lat_e7"] is not None and i["lon_e7"] is not None]
    gates = [c for c in crossings if c["lat_e7"] is not None and c["lon_e7"] is not None]
    points = [(p["lat_e7"] / 1e7, p["lon_e7"] / 1e7, _around(p)) for p in (*placed, *gates)]
    if not points:
        return None
    frame = make_frame(points)
    text = f"{len(placed)} alleged incidents and {len(gates)} crossings; no boundary. All of them stand in the table below."
    dots = by_place(placed)
    return chart(
        "Map of alleged incidents and crossings", text, WIDTH, frame.height, _ground(frame), _graticule(frame),
        *[_around_place(frame, found) for found in dots], *[_place(frame, found) for found in dots],
        *[_crossing(frame, gate) for gate in gates], *_names(frame, dots, gates), _scale(frame),
        name="map" if len(dots) > FEW else "map few", role="group",
    )  # fmt: skip


FEW = 4
"""Points up to which the map is drawn small."""


def draw_ground(frame: Frame) -> tuple[Markup, ...]:
    """Return what lies under every map: its ground, the graticule, the scale."""
    return _ground(frame), _graticule(frame), _scale(frame)


def not_drawn(incidents: Sequence[Plain]) -> list[Plain]:
    """Return the incidents whose place is not told closely enough to be drawn."""
    return [i for i in incidents if i["lat_e7"] is None or i["lon_e7"] is None]


def _around(item: Plain) -> float:
    """Return the half-width of a place in degrees of latitude."""
    return (item.get("place_precision_m") or 0) / 1000 / _KM_PER_DEGREE


def make_frame(points: Sequence[tuple[float, float, float]], across: float = WIDTH - 2 * MARGIN) -> Frame:
    """Return the window around points with their half-widths, drawn `across` wide."""
    middle = (min(p[0] for p in points) + max(p[0] for p in points)) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.2)
    lats = [edge for lat, _, around in points for edge in (lat - around, lat + around)]
    lons = [edge for _, lon, around in points for edge in (lon - around / squeeze, lon + around / squeeze)]
    middle = (min(lats) + max(lats)) / 2
    tall = max(max(lats) - min(lats), 0.6)
    wide = max(max(lons) - min(lons), tall / squeeze * 1.1, 0.6)
    tall = max(tall, wide * squeeze * 0.45) * 1.12
    wide *= 1.12
    centre = (min(lons) + max(lons)) / 2
    scale = across / (wide * squeeze)
    return Frame(centre - wide / 2, centre + wide / 2, middle - tall / 2, middle + tall / 2, scale, squeeze)


def _ground(frame: Frame) -> Markup:
    return tag("rect", x=MARGIN, y=MARGIN, width=WIDTH - 2 * MARGIN, height=frame.height - 2 * MARGIN, class_="ground")


def _graticule(frame: Frame) -> Markup:
    step = next(s for s in (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 45) if (frame.east - frame.west) / s <= 7 or s == 45)
    parts: list[Markup] = []
    for n in range(math.ceil(frame.west / step), math.floor(frame.east / step) + 1):
        x, _ = frame.at(frame.south, n * step)
        parts.append(tag("line", x1=x, x2=x, y1=MARGIN, y2=frame.height - MARGIN, class_="grid"))
        parts.append(label(x, MARGIN - 8, _degrees(n * step, "E", "W"), "tick", "middle"))
    for n in range(math.ceil(frame.south / step), math.floor(frame.north / step) + 1):
        _, y = frame.at(n * step, frame.west)
        parts.append(tag("line", x1=MARGIN, x2=WIDTH - MARGIN, y1=y, y2=y, class_="grid"))
        parts.append(label(WIDTH - MARGIN - 4, y - 4, _degrees(n * step, "N", "S"), "tick", "end"))
    return tag("g", *parts)


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.2f}".rstrip("0").rstrip(".") + f"° {positive if value >= 0 else negative}"


def by_place(incidents: Sequence[Plain]) -> list[list[Plain]]:
    """Group incidents that coarsening has laid on one point, so that none hides another."""
    places: dict[tuple[int, int], list[Plain]] = {}
    for incident in incidents:
        places.setdefault((incident["lat_e7"], incident["lon_e7"]), []).append(incident)
    return list(places.values())


def _point(frame: Frame, item: Plain) -> tuple[float, float]:
    return frame.at(item["lat_e7"] / 1e7, item["lon_e7"] / 1e7)


def _around_place(frame: Frame, incidents: Sequence[Plain]) -> Markup:
    x, y = _point(frame, incidents[0])
    around = max(_around(incident) for incident in incidents) * frame.scale
    return tag("circle", cx=x, cy=y, r=max(around, 7.0), class_="around")


def dot(x: float, y: float, number: int) -> Markup:
    """Return a dot with its number in it, if it stands for more than one incident."""
    mark = tag("circle", cx=x, cy=y, r=_radius(number), class_="dot")
    return Markup("").join([mark, label(x, y + 4, str(number), "in-dot", "middle")]) if number > 1 else mark


def _radius(number: int) -> float:
    return 5.0 if number == 1 else 10.0 if number < 100 else 13.0


def _place(frame: Frame, incidents: Sequence[Plain]) -> Markup:
    first = incidents[0]
    x, y = _point(frame, first)
    when = " / ".join(first["time_words"]) or "time not told"
    number = len(incidents)
    title = f"{first['type'] or 'incident'}, {first['place'] or 'place not told'}, {when}"
    title = title if number == 1 else f"{number} incidents, {first['place'] or 'place not told'}; the first: {title}"
    return link(f"#i-{slug(first['id'])}", tag("g", tag("title", title), dot(x, y, number)), label=title)


def _crossing(frame: Frame, gate: Plain) -> Markup:
    x, y = _point(frame, gate)
    mark = tag("path", tag("title", gate["name"]), d=f"M{x:.1f} {y - 7:.1f} l7 7 l-7 7 l-7 -7 Z", class_="gate")
    return link("crossings.html", mark, label=f"Crossing {gate['name']}")


Box = tuple[float, float, float, float]


def _names(frame: Frame, dots: Sequence[Sequence[Plain]], gates: Sequence[Plain]) -> list[Markup]:
    """Name each place and crossing once, where there is room (rule 4)."""
    marks = [(found[0]["place"], *_point(frame, found[0]), _radius(len(found))) for found in dots]
    marks += [(gate["name"], *_point(frame, gate), 7.0) for gate in gates]
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for _, x, y, r in marks]
    names: dict[str, Markup] = {}
    letter = 7.2 if len(dots) > FEW else 9.2
    for name, x, y, radius in sorted(marks, key=lambda mark: (mark[2], mark[1])):
        if name and name not in names and (box := _room(frame, name, x, y, radius, taken, letter)):
            taken.append(box)
            names[name] = label(box[0], box[3] - 3, name, "label haloed")
    return list(names.values())


def _room(
    frame: Frame, name: str, x: float, y: float, radius: float, taken: Sequence[Box], letter: float
) -> Box | None:
    """Return the first free box for a name around a mark: right, left, above, below."""
    width, gap = letter * len(name), radius + 4
    corners = ((x + gap, y - 8), (x - gap - width, y - 8), (x - width / 2, y - gap - 15), (x - width / 2, y + gap))
    for left, top in corners:
        box = (left, top, left + width, top + 15)
        inside = left > MARGIN and box[2] < WIDTH - MARGIN and top > MARGIN and box[3] < frame.height - MARGIN
        if inside and not any(_touch(box, other) for other in taken):
            return box
    return None


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _scale(frame: Frame) -> Markup:
    room = 0.25 * (frame.east - frame.west) * frame.squeeze * _KM_PER_DEGREE
    length = next((km for km in (500, 200, 100, 50, 20, 10, 5, 2) if km <= room), 1)
    width = length / _KM_PER_DEGREE * frame.scale
    x, y = WIDTH - MARGIN - 12 - width, frame.height - MARGIN - 14
    bar = tag("path", d=f"M{x:.1f} {y - 5:.1f} v5 h{width:.1f} v-5", class_="scale")
    return tag("g", bar, label(x + width / 2, y - 8, f"{length} km", "tick", "middle"))
