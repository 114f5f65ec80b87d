"""Forms for the contact line (rules L1 to L9): made to be filled in on a phone, right after the call."""

from __future__ import annotations

from tasdiq.model import call
from tasdiq.model.value import Value
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id, options_of
from tasdiq.web.forms.opening import members
from tasdiq.web.forms.setting import Setting


def _others(setting: Setting) -> list[Option]:
    return [Option(item.value, item.label) for item in members(setting, ("party",)) if item.value != setting.member]


def _log(setting: Setting, answers: Answers) -> Value:
    other = answers.get("other") or next((item.value for item in _others(setting)), "")
    ours = answers["direction"] == "we called"
    owing = answers["call_back_from"]
    return call.CallLogged(
        call=new_id("call"),
        caller=setting.member if ours else other,
        called=other if ours else setting.member,
        tried_at=answers["tried_at"],
        reached_at=answers["reached_at"],
        subject=answers["subject"],
        asked=answers["asked"],
        read_back=answers["read_back"],
        arrangement=answers["arrangement"],
        until=answers["until"],
        call_back_by=answers["call_back_by"],
        call_back_from={"we": setting.member, "they": other}.get(owing, ""),
        sheet=answers["sheet"],
        at=setting.now,
    )


def _check_call(setting: Setting, answers: Answers) -> Errors:
    errors: Errors = {}
    tried, reached = answers["tried_at"], answers["reached_at"]
    if tried > setting.now:
        errors["tried_at-date"] = "Choose a time that has passed"
    if reached and (reached < tried or reached > setting.now):
        errors["reached_at-date"] = "Choose a time after the call was tried, and not ahead"
    if reached and not answers["asked"]:
        errors["asked"] = "Say what was asked"
    if not reached and (answers["read_back"] or answers["arrangement"]):
        errors["reached_at-date"] = (
            "Say when the other side was reached: without that nothing was read back or arranged"
        )
    return errors or _check_what_follows(setting, answers)


def _check_what_follows(setting: Setting, answers: Answers) -> Errors:
    if answers["arrangement"] and not answers["until"]:
        return {"until-date": "Say until when the arrangement lasts"}
    if answers["until"] and not answers["arrangement"]:
        return {"arrangement": "Say what was arranged, or leave its end blank"}
    if answers["until"] and answers["until"] <= answers["reached_at"]:
        return {"until-date": "Choose an end after the call"}
    if answers["call_back_by"] and not answers["call_back_from"]:
        return {"call_back_from": "Choose who is to call back"}
    if answers["call_back_from"] and not answers["call_back_by"]:
        return {"call_back_by-date": "Say by when"}
    if answers["call_back_by"] and answers["call_back_by"] <= answers["tried_at"]:
        return {"call_back_by-date": "Choose a time after the call"}
    return {}


CALL_LOGGED = Form(
    kind="CallLogged",
    act="Log a call",
    title="Who called, and what was said?",
    why="It stands as your side's account until the other side confirms it or gives its own. Both stay.",
    about=(),
    fields=(
        Field(
            "direction", "Who called?", "choice", empty="Choose who called",
            options=options_of({"we called": "We called them", "they called": "They called us"}),
        ),
        Field("other", "Which other side?", "choice", empty="Choose the other side", options=_others,
              shown=lambda s: len(_others(s)) > 1),
        Field("tried_at", "When was the call made?", "moment", empty="Say when the call was made", start=lambda s: s.now),
        Field("reached_at", "When was somebody reached?", "moment", hint="Leave it blank if nobody was reached.", required=False),
        Field("subject", "What about?", hint="In a few words.", required=False),
        Field("asked", "What was asked?", "text", hint="Needed if somebody was reached.", required=False),
        Field("read_back", "What was read back?", "text", hint="The words as the other side repeated them.", required=False),
        Field("arrangement", "What was arranged, locally?", "text", required=False),
        Field("until", "Until when does the arrangement last?", "moment", required=False),
        Field("call_back_from", "Who is to call back?", "choice", required=False,
              options=options_of({"we": "We are", "they": "They are"})),
        Field("call_back_by", "By when?", "moment", required=False),
        Field("sheet", "Number of the printed sheet", hint="If it was written on one.", required=False),
    ),
    build=_log,
    check=_check_call,
)  # fmt: skip


def _confirm(setting: Setting, answers: Answers) -> Value:
    return call.CallConfirmed(call=setting.call.id, answer=answers["answer"], text=answers["text"], at=setting.now)


def _check_correction(setting: Setting, answers: Answers) -> Errors:
    if answers["answer"] == "corrects" and not answers["text"]:
        return {"text": "Give your side's own account"}
    return {}


CALL_CONFIRMED = Form(
    kind="CallConfirmed",
    act="Confirm or correct a call",
    title="Was the call as it was logged?",
    why="Nobody confirms for you, and no answer is no confirmation. A correction stands beside the first account.",
    about=("call",),
    fields=(
        Field(
            "answer", "Your answer", "choice", empty="Choose your answer", start=lambda s: s.asked.get("answer", ""),
            options=options_of({"confirms": "Yes, as logged", "corrects": "No, we correct it"}),
        ),
        Field("text", "Your account", "text", hint="Needed with a correction.", required=False),
    ),
    build=_confirm,
    check=_check_correction,
)  # fmt: skip


def _return(setting: Setting, answers: Answers) -> Value:
    return call.CallReturned(
        call=setting.call.id,
        tried_at=answers["tried_at"],
        reached_at=answers["reached_at"],
        text=answers["text"],
        at=setting.now,
    )


def _check_return(setting: Setting, answers: Answers) -> Errors:
    if answers["tried_at"] > setting.now:
        return {"tried_at-date": "Choose a time that has passed"}
    if answers["reached_at"] and not answers["tried_at"] <= answers["reached_at"] <= setting.now:
        return {"reached_at-date": "Choose a time after the call-back was tried, and not ahead"}
    return {}


CALL_RETURNED = Form(
    kind="CallReturned",
    act="Enter a call-back",
    title="Was the other side reached?",
    why="A call-back that was tried and reached nobody is entered too. What is past its time stands as overdue for "
    "both sides to see.",
    about=("call",),
    fields=(
        Field("tried_at", "When was it tried?", "moment", empty="Say when it was tried", start=lambda s: s.now),
        Field("reached_at", "When was somebody reached?", "moment", hint="Leave it blank if nobody was reached.", required=False),
        Field("text", "What was said?", "text", required=False),
    ),
    build=_return,
    check=_check_return,
)  # fmt: skip

FORMS = (CALL_LOGGED, CALL_CONFIRMED, CALL_RETURNED)
