"""Where one article ends and the next begins, and where its words end and the page's furniture begins.

1. A new article begins at a title (three words or more, no full stop) after the body of another, when the lines around it say
   so with a weight of at least four: the title repeated 2, a line "Updated …" or a date 2, a dateline 2, two blank lines or
   more before it 2, a separator before it 3, the end of the other's page before it 1, each other kind of header line 1.
2. At least one of repetition, date and dateline must be there, and body text after it: headings, even in capitals and with
   questions, and cards of related articles do not begin an article.
3. After a separator or the end of a page, a dateline in capitals with body text begins an article without a title.
4. From a heading such as "Related articles" the lines are furniture until the article is taken up again: a line of two
   sentences or more and 150 code points, or one that says the list is over. From a comment form on, everything is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .dateline import dateline_of
from .lines import Line

STOPPED = re.compile(r"[.!?…۔؟।。][\"”’')\]]*$")
TERMINAL = re.compile(rf"{STOPPED.pattern}|[,;:،—–-]$")
SENTENCE = re.compile(r"[.!?][\"”’')\]]*\s+[\"“‘'(]?[A-Z0-9]|[۔؟]\s")
WEIGHT = {"repeat": 2, "date": 2, "updated": 2, "dateline": 2, "label": 1, "reading": 1, "link": 1, "follow": 1, "byline": 1,
          "bullet": 1, "caption": 1}  # fmt: skip
PROOF = frozenset({"repeat", "date", "updated", "dateline"})
NEEDED = 4


def is_body(line: Line) -> bool:
    """Tell body text from headings and header lines: a long line, or a sentence of some length that ends as one."""
    return line.mark == "text" and (len(line.text) > 200 or (len(line.text) > 60 and bool(STOPPED.search(line.text))))


def is_title(line: Line) -> bool:
    """Tell whether a line could be a headline."""
    words = len(line.text.split())
    return line.mark == "text" and 3 <= words <= 40 and len(line.text) <= 250 and not _stopped(line.text)


def _stopped(text: str) -> bool:
    return bool(TERMINAL.search(text)) and not text.rstrip("\"”’'").endswith(("?", "!"))


@dataclass
class Block:
    """The lines of one article; `tail` are those of its page's end."""

    lines: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)

    @property
    def has_body(self) -> bool:
        """Tell whether any line so far is body text."""
        return any(is_body(line) for line in self.lines)


def cut_articles(lines: Sequence[Line], *, one: bool = False) -> list[Block]:
    """Return the articles of a text in order; with `one`, never more than one."""
    blocks, state, body = [Block()], "", False
    for number, line in enumerate(lines):
        block = blocks[-1]
        if body and not one and _begins(lines, number, state):
            blocks.append(Block(lines=_preamble(block, state)))
            block, state, body = blocks[-1], "", False
        if body:
            state = _state(line, state)
        (block.tail if state else block.lines).append(line)
        body = body or is_body(line)
    return blocks


def _state(line: Line, state: str) -> str:
    """Return "" in the article, "tail" in a list of other articles, "end" in the comment form (rule 4)."""
    if line.mark == "end" or state == "end":
        return "end"
    if line.mark == "tail":
        return "tail"
    if line.mark == "over":
        return ""
    resumed = line.mark == "text" and len(line.text) > 150 and bool(SENTENCE.search(line.text))
    return "" if state == "tail" and resumed else state


def _preamble(block: Block, state: str) -> list[Line]:
    """Take labels and links directly above the new title out of the block before."""
    before = block.tail if state else block.lines
    taken: list[Line] = []
    while before and before[-1].mark in ("label", "link") and not is_body(before[-1]):
        taken.insert(0, before.pop())
    return taken


def _begins(lines: Sequence[Line], number: int, state: str) -> bool:
    line, before = lines[number], lines[number - 1]
    parted = before.mark == "separator"
    if (parted or state) and line.mark == "text" and (found := dateline_of(line.text)) and found.capitals:
        return _follows(lines, number)
    if not is_title(line):
        return False
    header, body_at = _header(lines, number)
    blank = max(line.blank_before, before.blank_before if before.mark == "label" else 0)
    weight = sum(WEIGHT[kind] for kind in header)
    weight += (3 if parted else 2 if blank >= 2 else 0) + (1 if state else 0)
    weight += 1 if before.mark in ("label", "link") else 0
    return weight >= NEEDED and bool(header & PROOF) and _follows(lines, body_at)


def _header(lines: Sequence[Line], number: int) -> tuple[set[str], int]:
    """Return the kinds of header lines below a title, and where its body would begin."""
    title, kinds = lines[number].plain, set[str]()
    for at in range(number + 1, min(number + 14, len(lines))):
        line = lines[at]
        if line.mark == "text":
            if line.plain == title:
                kinds.add("repeat")
            elif dateline_of(line.text):
                return kinds | {"dateline"}, at
            elif is_body(line) and len(line.text) > 160:
                return kinds, at
        elif line.mark in WEIGHT:
            kinds.add(line.mark)
        elif line.mark in ("tail", "end"):
            return kinds, len(lines)
    return kinds, len(lines)


def _follows(lines: Sequence[Line], at: int) -> bool:
    """Tell whether an article's worth of body text follows (rule 2)."""
    return sum(len(line.text) for line in lines[at : at + 8] if is_body(line)) >= 300
