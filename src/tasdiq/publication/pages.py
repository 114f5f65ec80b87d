"""The pages of the site: their names, questions, places in the navigation, and what each is given besides the site's data.

Rules: one page answers one question, which its title asks; the five questions of the overview are one click away; the order of
parties rotates from page to page and, within the positions, from topic to topic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from . import answers, charts, checker, compare, times
from .density import draw_density
from .export import credits
from .map import draw_map, not_drawn
from .names import rotate, title
from .panels import draw_panels
from .trends.drawing import drawn
from .view import Plain


@dataclass(frozen=True)
class Page:
    """A page: file name without `.html`, its short name, the question its title asks, and its section."""

    name: str
    short: str
    question: str
    section: str
    more: Callable[[Plain], Plain] = lambda data: {}


def _index(data: Plain) -> Plain:
    return {"five": answers.five(data), "line": charts.overview_line(data), "members": _members(data)}


def _agreed(data: Plain) -> Plain:
    about = [p for p in data["propositions"] if p["topic"] in ("mechanism", "agreement", "agreements")]
    mechanism = sorted(about, key=lambda p: p["topic"] != "mechanism")
    used = {a["form"] for a in (*data["agreements"], *data["agreements_told"])}
    kept = {c["conduct"] for c in data["commitments"]}
    return {
        "mechanism": mechanism,
        "order": _order(data, "agreed"),
        "answer": answers.agreed(data),
        "forms_used": [(answers.FORMS[f], means) for f, means in answers.FORMS_MEAN.items() if f in used],
        "conduct_used": [(c, means) for c, means in answers.CONDUCT_MEANS.items() if c in kept],
        "breach_means": answers.BREACH_MEANS,
    }


def _positions(data: Plain) -> Plain:
    topics: dict[str, list[Plain]] = {}
    for item in data["propositions"]:
        topics.setdefault(item["topic"], []).append(item)
    groups = [
        {
            "topic": topic,
            "title": title(topic.replace("-", " ")),
            "rows": rows,
            "order": _order(data, "positions", number),
        }
        for number, (topic, rows) in enumerate(topics.items())
    ]
    return {"groups": groups, "answer": answers.positions(data)}


def _members(data: Plain) -> list[Plain]:
    order = _order(data, "index")
    parties = sorted((m for m in data["members"] if m["role"] == "party"), key=lambda m: order.index(m["id"]))
    return [*parties, *(m for m in data["members"] if m["role"] != "party")]


def _origins(data: Plain) -> Plain:
    shared = [o for o in data["origins"] if len(set(o["documents"])) > 1 or o["highest"] > 1]
    copies = {o["id"]: _copies(data, o) for o in shared}
    between: dict[str, list[Plain]] = {o["id"]: [] for o in shared}
    for copy in data["copies"]:
        if copy["origin"] in between and copy["pairs"]:
            between[copy["origin"]].append(copy)
    return {
        "answer": answers.origins(data),
        "shared": shared,
        "single": [o for o in data["origins"] if o not in shared],
        "copies": copies,
        "between": between,
        "most_between": MOST_BETWEEN,
        "unspoken": [copy for copy in data["copies"] if not copy["statements"]],
        "most_unspoken": MOST_UNSPOKEN,
    }


def _copies(data: Plain, origin: Plain) -> list[Plain]:
    """Return an origin's outermost statements by document, so that copies can stand side by side."""
    own = set(origin["statements"])
    found = [s for s in data["statements"] if s["id"] in own and s["inside"] not in own]
    names = dict.fromkeys(s["document"] for s in found)
    return [{"document": name, "statements": [s for s in found if s["document"] == name]} for name in names]


def _disagreements(data: Plain) -> Plain:
    aspects = dict.fromkeys(item["aspect"] for item in data["disagreements"] if item["aspect"] != "wording")
    ordered = sorted(aspects, key=lambda a: (a == "name", a))
    found = [(a, [x for x in data["disagreements"] if x["aspect"] == a]) for a in ordered]
    return {"aspects": found, "wordings": compare.wordings(data)}


def _engagement(data: Plain) -> Plain:
    return {"blocks": compare.measures(data), "answer": answers.engagement(data)}


def _ceasefire(data: Plain) -> Plain:
    return {"answer": answers.ceasefire(data)}


def _sessions(data: Plain) -> Plain:
    return {"answer": answers.sessions(data), "today": data["record"]["published_at"][:10]}


