"""Write a proposed mapping as the TOML that `mapping.parse_mapping` reads; what is open stands there as a comment."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tasdiq.errors import shown

from .propose import NEEDED, Proposed

TEXT = (
    "report_id",
    "source_id",
    "source_kind",
    "admin1",
    "admin2",
    "place",
    "actor_a",
    "actor_b",
    "text",
    "cites",
    "country",
)
EXTRA = {
    "report_id": ", required = true",
    "actor_a": ", actor = true",
    "actor_b": ", actor = true",
    "country": ", country = true",
}


def proposal_toml(proposed: Proposed) -> str:
    """Return the text of the mapping file."""
    lines = [
        f"# Proposed from the header and the first {proposed.looked_at} rows: look through it before you use it.",
        f"name = {quoted(proposed.name)}",
        '# licence = ""        under which licence may rows be passed on?',
        '# credit = ""         whom do you name with the data?',
        "# redistribute = false  keeps the rows out of every export",
        "",
        "[text]",
        *_text(proposed),
        *_type(proposed),
        *_values(proposed),
        *_time(proposed),
        *_place(proposed),
        *_figures(proposed, "killed"),
        *_figures(proposed, "injured"),
    ]
    if proposed.unread:
        lines += ["", "# Columns not read: " + shown(", ".join(proposed.unread[:40]))]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as a TOML basic string (TOML 1.0: DEL is escaped too)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(proposed: Proposed) -> Iterator[str]:
    for name in TEXT:
        if name in proposed.values:
            continue
        if name in proposed.columns:
            without = ', without = "uuid:"' if name == "report_id" else ""
            yield f"{name} = {{ column = {quoted(proposed.columns[name])}{EXTRA.get(name, '')}{without} }}"
        elif name in proposed.open:
            yield _open(proposed, name, f'{name} = {{ column = "" }}')
        elif name == "source_id":
            yield f"source_id = {{ value = {quoted(proposed.name)} }}  # {shown(proposed.why[name])}"


def _open(proposed: Proposed, name: str, line: str) -> str:
    needed = " (needed)" if name in NEEDED else ""
    return f"# {line}  open{needed}: {shown(proposed.open[name])}"


def _type(proposed: Proposed) -> Iterator[str]:
    if "type" in proposed.open:
        yield _open(proposed, "type", 'type = { column = "", values = { "…" = "air/strike" } }')


def _values(proposed: Proposed) -> Iterator[str]:
    for name, values in proposed.values.items():
        yield from ("", f"[text.{name}]", f"column = {quoted(proposed.columns[name])}", "", f"[text.{name}.values]")
        yield from (f"{quoted(each)} = {quoted(words)}" for each, words in values.items())


def _time(proposed: Proposed) -> Iterator[str]:
    yield from ("", "[time]")
    if "time" in proposed.open:
        yield _open(proposed, "time", 'start = ""')
    keys = {"start": "time", "year": "year", "month": "month", "day": "day", "end": "end"}
    keys |= {"half_width_hours": "half_width_hours", "reported_at": "reported_at"}
    yield from (_pair(proposed, key, name) for key, name in keys.items() if name in proposed.columns)


def _place(proposed: Proposed) -> Iterator[str]:
    keys = ("lat", "lon", "point", "half_width_km", "accuracy_m")
    if any(key in proposed.columns for key in keys):
        yield from ("", "[place]")
    yield from (_pair(proposed, key, key) for key in keys if key in proposed.columns)
    yield from (_open(proposed, key, f'[place] {key} = ""') for key in keys if key in proposed.open)


def _figures(proposed: Proposed, name: str) -> Iterator[str]:
    low, high = (proposed.columns.get(f"{name}_{bound}") for bound in ("min", "max"))
    low, high = low or proposed.columns.get(name), high or proposed.columns.get(name)
    if low and high:
        yield from ("", f"[{name}]", f"low = [{quoted(low)}]", f"high = [{quoted(high)}]")
    elif name in proposed.open:
        yield _open(proposed, name, f'[{name}] low = [""], high = [""]')


def _pair(proposed: Proposed, key: str, name: str) -> str:
    return f"{key} = {quoted(proposed.columns[name])}"
