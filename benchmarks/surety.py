"""Measure how often statements of each kind are right, and write the table the statement finder takes its confidence from.

    python benchmarks/surety.py GOLD_DIR --scorer PROGRAM -o TABLE [--tagger]

GOLD_DIR is in PolNeAR's layout. The rules were measured on its training articles, without the tagger's file. The tagger has
learned from those, so what it finds (`--tagger`) was measured on the others; nothing but confidences comes from there. Both
parts make up `src/tasdiq/intake/lexicon/surety.tsv`. Kinds and their use are described in `tasdiq.intake.attribute.surety`;
a cell needs `LEAST` statements and is drawn towards its rule's share as by `PRIOR` more.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from attribution import plain_document

from tasdiq.intake.attribute import find_statements
from tasdiq.intake.attribute.surety import ANY, Kind, kind_of
from tasdiq.model.statement import Attribution

LEAST = 25
PRIOR = 20
PPM = 1_000_000
ROLES = ("source", "cue", "content")
HEADER = ("rule", "named", "quote", "step", "finite", "ppm", "counted")


def load_scorer(path: Path) -> ModuleType:
    """Load the scoring program as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(scorer: ModuleType, gold_dir: Path, method: str) -> Iterator[tuple[Kind, bool]]:
    """Yield the kind of each statement that is not nested, and whether the gold has it."""
    for _, text, gold in scorer.read_gold(str(gold_dir)):
        document = plain_document(text)
        free = list(gold)
        for each in find_statements(text, [document])[document.id]:
            if each.inside is not None or not each.method.startswith(method):
                continue
            found = next((true for true in free if right(scorer, text, each, true)), None)
            if found is not None:
                free.remove(found)
            yield kind_of(each), found is not None


def right(scorer: ModuleType, text: str, each: Attribution, true: dict[str, Any]) -> bool:
    """Tell whether a statement is the gold's; where it names nobody, its content alone counts."""
    guess = {role: [(span.start, span.end) for span in getattr(each, role)] for role in ROLES}
    return bool(scorer.matches(text, guess, true if guess["source"] else {**true, "source": []}))


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--tagger", action="store_true", help="measure what the tagger finds, not the rules")
    arguments = parser.parse_args()
    method = "attribute.tagger" if arguments.tagger else "attribute.rules"
    made: Counter[Kind] = Counter()
    hits: Counter[Kind] = Counter()
    for kind, hit in judged(load_scorer(arguments.scorer), arguments.gold_dir, method):
        for counted in (kind, Kind(kind.rule), Kind(ANY)):
            made[counted] += 1
            hits[counted] += hit
    lines = ["\t".join(HEADER)]
    for kind in sorted(made, key=lambda each: (each.rule, each.named, each.quote, each.step, each.finite)):
        whole = kind == Kind(kind.rule)
        above = Kind(ANY) if whole else Kind(kind.rule)
        share = (hits[kind] + PRIOR * hits[above] / made[above]) / (made[kind] + PRIOR)
        cells = (kind.rule, kind.named, kind.quote, kind.step, kind.finite, round(share * PPM, -3), made[kind])
        if kind.rule != ANY and (whole or made[kind] >= LEAST):
            lines.append("\t".join(str(int(cell)) if isinstance(cell, float) else str(cell) for cell in cells))
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
