"""Forms for evidence on its way from hand to hand (rules E1 to E6). Files are uploaded first; here they have their hashes."""

from __future__ import annotations

import re

from tasdiq.model import steps
from tasdiq.model.evidence import Custody
from tasdiq.model.value import Value
from tasdiq.verification.roles import parties_to
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id, options_of
from tasdiq.web.forms.opening import members
from tasdiq.web.forms.setting import Setting

_SHA256 = re.compile(r"[0-9a-f]{64}")


def _files(setting: Setting) -> str:
    return "\n".join(setting.asked.get("sha256", "").split(","))


def _others(setting: Setting) -> list[Option]:
    handed = {*parties_to(setting.charter, setting.case), setting.member}
    return [item for item in members(setting) if item.value not in handed]


def _submit(setting: Setting, answers: Answers) -> Value:
    earlier = [Custody(holder=row["holder"], at=row["at"], how=row["how"]) for row in answers["earlier"]]
    own = Custody(holder=setting.member, at=answers["since"], how=answers["how"])
    return steps.EvidenceSubmitted(
        case=setting.case.id,
        evidence=new_id("evidence"),
        title=answers["title"],
        sha256=answers["sha256"],
        custody=(*earlier, own),
        to=answers["to"],
        at=setting.now,
    )


def _check_submission(setting: Setting, answers: Answers) -> Errors:
    if any(not _SHA256.fullmatch(item) for item in answers["sha256"]):
        return {"sha256": "Write each SHA-256 as 64 digits 0–9 and letters a–f, one a line"}
    if answers["since"] > setting.now:
        return {"since-date": "Choose a time that has passed: you hold it already"}
    for number, row in enumerate(answers["earlier"]):
        if row["at"] > answers["since"]:
            return {f"earlier-{number}-at-date": "Choose a time before it came to you: hands follow each other in time"}
    return {}


EVIDENCE_SUBMITTED = Form(
    kind="EvidenceSubmitted",
    act="Submit evidence",
    title="What do you hand over, and whose hands did it pass through?",
    why="It is handed to the other party through the mechanism: with a receipt, a deadline, and an answer. Without an "
    "answer it is shown as overdue, neither accepted nor disputed.",
    about=("case",),
    fields=(
        Field(
            "title",
            "What is it?",
            hint="A title in a few words, as it will be called in this case.",
            empty="Give it a title",
        ),
        Field(
            "sha256",
            "Files, by their SHA-256",
            "list",
            hint="One a line. They stand here already when you come from uploading files. Evidence may also be words "
            "alone.",
            required=False,
            start=_files,
        ),
        Field(
            "earlier",
            "Who held it before you?",
            "rows",
            hint="From the first hand to the last before yours. Leave this blank if it came from nobody.",
            required=False,
            least_rows=1,
            columns=(
                Field("holder", "Who", empty="Say who held it"),
                Field("at", "From when on", "moment", empty="Say since when they held it"),
                Field("how", "How it came to them", empty="Say how it came to them"),
            ),
        ),
        Field("since", "Since when do you hold it?", "moment", empty="Say since when you hold it"),
        Field(
            "how",
            "How did it come to you?",
            hint="Found, photographed, recorded, handed over by whom.",
            empty="Say how it came to you",
        ),
        Field(
            "to",
            "Who else is to receive it?",
            "many",
            hint="Every party to the case receives it anyway.",
            required=False,
            options=_others,
            shown=lambda s: bool(_others(s)),
        ),
    ),
    build=lambda s, a: _submit(s, {"to": (), **a}),
    check=_check_submission,
)


def _acknowledge(setting: Setting, answers: Answers) -> Value:
    evidence = setting.evidence
    return steps.EvidenceAcknowledged(
        case=setting.case.id, evidence=evidence.id, sha256=evidence.sha256, at=setting.now
    )


EVIDENCE_ACKNOWLEDGED = Form(
    kind="EvidenceAcknowledged",
    act="Acknowledge receipt",
    title="Did it arrive whole?",
    why="A receipt says that exactly these files arrived. It says nothing about what they show, and is no answer.",
    about=("case", "evidence"),
    fields=(
        Field(
            "whole",
            "It arrived whole: the files listed above, with these hashes",
            "confirm",
            empty="Confirm that it arrived whole, or ask for it again before you acknowledge it",
        ),
    ),
    build=_acknowledge,
)


def _answer(setting: Setting, answers: Answers) -> Value:
    return steps.EvidenceAnswered(
        case=setting.case.id,
        evidence=setting.evidence.id,
        answer=answers["answer"],
        text=answers["text"],
        at=setting.now,
    )


EVIDENCE_ANSWERED = Form(
    kind="EvidenceAnswered",
    act="Answer the evidence",
    title="What do you say to this evidence?",
    why="Your answer stands beside the evidence in your own words. A later answer stands beside the first.",
    about=("case", "evidence"),
    fields=(
        Field(
            "answer",
            "Your answer",
            "choice",
            empty="Choose whether you answer it or dispute it",
            options=options_of(
                {"answered": "We answer it", "disputed": "We dispute it"},
                {
                    "answered": "you add, explain or accept in your words",
                    "disputed": "you contest that it is genuine, or what it is said to show",
                },
            ),
        ),
        Field("text", "In your words", "text", empty="Give your answer in words"),
    ),
    build=_answer,
)

FORMS = (EVIDENCE_SUBMITTED, EVIDENCE_ACKNOWLEDGED, EVIDENCE_ANSWERED)
