"""What the template shows of a form: every field with its ids, its answer as it was given, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tasdiq.web.forms import moments
from tasdiq.web.forms.field import Field, Given, Option, one, row_count, row_fields
from tasdiq.web.forms.form import Errors, Form
from tasdiq.web.forms.setting import Setting

RADIOS = 8
"""So many options stand open; more are put into a list to choose from."""


@dataclass(frozen=True)
class Drawn:
    """One field, ready to be shown. `id` is its name, and the id of what an error leads to; `values` what stands in it.

    A moment has `values` date, time, zone and its `echo` in every zone; rows have `rows` of fields.
    """

    id: str
    label: str
    kind: str
    hint: str
    required: bool
    error: str = ""
    values: tuple[str, ...] = ("",)
    options: tuple[Option, ...] = ()
    zones: tuple[str, ...] = ()
    echo: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[tuple[Drawn, ...], ...] = ()

    @property
    def value(self) -> str:
        """Return the one value of a field that has one."""
        return self.values[0] if self.values else ""

    @property
    def as_list(self) -> bool:
        """Tell whether its options are put into a list."""
        return len(self.options) > RADIOS


def draw(form: Form, setting: Setting, given: Given | None = None, errors: Errors | None = None) -> list[Drawn]:
    """Return the fields of a form as they are shown: at first, or as they were sent with what is wrong."""
    return [_draw(item, setting, given, errors or {}) for item in form.asks(setting)]


def _draw(item: Field, setting: Setting, given: Given | None, errors: Errors) -> Drawn:
    bare = Drawn(item.name, item.label, item.kind, item.hint, item.required, errors.get(item.name, ""))
    started = item.start(setting) if given is None else None
    match item.kind:
        case "moment":
            return _moment(bare, setting, given, errors, started or "")
        case "rows":
            return _rows(item, bare, setting, given, errors, started or ())
        case "choice" | "many":
            values = _values(started) if given is None else tuple(given.get(item.name, ()))
            return _with(bare, values=values, options=tuple(item.options(setting)))
        case _:
            return _with(bare, values=_values(started) if given is None else (one(given, item.name),))


def _values(started: Any) -> tuple[str, ...]:
    if isinstance(started, str) or started is None:
        return (started or "",)
    return tuple(map(str, started)) if isinstance(started, Sequence) else (str(started),)


def _moment(bare: Drawn, setting: Setting, given: Given | None, errors: Errors, started: str) -> Drawn:
    values: tuple[str, ...]
    if given is None:
        zone = setting.zone or ("UTC" if started or len(setting.zones) == 1 else "")
        values = (*moments.split(started, zone or "UTC"), zone)
    else:
        values = tuple(one(given, f"{bare.id}-{part}") for part in ("date", "time", "zone"))
    told = moments.read(values[0], values[1], values[2], setting.zones) if all(values) else moments.Moment("")
    parts = {part: errors.get(f"{bare.id}-{part}", "") for part in ("date", "time", "zone")}
    error = next((message for message in parts.values() if message), bare.error)
    echo = moments.echo(told.iso, setting.zones) if told.iso else ""
    return _with(bare, error=error, values=values, zones=setting.zones, echo=echo, parts=parts)


def _rows(item: Field, bare: Drawn, setting: Setting, given: Given | None, errors: Errors, started: Any) -> Drawn:
    count = max(item.least_rows, len(started) + 1) if given is None else row_count(item, given)
    first = _started(item, started) if given is None and started else given
    rows = tuple(
        tuple(_draw(column, setting, first, errors) for column in row_fields(item, number)) for number in range(count)
    )
    return _with(bare, rows=rows)


def _started(item: Field, started: Any) -> Given:
    return {f"{item.name}-{n}-{name}": [value] for n, row in enumerate(started) for name, value in row.items()}


def _with(bare: Drawn, **changes: Any) -> Drawn:
    return Drawn(**{**bare.__dict__, **changes})
