"""The labels of a form's choices: an XLSForm's sheet "choices", saved as CSV (https://xlsform.org/en/#multiple-choice-questions).

Columns `list_name` (or `list name`), `name`, and the first that is called `label` or `label::LANGUAGE`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasdiq.errors import InputError

from .opened import Opened

Choices = Mapping[str, Mapping[str, str]]
"""Labels by list and name."""


def read_choices(file: str, opened: Opened) -> Choices:
    """Return the choices of an open table; raise `InputError` if it lacks a column."""
    columns = [column.strip().lower().replace(" ", "_") for column in opened.columns]
    label = next((column for column in columns if column.split("::")[0] == "label"), "label")
    for column in ("list_name", "name", label):
        if column not in columns:
            raise InputError(f"expected the columns list_name, name and label; {column} is missing", file=file)
    places = [columns.index(column) for column in ("list_name", "name", label)]
    choices: dict[str, dict[str, str]] = {}
    for row in opened.rows:
        group, name, words = ("" if row.broken else row.cells[at].strip() for at in places)
        if name:
            choices.setdefault(group, {})[name] = words or name
    return choices


def labels_of(choices: Choices, cells: Sequence[str]) -> dict[str, str]:
    """Return the labels of the one list that holds every filled cell; empty where none or several do."""
    filled = {cell.strip() for cell in cells} - {""}
    holding = [labels for labels in choices.values() if filled and filled <= labels.keys()]
    return dict(holding[0]) if len(holding) == 1 else {}
