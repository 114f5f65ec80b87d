"""Forms for the hearing: a party is told of a draft and replies; deadlines move by agreement (rules P18 to P20)."""

from __future__ import annotations

from tasdiq.model import steps
from tasdiq.model.value import Value
from tasdiq.publication.times import moment
from tasdiq.verification import clocks, roles
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id
from tasdiq.web.forms.opening import members
from tasdiq.web.forms.setting import Setting


def _untold(setting: Setting) -> list[Option]:
    told = {notice.party for notice in setting.finding.notices} | {setting.finding.drafted_by}
    return [item for item in members(setting, ("party",)) if item.value not in told]


def _notify(setting: Setting, answers: Answers) -> Value:
    return steps.PartyNotified(
        finding=setting.finding.id, notice=new_id("notice"), party=answers["party"], at=setting.now
    )


PARTY_NOTIFIED = Form(
    kind="PartyNotified",
    act="Hand over the draft",
    title="Which party is handed the draft?",
    why="Every party but the one that drafted it is told and asked to reply, before anyone signs. Its days to reply "
    "begin now.",
    about=("finding",),
    fields=(Field("party", "Party", "choice", empty="Choose the party", options=_untold),),
    build=_notify,
)


def _respond(setting: Setting, answers: Answers) -> Value:
    return steps.PartyResponded(
        finding=setting.finding.id, notice=setting.notice.id, text=answers["text"], at=setting.now
    )


PARTY_RESPONDED = Form(
    kind="PartyResponded",
    act="Reply to the draft",
    title="What does your member reply to the draft?",
    why="Your reply goes to the members before anyone signs. You may reply again until the finding is decided. No "
    "reply is shown as overdue, never as agreement.",
    about=("finding",),
    fields=(Field("text", "Your reply", "text", empty="Give your reply in words"),),
    build=_respond,
)


def _clocks(setting: Setting) -> list[Option]:
    dues: dict[str, list[str]] = {}
    until: dict[str, str] = {}
    for due in clocks.due(setting.charter, setting.case, setting.now):
        dues.setdefault(due.item, []).append(f"{setting.names.actor(due.owed_by)} is to {due.what}")
        until[due.item] = due.due
    return [
        Option(item, "; ".join(dict.fromkeys(what)), "due " + " / ".join(moment(until[item], setting.zones)))
        for item, what in dues.items()
        if not item.endswith("/appeal")
    ]


def _extend(setting: Setting, answers: Answers) -> Value:
    return steps.DeadlineExtended(
        case=setting.case.id, item=answers["item"], until=answers["until"], reason=answers["reason"], at=setting.now
    )


def _check_extension(setting: Setting, answers: Answers) -> Errors:
    until = {due.item: due.due for due in clocks.due(setting.charter, setting.case, setting.now)}
    now = until.get(answers["item"], "")
    if answers["until"] <= now:
        return {"until-date": f"Choose a time after {' / '.join(moment(now, setting.zones))}, when it is due now"}
    return {}


def proposed(setting: Setting) -> list[tuple[str, str, str]]:
    """List extensions that some parties have entered and others not yet: who, of which item, until when."""
    found = []
    for assent in setting.case.assents:
        if assent.what.startswith("extend "):
            item, _, until = assent.what.removeprefix("extend ").partition("=")
            found.append((assent.member, item, until))
    return found


def _asked_until(setting: Setting) -> str:
    """Return the time that another party has entered for the item asked about, so that the same can be entered."""
    wanted = setting.asked.get("item", "")
    others = [until for who, item, until in proposed(setting) if item == wanted and who != setting.member]
    if others:
        return others[-1]
    until = {due.item: due.due for due in clocks.due(setting.charter, setting.case, setting.now)}.get(wanted, "")
    return clocks.after(until, days=3) if until else ""


def _item(setting: Setting) -> str:
    wanted, offered = setting.asked.get("item", ""), [option.value for option in _clocks(setting)]
    return wanted if wanted in offered else ""


DEADLINE_EXTENDED = Form(
    kind="DeadlineExtended",
    act="Move a deadline",
    title="Which deadline moves, and until when?",
    why="A deadline moves when every party to the case has entered the same later time, each for itself. Until then "
    "it stands.",
    about=("case",),
    fields=(
        Field("item", "Which deadline?", "choice", empty="Choose the deadline", options=_clocks, start=_item),
        Field("until", "Until when?", "moment", empty="Give the later time", start=_asked_until),
        Field("reason", "Why?", "text", required=False),
    ),
    build=_extend,
    check=_check_extension,
)


def agreeing(setting: Setting) -> tuple[str, ...]:
    """Return the parties that have to enter the same for a deadline of the case to move."""
    return roles.agreeing(setting.charter, setting.case)


FORMS = (PARTY_NOTIFIED, PARTY_RESPONDED, DEADLINE_EXTENDED)
