"""Forms for the team of a case, recusal, and access to places and persons (rules P12, P13, P2)."""

from __future__ import annotations

from tasdiq.model import entries, steps
from tasdiq.model.case import AccessRequest, Seat
from tasdiq.model.value import Value
from tasdiq.verification.roles import SIGNING
from tasdiq.web.forms.field import Field
from tasdiq.web.forms.form import Answers, Errors, Form, new_id, options_of
from tasdiq.web.forms.opening import members
from tasdiq.web.forms.setting import Setting


def _assign(setting: Setting, answers: Answers) -> Value:
    team = tuple(Seat(member=row["member"], officer=row["officer"]) for row in answers["team"])
    return steps.TeamAssigned(case=setting.case.id, team=team, at=setting.now)


def _own_seat(setting: Setting) -> list[dict[str, str]]:
    return [{"member": setting.member, "officer": setting.viewer.officer or "…"}]


def _seated(setting: Setting) -> list[dict[str, str]]:
    return [{"member": seat.member, "officer": seat.officer} for seat in setting.case.team]


TEAM_ASSIGNED = Form(
    kind="TeamAssigned",
    act="Assign a team",
    title="Who examines the case?",
    why="The team visits, hears and collects. A later team stands in place of an earlier one.",
    about=("case",),
    fields=(
        Field(
            "team",
            "Seats of the team",
            "rows",
            hint="One officer a row. Use the name or number the members know the officer by.",
            empty="Name at least one officer",
            start=_seated,
            columns=(
                Field(
                    "member",
                    "Member",
                    "choice",
                    empty="Choose the member the officer serves",
                    options=lambda s: members(s, SIGNING),
                ),
                Field("officer", "Officer", empty="Give the officer's name or number"),
            ),
        ),
    ),
    build=_assign,
)


def _recuse(setting: Setting, answers: Answers) -> Value:
    return steps.Recused(
        case=setting.case.id,
        member=answers.get("member") or setting.member,
        officer=answers["officer"],
        reason=answers["reason"],
        at=setting.now,
    )


def _check_recusal(setting: Setting, answers: Answers) -> Errors:
    named = setting.charter.member(answers.get("member") or setting.member)
    if named is not None and named.role == "party" and not answers["officer"]:
        return {"officer": "Name the officer: a party cannot leave its own place at the table"}
    return {}


RECUSED = Form(
    kind="Recused",
    act="Recuse",
    title="Who takes no further part in this case?",
    why="Whoever has a stake in the matter leaves it to others. Marks given before are kept and shown, and count no "
    "more.",
    about=("case",),
    fields=(
        Field(
            "member",
            "Of which member?",
            "choice",
            empty="Choose the member",
            options=lambda s: members(s, SIGNING),
            start=lambda s: s.member,
            shown=lambda s: s.is_mediator,
        ),
        Field(
            "officer",
            "Which officer?",
            hint="A party names one of its officers. A mediator or observer that leaves the case as a whole leaves "
            "this blank.",
            required=False,
            start=lambda s: s.viewer.officer if s.seat and s.seat.role == "party" else "",
        ),
        Field("reason", "Why?", "text", empty="Give the reason in words"),
    ),
    build=_recuse,
    check=_check_recusal,
)


def _request(setting: Setting, answers: Answers) -> Value:
    asked = AccessRequest(
        id=new_id("access"), asked_of=answers["asked_of"], place=answers["place"], asked_at=setting.now
    )
    return entries.AccessRequested(case=setting.case.id, request=asked)


ACCESS_REQUESTED = Form(
    kind="AccessRequested",
    act="Ask for access",
    title="What is to be reached, and who can open the way?",
    why="The member that is asked answers: granted, with conditions, later, or denied. The request and every answer "
    "stay in the record. Where access is denied or never answered, the finding can say so; that says nothing about "
    "what happened.",
    about=("case",),
    fields=(
        Field(
            "asked_of",
            "Who is asked?",
            "choice",
            empty="Choose the member that can grant access",
            options=lambda s: [item for item in members(s) if item.value != s.member],
        ),
        Field(
            "place",
            "Which place or person?",
            "text",
            hint="Exact enough to be found. Read only by your member, the member that is asked, the team and the "
            "mediators.",
            empty="Say in words what is to be reached",
        ),
    ),
    build=_request,
)

GRANTING = {"granted": "Granted", "conditional": "Granted with conditions", "delayed": "Later", "denied": "Denied"}


def _answer(setting: Setting, answers: Answers) -> Value:
    return entries.AccessAnswered(
        case=setting.case.id,
        request=setting.request.id,
        answer=answers["answer"],
        reason=answers["reason"],
        at=setting.now,
        until=answers["until"] if answers["answer"] == "delayed" else "",
    )


def _check_answer(setting: Setting, answers: Answers) -> Errors:
    if answers["answer"] == "conditional" and not answers["reason"]:
        return {"reason": "Say what the conditions are"}
    if answers["answer"] == "delayed" and answers["until"] and answers["until"] <= setting.now:
        return {"until-date": "Choose a time that is still to come"}
    return {}


ACCESS_ANSWERED = Form(
    kind="AccessAnswered",
    act="Answer the request",
    title="Can the team go there?",
    why="Your answer stands beside the request. You may answer again when things change: every answer is kept.",
    about=("case", "request"),
    fields=(
        Field(
            "answer",
            "Your answer",
            "choice",
            empty="Choose an answer",
            options=options_of(GRANTING, {"delayed": "say until when, if you know"}),
        ),
        Field(
            "until",
            "Later: from when on?",
            "moment",
            hint="Only if the answer is “Later”. Leave it blank if you do not know.",
            required=False,
        ),
        Field(
            "reason",
            "Reason, or the conditions",
            "text",
            hint="Your answer and these words are public; the place is not. Do not name it here.",
            required=False,
        ),
    ),
    build=_answer,
    check=_check_answer,
)

FORMS = (TEAM_ASSIGNED, RECUSED, ACCESS_REQUESTED, ACCESS_ANSWERED)
