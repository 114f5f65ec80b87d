"""Forms for a finding: its draft, and the marks of the members under each part (rules P3 to P8, P14 to P17)."""

from __future__ import annotations

from tasdiq.model import entries
from tasdiq.model.case import FindingPart
from tasdiq.model.value import Value
from tasdiq.verification import custody
from tasdiq.verification.drafting import BREACHES, NOT_EXAMINED, OCCURRENCES
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id, options_of
from tasdiq.web.forms.opening import NOBODY, members
from tasdiq.web.forms.setting import Setting

OCCURRENCE_WORDS = {
    "established": "Established: it happened",
    "not established": "Not established",
    "inconclusive": "Inconclusive",
    "access denied": "Access denied: it could not be examined",
}
BREACH_WORDS = {
    NOT_EXAMINED: "Not examined",
    "breach": "A breach of the commitment",
    "no breach": "No breach",
    "inconclusive": "Inconclusive",
    "disputed": "Disputed: its bearer never acknowledged the commitment",
}
MARKS = {"concurs": "Concurs", "reserves": "Reserves", "dissents": "Dissents", "abstains": "Abstains"}


def _standards(setting: Setting) -> list[Option]:
    return [Option(item, item[:1].upper() + item[1:]) for item in setting.charter.procedure.standards]


def _actors(setting: Setting) -> list[Option]:
    groups = [Option(f"group/{item.id}", item.name, "not a party") for item in setting.charter.groups]
    return [*members(setting, ("party",)), *groups, Option(NOBODY, "Nobody, or not examined")]


def _rests_on(setting: Setting) -> list[Option]:
    case, names = setting.case, setting.names
    found = [
        Option(item.id, item.title, "; ".join(
            f"{names.actor(handed.to)}: {custody.standing(case, item, handed, setting.now)}" for handed in item.handed
        ))
        for item in case.evidence
    ]  # fmt: skip
    subject = "the incident" if case.subject_kind == "incident" else "the point"
    return [*found, Option(case.subject, f"What is recorded of {subject} the case is about")]


def _draft(setting: Setting, answers: Answers) -> Value:
    actor = answers["actor"]
    parts = (
        FindingPart(name="occurrence", outcome=answers["occurrence"], text=answers["occurrence_text"]),
        FindingPart(
            name="responsibility",
            outcome=answers["responsibility"] or NOT_EXAMINED,
            text=answers["responsibility_text"],
            actor="" if actor in ("", NOBODY) else actor,
        ),
        FindingPart(name="breach", outcome=answers["breach"] or NOT_EXAMINED, text=answers["breach_text"]),
    )
    return entries.FindingDrafted(
        case=setting.case.id,
        finding=new_id("finding"),
        standard=answers["standard"],
        parts=parts,
        evidence=answers["evidence"],
        witnesses=answers["witnesses"],
        sealed=answers["release"] == "sealed",
        at=setting.now,
    )


def _check_draft(setting: Setting, answers: Answers) -> Errors:
    if answers["occurrence"] == "established":
        return {}
    said = "Leave this “not examined”: only an established occurrence has somebody responsible for it"
    errors: Errors = {}
    if (answers["responsibility"] or NOT_EXAMINED) != NOT_EXAMINED:
        errors["responsibility"] = said
    if answers["actor"] not in ("", NOBODY):
        errors["actor"] = "Choose nobody: without an established occurrence nobody is named"
    if answers["breach"] != NOT_EXAMINED:
        errors["breach"] = "Choose “Not examined”: without an established occurrence there is no breach to examine"
    return errors


