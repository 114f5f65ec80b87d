"""Write the data files of a publication: JSON (also as a classic script), CSV, Parquet, GeoJSON and JSON-LD.

Rows whose licence forbids passing them on were taken out by `redact`; each file says how many. Files are written from the
site's data alone, so that pages and files cannot disagree, and their bytes depend on nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from . import parquet
from .linked import linked
from .names import slug
from .render import script
from .streamed import write_all
from .tables import TABLES, to_csv
from .view import Plain

COMPILATION = "CC BY 4.0, but for passages"
MIXED = "as each row names it"


def export(data: Plain, out: Path, whole: Iterator[Plain] | None = None) -> list[Plain]:
    """Write every data file under `out/data/` and return their descriptions: path, what, rows, licence, left_out.

    `whole` yields all incidents where the data holds only the latest of them.
    """
    folder = out / "data"
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "site.json", dumps(data))
    _write(folder / "site.js", script("TASDIQ", data))
    every = f"{sum(line['count'] for line in data['withheld'])} items: see “Method”"
    schema = "everything on this site (schema: docs/reference/site-data.md)"
    files = [
        _file("data/site.json", schema, None, COMPILATION, every),
        _file("data/site.js", "the same as a script that sets window.TASDIQ", None, COMPILATION, every),
    ]
    streamed = _stream(data, folder, whole) if whole is not None else {}
    for name, (what, rows_of) in TABLES.items():
        if name in streamed:
            files += [_file(f"data/{name}.{kind}", words, streamed[name], MIXED, _left_out(data, name))
                      for kind, words in (("csv", what), ("parquet", "the same in columns"))]  # fmt: skip
            continue
        rows = rows_of(data)
        _write(folder / f"{name}.csv", to_csv(_columns(rows, name), rows))
        licence = MIXED if name in ("incidents", "reports") else COMPILATION
        files.append(_file(f"data/{name}.csv", what, len(rows), licence, _left_out(data, name)))
        if name in parquet.NAMES and rows:
            parquet.write_parquet(folder / f"{name}.parquet", _columns(rows, name), rows)
            files.append(
                _file(f"data/{name}.parquet", "the same in columns", len(rows), licence, _left_out(data, name))
            )
    if not streamed:
        places = geojson(data)
        _write(folder / "incidents.geojson", dumps(places))
    drawn = streamed["features"] if streamed else len(places["features"])
    files.append(_file("data/incidents.geojson", "incidents and crossings with coordinates", drawn, MIXED,
                       _left_out(data, "incidents")))  # fmt: skip
    _write(folder / "record.jsonld", dumps(linked(data)))
    files.append(_file("data/record.jsonld", "documents, statements and points as linked data", None, COMPILATION, ""))
    for item in data["propositions"]:
        (folder / "p").mkdir(exist_ok=True)
        _write(folder / "p" / f"{slug(item['id'])}.json", dumps(card(data, item)))
    if data["propositions"]:
        files.append(
            _file("data/p/", "one JSON file a point, with its statements", len(data["propositions"]), COMPILATION, "")
        )
    return files


def _stream(data: Plain, folder: Path, every: Iterator[Plain]) -> dict[str, int]:
    """Write all incidents and reports one after another; return how many rows each file has."""
    crossings = geojson({"incidents": [], "crossings": data["crossings"]})["features"]
    return write_all(folder, every, _incident_feature, crossings)


def dumps(value: object) -> str:
    """Return JSON text: UTF-8, keys sorted, indented by one space, newline at the end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def card(data: Plain, item: Plain) -> Plain:
    """Return one proposition with everything that rests on it: statements, their documents, origins."""
    held = {holding["statement"] for holding in item["holdings"]}
    statements = [s for s in data["statements"] if s["id"] in held]
    named = {s["document"] for s in statements}
    documents = [
        {k: v for k, v in d.items() if k not in ("blocks", "statements")} for d in data["documents"] if d["id"] in named
    ]
    origins = [o for o in data["origins"] if o["id"] in item["origins"]["ids"]]
    copies = [c for c in data["copies"] if c["origin"] in item["origins"]["ids"]]
    return {"schema": data["schema"], "record": data["record"], "parties": data["parties"], "proposition": item,
            "statements": statements, "documents": documents, "origins": origins,
            "copies": copies}  # fmt: skip


def geojson(data: Plain) -> Plain:
    """Return incidents and crossings with coordinates as a GeoJSON FeatureCollection (RFC 7946)."""
    incidents = [_incident_feature(i) for i in data["incidents"]]
    crossings = [_feature(c, {"id": c["id"], "name": c["name"], "kind": "crossing"}) for c in data["crossings"]]
    return {"type": "FeatureCollection", "features": [f for f in (*incidents, *crossings) if f]}


def _incident_feature(item: Plain) -> Plain | None:
    keys = ("id", "type", "time", "place", "admin1", "place_precision_m", "allegation", "origins_min", "origins_max",
            "killed", "injured")  # fmt: skip
    return _feature(item, {"kind": "incident"} | {key: item[key] for key in keys})


def _feature(item: Plain, properties: Plain) -> Plain | None:
    if item["lat_e7"] is None or item["lon_e7"] is None:
        return None
    point = [round(item["lon_e7"] / 1e7, 5), round(item["lat_e7"] / 1e7, 5)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": properties}


def credits(data: Plain) -> list[str]:
    """List the credits that event tables ask for."""
    return sorted({f"{r['credit']}, {r['licence']}" for i in data["incidents"] for r in i["reports"] if r["credit"]})


def _columns(rows: list[Plain], name: str) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row)) or [f"no_{name}"]


def _left_out(data: Plain, name: str = "") -> str:
    wanted = {
        "incidents": "incident",
        "reports": "incident report",
        "statements": "narrated",
        "documents": "passage",
    }.get(name)
    lines = [w for w in data["withheld"] if not name or (wanted and wanted in str(w["what"]))]
    return "; ".join(f"{line['count']} {line['what']}" for line in lines)


def _file(path: str, what: str, rows: int | None, licence: str, left_out: str) -> Plain:
    return {"path": path, "what": what, "rows": rows, "licence": licence, "left_out": left_out}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
