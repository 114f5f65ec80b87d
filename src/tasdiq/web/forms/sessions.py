"""Forms for sessions and their minutes, line by line (rules M1 to M8)."""

from __future__ import annotations

from tasdiq.model import meeting
from tasdiq.model.meeting import Delegate, Translation
from tasdiq.model.value import Value
from tasdiq.web.forms.agreements import parties
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id, options_of
from tasdiq.web.forms.opening import members
from tasdiq.web.forms.setting import Setting

LANGUAGES = {
    "en": "English", "ur": "Urdu", "ps": "Pashto", "fa": "Persian, Dari", "ar": "Arabic", "tr": "Turkish", "ru": "Russian",
    "fr": "French",
}  # fmt: skip


def language(tag: str) -> str:
    """Return the name of a language by its tag, or the tag."""
    return LANGUAGES.get(tag, tag)


def _hold(setting: Setting, answers: Answers) -> Value:
    authentic = answers["authentic"]
    return meeting.SessionHeld(
        session=new_id("session"),
        title=answers["title"],
        place=answers["place"],
        start=answers["start"],
        end=answers["end"],
        round=int(answers["round"]) if answers["round"] and answers["round"] != "0" else None,
        agenda=answers["agenda"],
        parties=answers["parties"],
        mediators=answers["mediators"],
        languages=tuple(dict.fromkeys((*answers["languages"], authentic))),
        authentic=authentic,
        at=setting.now,
    )


def _check_session(setting: Setting, answers: Answers) -> Errors:
    if answers["start"] > setting.now:
        return {"start-date": "Choose a time that has passed: a session is recorded when it has begun"}
    if answers["end"] and answers["end"] < answers["start"]:
        return {"end-date": "Choose an end after the beginning"}
    return {}


SESSION_HELD = Form(
    kind="SessionHeld",
    act="Record a session",
    title="Which session was held?",
    why="Its minutes follow, line by line, and each delegation marks each line for itself.",
    about=(),
    fields=(
        Field("title", "What is it called?", hint="For example: Third round, second day.", empty="Give the session a name"),
        Field("round", "Round", "number", hint="If rounds are counted.", required=False),
        Field("place", "Where was it held?", empty="Say where it was held"),
        Field("start", "When did it begin?", "moment", empty="Say when it began"),
        Field("end", "When did it end?", "moment", hint="Leave it blank while it goes on.", required=False),
        Field("agenda", "Agenda", "list", hint="One point a line.", required=False),
        Field(
            "parties", "Which parties sent delegations?", "many", empty="Choose the parties", options=parties,
            start=lambda s: tuple(item.id for item in s.charter.parties),
        ),
        Field(
            "mediators", "Which mediators sat at it?", "many", required=False,
            options=lambda s: members(s, ("mediator",)), shown=lambda s: bool(s.charter.mediators),
            start=lambda s: (s.member,) if s.is_mediator else (),
        ),
        Field(
            "authentic", "In which language do its lines count?", "choice", empty="Choose the authentic language",
            hint="A line's text in this language is what is agreed; others are for convenience.",
            options=options_of(LANGUAGES), start=lambda _: "en",
        ),
        Field(
            "languages", "Into which languages are they put?", "many", required=False, options=options_of(LANGUAGES)
        ),
    ),
    build=lambda s, a: _hold(s, {"mediators": (), **a}),
    check=_check_session,
)  # fmt: skip

YES_NO = {"yes": "Yes", "no": "No"}


def _delegation(setting: Setting, answers: Answers) -> Value:
    def one(row: Answers) -> Delegate:
        return Delegate(name=row["name"], role=row["role"], office_holder=row["office_holder"] == "yes")

    head = {"name": answers["name"], "role": answers["role"], "office_holder": answers["office_holder"]}
    return meeting.DelegationNamed(
        session=setting.meeting.id, head=one(head), members=tuple(map(one, answers["members"])), at=setting.now
    )


_DELEGATE = (
    Field("name", "Name", empty="Give the name"),
    Field("role", "Office", required=False),
    Field(
        "office_holder",
        "Holds public office",
        "choice",
        required=False,
        hint="Only office holders are ever named in public.",
        options=options_of(YES_NO),
    ),
)

