"""Every form, by the kind of entry it makes."""

from __future__ import annotations

from tasdiq.web.forms import (
    afterwards,
    agreements,
    calls,
    engagement,
    evidence,
    findings,
    hearing,
    opening,
    points,
    sessions,
    team,
)
from tasdiq.web.forms.form import Form

FORMS: dict[str, Form] = {
    form.kind: form
    for module in (
        opening,
        team,
        evidence,
        findings,
        hearing,
        afterwards,
        agreements,
        engagement,
        sessions,
        calls,
        points,
    )
    for form in module.FORMS
}

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("A case, from the allegation to the team", tuple(f.kind for m in (opening, team) for f in m.FORMS)),
    ("Evidence", tuple(f.kind for f in evidence.FORMS)),
    ("Findings", tuple(f.kind for m in (findings, hearing, afterwards) for f in m.FORMS)),
    ("Agreements and engagement", tuple(f.kind for m in (agreements, engagement) for f in m.FORMS)),
    ("Sessions and minutes", tuple(f.kind for f in sessions.FORMS)),
    ("The contact line", tuple(f.kind for f in calls.FORMS)),
    ("Points and their wording", tuple(f.kind for f in points.FORMS)),
)
"""The forms by what they belong to, in the order of the journey."""
