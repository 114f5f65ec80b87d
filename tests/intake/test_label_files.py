"""Label files hold offsets and fixed words only, never a word of the texts they label (docs/design/labelling.md)."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from tasdiq.model.statement import TELLER_WORDS, Act, Quote
from variants import dispatch_files

FILES = sorted((Path(__file__).parents[1] / "data" / "labels").glob("*/*.jsonl"))
ACTS = {*get_args(Act), None}
QUOTES = {*get_args(Quote), None}


def rows(path: Path) -> list[dict[str, object]]:
    """Return the lines of a label file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def spans(row: dict[str, object]) -> list[list[int]]:
    """Return all spans of a line."""
    found = (row.get(role, []) for role in ("source", "cue", "content", "or"))
    return list(chain.from_iterable(each for each in found if isinstance(each, list)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_labels_are_offsets_and_fixed_words(path: Path) -> None:
    """Nothing but whole numbers within the file's length, codes of countries and the model's own words."""
    length = 0
    for row in rows(path):
        if "sha256" in row:
            assert re.fullmatch(r"[0-9a-f]{64}", str(row["sha256"]))
            assert set(row) <= {"document", "sha256", "code_points", "address"}
            length = int(str(row["code_points"]))
            continue
        assert set(row) <= {
            "source",
            "cue",
            "content",
            "or",
            "parties",
            "teller",
            "act",
            "quote",
            "readings",
            "optional",
        }
        assert all(isinstance(start, int) and 0 <= start < end <= length for start, end in spans(row))
        assert row.get("act") in ACTS
        assert row.get("quote") in QUOTES
        assert row.get("teller") in {*TELLER_WORDS, None}
        assert all(re.fullmatch(r"[A-Z]{3}", code) for code in row.get("parties", []))  # type: ignore[attr-defined]


@pytest.mark.dispatches
@pytest.mark.skipif(not dispatch_files(), reason="the press reports (../shared/dispatches) are not on this machine")
def test_the_collected_reports_are_the_ones_labelled() -> None:
    """Every labelled report is there under its SHA-256, and as long as its labels say."""
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path.read_bytes().decode() for path in dispatch_files()}
    for path in (path for path in FILES if path.parent.name == "dispatches"):
        for row in rows(path):
            if "sha256" in row:
                assert len(texts[str(row["sha256"])]) == row["code_points"]
