"""What is said to have been agreed, and in what form: signed, written, verbal, merely claimed, or none.

Rules:

1. "No written agreement" and "without any enforcement framework" tell of a form that is absent.
2. "Verbal understandings" tell of the form verbal; "signed" of signed; "agreed to …" of claimed: somebody says so.
3. A guarantee refused is told as none, with the words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.told import AgreementTold

Form = Literal["signed", "written", "unsigned", "verbal", "claimed", "none"]
_SUBJECTS = (
    (
        "monitoring and verification mechanism",
        re.compile(r"\b(?:monitoring|verification)\b[^.;]{0,40}\bmechanisms?\b", re.I),
    ),
    ("enforcement framework", re.compile(r"\benforcement (?:framework|mechanisms?)\b", re.I)),
    ("written guarantees", re.compile(r"\b(?:written|verifiable) (?:guarantees?|assurances?|commitments?)\b", re.I)),
    ("ceasefire", re.compile(r"\b(?:cease-?fire|truce)\b", re.I)),
    ("agreement", re.compile(r"\b(?:agreement|accord|understandings?|deal|memorandum|protocol|treaty)\b", re.I)),
)
_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "none",
        any_of(
            "no (?:written |formal |signed )?(?:agreement|accord|deal)",
            r"without (?:any |an? |committing to )?(?:\w+ )?(?:enforcement|agreement|written)",
            r"refus\w+ (?:to )?(?:provide|give|sign|offer)",
            r"declin\w+ to (?:provide|give|sign)",
        ),
    ),
    ("verbal", any_of("verbal(?:ly)?", "oral(?:ly)?")),
    ("signed", any_of("signed")),
    ("unsigned", any_of("unsigned", "draft (?:agreement|text)")),
    ("claimed", any_of("agree[ds]?", "reach(?:ed|ing)", "resulted in")),
    ("written", any_of("written", "in writing")),
)
_NOT_A_FORM = re.compile(r"\b(?:called|calls|calling|urged?|demand\w*|sought|seeks?) (?:for |on )?", re.I)


def read(scene: Scene) -> Iterator[AgreementTold]:
    """Yield what a sentence says was agreed or not (rules 1 to 3)."""
    words = scene.words
    for form, pattern in _FORMS:
        for match in pattern.finditer(words):
            subject, at = _subject(words, match)
            if subject is None or _NOT_A_FORM.search(words[max(0, match.start() - 30) : match.start()]):
                continue
            start, end = min(at, match.start()), max(match.end(), at)
            yield AgreementTold(
                id="",
                telling=scene.telling(match.start(), match.end()),
                when=scene.time_near(match.start()),
                subject=subject,
                form=form,
                words=words[start : end + 40].split(".")[0],
            )
            return


def _subject(words: str, match: re.Match[str]) -> tuple[str | None, int]:
    """Return what the form is said of: the subject inside the match, else the nearest after, else before it."""
    found = [(name, hit.start()) for name, pattern in _SUBJECTS for hit in pattern.finditer(words)]
    inside = [item for item in found if match.start() <= item[1] < match.end() + 25]
    near = [item for item in found if abs(item[1] - match.start()) < 110]
    chosen = inside or near
    if not chosen:
        return None, 0
    return chosen[0]
