"""Forms for agreements, commitments, readings, figures, ratings and measures of engagement (rules G1 to G11)."""

from __future__ import annotations

from typing import Literal

from tasdiq.model import talks
from tasdiq.model.agreement import Agreement, Commitment, Quantity
from tasdiq.model.value import Value
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id, options_of
from tasdiq.web.forms.opening import members
from tasdiq.web.forms.setting import Setting

FORMS_OF_AGREEMENT = {
    "signed": "Signed: the parties have signed a text",
    "unsigned": "In writing, not signed",
    "verbal": "By word of mouth",
    "claimed": "Claimed: no text has been seen",
}
WORDS = {"acknowledges": "We acknowledge it", "denies": "We deny it"}
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
READERS = Field(
    "sealed",
    "Who may read it?",
    "choice",
    empty="Choose who may read it",
    options=options_of({"no": "Everybody", "yes": "The members only"}),
    start=lambda _: "no",
)


def _about(name: str, label: str, *, required: bool = False, hint: str = "", empty: str = "") -> Field:
    told = hint or "As exactly as it is known: 2031, 2031-05 or 2031-05-02."
    return Field(name, label, "about", hint=told, required=required, empty=empty)


def parties(setting: Setting) -> list[Option]:
    """List the parties as options."""
    return [Option(item.value, item.label) for item in members(setting, ("party",))]


def _agreement(setting: Setting, answers: Answers) -> Value:
    told = Agreement(
        id=new_id("agreement"),
        title=answers["title"],
        form=answers["form"],
        date=answers["date"],
        place=answers["place"],
        parties=answers["parties"],
        text=answers["text"],
        consequence=answers["consequence"] or "none agreed",
        until=answers["until"],
    )
    return talks.AgreementRecorded(agreement=told, sealed=answers["sealed"] == "yes", at=setting.now)


def _check_agreement(setting: Setting, answers: Answers) -> Errors:
    if answers["form"] in ("signed", "unsigned") and not answers["text"]:
        return {"text": "Give the text of the agreement, or choose “Claimed” if you have not seen one"}
    return {}


AGREEMENT_RECORDED = Form(
    kind="AgreementRecorded",
    act="Record an agreement",
    title="What was agreed?",
    why="The register holds what was agreed as each member tells it. It stands as claimed until every party to it has "
    "acknowledged it for itself.",
    about=(),
    fields=(
        Field("title", "What is it called?", empty="Give the agreement a name"),
        Field("form", "In what form?", "choice", empty="Choose its form", options=options_of(FORMS_OF_AGREEMENT)),
        Field(
            "text", "Its text", "text", hint="Word for word if there is a text; else what was agreed, in your words.",
            required=False,
        ),
        Field(
            "parties", "Between whom?", "many", empty="Choose the parties to it", options=parties,
            start=lambda s: tuple(item.id for item in s.charter.parties),
        ),
        _about("date", "When was it made?"),
        _about("until", "Until when does it hold?", hint="Leave it blank if no end was agreed."),
        Field("place", "Where was it made?", required=False),
        Field(
            "consequence", "What follows if it is broken?", "text",
            hint="In the words that were agreed, or “none agreed”.", start=lambda _: "none agreed", required=False,
        ),
        READERS,
    ),
    build=_agreement,
    check=_check_agreement,
)  # fmt: skip


def _commitment(setting: Setting, answers: Answers) -> Value:
    number = answers["value"]
    told = Commitment(
        id=new_id("commitment"),
        agreement=setting.agreement.id,
        bearer=answers["bearer"],
        text=answers["text"],
        kind=answers["kind"],
        where=answers["where"],
        start=answers["start"],
        until=answers["until"],
        exemptions=answers["exemptions"],
        quantity=Quantity(value=int(number), unit=answers["unit"], per=answers["per"], sense=answers["sense"])
        if number and int(number)
        else None,
    )
    return talks.CommitmentRecorded(commitment=told, sealed=answers["sealed"] == "yes", at=setting.now)


