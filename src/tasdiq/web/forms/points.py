"""Forms for decisions about points, and for objections to their wording (rules F1 to F8)."""

from __future__ import annotations

import hashlib

import msgspec

from tasdiq.framing import LONGEST
from tasdiq.model import entries, framing
from tasdiq.model.document import Passage
from tasdiq.model.proposition import Proposition
from tasdiq.model.statement import Statement
from tasdiq.model.value import Value
from tasdiq.web.forms.field import Field, Option
from tasdiq.web.forms.form import Answers, Errors, Form, new_id
from tasdiq.web.forms.setting import Setting, known

MOST_POINTS, LONGEST_WORDS = 100, 200
WHY = Field(
    "reason", "Why?", "text", hint="Everybody will read it, both parties among them.", empty="Give your reason in words"
)


def _own(setting: Setting) -> bool:
    """Tell whether a decision is made here, and not the same entered as another party has (F1)."""
    return "like" not in setting.asked


def _alike(setting: Setting, answers: Answers) -> Value | None:
    """Return what another party decided, with this one's reason; None where nothing is named."""
    held = known(setting.state.framings, setting.asked["like"]) if not _own(setting) else None
    return msgspec.structs.replace(held.body, reason=answers["reason"], at=setting.now) if held else None


def digest(item: Proposition) -> str:
    """Return what tells one state of a point from another: its wording and the statements under it."""
    held = sorted(holding.statement for holding in item.holdings)
    return hashlib.sha256("\n".join((item.wording, *held)).encode()).hexdigest()[:16]


def _others(setting: Setting) -> list[Option]:
    """List the points that may say the same: the one that was asked for, then those of the topic, then others."""
    here, asked = setting.proposition, setting.asked.get("with", "")
    others = [item for item in setting.state.propositions.values() if item.id != here.id]
    others.sort(key=lambda item: (item.id != asked, item.topic != here.topic))
    return [Option(item.id, item.wording, item.topic) for item in others[:MOST_POINTS]]


def _merge(setting: Setting, answers: Answers) -> Value:
    return _alike(setting, answers) or framing.PropositionsMerged(
        into=setting.proposition.id, merged=answers["merged"], opposite=answers["opposite"], reason=answers["reason"],
        at=setting.now,
    )  # fmt: skip


def _check_merge(setting: Setting, answers: Answers) -> Errors:
    if _own(setting) and not {*answers["opposite"]} <= {*answers["merged"]}:
        return {"opposite": "Choose it above as well: what says the opposite is put to this point too"}
    return {}


MERGED = Form(
    kind="PropositionsMerged",
    act="Merge points",
    title="Which points are the same as this one?",
    why="What stands under them, now and in later documents, will stand under this point. Each statement keeps where it stood "
    "before, and your reason. You can take this back.",
    about=("proposition",),
    fields=(
        Field(
            "merged", "Points that say the same, or the opposite", "many", empty="Choose at least one point", options=_others,
            shown=_own,
            start=lambda s: (s.asked["with"],) if s.asked.get("with") in s.state.propositions else (),
        ),
        Field(
            "opposite", "Which of them say the opposite?", "many", required=False, options=_others, shown=_own,
            hint="Whoever asserts the opposite then denies this point. Demands and offers stay where they are.",
        ),
        WHY,
    ),
    build=_merge,
    check=_check_merge,
)  # fmt: skip


def _statements(setting: Setting) -> list[Option]:
    held = (setting.state.statements.get(holding.statement) for holding in setting.proposition.holdings)
    return [Option(item.id, _words(setting, item), _where(setting, item)) for item in held if item]


def _words(setting: Setting, item: Statement) -> str:
    spans = (*item.source, *item.cue, *item.content)
    start, end = min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)
    words = " ".join(setting.state.words(Passage(document=item.document, start=start, end=end)).split())
    return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS].rpartition(' ')[0]} …"


def _where(setting: Setting, item: Statement) -> str:
    document = setting.state.documents.get(item.document)
    return ", ".join(
        filter(None, (setting.names.actor(item.speaker), document.title or document.file if document else ""))
    )


def _named(setting: Setting) -> list[Option]:
    """List the places and days that statements under the point name."""
    found = dict.fromkeys(name for holding in setting.proposition.holdings for name in holding.names)
    return [Option(name, f"{name.partition(':')[2]}", name.partition(":")[0]) for name in sorted(found)]


