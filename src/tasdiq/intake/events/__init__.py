"""What documents tell of the world besides speech: sessions, crossings, the ceasefire, figures, measures, agreements, incidents.

`tell` cuts a document into scenes (a sentence with its places, times and teller) and asks one reader for each subject. Each
telling is one passage's claim with its teller, never a fact; grouping is left to corroboration. Nothing here knows a country,
group or person by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tasdiq.intake.actors import Directory
from tasdiq.intake.events import agreements, ceasefire, crossings, figures, incidents, measures, sessions
from tasdiq.intake.events.cutting import scenes
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.gazetteer import Gazetteer
from tasdiq.model.document import Document
from tasdiq.model.place import Place
from tasdiq.model.statement import Statement
from tasdiq.model.told import AnyTold
from tasdiq.model.when import When

METHOD = "events by rules v1"
Reader = Callable[[Scene], Iterator[Any]]
READERS: tuple[Reader, ...] = (
    sessions.read,
    crossings.read,
    ceasefire.read,
    agreements.read,
    figures.read,
    incidents.read,
    measures.read,
)


def tell(
    document: Document,
    text: str,
    statements: Sequence[Statement],
    directory: Directory,
    gazetteer: Gazetteer,
    near: When | None = None,
    known: Mapping[str, Place] | None = None,
) -> list[AnyTold]:
    """Return what a document tells, in text order.

    `near` places dates without a year where the document has no date; `known` are places that no gazetteer holds.
    """
    told: list[AnyTold] = []
    for scene in scenes(document, text, statements, directory, gazetteer, near, known):
        for reader in READERS:
            told.extend(reader(scene))
    return [
        msgspec.structs.replace(item, id=f"{document.id}.t{number}", method=METHOD)
        for number, item in enumerate(told, 1)
    ]
