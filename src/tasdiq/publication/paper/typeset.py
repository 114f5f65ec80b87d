"""Set a page with typst: a template of ours, and data that is never read as markup.

1. The same data gives the same bytes: fonts are ours alone, no time of making is written.
2. Data reaches the template as JSON; nothing in it is code, and the template reads no file and no network.
"""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from typing import Any

import typst

from tasdiq.errors import SettingsError


def typeset(template: str, data: dict[str, Any]) -> bytes:
    """Return the PDF of a template (`minutes.typ`, `sheet.typ`) with its data; raise `SettingsError` if it cannot be set."""
    paper = files(__package__)
    source = paper.joinpath(template).read_bytes()
    with as_file(paper.joinpath("fonts")) as fonts:
        ours = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
        try:
            return typst.compile(
                source,
                font_paths=ours,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                timestamp=0,
                format="pdf",
            )
        except (typst.TypstError, RuntimeError) as error:
            raise SettingsError(f"the page cannot be set: {error}") from error
