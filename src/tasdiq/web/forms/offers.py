"""Which steps are open to an officer now, and why others are not.

1. The rules decide, on the record as it is; a form is never hidden because somebody thought it should be.
2. What is asked about is only what the officer sees: nothing else can be named in an answer.
3. A refusal is given in the rule's own words, without what belongs to a command line, and with times in every zone.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from tasdiq import rules
from tasdiq.errors import MissingError, ProcedureError, RoleError, TasdiqError
from tasdiq.model.case import Case
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.publication.times import moment
from tasdiq.verification.drafting import NOT_EXAMINED
from tasdiq.web.forms.form import Form
from tasdiq.web.forms.setting import Setting
from tasdiq.web.forms.table import FORMS

_COMMAND = re.compile(r"(?:[:;,]|\s\()\s*(?:see: |list them with: )?tasdiq [^()]*\)?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class Offer:
    """One step about one thing: where its form stands, and in which words the rules refuse it, `""` if they do not."""

    form: Form
    asked: tuple[tuple[str, str], ...]
    refusal: str = ""

    @property
    def href(self) -> str:
        """Return the address of its form."""
        return f"/do/{self.form.kind}" + (f"?{urlencode(self.asked)}" if self.asked else "")


def refusal(whole: State, setting: Setting, form: Form) -> str:
    """Return in which words the rules refuse such a step to this officer now, `""` if it is open."""
    try:
        rules.check(narrowed(whole, setting), setting.member, probe(form, setting), setting.now)
    except (ProcedureError, RoleError, MissingError) as error:
        return in_words(error, setting.zones)
    return ""


def probe(form: Form, setting: Setting) -> Value:
    """Return the most harmless step of a form's kind: what the rules are asked about."""
    match form.kind:
        case "FindingDrafted":
            return form.probe(setting, occurrence="inconclusive", responsibility=NOT_EXAMINED, evidence=(), actor="")
        case "CompetenceDecided" | "CaseOpened":
            return form.probe(setting, commitment="-", competent="yes", text="…", alleged_by=setting.member)
        case "MinuteLineRecorded":
            return form.probe(setting, replaces="", translations=[])
        case "TeamAssigned":
            seats = [{"member": setting.member, "officer": "…"}] if setting.is_mediator else _balanced(setting)
            return form.probe(setting, team=seats)
        case "AgreementRecorded":
            return form.probe(setting, form="verbal")
        case "PropositionsMerged":
            others = (ident for ident in setting.state.propositions if ident != setting.the("proposition"))
            return form.probe(setting, merged=(next(others, "-"),), opposite=())
        case "PropositionSplit":
            held = setting.proposition.holdings
            return form.probe(setting, statements=tuple(item.statement for item in held[:1]), names=(), wording="…")
        case "PropositionReworded":
            return form.probe(setting, wording="…")
        case "CallLogged":
            blank = dict.fromkeys(
                ("reached_at", "read_back", "arrangement", "until", "call_back_by", "call_back_from"), ""
            )
            return form.probe(setting, direction="we called", tried_at=setting.now, sheet="", **blank)
    return form.probe(setting)


def _balanced(setting: Setting) -> list[dict[str, str]]:
    """Return seats that a party may propose: those of mediators and observers, else one of each party."""
    charter = setting.charter
    others = charter.mediators or charter.observers or charter.parties
    return [{"member": member.id, "officer": "…"} for member in others]


def narrowed(whole: State, setting: Setting) -> State:
    """Return the whole state with the one case that is asked about: rules look no further."""
    try:
        case = setting.case.id
    except MissingError:
        return whole
    return dataclasses.replace(whole, cases={case: whole.cases[case]})


def in_words(error: TasdiqError, zones: tuple[str, ...] = ()) -> str:
    """Return an error's words for a page (rule 3)."""
    bare = " ".join(_COMMAND.sub(" ", str(error)).split())
    told = _TIME.sub(lambda found: " / ".join(moment(found[0], zones)), bare)
    return told[:1].upper() + told[1:]


def of_case(whole: State, setting: Setting, case: Case) -> list[Offer]:
    """Return every step there is about a case and what is in it, open or refused, in the order of the procedure."""
    found = []
    for form in FORMS.values():
        for asked in _targets(form, case):
            here = dataclasses.replace(setting, asked=dict(asked))
            found.append(Offer(form, asked, refusal(whole, here, form)))
    return found


def _targets(form: Form, case: Case) -> Iterator[tuple[tuple[str, str], ...]]:
    match form.about:
        case ("case",):
            yield (("case", case.id),)
        case ("case", "request"):
            yield from ((("case", case.id), ("request", item.id)) for item in case.access)
        case ("case", "evidence"):
            yield from ((("case", case.id), ("evidence", item.id)) for item in case.evidence)
        case ("finding",):
            standing = (item for item in case.findings if item.decision not in ("withdrawn", "set aside"))
            yield from ((("finding", item.id),) for item in standing)
