"""Words in quotation marks: a document vouches that they were said so; the same ones elsewhere are the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasdiq.model.state import State

from ..reuse import Wording, read_wording
from .tellings import Telling

QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]{4,400})[”\"»“]")


def quotations(state: State, telling: Telling) -> Iterator[Wording]:
    """Yield each quotation in a telling's statements."""
    text = state.text(telling.document) or ""
    for statement in telling.statements:
        for span in statement.content:
            for found in QUOTED.finditer(text, max(span.start - 1, 0), min(span.end + 1, len(text))):
                yield read_wording(telling.document, text, found.span(1))


def stands_in(words: tuple[str, ...], telling: Telling) -> bool:
    """Say whether a run of words stands in one of a telling's passages."""
    size = len(words)
    runs = (wording.forms for wording in telling.wordings)
    return any(forms[start : start + size] == words for forms in runs for start in range(len(forms) - size + 1))