def _split(setting: Setting, answers: Answers) -> Value:
    item = setting.proposition
    return _alike(setting, answers) or framing.PropositionSplit(
        proposition=item.id,
        part=new_id("point"),
        wording=answers["wording"],
        statements=answers["statements"],
        left=tuple(h.statement for h in item.holdings if h.statement not in answers["statements"]),
        names=answers.get("names", ()),
        reason=answers["reason"],
        at=setting.now,
    )


SPLIT = Form(
    kind="PropositionSplit",
    act="Split a point",
    title="Which statements are about something else?",
    why="They go to a point of their own. Later statements that repeat one of them, or that name a place or day you choose, "
    "go with them; others stay. You can take this back.",
    about=("proposition",),
    fields=(
        Field("statements", "Statements that go", "many", empty="Choose at least one statement", options=_statements, shown=_own),
        Field(
            "wording", "What are they about, in neutral words?", most=LONGEST, empty="Give the new point its wording", shown=_own,
            hint="A sentence that both sides could read without taking offence: it says what is claimed, not who is right.",
        ),
        Field(
            "names", "Later statements that name one of these go with them", "many", required=False, options=_named,
            shown=lambda s: _own(s) and bool(_named(s)),
        ),
        WHY,
    ),
    build=_split,
)  # fmt: skip


def _reword(setting: Setting, answers: Answers) -> Value:
    return _alike(setting, answers) or framing.PropositionReworded(
        proposition=setting.proposition.id, wording=answers["wording"], reason=answers["reason"], at=setting.now
    )


REWORDED = Form(
    kind="PropositionReworded",
    act="Reword a point",
    title="What is this point, in neutral words?",
    why="The statements under it stay, and later ones join them. The wording before stays beside it. You can take this back.",
    about=("proposition",),
    fields=(
        Field(
            "wording", "The new wording", most=LONGEST, empty="Give the point a wording", start=lambda s: s.proposition.wording,
            shown=_own,
            hint="A sentence that both sides could read without taking offence: it says what is claimed, not who is right.",
        ),
        WHY,
    ),
    build=_reword,
)  # fmt: skip


def _confirm(setting: Setting, answers: Answers) -> Value:
    item = setting.proposition
    return framing.PropositionConfirmed(
        proposition=item.id,
        wording=item.wording,
        statements=tuple(holding.statement for holding in item.holdings),
        note=answers["note"],
        at=setting.now,
    )


def _check_seen(setting: Setting, _: Answers) -> Errors:
    if setting.asked.get("seen") != digest(setting.proposition):
        return {"looked": "The point is not as it was when you looked: read it again, and confirm it from its page"}
    return {}


CONFIRMED = Form(
    kind="PropositionConfirmed",
    act="Confirm a point",
    title="Do these statements belong under this point, in this wording?",
    why="A program put them together. You confirm the wording and these statements, not that any of them is true. What comes later "
    "is not covered.",
    about=("proposition",),
    fields=(
        Field("looked", "I have read the wording and every statement under it", "confirm", empty="Read them first, then tick this"),
        Field("note", "A note", "text", required=False),
    ),
    build=_confirm,
    check=_check_seen,
)  # fmt: skip


def _object(setting: Setting, answers: Answers) -> Value:
    item = setting.proposition
    return framing.WordingObjected(
        proposition=item.id, wording=item.wording, text=answers["text"], own=answers["own"], at=setting.now
    )


OBJECTED = Form(
    kind="WordingObjected",
    act="Object to a wording",
    title="What is wrong with this wording?",
    why="Your objection stands beside the point wherever it is shown, and so does your own wording if you give one.",
    about=("proposition",),
    fields=(
        Field("text", "Your objection", "text", empty="Say in words what your side objects to"),
        Field("own", "Your side's own wording", most=LONGEST, required=False, hint="One line, shown beside the other."),
    ),
    build=_object,
)


def _take_back(setting: Setting, answers: Answers) -> Value:
    return entries.EntryCorrected(item=setting.decision.entry, reason=answers["reason"])


TAKEN_BACK = Form(
    kind="EntryCorrected",
    act="Take back a decision",
    title="Why is this decision about a point taken back?",
    why="The decision and this correction stay in the record; the points stand again as they would without it.",
    about=("decision",),
    fields=(WHY,),
    build=_take_back,
)

FORMS = (MERGED, SPLIT, REWORDED, CONFIRMED, OBJECTED, TAKEN_BACK)
