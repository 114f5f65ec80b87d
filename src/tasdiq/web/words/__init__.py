"""An entry in words, as a person reads it before signing: the Python side of static/sign/words.js.

Both read one table, static/sign/words.json, and give the same sections and lines for the same bytes; a test in a real browser
compares them for every kind of entry.
"""

from tasdiq.web.words.rendering import Line, Section, render
from tasdiq.web.words.table import Words, words

__all__ = ["Line", "Section", "Words", "render", "words"]
