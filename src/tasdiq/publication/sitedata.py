"""Build the site's data: one plain structure that every page shows and every export is cut from.

Schema: docs/reference/site-data.md. Keys are only added; a change of meaning raises the number in `schema`. All values are
JSON builtins; numbers are integers with their unit in the key. Nothing stands here that `redact` has not let through.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC
from importlib.metadata import version

from tasdiq.model.charter import Member
from tasdiq.model.state import EntryLine

from . import agreed, claimed, decided, gates, happened, held, many, named, repeated, rounds, said, times
from .trends import trends
from .view import Plain, View

SCHEMA = "tasdiq/site/v1"


def build(view: View) -> Plain:
    """Return the site's data as JSON builtins."""
    data: Plain = {
        "schema": SCHEMA,
        "record": _record(view),
        "parties": [_member(view, m) for m in view.state.charter.parties],
        "members": [_member(view, m) for m in view.state.charter.members],
        "documents": said.documents(view),
        "statements": said.statements(view),
        "propositions": held.propositions(view),
        "origins": held.origins(view),
        "copies": repeated.copies(view),
        "disagreements": named.disagreements(view),
        "actors": named.actors(view),
        "agreements": agreed.agreements(view),
        "agreements_told": claimed.agreements_told(view),
        "commitments": agreed.commitments(view),
        "sessions": rounds.sessions(view),
        "ceasefire": happened.ceasefire(view),
        "crossings": gates.crossings(view),
        "incidents": happened.incidents(view),
        "density": many.density(view) if len(view.state.reports) > many.HELD else None,
        "incident_days": many.days(view) if len(view.state.reports) > many.HELD else [],
        "trends": trends(view),
        "figures": claimed.figures(view),
        "measures": claimed.measures(view),
        "measures_claimed": agreed.claimed(view),
        "minutes": agreed.minutes(view),
        "upcoming": agreed.upcoming(view),
        "cases": decided.cases(view),
        "rejected": [
            {"file": r.file, "line": r.line, "field": r.field, "reason": r.reason} for r in view.state.rejected
        ],
        "entries": _entries(view),
        "withheld": view.public.withheld.lines(),
    }
    data["counts"] = _counts(data) | _incidents(view)
    return data


def _record(view: View) -> Plain:
    charter = view.state.charter
    at = view.public.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "title": charter.title,
        "form": charter.form,
        "compiler": charter.compiler,
        "standing": standing_line(view),
        "charter_proposed": charter.proposed,
        "charter_proposed_from": list(charter.proposed_from),
        "origin": view.state.origin,
        "size": view.state.size,
        "root": view.proofs.get("root", ""),
        "cosigned": view.proofs.get("cosigned", ""),
        "published_at": at,
        "published_words": times.moment(at, view.zones),
        "version": version("tasdiq"),
        "time_zones": list(view.zones),
        "boundary": charter.boundary,
        "boundary_note": charter.boundary_note,
        "procedure": {
            "decision": charter.procedure.decision,
            "default_standard": charter.procedure.default_standard,
            "standards": list(charter.procedure.standards),
            "reply_days": charter.procedure.reply_days,
            "access_days": charter.procedure.access_days,
        },
        "publication": {
            "embargo_hours": charter.publication.embargo_hours,
            "coarsen": charter.publication.coarsen,
            "passage_limit": charter.publication.passage_limit,
            "passages_share_percent": charter.publication.passages_share_percent,
            "smallest_count": charter.publication.smallest_count,
        },
        "unknown_kinds": dict(sorted(view.state.unknown_kinds.items())),
    }


def standing_line(view: View) -> str:
    """Say what kind of record this is and what its statements are worth."""
    charter = view.state.charter
    if charter.form == "desk":
        who = charter.compiler or "an analyst"
        return f"Compiled by {who}; no party has signed; proposed by machine unless confirmed."
    return "A joint record of its members. What a machine proposed is marked and counts when a person confirms it."


def _member(view: View, member: Member) -> Plain:
    return {
        "id": member.id,
        "name": member.name,
        "role": member.role,
        "country": member.country,
        "designations": [
            {"text": d.text, "used_by": list(d.used_by), "used_by_names": [view.names.actor(u) for u in d.used_by]}
            for d in member.designations
        ],
    }


def _entries(view: View) -> list[Plain]:
    return [_entry(view, line) for line in view.state.entries]


_DOCUMENT = re.compile(r"\bd[0-9a-f]{12}\b")


def _entry(view: View, line: EntryLine) -> Plain:
    """Return an entry's line; of one that is not public, what its header shows anyone: no kind, no content, the day alone."""
    public = line.access == "public"
    return {
        "index": line.index,
        "id": line.id,
        "kind": line.kind if public else "sealed",
        "member": line.member if public else "",
        "claimed_time": line.claimed_time if public else line.claimed_time[:10],
        "access": line.access,
        "status": line.status,
        "summary": line.summary if public else "",
        "claimed_words": (times.moment(line.claimed_time, ()) or [""])[0]
        if public
        else times.day(line.claimed_time[:10]),
        "summary_words": _DOCUMENT.sub(lambda m: view.names.document(m[0]) or m[0], line.summary) if public else "",
    }


def _incidents(view: View) -> Plain:
    """Count all incidents, also those the site's data does not hold, and of how many a finding is signed."""
    signed = {c.subject for c in view.state.cases.values() if any(f.decision == "signed" for f in c.findings)}
    found = len(signed & view.state.incidents.keys())
    return {"incidents": len(view.state.incidents), "incidents_found": found, "reports": len(view.state.reports)}


def _counts(data: Plain) -> Plain:
    standing = Counter(item["standing"] for item in data["propositions"])
    spoken = [s for s in data["statements"] if not s["narrated"]]
    names = ("documents", "propositions", "origins", "disagreements", "actors", "incidents", "figures", "sessions",
             "measures", "cases", "agreements", "commitments", "rejected", "entries")  # fmt: skip
    return {
        **{name: len(data[name]) for name in names},
        "statements": len(spoken),
        "narrations": len(data["statements"]) - len(spoken),
        "own_voice": sum(s["teller"] == "own" for s in spoken),
        "origins_lowest": sum(o["lowest"] for o in data["origins"]),
        "origins_highest": sum(o["highest"] for o in data["origins"]),
        "crossings": sum(bool(c["intervals"]) for c in data["crossings"]),
        "standing": {
            name: standing.get(name, 0) for name in ("common ground", "contested", "one-sided", "unattributed")
        },
        "findings": sum(len(case["findings"]) for case in data["cases"]),
        "findings_signed": sum(f["decision"] == "signed" for case in data["cases"] for f in case["findings"]),
        "confirmed": sum(s["status"] == "confirmed" for s in [*data["statements"], *data["propositions"]]),
    }
