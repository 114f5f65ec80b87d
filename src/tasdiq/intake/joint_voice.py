"""Whether several parties speak together in their own voice, or a narrator tells what both did (`tellers`, rule 9).

1. Their joint paper speaks: as the source, by name in the sentence ("in a joint statement", "in separate statements"), or as the
   document itself.
2. Organs of both sides say something ("both delegations confirmed"), and do not do something with one another (`TOGETHER`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasdiq.intake.actors import HABITS, Voice
from tasdiq.intake.actors.joint import head_of
from tasdiq.intake.actors.together import JOINT_PAPER
from tasdiq.model.document import Document, Span
from tasdiq.model.statement import Attribution

HEARSAY = frozenset("reportedly allegedly purportedly supposedly apparently".split())  # noqa: SIM905
TOGETHER = frozenset({"commits", "refuses", "acknowledges", "welcomes"})
"""Acts that two sides do with one another: whoever tells of them tells of a deed."""
_JOINT_OCCASION = re.compile(
    rf"{JOINT_PAPER.pattern}|(?i:\bjoint (?:press|news) (?:conference|briefing)\b|\b(?:separate|identical) statements\b)"
)
_COMMUNIQUE = re.compile(
    rf"(?i:^(?:(?:full )?text(?: of)?:? (?:the )?|the )?){JOINT_PAPER.pattern}"
    r"(?i:$|[:,]| (?:of|by|between|on|from|following|after)\b)"
)


def speak_together(document: Document, text: str, item: Attribution, voice: Voice) -> bool:
    """Tell whether an attribution of several parties is their own voice (rules 1 and 2)."""
    head = head_of(voice.reading)
    if (
        head == "paper"
        or _COMMUNIQUE.match(document.title)
        or _JOINT_OCCASION.search(outside(item, voice.content, text))
    ):
        return True
    return head == "organs" and item.act not in TOGETHER and not set(item.manner) & (HABITS | HEARSAY)


def outside(item: Attribution, content: Sequence[Span], text: str) -> str:
    """Return an attribution's sentence with its content left blank, offsets kept."""
    if item.sentence is None:
        return ""
    letters = list(text[item.sentence.start : item.sentence.end])
    for span in content:
        for place in range(max(span.start, item.sentence.start), min(span.end, item.sentence.end)):
            letters[place - item.sentence.start] = "\x00"
    return "".join(letters)
