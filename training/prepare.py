"""Read a folder in PolNeAR's layout into what the tagger learns from: neutral texts with their statements.

    python training/prepare.py GOLD_DIR --scorer PROGRAM -o ARTICLES.jsonl

Runs in the project's own environment, because the tagger must read what it will read later: the text in which
`tasdiq.intake.attribute.neutral` has put one word in the place of every name and date. Writes one article a line, all offsets
counting characters of the neutral text: `name, text, paragraphs, stand_ins, statements`; a stand-in `[here, length, start,
end]` leads back to the file's range. The scorer's reader of the annotations is used, so that both see the same gold.
The output holds the corpus' texts: it belongs outside the repository.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from tasdiq.intake.attribute.names import spellings
from tasdiq.intake.attribute.neutral import NeutralText, neutralise
from tasdiq.model.document import Paragraph

ROLES = ("source", "cue", "content")


def load_scorer(path: Path) -> ModuleType:
    """Load the scoring program as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: expected the scoring program, a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def paragraphs_of(text: str) -> list[Paragraph]:
    """Take every line that is not blank as a paragraph."""
    return [Paragraph(start=each.start(), end=each.end()) for each in re.finditer(r"\S[^\n\r]*", text)]


def into_neutral(neutral: NeutralText, start: int, end: int) -> list[int]:
    """Translate a range of the file; one that touches a name covers its stand-in."""
    first, last = neutral.from_file(start), neutral.from_file(end - 1) + 1
    for here, swap in zip(neutral.here, neutral.stand_ins, strict=True):
        if swap.start <= end - 1 < swap.end:
            last = here + len(swap.word)
    return [first, last]


def article(name: str, text: str, gold: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one line of the output."""
    paragraphs = paragraphs_of(text)
    neutral = neutralise(text, paragraphs, spellings(text))
    return {
        "name": name,
        "text": neutral.text,
        "paragraphs": [into_neutral(neutral, each.start, each.end) for each in paragraphs],
        "stand_ins": [
            [here, len(swap.word), swap.start, swap.end]
            for here, swap in zip(neutral.here, neutral.stand_ins, strict=True)
        ],
        "statements": [
            {role: [into_neutral(neutral, start, end) for start, end in each[role]] for role in ROLES} for each in gold
        ],
    }


def main() -> None:
    """Read, neutralise and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("-o", "--out", type=Path, required=True)
    arguments = parser.parse_args()
    gold = load_scorer(arguments.scorer).read_gold(str(arguments.gold_dir))
    with arguments.out.open("w", encoding="utf-8") as out:
        for name, text, statements in gold:
            out.write(json.dumps(article(name, text, statements), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
