"""Forms for figures, ratings and measures of engagement: what members report of how things go (rules G7 to G11)."""

from __future__ import annotations

from typing import Literal

from tasdiq.model import talks
from tasdiq.model.value import Value
from tasdiq.web.forms.agreements import AGREEMENT_ANSWERED, READERS, about_when, check_denial, parties
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id, options_of
from tasdiq.web.forms.setting import Setting

BASIS = {
    "witnessed": "Counted or seen by the source itself",
    "told": "Told to the source by others",
    "inferred": "Inferred",
    "unknown": "Not known",
}
MEASURES = {
    "trade": "Trade", "visas": "Visas", "aid": "Aid", "attacks": "Attacks", "restraint": "Restraint",
    "diplomacy": "Diplomacy", "refugees": "Refugees", "transit": "Transit", "other": "Something else",
}  # fmt: skip


def _figure(setting: Setting, answers: Answers) -> Value:
    return talks.QuantityReported(
        commitment=setting.commitment.id,
        value=int(answers["value"]),
        start=answers["start"],
        end=answers["end"],
        source=answers["source"],
        basis=answers["basis"] or "unknown",
        text=answers["text"],
        sealed=answers["sealed"] == "yes",
        at=setting.now,
    )


def _check_days(setting: Setting, answers: Answers) -> Errors:
    if answers["end"] and answers["end"] < answers["start"]:
        return {"end": "Choose a last day that is not before the first"}
    if (answers["end"] or answers["start"]) > setting.now[:10]:
        return {"end" if answers["end"] else "start": "Choose a day that has begun: a figure tells of days that were"}
    return {}


QUANTITY_REPORTED = Form(
    kind="QuantityReported",
    act="Report a figure",
    title="How many were there, and on which days?",
    why="A figure is its teller's. Figures of two tellers stand beside each other and are never averaged.",
    about=("commitment",),
    fields=(
        Field("value", "How many?", "number", empty="Give the number in digits"),
        Field("start", "First day", "day", empty="Give the first day", start=lambda s: s.now[:10]),
        Field("end", "Last day", "day", hint="Leave it blank for a single day.", required=False),
        Field("source", "Who counted?", required=False),
        Field(
            "basis", "How is it known?", "choice", required=False, options=options_of(BASIS), start=lambda _: "unknown"
        ),
        Field("text", "Remarks", "text", required=False),
        READERS,
    ),
    build=_figure,
    check=_check_days,
)

LEVELS = {"0": "0: not begun", "1": "1: begun, little done", "2": "2: under way, well advanced", "3": "3: done"}

_LEVEL: dict[str, Literal[0, 1, 2, 3]] = {"0": 0, "1": 1, "2": 2, "3": 3}


def _rate(setting: Setting, answers: Answers) -> Value:
    return talks.ImplementationRated(
        commitment=setting.commitment.id,
        level=_LEVEL[answers["level"]],
        text=answers["text"],
        at=setting.now,
    )


IMPLEMENTATION_RATED = Form(
    kind="ImplementationRated",
    act="Rate how far it is carried out",
    title="How far is this programme carried out?",
    why="Each member rates for itself, from 0 to 3, with reasons (the scale of the Kroc Peace Accords Matrix). No "
    "party is graded: a programme is.",
    about=("commitment",),
    fields=(
        Field("level", "How far?", "choice", empty="Choose how far it is carried out", options=options_of(LEVELS)),
        Field("text", "Why?", "text", empty="Give your reasons in words"),
    ),
    build=_rate,
)


def _actors(setting: Setting) -> list[Option]:
    groups = [Option(item.id, item.name, "not a party") for item in setting.charter.groups]
    return [*parties(setting), *groups]


def _measure(setting: Setting, answers: Answers) -> Value:
    return talks.MeasureClaimed(
        measure=new_id("measure"),
        kind=answers["kind"],
        by=answers["by"],
        text=answers["text"],
        start=answers["start"],
        end=answers["end"],
        source=answers["source"],
        sealed=answers["sealed"] == "yes",
        at=setting.now,
    )


MEASURE_CLAIMED = Form(
    kind="MeasureClaimed",
    act="Claim a measure",
    title="What was done, by whom, and when?",
    why="The review of engagement lists what each side says was done. It stands as your claim, dated and in your "
    "name; the others acknowledge or deny it.",
    about=(),
    fields=(
        Field("kind", "What kind of measure?", "choice", empty="Choose the kind", options=options_of(MEASURES)),
        Field("by", "Who did it?", "choice", empty="Choose who did it", options=_actors),
        Field("text", "What was done?", "text", empty="Say in words what was done"),
        about_when(
            "start", "When, or from when on?", required=True, empty="Say when it was done, as exactly as you know"
        ),
        about_when("end", "Until when?", hint="Leave it blank if it was done once or goes on."),
        Field("source", "Who says so?", hint="A document, a spokesperson, your own records.", required=False),
        READERS,
    ),
    build=_measure,
)


def _answer_measure(setting: Setting, answers: Answers) -> Value:
    return talks.MeasureAnswered(
        measure=setting.measure.id, answer=answers["answer"], text=answers["text"], at=setting.now
    )


MEASURE_ANSWERED = Form(
    kind="MeasureAnswered",
    act="Acknowledge or deny a measure",
    title="Does your side acknowledge this measure?",
    why="Only your own word counts for your side.",
    about=("measure",),
    fields=AGREEMENT_ANSWERED.fields,
    build=_answer_measure,
    check=check_denial,
)

FORMS = (QUANTITY_REPORTED, IMPLEMENTATION_RATED, MEASURE_CLAIMED, MEASURE_ANSWERED)
