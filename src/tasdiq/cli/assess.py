"""`tasdiq assess`: the main job. A folder in, a desk record and a published site out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import click

from tasdiq.cli.progress import progress
from tasdiq.cli.rejections import tell_rejected
from tasdiq.cli.working import workers_option
from tasdiq.journey import Assessment, NothingReadError, assess_folder
from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Where the published site goes.")
@click.option(
    "--charter", type=click.Path(path_type=Path), help="A charter.toml; default: FOLDER/charter.toml, else proposed."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON on stdout.")
@workers_option
def command(folder: Path, out: Path, charter: Path | None, as_json: bool, workers: int) -> None:
    """Turn FOLDER (press reports, event tables, perhaps a charter.toml) into a record and a site.

    Read are documents (.txt, .html, .pdf, .rss, .atom, .eml, .warc, .wacz, exports
    of posts) and event tables (.csv, .xlsx).

    \b
    The site OUT needs no server: open OUT/index.html. It answers: What was agreed, and in what form? What does each side
    say, in its own voice? How many independent origins stand behind it? What happened, and which crossings are open?
    What has been verified so far?

    The record and the analyst's key lie in OUT.record/ (private). FOLDER is never written to. Running again after adding
    files goes on in the same record; on unchanged input nothing is appended. What cannot be read is listed with file, line
    and reason, on the site too, and everything else goes on.

    \b
    Examples:
        tasdiq assess reports -o site
        tasdiq assess reports -o site --charter charter.toml
        tasdiq assess reports -o site --json | python3 -m json.tool
        tasdiq audit site --trust site.record/keys.txt

    \b
    --json prints one object: site, record (paths), charter ("given" or "proposed"), appended (entries this run), size
    (entries in all), counts {documents, statements, origins, propositions, incidents, actors, rejected, files}, rejected
    [{file, line, field, reason, content}].
    """
    try:
        with progress(quiet=as_json) as say:
            done = assess_folder(folder, out, charter, read_settings(os.environ), say, workers)
    except NothingReadError as error:
        tell_rejected(error.rejected)
        raise
    click.echo(json.dumps(done.plain(), ensure_ascii=False) if as_json else _summary(done))
    tell_rejected(done.rejected, f"see {done.site / 'data' / 'rejected.csv'}")


def _summary(done: Assessment) -> str:
    count: Callable[[str], int] = done.counts.__getitem__
    lines = [
        f"{count('documents')} documents, {count('statements')} statements, {count('origins')} origins, "
        f"{count('propositions')} propositions, {count('incidents')} incidents, {count('rejected')} rejected",
        f"charter: {'proposed by machine from the folder; edit ' + str(done.charter_file) if done.proposed else 'as given'}",
        f"record: {done.record} ({done.appended} entries appended, {done.size} in all; private: keep it)",
        f"site:   {done.site / 'index.html'}",
        f"check:  tasdiq audit {done.site} --trust {Home(done.record).trust_file}",
    ]
    return "\n".join(lines)
