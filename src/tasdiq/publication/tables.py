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


def _degrees(value: int | None) -> str:
    return "" if value is None else f"{value / 1e7:.5f}"


def _where(item: Plain) -> Plain:
    """Return the columns that lead to entry and passage."""
    entry, passage = item["provenance"], (item.get("telling") or {}).get("passage") or item.get("passage")
    found = {"status": item["status"], "entry": entry["id"] if entry else "", "method": item.get("method", "")}
    if passage:
        found |= {"document": passage["document"], "file": passage["file"], "start": passage["start"], "end": passage["end"],
                  "passage": passage["text"]}  # fmt: skip
    return found


def _when(item: Plain) -> Plain:
    when = item.get("when") or {}
    return {"when_start": when.get("start"), "when_end": when.get("end"), "when_precision": when.get("precision")}


def _statements(data: Plain) -> list[Plain]:
    keys = (
        "id",
        "speaker",
        "speaker_name",
        "party",
        "teller",
        "told_by",
        "act",
        "quote",
        "channel",
        "inside",
        "origin",
        "confidence_ppm",
    )
    return [
        {**{k: s[k] for k in keys}, **_when(s), **_where(s), "chain": [f"{h['who']} ({h['how']})" for h in s["chain"]],
         "propositions": [h["proposition"] for h in s["holdings"]]}
        for s in data["statements"]
    ]  # fmt: skip


def _positions(data: Plain) -> list[Plain]:
    rows: list[Plain] = []
    for item in data["propositions"]:
        base = {"proposition": item["id"], "topic": item["topic"], "wording": item["wording"], "standing": item["standing"],
                "origins_min": item["origins"]["lowest"], "origins_max": item["origins"]["highest"]}  # fmt: skip
        held = [*item["positions"]["own"], *item["positions"]["beside"]]
        rows += [
            {**base, **_when(p), **{k: p[k] for k in ("party", "stance", "teller", "told_by", "label", "statements")}}
            for p in held
        ]
        rows += [
            {**base, "party": party, "label": "no statement of its own in this record"}
            for party in item["positions"]["silent"]
        ]
    return rows


def _origins(data: Plain) -> list[Plain]:
    keys = ("id", "label", "speaker", "party", "documents", "statements", "channels", "lowest", "highest", "why")
    return [{**{k: o[k] for k in keys}, **_when(o), **_where(o)} for o in data["origins"]]


def _incidents(data: Plain) -> list[Plain]:
    keys = (
        "id",
        "allegation",
        "type",
        "time",
        "place",
        "admin1",
        "admin2",
        "place_precision_m",
        "origins_min",
        "origins_max",
        "why",
    )
    return [{**{k: i[k] for k in keys}, **_casualties(i), "lat": _degrees(i["lat_e7"]), "lon": _degrees(i["lon_e7"]),
             "reports": [r["report_id"] for r in i["reports"]], **_where(i)} for i in data["incidents"]]  # fmt: skip


def _casualties(item: Plain) -> Plain:
    return {
        f"{kind}_{end}": item[kind][side]
        for kind in ("killed", "injured")
        for end, side in (("min", "low"), ("max", "high"))
    }


def _reports(data: Plain) -> list[Plain]:
    keys = ("report_id", "source_id", "source_kind", "reported_at", "time", "time_precision_min", "type", "place", "admin1", "admin2",
            "place_precision_m", "actor_a", "actor_b", "cites", "licence", "credit")  # fmt: skip
    return [
        {"incident": i["id"], **{k: r[k] for k in keys}, **_casualties(r), "lat": _degrees(r["lat_e7"]), "lon": _degrees(r["lon_e7"]), **_where(r)}
        for i in data["incidents"] for r in i["reports"]
    ]  # fmt: skip


def _figures(data: Plain) -> list[Plain]:
    keys = ("id", "measure", "subject", "side", "low", "high", "words", "caused_by", "no_figure")
    return [{**{k: f[k] for k in keys}, "told_by": f["telling"]["teller_words"], "teller": f["telling"]["teller"], **_when(f), **_where(f)}
            for f in data["figures"]]  # fmt: skip


def _crossings(data: Plain) -> list[Plain]:
    return [
        {"crossing": c["id"], "name": c["name"], **{k: i[k] for k in ("id", "state", "basis", "traffic", "open_ended", "until", "told_on")},
         **_when(i), **_where(i), "tellings": [t["id"] for t in i["tellings"]]}
        for c in data["crossings"] for i in c["intervals"]
    ]  # fmt: skip


def _ceasefire(data: Plain) -> list[Plain]:
    return [{"id": p["id"], "event": p["event"], "tellers": p["teller_names"], "tellings": [t["id"] for t in p["tellings"]],
             **_when(p), **_where(p)} for p in data["ceasefire"]]  # fmt: skip


def _sessions(data: Plain) -> list[Plain]:
    return [{**{k: s[k] for k in ("id", "round", "place", "place_name", "scheduled", "from_charter")}, **_when(s), **_where(s),
             "mediators": [f"{m['outlet_name']}: {', '.join(m['names'])}" for m in s["mediators"]],
             "outcomes": [f"{o['teller_name']}: {o['text']}" for o in s["outcomes"]]} for s in data["sessions"]]  # fmt: skip


def _measures(data: Plain) -> list[Plain]:
    return [{**{k: m[k] for k in ("id", "kind", "by", "words")}, "told_by": m["telling"]["teller_words"], **_when(m), **_where(m)}
            for m in data["measures"]]  # fmt: skip


def _actors(data: Plain) -> list[Plain]:
    return [{"id": a["id"], "name": a["name"], "kind": a["kind"], "party": a["party"], "role": a["role"], "designation": d["text"],
             "used_by": d["used_by"], **_where(a)}
            for a in data["actors"] for d in a["designations"] or [{"text": "", "used_by": []}]]  # fmt: skip


def _disagreements(data: Plain) -> list[Plain]:
    return [{"id": x["id"], "subject": x["subject"], "aspect": x["aspect"], "value": v["value"],
             "outlets": [p["outlet"] for p in v["passages"]], **_where(x)} for x in data["disagreements"] for v in x["values"]]  # fmt: skip


def _plain(name: str) -> Callable[[Plain], list[Plain]]:
    return lambda data: list(data[name])


def _documents(data: Plain) -> list[Plain]:
    keys = (
        "id",
        "file",
        "kind",
        "title",
        "outlet",
        "outlet_name",
        "url",
        "language",
        "parent",
        "start",
        "end",
        "sha256",
        "text_sha256",
    )
    return [
        {**{k: d[k] for k in keys}, "published": (d["published"] or {}).get("start"), **_where(d)}
        for d in data["documents"]
    ]


TABLES: dict[str, tuple[str, Callable[[Plain], list[Plain]]]] = {
    "documents": ("documents read, with file, hash, outlet and date", _documents),
    "statements": ("attributed statements, with speaker, teller, chain and passage", _statements),
    "positions": ("each party's position on each point, own voice and hearsay apart, silences included", _positions),
    "origins": ("origins with their copies and bounds", _origins),
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
    "entries": ("the entries of the record", _plain("entries")),
}
"""CSV file -> what it holds, and how its rows are cut from the site's data."""
