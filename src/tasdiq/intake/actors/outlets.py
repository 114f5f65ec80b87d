"""Media: which names are outlets, agencies and channels.

Rules
1. A name that ends in a word of media ("News", "Times", "Radio", "TV"), or stands after one ("broadcaster NAME", "media outlet
   NAME"), is an outlet.
2. So is a name somebody was "in an interview with", or was "speaking to" or "told", or that "quoted" somebody, if nothing
   else is known by it.
3. Credits of captions and bylines name agencies ("(ABC/File)", "[Name/ABC]").
4. A document's own outlet is one.
Media brands of the world wide web on which people post themselves (platforms) are not outlets: `platform` names them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from tasdiq.model.document import Document, Received

from .naming import CAPITAL, plain, trim_name
from .table import NameTable

_WORD = rf"[{CAPITAL}][\w’'&-]*"
_NUMBER = r"(?: \d{1,2}(?=[,.;:’']|\s+(?:that|quoted|cited|reported|attributed|said|on|in|as)\b))?"
"""Part of a channel's name ("Vox 24"), unless something is counted ("told Vox 24 people died")."""
MEDIA = (
    r"(?:News|TV|Television|Times|Post|Tribune|Radio|Herald|Gazette|Media|Broadcasting|Observer|Chronicle|Journal|Telegraph"
    r"|Guardian|Press|News Agency|Network|Channel|Daily|Mail|Express|Dispatch|Courier|Standard|Weekly)"
)
OUTLET = rf"(?:{_WORD} ){{0,3}}?{_WORD} (?:{MEDIA})(?: (?:Agency|Network|Channel|Service|TV|English))?"
_NAMED = re.compile(rf"(?<![\w-])(?:The )?({OUTLET})(?![\w-])")
_AFTER_KIND = re.compile(
    rf"\b(?i:broadcaster|newspaper|daily|media outlet|news outlet|news channel|news agency|news website"
    rf"|television channel|TV channel|channel|weekly|magazine) ({_WORD}(?: {_WORD}){{0,3}}{_NUMBER})"
)
_TALKED = re.compile(
    rf"\b(?i:interview (?:with|to|on|given to)|speaking (?:to|with|on)|talking to|told) (?:the )?"
    rf"({_WORD}(?: {_WORD}){{0,3}}{_NUMBER})"
)
_QUOTES = re.compile(
    rf"\b({_WORD}(?: {_WORD}){{0,3}}{_NUMBER}) (?:(?:also|earlier|has|had) )?quot(?:ed|es) [^.\"]{{3,120}}? as (?:saying|telling)\b"
)
_CREDIT = re.compile(r"[\[(][^\[\]()]*?/? ?([A-Z]{2,6})(?:/| via|,)?[^\[\]()]*[\])]")
PLATFORM = re.compile(
    r"\b(?:X(?: \(formerly (?:known as )?Twitter\))?|Twitter|Facebook|Telegram|Instagram|Truth Social|YouTube|TikTok|WhatsApp)\b"
)


def learn_outlets(received: Collection[Received], texts: Iterable[str], table: NameTable) -> list[str]:
    """Return the names of outlets in order of first mention; names the table holds for somebody else are left out."""
    found: dict[str, None] = {}
    for file in received:
        for document in file.documents:
            for name in _of_document(document, file.text):
                found.setdefault(name)
    for text in texts:
        for pattern in (_NAMED, _AFTER_KIND, _TALKED, _QUOTES):
            for match in pattern.finditer(text):
                name = trim_name(match[1])
                if name and is_free(name, table, certain=pattern is _NAMED):
                    found.setdefault(name)
    return list(found)


def is_free(name: str, table: NameTable, *, certain: bool = False) -> bool:
    """Tell whether nobody else bears this name; "Kestria Times" may begin with a country, "Kestrian" alone not."""
    if PLATFORM.fullmatch(name) or table.look(name):
        return False
    return certain or name.split(" ")[-1].isupper() or not any(table.find(name))


def _of_document(document: Document, text: str) -> Iterable[str]:
    if document.outlet:
        yield document.outlet
    if document.kind != "caption":
        return
    bylines = (part for part in document.paragraphs if part.kind == "byline")
    for part in bylines:
        for match in _CREDIT.finditer(plain(text[part.start : part.end])):
            yield match[1]
