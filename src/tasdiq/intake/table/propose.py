"""Propose a mapping for a table from its header and its first rows. A person looks at it before it is used. Rules:

1. A column is proposed for a field if its name is one of the field's (`synonyms.toml`) and its cells have the field's shape.
2. Of several such columns the one whose name is nearest is taken; where two are equally near, the field is left open.
3. A shape alone decides only the time, and only where a single column holds dates that are not those of filling in a form.
   Which of two columns is latitude, or what a number counts, is never guessed.
4. A report id must be filled and different in every row. Without a column for an organisation or team, the file's name stands
   for the source: who held the device is never proposed as one.
5. The choices of a form get their labels where one list holds all of a column's. Types are translated only if every type in
   the rows looked at is known; countries only if they are names of countries.
6. What is open is said with its reason. Licence and credit are always open: no header says them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from .choices import Choices, labels_of
from .opened import POINT
from .shapes import MOST_TYPES, has_shape, is_key, shape_of, words_of
from .synonyms import load_synonyms, rank, type_path

LOOKED_AT = 500
"""Rows."""
FILLED_IN = ("start", "end", "today", "_submission_time", "SubmissionDate")
"""When a form was filled in, not when the event was."""
LABELLED = ("admin1", "admin2", "place", "actor_a", "actor_b")
NEEDED = ("report_id", "source_id", "time")


@dataclass
class Proposed:
    """Columns by field, with the reason; and what is left open, with the reason."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    looked_at: int = 0

    @property
    def complete(self) -> bool:
        """Tell whether it can be used as it is."""
        return not any(name in self.open for name in NEEDED)


def propose_mapping(
    file: str, columns: Sequence[str], rows: Sequence[Sequence[str]], choices: Choices | None = None
) -> Proposed:
    """Return what the columns of a table seem to mean.

    `rows` are the cells of its first rows, in the header's order; `choices` are the labels of a form's choices.
    """
    cells = {name: [row[at] for row in rows] for at, name in enumerate(columns) if name}
    proposed = Proposed(name=PurePath(file).stem[:60] or "table", looked_at=len(rows))
    for name in load_synonyms().columns:
        _by_name(proposed, name, cells)
    _settle_key(proposed, cells)
    _settle_time(proposed, cells)
    _settle_place(proposed)
    _settle_figures(proposed)
    for name in LABELLED:
        _label(proposed, name, cells, choices or {})
    _settle_type(proposed, cells, choices or {})
    proposed.open["licence"] = (
        "no header says under which licence rows may be passed on, and whose credit goes with them"
    )
    proposed.unread = tuple(name for name in columns if name and name not in proposed.columns.values())
    return proposed


def _by_name(proposed: Proposed, name: str, cells: dict[str, list[str]]) -> None:
    """Find the column of one field (rules 1 and 2)."""
    named = {column: near for column in cells if (near := rank(name, column)) is not None}
    if not named:
        return
    shape = shape_of(name)
    fit = {column: near for column, near in named.items() if has_shape(shape, cells[column])}
    if not fit:
        column = min(named, key=lambda each: named[each])
        proposed.open[name] = f"the column {column!r} is called so, but its cells are not {words_of(shape)}"
        return
    nearest = sorted(column for column in fit if fit[column] == min(fit.values()))
    if len(nearest) > 1:
        proposed.open[name] = f"{' and '.join(map(repr, nearest[:3]))} fit equally well"
        return
    _take(proposed, name, nearest[0], f"its name; its cells are {words_of(shape)}")


def _take(proposed: Proposed, name: str, column: str, why: str) -> None:
    proposed.columns[name], proposed.why[name] = column, why
    proposed.open.pop(name, None)


def _leave(proposed: Proposed, *names: str) -> None:
    for name in names:
        proposed.columns.pop(name, None)
        proposed.why.pop(name, None)
        proposed.open.pop(name, None)


