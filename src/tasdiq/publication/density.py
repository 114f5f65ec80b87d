"""Draw how many incidents are told in each cell of a map, for records with more of them than can be drawn one by one.

1. Circles stand for cells, not for places: their area follows the number told, which stands in them where there is room. They are
   one neutral ink; a cell with less than the smallest count is a small open circle without a number.
2. No boundary is drawn. The table beside the map holds the same numbers.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from .map import MARGIN, WIDTH, Frame, draw_ground, make_frame
from .svg import chart, label, tag

LEAST_R, MOST_R = 4.0, 22.0
Plain = dict[str, Any]


def draw_density(found: Plain) -> Markup | None:
    """Draw the cells; None where no incident has a place."""
    cells = found["cells"]
    if not cells:
        return None
    half = found["cell_e7"] / 2e7
    frame = make_frame([(cell["lat_e7"] / 1e7, cell["lon_e7"] / 1e7, half) for cell in cells])
    most = max(max(cell["count"] for cell in cells), 1)
    text = (
        f"{found['placed']:,} of {found['total']:,} incidents told have a place; {len(cells)} cells of {found['cell_e7'] / 1e7:g}"
        f" degrees. Open circles: 1 to {found['smallest'] - 1}. No boundary. The table beside holds the same."
    )
    return chart("How many incidents are told where", text, WIDTH, frame.height, *draw_ground(frame),
                 *[_cell(frame, cell, most) for cell in cells], name="density")  # fmt: skip


def _cell(frame: Frame, cell: Plain, most: int) -> Markup:
    x, y = frame.at(cell["lat_e7"] / 1e7, cell["lon_e7"] / 1e7)
    count = cell["count"]
    if count < 0:
        return tag("circle", cx=x, cy=y, r=LEAST_R, class_="dot open")
    radius = max(MOST_R * (count / most) ** 0.5, LEAST_R)
    mark = tag(
        "circle",
        tag("title", f"{cell['place'] or 'place not named'}: {count:,}"),
        cx=x,
        cy=y,
        r=radius,
        class_="around",
    )
    if radius < 3.6 * len(f"{count:,}") + 2 or not MARGIN < x < WIDTH - MARGIN:
        return mark
    return Markup("").join([mark, label(x, y + 4, f"{count:,}", "label", "middle")])
