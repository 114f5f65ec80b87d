"""What is said to have been agreed, and in what form: signed, written, verbal, merely claimed, or none.

Rules:

1. The absence of a form is told as none: "no written agreement", "without any enforcement framework", "failed to agree on",
   "refused to give written guarantees".
2. "Signed" and "written" need the deed ("signed a memorandum", "reached a written agreement"); a draft, or what has yet to be
   signed, is unsigned; "verbal understandings" are verbal; "agreed to …", "reached a …" are claimed: somebody says so.
3. Calls, demands, hopes and conditions tell nothing.
4. One sentence can tell of several subjects, each in one form; a form said of several subjects joined by "with" or "and" is
   told of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tasdiq.intake.events import who
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.told import AgreementTold

Form = Literal["signed", "written", "unsigned", "verbal", "claimed", "none"]
_SUBJECTS = (
    (
        "monitoring and verification mechanism",
        re.compile(
            r"\b(?:monitoring|verification|oversight"
            r"|supervision)\b[^.;,]{0,40}?\b(?:mechanisms?|system|body|missions?"
            r"|committees?)\b"
            r"|\bmechanisms? (?:for|of|to) (?:\w+ )?(?:monitor|verif|oversee|supervis)\w*",
            re.I,
        ),
    ),
    ("enforcement framework", re.compile(r"\benforcement (?:framework|mechanisms?|measures|clauses?)\b", re.I)),
    (
        "written guarantees",
        re.compile(
            r"\b(?:(?:written|verifiable|formal|firm|security) (?:guarantees?|assurances?"
            r"|commitments?)|guarantees? in writing)\b",
            re.I,
        ),
    ),
    (
        "verbal understandings",
        re.compile(
            r"\b(?:verbal|oral|unwritten|informal) (?:understandings?|assurances?|promises?"
            r"|agreements?|commitments?|guarantees?)\b",
            re.I,
        ),
    ),
    ("ceasefire", re.compile(r"\b(?:cease-?fire|truce|armistice|cessation of hostilities)\b", re.I)),
    (
        "exchange of prisoners",
        re.compile(
            r"\b(?:prisoner|captive|detainee)s? (?:exchange|swap)s?\b|\b(?:exchange|swap"
            r"|release) of (?:all )?(?:prisoners|captives|detainees)\b",
            re.I,
        ),
    ),
    (
        "withdrawal",
        re.compile(
            r"\b(?:withdrawal|pullback|disengagement) of (?:[\w-]+ ){0,2}(?:forces|troops"
            r"|weapons)\b|\bwithdraw(?:ing)? (?:their |its )?(?:forces|troops)\b",
            re.I,
        ),
    ),
    ("hotline", re.compile(r"\b(?:hotline|communication channels?|channels of communication)\b", re.I)),
    (
        "reopening of crossings",
        re.compile(r"\breopen(?:ing)?(?: of)? (?:the |all |key |border ){0,3}(?:border|crossings?)\b", re.I),
    ),
    ("joint committee", re.compile(r"\bjoint (?:\w+ )?(?:committee|commission|working group|task force)\b", re.I)),
    ("roadmap", re.compile(r"\broad ?map\b", re.I)),
    (
        "agreement",
        re.compile(
            r"\b(?:agreement|accord|understandings?|deal|memorandum(?: of understanding)?"
            r"|protocol|treaty|pact|joint statement|communiqu[eé]|breakthrough)\b",
            re.I,
        ),
    ),
)
_DEED = r"(?:agree(?:d|ing|s)?|consented|undertook|pledged jointly)"
_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "none",
        any_of(
            r"no (?:[\w-]+ ){0,2}(?=(?:agreement|accord|deal|understanding|breakthrough"
            r"|memorandum|mechanism|guarantees?|assurances?)\b)",
            r"without (?:any |an? |the |committing to |reaching |signing "
            r"|agreeing on ){0,3}(?:\w+ ){0,2}?(?=(?:enforcement|agreement|written|deal"
            r"|accord|breakthrough|understanding|monitoring)\b)",
            r"(?:refus|declin)\w+ (?:to )?(?:provide|give|sign|offer|commit to|accept|put|agree (?:to|on))",
            r"fail(?:ed|ing|s)? to (?:reach|agree on|agree to|sign|secure|produce"
            r"|finali[sz]e|conclude)",
            r"(?:did|could|do) not (?:reach|agree on|agree to|sign)",
            r"(?:has|have|had) (?:not|never) (?:yet )?(?:reached|agreed (?:on|to)|signed|accepted)",
            r"(?:rejected|withheld) (?:\w+ ){0,2}(?=written)",
            "absence of",
            "lack of",
            r"(?:no (?:[\w-]+ ){0,2}(?:document|text|paper|agreement|accord|deal|memorandum)|nothing)"
            r" (?:was|were|has been|had been) (?:signed|put in writing)",
        ),
    ),
    (
        "unsigned",
        any_of(
            "unsigned",
            r"draft (?=(?:agreement|text|accord|protocol|deal))",
            r"(?:yet to be|has not been|have not been|not yet|not been) signed",
            r"initialled",
        ),
    ),
    ("verbal", any_of("verbal(?:ly)?", "oral(?:ly)?", "unwritten", "gentlemen[’']s agreement")),
    ("signed", any_of(r"(?<!to be )(?<!not been )(?<!yet )signed", "signing of", "inked")),
    (
        "written",
        any_of(
            r"(?:provided|gave|given|submitted|handed over|reached|offered|delivered"
            r"|received|exchanged) (?:an? |the )?(?:formal )?(?=written)",
            r"in writing",
        ),
    ),
    (
        "claimed",
        any_of(
            rf"{_DEED} (?:in principle )?(?:to|on|upon)",
            r"agreed (?=an? )",
            r"reach(?:ed|ing)(?= (?:an? |the )?(?:[\w-]+ ){0,3}(?:agreement|accord|deal"
            r"|understanding|cease-?fire|truce))",
            r"(?:resulted in|led to|produced|yielded|culminated in)",
            r"(?:was|were|has been|have been) agreed(?: upon| on)?",
            r"struck (?=(?:an? )?(?:[\w-]+ ){0,2}(?:deal|agreement|truce))",
        ),
    ),
)
_NOT_TOLD = re.compile(
    r"\b(?:call(?:ed|s|ing)? (?:for|on)|urg(?:e|ed|es|ing)|demand\w*|sought|seeks?"
    r"|hop(?:e|es|ed|ing)|not|never|if|unless|until|would|could|should|must"
    r"|may|might|will|want\w*|insist(?:ed|s)? on|expected to|aim\w* (?:to|at)"
    r"|ready to|willing to|need to)\b[^,;.“”\"]{0,40}$",
    re.IGNORECASE,
)
FARTHEST = 70
"""Code points between a form and its subject."""


class _Form(NamedTuple):
    start: int
    end: int
    form: Form


def read(scene: Scene) -> Iterator[AgreementTold]:
    """Yield what a sentence says was agreed or not (rules 1 to 4)."""
    subjects = _subjects(scene.words)
    if not subjects:
        return
    forms = [form for form in _forms(scene.words) if _is_said(scene, form)]
    told: set[str] = set()
    for name, start, end in subjects:
        form = _form_of(scene, forms, start, end)
        if form is None or name in told or (name == "agreement" and told & {"ceasefire"}):
            continue
        told.add(name)
        first, last = min(start, form.start), max(end, form.end)
        yield AgreementTold(
            id="",
            telling=scene.telling(form.start, form.end),
            when=scene.time_near(form.start),
            subject=name,
            form=form.form,
            parties=who.parties(scene, scene.clause(form.start)[0], form.start)[:2],
            words=scene.words[first:last],
        )


def _subjects(words: str) -> list[tuple[str, int, int]]:
    """Return the subjects a sentence names, in order; of two that overlap the more exact counts."""
    found: list[tuple[str, int, int]] = []
    for name, pattern in _SUBJECTS:
        for match in pattern.finditer(words):
            if all(match.end() <= start or match.start() >= end for _, start, end in found):
                found.append((name, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def _forms(words: str) -> list[_Form]:
    """Return the words of form; of two that overlap the earlier rule counts."""
    found: list[_Form] = []
    for form, pattern in _FORMS:
        for match in pattern.finditer(words):
            if all(match.end() <= one.start or match.start() >= one.end for one in found):
                found.append(_Form(match.start(), match.end(), form))
    return found


def _is_said(scene: Scene, form: _Form) -> bool:
    start, _ = scene.clause(form.start)
    return not _NOT_TOLD.search(scene.words, start, form.start) and (
        form.form == "none" or scene.is_told(form.start, form.end)
    )


def _form_of(scene: Scene, forms: list[_Form], start: int, end: int) -> _Form | None:
    """Return the form said of a subject: one inside it, else the nearest before it, else right behind it."""
    inside = [one for one in forms if start <= one.start < end and one.form in ("verbal", "none", "unsigned")]
    around = scene.clause(start)
    before = [one for one in forms if one.end <= start and start - one.end <= FARTHEST and one.start >= around[0]]
    before = [one for one in before if _reaches(scene.words, one, start)]
    behind = [
        one
        for one in forms
        if end <= one.start <= end + 40
        and one.form in ("signed", "claimed", "written", "unsigned", "verbal")
        and one.start < around[1]
        and not re.search(r"\b(?:to|on)$", scene.words[one.start : one.end])
    ]
    ranked = sorted(before, key=lambda one: (one.form != "none" and one.form != "unsigned", start - one.end))
    firm = [one for one in ranked if one.form in ("none", "unsigned")]
    return next(iter([*firm, *inside, *ranked, *behind]), None)


def _reaches(words: str, form: _Form, start: int) -> bool:
    """Tell whether no other verb stands between a form and its subject."""
    between = words[form.end : start]
    if form.form == "none" and words[form.start : form.end].lower().startswith(("no ", "without")):
        return not re.search(r"[,;]|\b(?:that|which|because|but|and)\b", between)
    return not re.search(
        r"[;]|\b(?:that|which|because|but|after|amid|when|before|despite|during)\b|\b(?:was|were|is|are) ", between
    )
