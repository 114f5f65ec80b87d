"""How many processes a command may use to read documents."""

from __future__ import annotations

import click

MOST = 64

workers_option = click.option(
    "--workers",
    type=click.IntRange(1, MOST),
    default=1,
    show_default=True,
    metavar="N",
    help="Read documents in so many processes.",
)
