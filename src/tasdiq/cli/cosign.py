"""`tasdiq cosign`: a cosigner's side (serve, answer), which loads the record only and starts in a blink, and the log's."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tasdiq.cli.root import LazyGroup
from tasdiq.errors import EXIT_DONE, EXIT_FAILED
from tasdiq.record.cosign.server import Listening
from tasdiq.record.cosign.server import serve as serve_until_stopped
from tasdiq.record.cosign.start import Given, answer_file, open_cosigner
from tasdiq.settings import read_settings

COMMANDS = {
    "serve": ("tasdiq.cli.cosign:serve", "Cosign checkpoints of known logs over HTTP, until stopped."),
    "collect": ("tasdiq.cli.cosign_log:collect", "Ask every cosigner of a record, and keep what they sign."),
    "request": ("tasdiq.cli.cosign_log:request", "Write a request to be carried to a cosigner."),
    "answer": ("tasdiq.cli.cosign:answer", "Answer a request file with an answer file."),
    "accept": ("tasdiq.cli.cosign_log:accept", "Keep the cosignatures in an answer file."),
    "contradictions": (
        "tasdiq.cli.cosign_log:contradictions",
        "Show and export proof that a log showed two histories.",
    ),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def command() -> None:
    """See every checkpoint of a record in order, and say so: a record is evidentiary from its quorum of cosigners on.

    A cosigner signs a checkpoint only if it extends the last one it signed. A host that shows two histories then lacks
    cosignatures on one of them, and is found out. Any cosigner that speaks tlog-witness can take part.

    \b
    Example:
        tasdiq key new ordania-cosigner.key
        tasdiq cosign serve memory --new --key ordania-cosigner.key --name ordania-c --log VERIFIERKEY
        tasdiq cosign collect record --at ordania-c=http://127.0.0.1:7380
    """


def _cosigner(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in (
        click.option("--new", is_flag=True, help="Make the memory: once, for a new key. A cosigner must never forget."),
        click.option(
            "--logs", "logs_file", type=click.Path(path_type=Path), help="A file of verifier keys, one a line."
        ),
        click.option("--log", "logs", multiple=True, metavar="VERIFIERKEY", help="A log to cosign for; repeatable."),
        click.option("--name", required=True, help="The cosigner's name, as the record's key events write it."),
        click.option("--key", required=True, type=click.Path(path_type=Path), help="The cosigner's own key file."),
        click.argument("memory", type=click.Path(path_type=Path)),
    ):
        function = decorate(function)
    return function


def _ask(prompt: str) -> str:
    return str(click.prompt(prompt, hide_input=True, err=True))


def _apart() -> Path:
    return read_settings(os.environ).state_directory


@click.command()
@_cosigner
@click.option("--listen", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=7380, show_default=True, help="The port; 0 takes a free one."
)
@click.option("--tls-cert", type=click.Path(path_type=Path), help="Certificate chain; needed beyond this machine.")
@click.option("--tls-key", type=click.Path(path_type=Path), help="The certificate's private key.")
def serve(
    memory: Path,
    key: Path,
    name: str,
    logs: tuple[str, ...],
    logs_file: Path | None,
    new: bool,
    listen: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Cosign over HTTP (tlog-witness) until Ctrl-C or SIGTERM; MEMORY is the folder of what was cosigned.

    MEMORY is on disk before an answer leaves, and what was cosigned last is noted apart too, so that an older copy of MEMORY
    is noticed. If it is lost or set back, retire the key: a cosigner that forgot could be shown a second history. Logs no
    addresses. GET /health answers 200 while it can cosign.

    \b
    Examples:
        tasdiq cosign serve memory --new --key c.key --name ordania-c --log VERIFIERKEY
        tasdiq cosign serve memory --key c.key --name ordania-c --logs logs.txt --listen 0.0.0.0 \\
            --tls-cert chain.pem --tls-key tls.key
    """
    listening = Listening(listen, port, tls_cert, tls_key)
    listening.tls()
    with open_cosigner(Given(memory, key, name, logs, logs_file, new, _ask, _apart())) as cosigner:
        serve_until_stopped(cosigner, listening, click.echo)


@click.command()
@_cosigner
@click.argument("request", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Where the answer goes.")
def answer(
    memory: Path,
    key: Path,
    name: str,
    logs: tuple[str, ...],
    logs_file: Path | None,
    new: bool,
    request: Path,
    out: Path,
) -> None:
    """Answer the file REQUEST without a network; MEMORY is the folder of what was cosigned, the same as for serve.

    Where this cosigner stands elsewhere than the request assumes, the answer says where, and nothing is cosigned (exit 1).

    \b
    Example:
        tasdiq cosign answer memory request --key c.key --name ordania-c --log VERIFIERKEY -o answer
    """
    with open_cosigner(Given(memory, key, name, logs, logs_file, new, _ask, _apart())) as cosigner:
        cosigned, told = answer_file(cosigner, request, out)
    click.echo(told)
    sys.exit(EXIT_DONE if cosigned else EXIT_FAILED)
