"""`tasdiq attribute`: documents to attributed statements, one JSON object a line, without a record."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tasdiq.errors import InputError, MissingError
from tasdiq.intake.article import receive_file
from tasdiq.intake.charter import read_charter
from tasdiq.intake.extract import Extract, extract
from tasdiq.model.charter import Charter
from tasdiq.model.document import Received, Span
from tasdiq.model.statement import TELLER_WORDS, Statement


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout (offsets count code points).")
@click.option(
    "--charter", "charter_path", type=click.Path(path_type=Path), help="A charter.toml that names the parties."
)
def command(files: tuple[Path, ...], as_json: bool, charter_path: Path | None) -> None:
    """Print who said what in FILE…, with source, cue and content, party, teller and act.

    Offsets count code points of the file (plain text) or of the extracted text (other formats, with its SHA-256). A party
    that the text does not settle is null. Several articles in one file are told apart.
    """
    received = [_receive(path) for path in files]
    found = extract(
        read_charter(charter_path) if charter_path else None,
        [item for item in received if item.documents],
        compiler="",
    )
    party = _party_names(found.charter)
    for item in received:
        for statement in _spoken(item, found):
            known = party.get(statement.party or "", statement.party)
            click.echo(_line(item, statement, known) if as_json else _words(item, statement))


def _party_names(charter: Charter) -> dict[str, str]:
    """Return how members are printed: by the id a given charter has for them, under a proposed one by ISO alpha-3."""
    return {m.id: m.country for m in charter.members if m.country} if charter.proposed else {}


def _receive(path: Path) -> Received:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise MissingError(f"{path}: no such file") from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error
    received = receive_file(path.name, data)
    for rejected in received.rejected:
        click.echo(f"{path}: {rejected.reason}", err=True)
    return received


def _spoken(item: Received, found: Extract) -> list[Statement]:
    return [s for document in item.documents for s in found.statements[document.id] if not s.narrated]


def _line(item: Received, statement: Statement, party: str | None) -> str:
    spans = {role: getattr(statement, role) for role in ("source", "cue", "content")}
    row: dict[str, object] = {
        "document": item.file,
        **{role: [[span.start, span.end] for span in pieces] for role, pieces in spans.items()},
        "text": {role: _text(item, pieces) for role, pieces in spans.items()},
        "speaker": statement.speaker,
        "party": party,
        "teller": TELLER_WORDS[statement.teller],
        "act": statement.act,
        "quote": statement.quote,
        "confidence": statement.confidence_ppm / 1_000_000,
    }
    if not item.file.lower().endswith(".txt"):
        row["text_sha256"] = item.text_sha256
    return json.dumps(row, ensure_ascii=False)


def _text(item: Received, pieces: tuple[Span, ...]) -> str:
    return " … ".join(item.text[span.start : span.end] for span in pieces)


def _words(item: Received, statement: Statement) -> str:
    who = statement.speaker or _text(item, statement.source) or "(unnamed)"
    where = f"{item.file}:{statement.content[0].start if statement.content else 0}"
    return f"{where}  {who} {statement.act} [{TELLER_WORDS[statement.teller]}]: {_text(item, statement.content)}"