FINDING_DRAFTED = Form(
    kind="FindingDrafted",
    act="Draft a finding",
    title="What does the draft propose?",
    why="A draft puts three parts before the members, who are heard first and then sign each part by themselves. It "
    "decides nothing.",
    about=("case",),
    fields=(
        Field(
            "standard",
            "Standard of proof",
            "choice",
            empty="Choose the standard of proof",
            options=_standards,
            start=lambda s: s.charter.procedure.default_standard,
        ),
        Field(
            "occurrence",
            "1. Did it happen?",
            "choice",
            empty="Choose what the draft proposes about the occurrence",
            options=options_of({name: OCCURRENCE_WORDS[name] for name in OCCURRENCES}),
        ),
        Field("occurrence_text", "1. In words", "text", hint="What was found, from which evidence.", required=False),
        Field(
            "responsibility",
            "2. Who is responsible?",
            hint="In a few words. Leave “not examined” unless the occurrence is established.",
            required=False,
            start=lambda s: NOT_EXAMINED,
        ),
        Field(
            "actor",
            "2. Whom does that name?",
            "choice",
            hint="An armed group that is not a party is none: a party's duty to prevent is a separate question.",
            required=False,
            options=_actors,
            start=lambda s: NOBODY,
        ),
        Field("responsibility_text", "2. In words", "text", required=False),
        Field(
            "breach",
            "3. Is it a breach of the commitment?",
            "choice",
            empty="Choose what the draft proposes about a breach",
            options=options_of({name: BREACH_WORDS[name] for name in BREACHES}),
            start=lambda s: NOT_EXAMINED,
        ),
        Field("breach_text", "3. In words", "text", required=False),
        Field(
            "evidence",
            "What does it rest on?",
            "many",
            hint="Evidence counts once every party it was handed to has answered it or is overdue.",
            required=False,
            options=_rests_on,
        ),
        Field(
            "witnesses",
            "Witnesses",
            "list",
            hint="One a line. Each name is sealed by itself before you sign: no page ever shows it.",
            required=False,
        ),
        Field(
            "release",
            "Who reads it after it is decided?",
            "choice",
            empty="Choose who reads it after it is decided",
            options=options_of(
                {"embargoed": "Everybody, after the embargo", "sealed": "The members, until every party opens it"}
            ),
            start=lambda s: "embargoed",
        ),
    ),
    build=_draft,
    check=_check_draft,
)


def _unmarked(setting: Setting) -> str:
    finding = setting.finding
    given = {mark.part for mark in finding.signatures if mark.member == setting.member}
    asked = [part.name for part in finding.parts if part.outcome != NOT_EXAMINED and part.name not in given]
    wanted = setting.asked.get("part", "")
    return wanted if wanted in {part.name for part in finding.parts} else (asked or ["occurrence"])[0]


def _parts(setting: Setting) -> list[Option]:
    given = {mark.part: mark.mark for mark in setting.finding.signatures if mark.member == setting.member}
    return [
        Option(
            part.name,
            f"{part.name[:1].upper()}{part.name[1:]}: {part.outcome}",
            f"you marked it: {MARKS[given[part.name]].lower()}" if part.name in given else part.text,
        )
        for part in setting.finding.parts
    ]


def _sign(setting: Setting, answers: Answers) -> Value:
    return entries.FindingSigned(
        finding=setting.finding.id,
        part=answers["part"],
        mark=answers["mark"],
        text=answers["text"],
        at=setting.now,
    )


def _check_mark(setting: Setting, answers: Answers) -> Errors:
    if answers["mark"] in ("reserves", "dissents") and not answers["text"]:
        return {"text": "Give your text: a reservation and a dissent are published with the finding, in your words"}
    return {}


FINDING_SIGNED = Form(
    kind="FindingSigned",
    act="Mark a part",
    title="How does your member mark this part?",
    why="Each part is marked by itself. A dissent or reservation is published with the finding, in your words. Who "
    "does not mark has not concurred.",
    about=("finding",),
    fields=(
        Field("part", "Which part?", "choice", empty="Choose a part", options=_parts, start=_unmarked),
        Field(
            "mark",
            "Your mark",
            "choice",
            empty="Choose your mark",
            options=options_of(
                MARKS,
                {
                    "concurs": "agrees with this part",
                    "reserves": "agrees, with a reservation in words",
                    "dissents": "does not agree, for reasons in words",
                    "abstains": "takes no view",
                },
            ),
        ),
        Field("text", "Your text", "text", hint="Needed with a reservation or a dissent.", required=False),
    ),
    build=_sign,
    check=_check_mark,
    warning="A mark needs a second signature of your member, on another device, before it is entered.",
)

FORMS = (FINDING_DRAFTED, FINDING_SIGNED)
