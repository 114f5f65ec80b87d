"""`tasdiq attribute`: documents to attributed statements, one JSON object a line, without a record."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import click

from tasdiq.cli.progress import progress
from tasdiq.cli.rejections import tell_rejected
from tasdiq.errors import InputError
from tasdiq.intake.article import receive_path
from tasdiq.intake.assistant import Assistant, Counted, make_assistant, propose, to_statements
from tasdiq.intake.charter import read_charter
from tasdiq.intake.extract import Extract, extract
from tasdiq.model.document import Received, Span
from tasdiq.model.statement import TELLER_WORDS, Statement


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout (offsets count code points).")
@click.option(
    "--charter", "charter_path", type=click.Path(path_type=Path), help="A charter.toml that names the parties."
)
@click.option(
    "--assistant", "address", metavar="URL", help="An OpenAI-compatible address of yours that may propose more."
)
@click.option("--model", metavar="NAME", default="", help="The model there (with --assistant).")
def command(files: tuple[Path, ...], as_json: bool, charter_path: Path | None, address: str | None, model: str) -> None:
    """Print who said what in FILE…, with source, cue and content, party, teller and act.

    Offsets count code points of the file (plain text) or of the extracted text (other formats, with its SHA-256). A party
    that the text does not settle is null. Several articles in one file are told apart: press reports (.txt, .html, .pdf
    with a text layer), each entry of a feed (.rss, .atom), an e-mail (.eml) and its attachments, each page of a web archive
    (.warc, .warc.gz, .wacz), each post of an export (X, Telegram, Mastodon, lines, CSV). Of Urdu, Pashto, Dari, Arabic and
    Turkish documents reported speech alone is found; other languages are not read. What cannot be read is listed on stderr,
    and everything else goes on.

    With --assistant, off otherwise, a model that you run reads the documents too, and sees their words. It may only propose:
    what does not stand in the document letter for letter is dropped and counted on stderr, the rest is printed as proposed by
    it, less sure than anything the rules found, and never as a party's own voice. Its key, if it has one, is read from
    TASDIQ_ASSISTANT_KEY.

    \b
    Examples:
        tasdiq attribute reports/*.txt
        tasdiq attribute report.html --json | head -1 | python3 -m json.tool
        tasdiq attribute reports/*.txt --charter charter.toml --json > statements.jsonl
        tasdiq attribute report.txt --assistant http://127.0.0.1:8080/v1 --model my-model --json

    \b
    --json prints one object a line: document, source, cue and content (lists of [start, end]), text {source, cue, content},
    speaker (actor id or null), party (the charter's id, else ISO alpha-3, or null), teller, act, quote (direct, indirect,
    mixed), confidence (0 to 1), text_sha256 where offsets count extracted text, and proposed_by where a model proposed it.
    """
    assistant = make_assistant(address, model, os.environ) if address else None
    received = [_received(path) for path in files]
    tell_rejected([rejected for item in received for rejected in item.rejected])
    if not any(item.documents for item in received):
        raise InputError(
            "none of the files could be read; expected press reports (.txt, .html, .pdf, .rss, .atom, .eml, .warc, .wacz)"
        )
    charter = read_charter(charter_path) if charter_path else None
    with progress() as say:
        readable = [item for item in received if item.documents]
        found = extract(charter, readable, compiler="", progress=say, only_said=True)
    codes = _codes(found)
    for item in received:
        for statement in _spoken(item, found):
            click.echo(_line(item, statement, codes) if as_json else _words(item, statement))
    if assistant is not None:
        _ask(assistant, received, found, codes, as_json=as_json)


def _received(path: Path) -> Received:
    if not path.exists():
        raise InputError("there is no such file", file=path)
    return receive_path(path.name, path)


def _ask(
    assistant: Assistant, received: list[Received], found: Extract, codes: Mapping[str, str], *, as_json: bool
) -> None:
    """Print what the model proposes beyond the rules, and on stderr what became of the rest."""
    counted = Counted()
    for item in received:
        for document in item.documents:
            some = [*propose(assistant, document, item.text, found.statements[document.id], counted)]
            for statement in to_statements(some, document, item.text, found.directory):
                click.echo(_line(item, statement, codes) if as_json else _words(item, statement))
    given_up = "; nothing more was asked" if assistant.given_up else ""
    click.echo(f"assistant {assistant.model}: {counted.words()}{given_up}", err=True)


def _spoken(item: Received, found: Extract) -> list[Statement]:
    return [s for document in item.documents for s in found.statements[document.id] if not s.narrated]


def _codes(found: Extract) -> dict[str, str]:
    """Return the ISO codes of states in a charter that nobody gave: its ids are our own and mean nothing elsewhere."""
    return {member.id: member.country for member in found.charter.members if found.charter.proposed and member.country}


def _line(item: Received, statement: Statement, codes: Mapping[str, str]) -> str:
    spans = {role: getattr(statement, role) for role in ("source", "cue", "content")}
    row: dict[str, object] = {
        "document": item.file,
        **{role: [[span.start, span.end] for span in pieces] for role, pieces in spans.items()},
        "text": {role: _text(item, pieces) for role, pieces in spans.items()},
        "speaker": statement.speaker,
        "party": codes.get(statement.party, statement.party) if statement.party else None,
        "teller": TELLER_WORDS[statement.teller],
        "act": statement.act,
        "quote": statement.quote,
        "confidence": statement.confidence_ppm / 1_000_000,
    }
    if item.text_sha256 != item.sha256:  # offsets do not count the file's own code points
        row["text_sha256"] = item.text_sha256
    if statement.method.startswith("assistant "):
        row["proposed_by"] = statement.method.removeprefix("assistant ")
    return json.dumps(row, ensure_ascii=False)


def _text(item: Received, pieces: tuple[Span, ...]) -> str:
    return " … ".join(item.text[span.start : span.end] for span in pieces)


def _words(item: Received, statement: Statement) -> str:
    who = statement.speaker or _text(item, statement.source) or "(unnamed)"
    where = f"{item.file}:{statement.content[0].start if statement.content else 0}"
    by = f" (proposed by {statement.method})" if statement.method.startswith("assistant ") else ""
    return f"{where}  {who} {statement.act} [{TELLER_WORDS[statement.teller]}]: {_text(item, statement.content)}{by}"
