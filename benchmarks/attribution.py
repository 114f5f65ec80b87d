"""Score the statement finder on a folder in PolNeAR's layout and time it.

    python benchmarks/attribution.py GOLD_DIR -o PREDICTIONS.jsonl [--nested]

Writes one statement a line in the scorer's format and prints words a second. PolNeAR labels a word once, so nested
statements are left out unless `--nested`; with `--scorer PROGRAM` the scorer runs on what was written.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from pathlib import Path

from tasdiq.intake.attribute import attribute
from tasdiq.intake.language import load_language
from tasdiq.model.document import Document, Paragraph
from tasdiq.model.statement import Attribution


def plain_document(text: str) -> Document:
    """Take a text as one article, a paragraph a line."""
    lines = [Paragraph(start=each.start(), end=each.end()) for each in re.finditer(r"\S[^\n\r]*", text)]
    return Document(
        id="d0", file="", sha256="", text_sha256="", kind="article", start=0, end=len(text), paragraphs=tuple(lines)
    )


def row(name: str, each: Attribution) -> str:
    """Return one line of the scorer's format."""
    spans = {role: [[s.start, s.end] for s in getattr(each, role)] for role in ("source", "cue", "content")}
    return json.dumps({"document": name, **spans})


def main() -> None:
    """Read, attribute, write, and report the speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--nested", action="store_true")
    parser.add_argument("--scorer", type=Path)
    arguments = parser.parse_args()
    load_language()
    words, began, lines = 0, time.perf_counter(), []
    for path in sorted((arguments.gold_dir / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        words += len(text.split())
        found = attribute(text, [plain_document(text)])["d0"]
        lines += [row(path.name, each) for each in found if arguments.nested or each.inside is None]
    seconds = time.perf_counter() - began
    arguments.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} statements, {words} words, {words / seconds:.0f} words/s", file=sys.stderr)
    if arguments.scorer:
        subprocess.run([sys.executable, arguments.scorer, arguments.gold_dir, arguments.out], check=True)


if __name__ == "__main__":
    main()
