"""`tasdiq send`: a text for named recipients, encrypted by its author before the host sees it."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.appending import enter_or_write, receipt_option
from tasdiq.cli.key_files import load_key
from tasdiq.cli.rejections import read_bytes
from tasdiq.errors import InputError
from tasdiq.mechanism import timestamp, utc_now
from tasdiq.model.entries import MessageSent
from tasdiq.model.value import to_plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.secretariat.custody import member_of, read_chain, sign_for


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "recipients", multiple=True, required=True, metavar="MEMBER", help="Who may read it. Repeatable.")
@click.option(
    "--key", "key_path", required=True, type=click.Path(path_type=Path), help="The signing member's key file."
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write a submission here instead of entering it.")
@receipt_option
def command(record: Path, file: Path, recipients: tuple[str, ...], key_path: Path, out: Path | None) -> None:
    """Enter the text in FILE for named recipients alone: the host keeps an envelope that it cannot open.

    The author's own member can always read it too. Each recipient names its encryption key first (tasdiq key encryption);
    one who has none is told here, and nothing is sent. Sign it where the host cannot look, against a mirror or a bundle,
    and hand it in with -o. Everyone sees that the member entered something of this size on this day.

    \b
    Examples:
        tasdiq send mirror visit.txt --to kes --to ord --key vorland.key -o visit.json
        tasdiq submit record visit.json
    """
    chain, signer = read_chain(record), load_key(key_path)
    draft = Draft(
        kind="MessageSent",
        member=member_of(chain, [signer]),
        claimed_time=timestamp(utc_now()),
        body=canonical.dumps(to_plain(MessageSent(title=file.name, text=_text(file)))),
        access="named",
        recipients=recipients,
    )
    enter_or_write(record, [sign_for(chain, draft, [signer])], out)


def _text(file: Path) -> str:
    try:
        return read_bytes(file).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("expected a text in UTF-8; put other files' SHA-256 into a text", file=file) from error