def _settle_key(proposed: Proposed, cells: dict[str, list[str]]) -> None:
    """See to rule 4."""
    named = {each: near for each in cells if (near := rank("report_id", each)) is not None}
    keys = sorted((near, each) for each, near in named.items() if is_key(cells[each]))
    _leave(proposed, "report_id")
    if keys and (len(keys) == 1 or keys[0][0] < keys[1][0]):
        _take(proposed, "report_id", keys[0][1], "its name; filled and different in every row")
    elif keys:
        proposed.open["report_id"] = f"{keys[0][1]!r} and {keys[1][1]!r} fit equally well"
    elif named:
        proposed.open["report_id"] = (
            f"{min(named)!r} is empty or the same in some rows; which column is the report's id?"
        )
    else:
        proposed.open["report_id"] = "no column is called so; which one is filled and different in every row?"
    if "source_id" not in proposed.columns and "source_id" not in proposed.open:
        proposed.why["source_id"] = f"no column says who reports: always {proposed.name!r}, after the file; mend it"


def _settle_time(proposed: Proposed, cells: dict[str, list[str]]) -> None:
    """See to rule 3; year, month and day in columns of their own count where no column holds the whole date."""
    dates = [column for column in cells if has_shape("date", cells[column])]
    if "time" not in proposed.columns and "year" in proposed.columns and "month" in proposed.columns:
        _leave(proposed, "time", "end")
        proposed.why["time"] = "year, month and day stand in columns of their own"
        return
    _leave(proposed, "year", "month", "day")
    if "time" not in proposed.columns:
        taken = {*proposed.columns.values(), *FILLED_IN}
        free = [column for column in dates if column not in taken]
        if len(free) == 1 and "time" not in proposed.open:
            _take(proposed, "time", free[0], "the only column of dates that means nothing else")
        else:
            seen = f"; dates stand in {', '.join(map(repr, free[:4]))}" if free else ", and no column holds dates"
            proposed.open.setdefault("time", f"no column is called so{seen}")
    if "time" not in proposed.columns:
        _leave(proposed, "end", "half_width_hours")


def _settle_place(proposed: Proposed) -> None:
    """Take both coordinates or neither."""
    if "point" in proposed.open or (
        {"lat", "lon"} <= proposed.columns.keys() and proposed.columns.get("point") != POINT
    ):
        _leave(proposed, "point")
    if "point" in proposed.columns:
        _leave(proposed, "lat", "lon", "accuracy_m")
        if proposed.columns.get("place") == proposed.columns["point"]:
            _leave(proposed, "place")
    if ("lat" in proposed.columns) != ("lon" in proposed.columns):
        there, gone = ("lat", "lon") if "lat" in proposed.columns else ("lon", "lat")
        column = proposed.columns[there]
        _leave(proposed, there)
        proposed.open.setdefault(gone, f"{column!r} alone is no place: which column goes with it?")
    if "lat" not in proposed.columns and "point" not in proposed.columns:
        _leave(proposed, "half_width_km", "accuracy_m")


def _settle_figures(proposed: Proposed) -> None:
    """Take bounds where both stand, else the single figure; one bound alone is left open."""
    for name in ("killed", "injured"):
        bounds = (f"{name}_min", f"{name}_max")
        if all(bound in proposed.columns for bound in bounds):
            _leave(proposed, name)
            continue
        alone = [proposed.columns[bound] for bound in bounds if bound in proposed.columns]
        _leave(proposed, *bounds)
        if alone and name not in proposed.columns:
            proposed.open[name] = f"{alone[0]!r} is one bound; which column is the other?"


def _label(proposed: Proposed, name: str, cells: dict[str, list[str]], choices: Choices) -> None:
    """Translate the names of choices into labels (rule 5)."""
    column = proposed.columns.get(name)
    if column and (labels := labels_of(choices, cells[column])):
        proposed.values[name] = labels


def _settle_type(proposed: Proposed, cells: dict[str, list[str]], choices: Choices) -> None:
    """See to rule 5."""
    column = proposed.columns.get("type")
    if column is None:
        return
    labels = labels_of(choices, cells[column])
    found = sorted({cell.strip() for cell in cells[column] if cell.strip()} | labels.keys())
    paths = {each: type_path(each) or type_path(labels.get(each, "")) for each in found}
    unknown = [each for each, path in paths.items() if path is None]
    if unknown or len(found) > MOST_TYPES:
        _leave(proposed, "type")
        some = ", ".join(repr(each[:40]) for each in unknown[:5])
        proposed.open["type"] = f"{column!r} has types to be translated by hand under `values`: {some}"
        return
    proposed.values["type"] = {each: path for each, path in paths.items() if path}