def _incidents(data: Plain) -> Plain:
    drawn = data["incidents"][-MOST_ROWS:]
    years: dict[str, list[Plain]] = {}
    length = 4 if len({item["time"][:4] for item in drawn}) > 1 else 7
    for item in drawn:
        years.setdefault(item["time"][:length] if len(drawn) > ROWS_AT_ONCE else "", []).append(item)
    return {
        "density": draw_density(data["density"]) if data["density"] else None,
        "map": draw_map(drawn, data["crossings"]),
        "panels": draw_panels(drawn),
        "without_place": not_drawn(drawn),
        "drawn": drawn,
        "years": [(times.day(year) if year else "time not told", rows) for year, rows in years.items()],
        "answer": answers.incidents(data),
        "credits": credits(data),
    }


def _trends(data: Plain) -> Plain:
    return drawn(data["trends"])


def _crossings(data: Plain) -> Plain:
    drawing = charts.crossing_chart(data["crossings"], data["record"]["published_at"])
    return {"drawing": drawing, "states": answers.crossing_states(data)}


def _cases(data: Plain) -> Plain:
    return {"answer": answers.verified(data), "order": _order(data, "cases")}


def _audit(data: Plain) -> Plain:
    return {"scripts": checker.SCRIPTS, "style": checker.STYLE}


def _actors(data: Plain) -> Plain:
    kinds = {kind: [actor for actor in data["actors"] if actor["kind"] == kind] for kind in KINDS}
    return {"kinds": {kind: people for kind, people in kinds.items() if people}}


def _order(data: Plain, page: str, number: int = 0) -> list[str]:
    return rotate([party["id"] for party in data["parties"]], page, number)


KINDS = (
    "party",
    "armed-group",
    "person",
    "organ",
    "armed-forces",
    "government",
    "unnamed",
    "organisation",
    "state",
    "outlet",
)
MOST_BETWEEN = 6
"""Pairs of documents held against each other under one origin; the rest stand in the data files, and the page says so."""
MOST_UNSPOKEN = 20
ROWS_AT_ONCE = 30
"""Incidents up to which their table stands open; more are laid by years, or months of one year, that open one by one."""
MOST_ROWS = 150
"""Incidents, the latest, drawn and written out on their page; the rest stand in the data files, and the page says so."""

PAGES = (
    Page("index", "Overview", "Where do things stand?", "Overview", _index),
    Page("agreed", "Agreements", "What was agreed, and in what form?", "Agreed", _agreed),
    Page("ceasefire", "Ceasefire", "Is the ceasefire in force, and who says so?", "Agreed", _ceasefire),
    Page("sessions", "Sessions", "When did the parties meet, and what came of it?", "Agreed", _sessions),
    Page("positions", "Positions", "What does each side say, in its own voice?", "Said", _positions),
    Page("origins", "Origins", "How many independent origins stand behind it?", "Said", _origins),
    Page("disagreements", "Disagreements", "What do the outlets disagree on?", "Said", _disagreements),
    Page("actors", "Actors", "Who is who, and who calls them what?", "Said", _actors),
    Page("documents", "Documents", "What was read?", "Said"),
    Page("incidents", "Incidents", "What happened, and who says so?", "Happened", _incidents),
    Page("trends", "Trends", "Did it grow quieter, and can anyone tell?", "Happened", _trends),
    Page("crossings", "Crossings", "Which crossings are open?", "Happened", _crossings),
    Page("engagement", "Engagement", "What does each side say it has done for the other?", "Happened", _engagement),
    Page("cases", "Cases and findings", "What has been verified so far?", "Verified", _cases),
    Page("record", "Record", "Has anything been altered?", "Check"),
    Page("audit", "Check a copy", "Does a copy hold?", "Check", _audit),
    Page("data", "Data", "Where are the data?", "Check"),
    Page("about", "Method", "How was this made, and how far does it reach?", "Check"),
)


def navigation() -> list[Plain]:
    """Return the sections in order, each with its pages."""
    sections: dict[str, list[Page]] = {}
    for page in PAGES:
        sections.setdefault(page.section, []).append(page)
    return [{"name": name, "href": f"{pages[0].name}.html", "pages": pages} for name, pages in sections.items()]


def lookups(data: Plain) -> dict[str, Any]:
    """Return the items of the site's data by id, for pages that follow references."""
    names = ("documents", "statements", "propositions", "origins", "cases", "incidents", "commitments", "actors")
    return {f"{name}_by_id": {item["id"]: item for item in data[name]} for name in names}


def cells(data: Plain, order: Iterable[str], proposition: Plain) -> list[Plain]:
    """Return a proposition's cells in an order of parties: positions in own voice, and those that stand beside them."""
    names = {party["id"]: party["name"] for party in data["parties"]}
    held = proposition["positions"]
    return [
        {
            "party": party,
            "name": names[party],
            "own": [p for p in held["own"] if p["party"] == party],
            "beside": [p for p in held["beside"] if p["party"] == party],
        }
        for party in order
    ]