def _check_commitment(setting: Setting, answers: Answers) -> Errors:
    if answers["value"] and not answers["unit"]:
        return {"unit": "Say of what: lorries, persons, crossings"}
    if answers["unit"] and not answers["value"]:
        return {"value": "Say how many, or leave the unit blank"}
    return {}


COMMITMENT_RECORDED = Form(
    kind="CommitmentRecorded",
    act="Record a commitment",
    title="Who is to do what, or not to do what?",
    why="Conduct is held against commitments. Each party then acknowledges it or not, and says how it reads it.",
    about=("agreement",),
    fields=(
        Field("bearer", "Whom does it bind?", "choice", empty="Choose the party it binds", options=parties),
        Field("text", "What is it to do, or not to do?", "text", empty="Say in words what it binds the party to"),
        Field(
            "kind", "What kind of commitment is it?", "choice", empty="Choose its kind",
            options=options_of(
                {"prohibition": "Not to do something", "programme": "To carry something out", "duty": "To prevent what others do"}
            ),
        ),
        Field("value", "A number, if one was agreed", "number", required=False),
        Field("unit", "Of what", hint="For example: lorries, persons.", required=False),
        Field(
            "per", "Counted by", "choice", required=False, start=lambda _: "day",
            options=options_of({"day": "Day", "week": "Week", "total": "The whole time"}),
        ),
        Field(
            "sense", "Is it a least or a most?", "choice", required=False, start=lambda _: "at least",
            options=options_of({"at least": "At least so many", "at most": "At most so many"}),
        ),
        Field("where", "Where?", required=False),
        _about("start", "From when on?"),
        _about("until", "Until when?"),
        Field("exemptions", "Exemptions", "list", hint="One a line.", required=False),
        READERS,
    ),
    build=_commitment,
    check=_check_commitment,
)  # fmt: skip


def _answer(setting: Setting, answers: Answers) -> Value:
    return talks.AgreementAnswered(item=setting.item, answer=answers["answer"], text=answers["text"], at=setting.now)


def _check_denial(setting: Setting, answers: Answers) -> Errors:
    if answers["answer"] == "denies" and not answers["text"]:
        return {"text": "Give the denial in your words"}
    return {}


AGREEMENT_ANSWERED = Form(
    kind="AgreementAnswered",
    act="Acknowledge or deny",
    title="Does your side acknowledge this?",
    why="Only your own word counts for your side. What was acknowledged stays acknowledged; a later denial is shown "
    "beside it.",
    about=("item",),
    fields=(
        Field("answer", "Your word", "choice", empty="Choose your side's word", options=options_of(WORDS)),
        Field("text", "In your words", "text", hint="Needed with a denial.", required=False),
    ),
    build=_answer,
    check=_check_denial,
)


def _counted(setting: Setting) -> bool:
    quantity = setting.commitment.commitment.quantity
    return quantity is not None and quantity.per != "total"


def _read(setting: Setting, answers: Answers) -> Value:
    return talks.ReadingDeclared(
        commitment=setting.commitment.id, text=answers["text"], counting=answers.get("counting", ""), at=setting.now
    )


READING_DECLARED = Form(
    kind="ReadingDeclared",
    act="Declare a reading",
    title="How does your side read this commitment?",
    why="Readings stand side by side. Where they differ, results are shown under each of them.",
    about=("commitment",),
    fields=(
        Field("text", "Your reading", "text", empty="Give your reading in words"),
        Field(
            "counting", "How is its number counted?", "choice", required=False, shown=_counted,
            options=options_of(
                {"average": "As an average over the time", "each": "For each single day or week"},
                {"each": "one day short is a day short"},
            ),
        ),
    ),
    build=_read,
)  # fmt: skip


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
        _about("start", "When, or from when on?", required=True, empty="Say when it was done, as exactly as you know"),
        _about("end", "Until when?", hint="Leave it blank if it was done once or goes on."),
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
    check=_check_denial,
)

FORMS = (
    AGREEMENT_RECORDED,
    COMMITMENT_RECORDED,
    AGREEMENT_ANSWERED,
    READING_DECLARED,
    QUANTITY_REPORTED,
    IMPLEMENTATION_RATED,
    MEASURE_CLAIMED,
    MEASURE_ANSWERED,
)
