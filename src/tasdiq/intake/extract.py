"""What a folder's documents say: the intake from received files to statements and tellings, in one pass.

Decides only the order: attributions are cut from each file, one directory of actors is built over all of them, then each
document's speech acts are resolved, its remaining sentences taken as narration, and its tellings of the world read. Every
step is a module of its own beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tasdiq.intake.actors import Directory, build_directory
from tasdiq.intake.attribute import attribute
from tasdiq.intake.charter_proposal import propose_charter
from tasdiq.intake.events import tell
from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.intake.narration import narrate
from tasdiq.intake.place import learn_places
from tasdiq.intake.pseudonyms import make_pseudonyms
from tasdiq.intake.speakers import resolve
from tasdiq.model.charter import Charter
from tasdiq.model.document import Document, Received
from tasdiq.model.place import Place, PlaceName
from tasdiq.model.source import Actor
from tasdiq.model.statement import Attribution, Statement
from tasdiq.model.told import AnyTold
from tasdiq.model.when import When

METHOD = "tasdiq intake, rules v1"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Extract:
    """What was read: by document id, with the directory of actors and the charter it was read under."""

    charter: Charter
    directory: Directory
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    told: dict[str, list[AnyTold]] = field(default_factory=dict)
    near: When | None = None
    places: dict[str, Place] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


def extract(
    charter: Charter | None, received: Sequence[Received], compiler: str, progress: Progress = lambda _: None
) -> Extract:
    """Read all received files; without a charter, propose one from what they say and read them under it."""
    attributions: dict[str, list[Attribution]] = {}
    for file in received:
        progress(f"finding statements in {file.file}")
        attributions |= attribute(file.text, file.documents)
    if charter is None:
        charter = propose_charter(received, build_directory(None, received, attributions), compiler)
    directory = build_directory(charter, received, attributions)
    result = Extract(charter, directory, near=_near(received), places=_places(charter, received))
    for file in received:
        progress(f"resolving speakers in {file.file}")
        for document in file.documents:
            _read(result, document, file.text, attributions.get(document.id, []))
    return _under_pseudonyms(result)


def _under_pseudonyms(result: Extract) -> Extract:
    """Return the extract with every private person under a pseudonym, before anything enters a record."""
    pseudonyms = make_pseudonyms(result.directory.actors, result.statements.values())
    actors = (pseudonyms.by_id.get(ident, actor) for ident, actor in result.directory.actors.items())
    return replace(
        result,
        actors={actor.id: actor for actor in actors},
        statements={d: [pseudonyms.statement(s) for s in found] for d, found in result.statements.items()},
        told={d: [pseudonyms.told(t) for t in found] for d, found in result.told.items()},
    )


def _read(result: Extract, document: Document, text: str, attributions: Sequence[Attribution]) -> None:
    spoken = resolve(document, text, attributions, result.directory)
    result.statements[document.id] = [*spoken, *narrate(document, text, spoken, result.directory)]
    result.told[document.id] = tell(
        document, text, spoken, result.directory, load_gazetteer(), near=result.near, known=result.places
    )


def _near(received: Sequence[Received]) -> When | None:
    """Return the latest printed date of the folder's articles: it places days that are told without a year."""
    dates = [d.published for file in received for d in file.documents if d.kind == "article" and d.published]
    return max(dates, key=lambda when: when.key, default=None)


def _places(charter: Charter, received: Sequence[Received]) -> dict[str, Place]:
    """Return the places that the charter's crossings name and that the folder's texts name by context alone."""
    own = {
        name.text: Place(id=crossing.id, name=crossing.name, kind="crossing")
        for crossing in charter.crossings
        for name in (PlaceName(text=crossing.name), *crossing.names)
    }
    return {**own, **learn_places([file.text for file in received], load_gazetteer(), extra=own)}
