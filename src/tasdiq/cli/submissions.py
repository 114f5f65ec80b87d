"""Submission files as commands read and show them: nobody signs or enters what they have not seen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from tasdiq.cli.rejections import read_bytes
from tasdiq.errors import InputError, shown
from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.record.submission import LARGEST, from_bytes
from tasdiq.secretariat.reviewing import opened
from tasdiq.web.words import render

_MOST_SHOWN = 4000


def read_submission(path: Path) -> Submission:
    """Read a submission file; raise `InputError` naming it if it is none."""
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise InputError(f"expected a submission of at most {LARGEST} bytes")
        return from_bytes(read_bytes(path))
    except InputError as error:
        raise InputError(error.message, file=path, field=error.field) from error


def show(submission: Submission) -> None:
    """Show on stderr what an entry says: kind, member, key events, content."""
    for line in _lines(submission):
        click.echo(shown(line), err=True)


def _lines(submission: Submission) -> Iterator[str]:
    entry = parse_leaf(submission.leaf)
    header = entry.header
    yield f"entry {entry.id} for {header['origin']}, {header['access']}, dated {header['claimed_time']}"
    if submission.envelope:
        yield f"by {header['member']}: encrypted to its recipients; what it says cannot be shown here"
    else:
        kind, _ = opened(entry, submission)
        yield f"{kind} by {header['member']}:"
        yield from _told(header, submission)
    for event in header.get("keys", []):
        yield f"key event {_short(event)}"
    if header["refs"]:
        yield f"refers to {', '.join(header['refs'])}"
    yield f"signed by the keys {', '.join(key[:16] + '…' for key, _ in entry.sigs)}"


def _told(header: Mapping[str, Any], submission: Submission) -> Iterator[str]:
    """Yield what an entry says in the words of the page of signing: every field, whole."""
    rows = [row.content for row in submission.rows if row]
    sections = render(header, submission.plaintext, rows, [text for text in submission.disclosures if text])
    for line in (line for section in sections[:2] for line in section.lines):
        yield f"{'  ' * (line.depth + 1)}{line.label}: {line.text}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}… ({len(text)} characters)"
