"""Forms for what comes after a draft: withdrawal, appeal, reopening, the lifting of an embargo (rules P23 to P29)."""

from __future__ import annotations

from tasdiq.model import entries, steps
from tasdiq.model.value import Value
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Form
from tasdiq.web.forms.setting import Setting


def _withdraw(setting: Setting, answers: Answers) -> Value:
    return entries.FindingWithdrawn(finding=setting.finding.id, reason=answers["reason"], at=setting.now)


FINDING_WITHDRAWN = Form(
    kind="FindingWithdrawn",
    act="Withdraw the finding",
    title="Why is this finding withdrawn?",
    why="A draft is withdrawn by whoever drafted it or by a mediator; a decided finding by every party, each for "
    "itself. It stays in the record, marked as withdrawn.",
    about=("finding",),
    fields=(Field("reason", "Reason", "text", empty="Give the reason in words"),),
    build=_withdraw,
)


def _appeal(setting: Setting, answers: Answers) -> Value:
    return steps.FindingAppealed(finding=setting.finding.id, text=answers["text"], at=setting.now)


FINDING_APPEALED = Form(
    kind="FindingAppealed",
    act="Appeal",
    title="Why do you appeal against this finding?",
    why="A party to the case may appeal once. While the appeal is open the finding counts for nothing and is not "
    "released.",
    about=("finding",),
    fields=(Field("text", "Grounds", "text", empty="Give the grounds of the appeal in words"),),
    build=_appeal,
)


def _open_appeals(setting: Setting) -> list[Option]:
    appeals = [item for item in setting.finding.appeals if not item.dismissed_at and not item.granted_at]
    return [Option(item.by, f"The appeal of {setting.names.actor(item.by)}", item.text) for item in appeals]


def _dismiss(setting: Setting, answers: Answers) -> Value:
    return steps.AppealDismissed(finding=setting.finding.id, by=answers["by"], text=answers["text"], at=setting.now)


APPEAL_DISMISSED = Form(
    kind="AppealDismissed",
    act="Dismiss an appeal",
    title="Why is the appeal dismissed?",
    why="An appeal is answered: dismissed with reasons here, or granted by reopening the case.",
    about=("finding",),
    fields=(
        Field("by", "Which appeal?", "choice", empty="Choose the appeal", options=_open_appeals),
        Field("text", "Reasons", "text", empty="Give the reasons in words"),
    ),
    build=_dismiss,
)


def _reopen(setting: Setting, answers: Answers) -> Value:
    return steps.CaseReopened(case=setting.case.id, reason=answers["reason"], at=setting.now)


CASE_REOPENED = Form(
    kind="CaseReopened",
    act="Reopen the case",
    title="Why is this case examined again?",
    why="A case that has ended is reopened by a mediator, or by every party. Findings under an open appeal are set "
    "aside; others stand until a new one is decided.",
    about=("case",),
    fields=(Field("reason", "Reason", "text", empty="Give the reason in words"),),
    build=_reopen,
)


def _lift(setting: Setting, answers: Answers) -> Value:
    return steps.EmbargoLifted(finding=setting.finding.id, reason=answers["reason"], at=setting.now)


EMBARGO_LIFTED = Form(
    kind="EmbargoLifted",
    act="Lift the embargo",
    title="Is this finding to be public now?",
    why="Draft, marks with their texts, and appeals become readable for everybody and can be checked offline. "
    "Evidence and replies stay with the members.",
    about=("finding",),
    fields=(
        Field(
            "sure",
            "Open the finding, with every member's marks and dissents",
            "confirm",
            empty="Confirm that the finding is to be opened",
        ),
        Field("reason", "Reason", "text", hint="If there is something to say.", required=False),
    ),
    build=_lift,
    warning="What was opened cannot be called back.",
)

FORMS = (FINDING_WITHDRAWN, FINDING_APPEALED, APPEAL_DISMISSED, CASE_REOPENED, EMBARGO_LIFTED)
