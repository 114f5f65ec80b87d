"""`tasdiq view`: serve a published site on this machine, for browsers that would rather not open files."""

from __future__ import annotations

import functools
import http.server
import signal
from pathlib import Path

import click

from tasdiq.errors import MissingError, SettingsError


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve files without a line per request: addresses of readers are nobody's business."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@click.command()
@click.argument("site", type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8017,
    show_default=True,
    help="Port on 127.0.0.1; the next free one is taken if it is busy.",
)
def command(site: Path, port: int) -> None:
    """Serve the published SITE on 127.0.0.1 and print where it is. Ctrl-C (or SIGTERM) stops.

    The site needs no server: opening SITE/index.html does the same.

    \b
    Example:
        tasdiq view site --port 8080
    """
    if not (site / "index.html").is_file():
        raise MissingError(
            f"{site}: no published site here (no index.html); make one with: tasdiq assess FOLDER -o {site}"
        )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _server(site, port) as server:
        click.echo(f"{site} is at http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C stops)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def _server(site: Path, port: int) -> http.server.ThreadingHTTPServer:
    handler = functools.partial(QuietHandler, directory=str(site))
    for candidate in range(port, min(port + 20, 65_536)):
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError:
            continue
    raise SettingsError(f"no free port from {port} to {port + 19} on 127.0.0.1: choose another with --port")
