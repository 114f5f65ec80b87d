"""Forms for agreements, commitments and readings (rules G1 to G6)."""

from __future__ import annotations

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
READERS = Field(
    "sealed",
    "Who may read it?",
    "choice",
    empty="Choose who may read it",
    options=options_of({"no": "Everybody", "yes": "The members only"}),
    start=lambda _: "no",
)


def about_when(name: str, label: str, *, required: bool = False, hint: str = "", empty: str = "") -> Field:
    """Return a field for a time as exactly as it is known: a year, a month or a day."""
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
        about_when("date", "When was it made?"),
        about_when("until", "Until when does it hold?", hint="Leave it blank if no end was agreed."),
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
        about_when("start", "From when on?"),
        about_when("until", "Until when?"),
        Field("exemptions", "Exemptions", "list", hint="One a line.", required=False),
        READERS,
    ),
    build=_commitment,
    check=_check_commitment,
)  # fmt: skip


def _answer(setting: Setting, answers: Answers) -> Value:
    return talks.AgreementAnswered(item=setting.item, answer=answers["answer"], text=answers["text"], at=setting.now)


def check_denial(setting: Setting, answers: Answers) -> Errors:
    """Ask for words where something is denied."""
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
    check=check_denial,
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


FORMS = (AGREEMENT_RECORDED, COMMITMENT_RECORDED, AGREEMENT_ANSWERED, READING_DECLARED)
