"""Flatten the site's data into the rows of CSV files, and keep spreadsheets from running them.

Rules: (1) a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe before it, unless it is a
number; (2) lists are joined with "; "; (3) UTF-8 with "\\r\\n" line ends (RFC 4180); (4) coordinates are degrees.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable

from .view import Plain

_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")
SILENT = "no statement of its own in this record"
ASKED = "asked, no reply"
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


def neutral(value: object) -> str:
    """Return a cell's text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return neutral("; ".join(str(item) for item in value))
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def to_csv(columns: Iterable[str], rows: Iterable[Plain]) -> str:
    """Return rows as CSV text with a header line."""
    out, names = io.StringIO(), list(columns)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([neutral(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def _pick(item: Plain, names: str) -> Plain:
    """Return the named keys of an item, in that order."""
    return {name: item[name] for name in names.split()}


def _point(item: Plain) -> Plain:
    return {
        name: "" if item[key] is None else f"{item[key] / 1e7:.5f}"
        for name, key in (("lat", "lat_e7"), ("lon", "lon_e7"))
    }


def _casualties(item: Plain) -> Plain:
    ends = (("min", "low"), ("max", "high"))
    return {f"{kind}_{end}": item[kind][side] for kind in ("killed", "injured") for end, side in ends}


def _when(item: Plain) -> Plain:
    when = item.get("when") or {}
    return {"when_start": when.get("start"), "when_end": when.get("end"), "when_precision": when.get("precision")}


def _where(item: Plain) -> Plain:
    """Return the columns that lead to entry and passage."""
    entry, telling = item["provenance"], item.get("telling") or {}
    passage = telling.get("passage") or item.get("passage")
    found = {"status": item["status"], "entry": entry["id"] if entry else "", "method": item.get("method", "")}
    if passage:
        found |= {**_pick(passage, "document file start end"), "passage": passage["text"]}
    return found


def _told_by(item: Plain) -> Plain:
    return {"told_by": item["telling"]["teller_words"], "teller": item["telling"]["teller"]}


def _documents(data: Plain) -> list[Plain]:
    keys = "id file kind title outlet outlet_name url language parent start end sha256 text_sha256"
    return [
        {**_pick(d, keys), "published": (d["published"] or {}).get("start"), **_where(d)} for d in data["documents"]
    ]


def _statements(data: Plain) -> list[Plain]:
    keys = "id speaker speaker_name party teller told_by act quote channel inside origin confidence_ppm"
    return [
        {
            **_pick(s, keys),
            **_when(s),
            **_where(s),
            "chain": [f"{hand['who']} ({hand['how']})" for hand in s["chain"]],
            "propositions": [held["proposition"] for held in s["holdings"]],
        }
        for s in data["statements"]
    ]


def _positions(data: Plain) -> list[Plain]:
    rows: list[Plain] = []
    for item in data["propositions"]:
        base = {"proposition": item["id"], **_pick(item, "topic wording standing")}
        base |= {"origins_min": item["origins"]["lowest"], "origins_max": item["origins"]["highest"]}
        held = [*item["positions"]["own"], *item["positions"]["beside"]]
        rows += [{**base, **_when(p), **_pick(p, "party stance teller told_by label statements")} for p in held]
        asked = item["positions"]["asked"]
        silent = item["positions"]["silent"]
        rows += [{**base, "party": party, "label": ASKED if party in asked else SILENT} for party in silent]
    return rows


def _origins(data: Plain) -> list[Plain]:
    keys = "id label speaker party documents statements channels lowest highest why"
    return [{**_pick(o, keys), **_when(o), **_where(o)} for o in data["origins"]]


def _copied(data: Plain) -> list[Plain]:
    return [
        {
            **_pick(c, "id origin documents statements first sure"),
            **_pick(pair, "how likely_ppm"),
            **{f"{side}_{key}": pair[side][key] for side in ("one", "other") for key in ("start", "end", "text")},
            "differences": "; ".join(
                f"{_side(run['one'])} / {_side(run['other'])}" for run in pair["runs"] if run["kind"] != "same"
            ),
            "why": c["why"],
        }
        for c in data["copies"]
        for pair in c["pairs"]
    ]


def _side(words: Plain | None) -> str:
    return words["text"] if words else "–"


def _disagreements(data: Plain) -> list[Plain]:
    return [
        {
            **_pick(x, "id subject aspect"),
            "value": v["value"],
            "outlets": [p["outlet"] for p in v["passages"]],
            **_where(x),
        }
        for x in data["disagreements"]
        for v in x["values"]
    ]


def _actors(data: Plain) -> list[Plain]:
    nothing = [{"text": "", "used_by": []}]
    return [
        {**_pick(a, "id name kind party role"), "designation": d["text"], "used_by": d["used_by"], **_where(a)}
        for a in data["actors"]
        for d in a["designations"] or nothing
    ]


def _sessions(data: Plain) -> list[Plain]:
    return [
        {
            **_pick(s, "id round place place_name scheduled from_charter"),
            **_when(s),
            **_where(s),
            "mediators": [f"{m['outlet_name']}: {', '.join(m['names'])}" for m in s["mediators"]],
            "outcomes": [f"{o['teller_name']}: {o['text']}" for o in s["outcomes"]],
        }
        for s in data["sessions"]
    ]


def _ceasefire(data: Plain) -> list[Plain]:
    return [
        {
            **_pick(p, "id event by"),
            "tellers": p["teller_names"],
            "tellings": [t["id"] for t in p["tellings"]],
            **_when(p),
            **_where(p),
        }
        for p in data["ceasefire"]
    ]


def _crossings(data: Plain) -> list[Plain]:
    keys = "id state basis traffic open_ended until told_on"
    return [
        {"crossing": c["id"], "name": c["name"], **_pick(i, keys), **_when(i), **_where(i),
         "tellings": [t["id"] for t in i["tellings"]]}
        for c in data["crossings"]
        for i in c["intervals"]
    ]  # fmt: skip


def _incidents(data: Plain) -> list[Plain]:
    keys = "id allegation type time place admin1 admin2 place_precision_m origins_min origins_max why"
    return [
        {
            **_pick(i, keys),
            **_casualties(i),
            **_point(i),
            "reports": [r["report_id"] for r in i["reports"]],
            **_where(i),
        }
        for i in data["incidents"]
    ]


def _reports(data: Plain) -> list[Plain]:
    keys = (
        "report_id source_id source_kind reported_at time time_precision_min type place admin1 admin2 "
        "place_precision_m actor_a actor_b cites licence credit"
    )
    return [
        {"incident": i["id"], **_pick(r, keys), **_casualties(r), **_point(r), **_where(r)}
        for i in data["incidents"]
        for r in i["reports"]
    ]


def _figures(data: Plain) -> list[Plain]:
    keys = "id measure subject side low high words caused_by no_figure"
    return [{**_pick(f, keys), **_told_by(f), **_when(f), **_where(f)} for f in data["figures"]]


def _measures(data: Plain) -> list[Plain]:
    return [{**_pick(m, "id kind by words"), **_told_by(m), **_when(m), **_where(m)} for m in data["measures"]]


def _entries(data: Plain) -> list[Plain]:
    return [_pick(e, "index id kind member claimed_time access status summary") for e in data["entries"]]


def _plain(name: str) -> Callable[[Plain], list[Plain]]:
    return lambda data: list(data[name])


TABLES: dict[str, tuple[str, Callable[[Plain], list[Plain]]]] = {
    "documents": ("documents read, with file, hash, outlet and date", _documents),
    "statements": ("attributed statements, with speaker, teller, chain and passage", _statements),
    "positions": ("each party's position on each point, own voice and hearsay apart, silences included", _positions),
    "origins": ("origins with their copies and bounds", _origins),
    "copies": ("passages that documents share, one row a pair, with where they differ", _copied),
    "disagreements": ("points on which outlets differ, one row a value", _disagreements),
    "actors": ("actors, one row a designation, with who uses it", _actors),
    "sessions": ("sessions held and scheduled", _sessions),
    "ceasefire": ("turns in the life of the ceasefire", _ceasefire),
    "crossings": ("intervals of each crossing", _crossings),
    "incidents": ("incidents with ranges of figures and bounds of origins", _incidents),
    "reports": ("incident reports, each source's figures apart", _reports),
    "figures": ("figures with their teller and who gives none", _figures),
    "measures": ("measures of engagement claimed", _measures),
    "rejected": ("files and rows that could not be read, and why", _plain("rejected")),
    "entries": ("the entries of the record", _entries),
}
"""CSV file -> what it holds, and how its rows are cut from the site's data."""
