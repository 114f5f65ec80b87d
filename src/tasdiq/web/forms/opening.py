"""Forms for the beginning of a case: allegation, competence, preliminary assessment (rules P1, P10, P11)."""

from __future__ import annotations

from tasdiq.model import entries, steps
from tasdiq.model.agreement import Commitment
from tasdiq.model.value import Value
from tasdiq.publication.names import rotate
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id, options_of
from tasdiq.web.forms.setting import Setting

NOBODY = "-"
"""The answer "nobody" or "none", where leaving a question open is not the same."""


def members(setting: Setting, roles: tuple[str, ...] = ()) -> list[Option]:
    """List the members of the charter as options, in an order that rotates from form to form and by day."""
    found = [item for item in setting.charter.members if not roles or item.role in roles]
    order = rotate([item.id for item in found], setting.now[:10])
    by_id = {item.id: item for item in found}
    return [Option(ident, by_id[ident].name, by_id[ident].role) for ident in order]


def commitments(setting: Setting, none: str) -> list[Option]:
    """List what a case can be held against, with who is bound, and the answer "none"."""
    names = setting.names
    found = [
        Option(item.id, item.text, f"binds {names.actor(item.bearer)}; {item.agreement}") for item in _binding(setting)
    ]
    return [*found, Option(NOBODY, none)]


def _binding(setting: Setting) -> tuple[Commitment, ...]:
    return setting.state.talks.binding(setting.charter).commitments


def _against(setting: Setting) -> list[Option]:
    parties = [item for item in members(setting, ("party",)) if item.value != setting.member]
    groups = [Option(item.id, item.name, "not a party of this mechanism") for item in setting.charter.groups]
    return [*parties, *groups, Option(NOBODY, "Nobody is named")]


def _open(setting: Setting, answers: Answers) -> Value:
    subject = setting.asked.get("subject") or "…"
    commitment, against = answers["commitment"], answers["alleged_against"]
    return entries.CaseOpened(
        case=new_id("case"),
        subject=subject,
        subject_kind="incident" if subject in setting.state.incidents else "proposition",
        allegation=answers["allegation"],
        alleged_by=answers.get("alleged_by") or setting.member,
        alleged_against="" if against == NOBODY else against,
        commitment="" if commitment == NOBODY else commitment,
        at=setting.now,
    )


def _check_opening(setting: Setting, answers: Answers) -> Errors:
    by = answers.get("alleged_by") or setting.member
    if by == answers["alleged_against"]:
        return {"alleged_against": "Choose somebody other than the member that alleges"}
    return {}


CASE_OPENED = Form(
    kind="CaseOpened",
    act="Open a case",
    title="What is alleged?",
    why="A case takes an allegation through the procedure: competence, a preliminary assessment, a team, evidence, a "
    "draft and the marks of the members. It stays an alleged violation until a finding is signed.",
    about=("subject",),
    fields=(
        Field(
            "alleged_by",
            "Who alleges it?",
            "choice",
            hint="A mediator may record what a member alleges.",
            empty="Choose who alleges it",
            options=lambda s: members(s),
            shown=lambda s: s.is_mediator,
        ),
        Field(
            "alleged_against",
            "Against whom is it alleged?",
            "choice",
            hint="An armed group that is not a party can be named; it answers for itself, not for a party.",
            empty="Choose against whom it is alleged, or that nobody is named",
            options=_against,
        ),
        Field(
            "commitment",
            "Which commitment would it touch?",
            "choice",
            hint="The mediator decides this when competence is decided; you may leave it open.",
            empty="Choose a commitment, or leave it open",
            options=lambda s: commitments(s, "Left open"),
        ),
        Field(
            "allegation",
            "What is alleged, in your words?",
            "text",
            hint="What happened, when and where, as far as you know. Everybody will read these words: name no private "
            "person and no place that is still to be visited.",
            empty="Say in words what is alleged",
        ),
    ),
    build=_open,
    check=_check_opening,
    warning="The allegation is public from the moment it is entered, and nothing that was entered is ever deleted.",
)


def _competence(setting: Setting, answers: Answers) -> Value:
    chosen = answers["commitment"] if answers["competent"] == "yes" else NOBODY
    bound = next((item for item in _binding(setting) if item.id == chosen), None)
    return steps.CompetenceDecided(
        case=setting.case.id,
        competent=answers["competent"] == "yes",
        commitment=bound.id if bound else "",
        bearer=bound.bearer if bound else "",
        text=answers["text"],
        at=setting.now,
    )


def _check_competence(setting: Setting, answers: Answers) -> Errors:
    if answers["competent"] == "no" and not answers["text"]:
        return {"text": "Give the reasons why the mechanism is not competent"}
    if answers["competent"] == "yes" and not answers["commitment"]:
        return {"commitment": "Choose the commitment it touches, or “none”"}
    return {}


COMPETENCE_DECIDED = Form(
    kind="CompetenceDecided",
    act="Decide competence",
    title="Is the mechanism competent for this allegation?",
    why="A breach can only be examined against a commitment of the charter. Without one, only what happened can be "
    "found. A mediator decides this, or every party by the same answer.",
    about=("case",),
    fields=(
        Field(
            "competent",
            "Is it competent?",
            "choice",
            empty="Choose yes or no",
            options=options_of({"yes": "Yes", "no": "No, this ends the case"}),
        ),
        Field(
            "commitment",
            "Which commitment does the allegation touch?",
            "choice",
            hint="Only if it is competent.",
            required=False,
            options=lambda s: commitments(s, "None: only what happened can be found"),
            start=lambda s: s.case.commitment or NOBODY,
        ),
        Field("text", "Reasons", "text", hint="Needed if it is not competent; welcome if it is.", required=False),
    ),
    build=_competence,
    check=_check_competence,
)


def _assess(setting: Setting, answers: Answers) -> Value:
    return steps.CaseAssessed(
        case=setting.case.id, pursue=answers["pursue"] == "yes", text=answers["text"], at=setting.now
    )


CASE_ASSESSED = Form(
    kind="CaseAssessed",
    act="Assess the case",
    title="Is there enough to send a team?",
    why="The preliminary assessment weighs what is known so far. It finds nothing: it only decides whether the case "
    "is pursued.",
    about=("case",),
    fields=(
        Field(
            "pursue",
            "What does the assessment come to?",
            "choice",
            empty="Choose what the assessment comes to",
            options=options_of(
                {"yes": "Pursue it: a team can be assigned", "no": "Do not pursue it: this ends the case"}
            ),
        ),
        Field(
            "text",
            "Why?",
            "text",
            hint="What there is, from whom, and what is missing.",
            empty="Give the assessment in words",
        ),
    ),
    build=_assess,
)

FORMS = (CASE_OPENED, COMPETENCE_DECIDED, CASE_ASSESSED)