DELEGATION_NAMED = Form(
    kind="DelegationNamed",
    act="Name your delegation",
    title="Who came for your side?",
    why="Each side names its own delegation. It stays with the members; in public only office holders are named.",
    about=("session",),
    fields=(
        Field("name", "Head of the delegation", empty="Name the head of the delegation"),
        Field("role", "Office of the head", required=False),
        Field(
            "office_holder", "Does the head hold public office?", "choice", required=False, options=options_of(YES_NO)
        ),
        Field("members", "Further members", "rows", required=False, columns=_DELEGATE),
    ),
    build=_delegation,
)


def _others(setting: Setting) -> list[Option]:
    found = setting.meeting
    return [Option(tag, language(tag)) for tag in found.languages if tag != found.authentic]


def _replaceable(setting: Setting) -> list[Option]:
    found = setting.meeting
    lines = [line for line in found.lines if not line.replaced_by and not found.agreed(line)]
    return [Option(line.id, f"Line {line.number}: {line.text[:120]}") for line in lines]


def _replaced(setting: Setting) -> str:
    asked = setting.asked.get("replaces", "")
    return asked if asked in {option.value for option in _replaceable(setting)} else ""


def _line(setting: Setting, answers: Answers) -> Value:
    told = tuple(Translation(language=row["language"], text=row["text"]) for row in answers["translations"])
    return meeting.MinuteLineRecorded(
        session=setting.meeting.id,
        line=new_id("line"),
        text=answers["text"],
        translations=told,
        replaces=answers["replaces"],
        at=setting.now,
    )


MINUTE_LINE_RECORDED = Form(
    kind="MinuteLineRecorded",
    act="Record a line",
    title="What is the next line of the minutes?",
    why="One thing a line, so that each delegation can agree to it or not. A changed line is a new line and needs new "
    "marks.",
    about=("session",),
    fields=(
        Field("text", "The line, in the authentic language", "text", empty="Write the line"),
        Field(
            "translations", "In other languages", "rows", required=False, least_rows=1,
            shown=lambda s: bool(_others(s)),
            columns=(
                Field("language", "Language", "choice", empty="Choose the language", options=_others),
                Field("text", "The line", empty="Write the line in this language", most=20_000),
            ),
        ),
        Field(
            "replaces", "Does it stand in place of another line?", "choice", required=False, options=_replaceable,
            start=_replaced, shown=lambda s: bool(_replaceable(s)),
        ),
    ),
    build=lambda s, a: _line(s, {"translations": [], "replaces": "", **a}),
)  # fmt: skip


def _mark(setting: Setting, answers: Answers) -> Value:
    line = setting.line
    return meeting.MinuteLineAnswered(
        session=setting.meeting.id,
        line=line.id,
        answer=answers["answer"],
        sha256=line.sha256,
        text=answers["text"],
        at=setting.now,
    )


def _check_mark(setting: Setting, answers: Answers) -> Errors:
    if answers["answer"] == "own wording" and not answers["text"]:
        return {"text": "Give your delegation's own wording"}
    return {}


MINUTE_LINE_ANSWERED = Form(
    kind="MinuteLineAnswered",
    act="Mark a line",
    title="Does your delegation agree to this line?",
    why="The mark is for exactly these words. A line is agreed when every delegation has marked it agreed; no mark is "
    "no agreement.",
    about=("session", "line"),
    fields=(
        Field(
            "answer", "Your delegation's mark", "choice", empty="Choose your mark",
            options=options_of({"agreed": "Agreed", "not agreed": "Not agreed", "own wording": "We give our own wording"}),
        ),
        Field("text", "Your wording, or your reason", "text", hint="Needed with your own wording.", required=False),
    ),
    build=_mark,
    check=_check_mark,
)  # fmt: skip


def _open(setting: Setting, answers: Answers) -> Value:
    return meeting.MinutesOpened(session=setting.meeting.id, at=setting.now)


MINUTES_OPENED = Form(
    kind="MinutesOpened",
    act="Open the agreed lines",
    title="Are the agreed lines to be public?",
    why="When every party to the session has said so, its agreed lines and the marks that agree them become public, "
    "and nothing else.",
    about=("session",),
    fields=(
        Field(
            "sure", "Open the agreed lines of this session", "confirm",
            empty="Confirm that the agreed lines are to be public",
        ),
    ),
    build=_open,
    warning="What was opened cannot be called back.",
)  # fmt: skip

FORMS = (SESSION_HELD, DELEGATION_NAMED, MINUTE_LINE_RECORDED, MINUTE_LINE_ANSWERED, MINUTES_OPENED)
