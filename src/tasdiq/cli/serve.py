"""`tasdiq serve`: the web application and the interface for programs, over one record."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tasdiq.errors import InputError
from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings
from tasdiq.web.serving.listening import Listening
from tasdiq.web.serving.logs import log_to
from tasdiq.web.serving.server import Plan, serve

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("record", type=_FILE, required=False)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The interface to listen on; beyond this machine with TLS only.",
)
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8017, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Processes that answer; one more writes.",
)
@click.option("--tls-cert", type=_FILE, help="Certificate chain (PEM).")
@click.option("--tls-key", type=_FILE, help="The certificate's private key (PEM).")
@click.option("--address", default="", metavar="URL", help="How browsers reach it, such as https://record.example.")
@click.option(
    "--behind-proxy", is_flag=True, help="A proxy on this machine has the TLS and names clients in X-Forwarded-For."
)
@click.option("--database", metavar="URL", help="Where the record's PostgreSQL database lies now, if it has moved.")
@click.option(
    "--metrics-token", type=_FILE, metavar="FILE", help="A file with the token that reads /metrics from elsewhere."
)
@click.option(
    "--rates", type=click.IntRange(1, 1000), default=1, show_default=True, help="Times the usual limits of requests."
)
def command(
    record: Path | None,
    host: str,
    port: int,
    workers: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    address: str,
    behind_proxy: bool,
    database: str | None,
    metrics_token: Path | None,
    rates: int,
) -> None:
    """Serve RECORD to browsers and programs until Ctrl-C or SIGTERM, and say where it is.

    RECORD is the directory that tasdiq init made, on its host: the log's key lies there. One process writes, the others answer;
    what dies is started again. Stopping answers what has begun; SIGHUP starts the workers again with a renewed certificate.

    \b
    On this machine alone:
        tasdiq serve record
    With TLS, for everyone:
        tasdiq serve record --host 0.0.0.0 --port 443 --address https://record.example --tls-cert chain.pem --tls-key tls.key
    Behind a proxy on this machine that has the TLS:
        tasdiq serve record --behind-proxy --address https://record.example

    Where the record's tables lie was said once, with tasdiq init --database; RECORD/database.url notes it. --database says that the
    database has moved: it must have this record, and is noted from then on.

    The log, JSON lines on stderr, has no addresses, names or query strings. /health and /ready answer whoever watches over the
    server; /metrics answers this machine, or whoever has the token.
    """
    if record is None:
        raise InputError(
            "expected the directory of a record: tasdiq serve RECORD. One is made with: tasdiq init RECORD --charter charter.toml"
        )
    log_to()
    listening = Listening(host, port, tls_cert, tls_key, address, behind_proxy)
    plan = Plan(listening, workers, database, metrics_token, rates)

    def announce(address: str, taken: int) -> None:
        click.echo(f"{record} is at {address}/  (listening on {host}, port {taken}; {workers} workers; Ctrl-C stops)")

    serve(Home(record), read_settings(os.environ), plan, announce)
    click.echo("stopped", err=True)
