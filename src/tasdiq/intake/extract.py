"""What a folder's documents say: the intake from received files to statements and tellings.

Decides only the order: attributions are cut from each file (`cut`), one directory of actors is built over all of them
(`understand`), then each document's speech acts are resolved, its remaining sentences taken as narration, and its tellings of the
world read (`read`). Every step is a module of its own beside this one. That is how English is read; a document in another language
goes to `languages`, here and nowhere else, and the English steps never see its words.

`cut` and `read` look at one file alone, with what `understand` gives, so that they can be done in several processes (`many`);
`extract` does all of it here and keeps it in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasdiq.intake.actors import Directory, build_directory
from tasdiq.intake.actors.hearing import Each, Item, here, items_of
from tasdiq.intake.attribute import attribute
from tasdiq.intake.charter_proposal import propose_charter
from tasdiq.intake.events import tell
from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.intake.handles import listed_handles, own_posts
from tasdiq.intake.languages import Reader, in_english, is_english
from tasdiq.intake.many.kept import Read
from tasdiq.intake.narration import narrate
from tasdiq.intake.place import KnownPlaces, learn_places
from tasdiq.intake.pseudonyms import Pseudonyms, make_pseudonyms
from tasdiq.intake.speakers import resolve
from tasdiq.model.charter import Charter
from tasdiq.model.document import Received
from tasdiq.model.place import Place, PlaceName
from tasdiq.model.source import Actor
from tasdiq.model.statement import Attribution, Statement
from tasdiq.model.told import AnyTold
from tasdiq.model.when import When

METHOD = "tasdiq intake, rules v1"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Understanding:
    """What reading one document needs of all the others: the charter, who is who, the latest date, the places known."""

    charter: Charter
    directory: Directory
    near: When | None
    places: KnownPlaces

    @cached_property
    def others(self) -> Reader:
        """The reader of documents in other languages than English."""
        return Reader(self.directory)

    @cached_property
    def handles(self) -> dict[str, str]:
        """Whose accounts post, by handle."""
        return listed_handles(self.charter)


@dataclass(frozen=True)
class Extract:
    """What was read: by document id, with the directory of actors and the charter it was read under."""

    charter: Charter
    directory: Directory
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    told: dict[str, list[AnyTold]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


def extract(
    charter: Charter | None,
    received: Sequence[Received],
    compiler: str,
    progress: Progress = lambda _: None,
    *,
    only_said: bool = False,
) -> Extract:
    """Read all received files; without a charter, propose one from what they say and read them under it.

    With `only_said`, what somebody is said to say is all that is read: no narration, nothing that is told of the world.
    """
    attributions: dict[str, list[Attribution]] = {}
    for file in received:
        progress(f"finding statements in {file.file}")
        attributions |= cut(file)
    known = understand(charter, received, attributions, compiler)
    look = _said if only_said else read
    found = {item[0].id: look(known, item) for item in items_of(received, attributions)}
    pseudonyms = make_pseudonyms(known.directory.actors, (each.statements for each in found.values()))
    return Extract(
        known.charter,
        known.directory,
        {ident: [pseudonyms.statement(s) for s in each.statements] for ident, each in found.items()},
        {ident: [pseudonyms.told(t) for t in each.told] for ident, each in found.items()},
        entered(known.directory, pseudonyms),
    )


def cut(file: Received) -> dict[str, list[Attribution]]:
    """Return the attributions of the documents of one file, by document id."""
    return attribute(file.text, in_english(file).documents)


def understand(
    charter: Charter | None,
    received: Collection[Received],
    attributions: Mapping[str, Sequence[Attribution]],
    compiler: str,
    each: Each = here,
) -> Understanding:
    """Learn who is who from all files, which are gone through several times; propose a charter if there is none."""
    english = _English(received)
    if charter is None:
        charter = propose_charter(english, build_directory(None, english, attributions, each), compiler)
    directory = build_directory(charter, english, attributions, each)
    near, has_others = _survey(received)
    if has_others:
        Reader(directory).learn(received)
    return Understanding(charter, directory, near, _places(charter, received))


class _English(Collection[Received]):
    """Files as the English rules see them, one at a time."""

    def __init__(self, received: Collection[Received]) -> None:
        self._received = received

    def __iter__(self) -> Iterator[Received]:
        return map(in_english, self._received)

    def __len__(self) -> int:
        return len(self._received)

    def __contains__(self, file: object) -> bool:
        return file in self._received


def read(known: Understanding, item: Item) -> Read:
    """Return what one document says and tells, private persons under their names."""
    document, text, _ = item
    spoken = _said(known, item).statements
    if not is_english(document):
        return Read(spoken, [])
    statements = [*spoken, *narrate(document, text, spoken, known.directory)]
    told = tell(document, text, spoken, known.directory, load_gazetteer(), near=known.near, known=known.places)
    return Read(statements, told)


def _said(known: Understanding, item: Item) -> Read:
    """Return what one document says that somebody said."""
    document, text, attributions = item
    if is_english(document):
        spoken = resolve(document, text, attributions, known.directory)
    else:
        spoken = known.others.statements(document, text)
    return Read(own_posts(document, text, spoken, known.directory, known.handles), [])


def entered(directory: Directory, pseudonyms: Pseudonyms) -> dict[str, Actor]:
    """Return the actors as they enter a record: every private person under a pseudonym."""
    actors = (pseudonyms.by_id.get(ident, actor) for ident, actor in directory.actors.items())
    return {actor.id: actor for actor in actors}


def _survey(received: Iterable[Received]) -> tuple[When | None, bool]:
    """Return the latest printed date of articles, which places days told without a year, and whether any file is not English."""
    near, has_others = None, False
    for document in (each for file in received for each in file.documents):
        has_others = has_others or not is_english(document)
        day = document.published if document.kind == "article" else None
        if day is not None and (near is None or day.key > near.key):
            near = day
    return near, has_others


def _places(charter: Charter, received: Iterable[Received]) -> KnownPlaces:
    """Return the places that the charter's crossings name and that the folder's texts name by context alone."""
    own: dict[str, Place] = {
        name.text: Place(id=crossing.id, name=crossing.name, kind="crossing")
        for crossing in charter.crossings
        for name in (PlaceName(text=crossing.name), *crossing.names)
    }
    return KnownPlaces({**own, **learn_places((file.text for file in received), load_gazetteer(), extra=own)})
