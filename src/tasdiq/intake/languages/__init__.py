"""Documents in Urdu, Pashto, Dari, Arabic and Turkish: their language, and their reported speech by rules; nothing is guessed.

Decides which documents the English rules read (`in_english`), which are read here, and which nobody reads. What a language's
rules do not fit is left for a person, and the document says so (`what_is_read`). Languages are data: one TOML each beside this.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tasdiq.intake.actors import Directory
from tasdiq.model.document import Document, Received
from tasdiq.model.statement import Statement

from .attribute import attribute
from .data import READ
from .names import NameIndex, name_index
from .recognise import is_read, recognise, what_is_read
from .resolve import resolve
from .source import read_source

__all__ = ["READ", "Reader", "in_english", "is_english", "is_read", "recognise", "what_is_read"]


def is_english(document: Document) -> bool:
    """Tell whether the English rules read a document; one whose language nothing settles is taken for English, as before."""
    return document.language in ("", "en")


def in_english(received: Received) -> Received:
    """Return a file as the English rules see it: documents of other languages keep outlet and date and have no words."""
    if all(map(is_english, received.documents)):
        return received
    seen = (each if is_english(each) else replace(each, paragraphs=(), author=None) for each in received.documents)
    return replace(received, documents=tuple(seen))


class Reader:
    """Reads the documents of other languages under one directory of actors."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._indices: dict[str, NameIndex] = {}

    def learn(self, received: Iterable[Received]) -> None:
        """Enter into the directory who speaks in these files: reading them again, in whatever process, adds nobody."""
        for file in received:
            for document in file.documents:
                if document.language in READ:
                    self.statements(document, file.text)

    def statements(self, document: Document, text: str) -> list[Statement]:
        """Return what a document of another language says, as far as its rules go; nothing for a language without rules."""
        if document.language not in READ:
            return []
        if document.language not in self._indices:
            self._indices[document.language] = name_index(document.language, self._directory)
        index = self._indices[document.language]

        def names(words: str) -> bool:
            found = read_source(words, index)
            return bool(found.whose) and found.kind in ("party", "organ", "office", "officials")

        return resolve(document, text, attribute(text, document, names), self._directory, index)
