"""Who sees what: the one state that pages, calls, search, counts, exports and notices are made from.

V1. Anybody sees what the published site shows at that time: nothing of cases that is not public, nothing under embargo,
    places coarsened, private persons under pseudonyms, no texts. An entry that is not public is a sealed line: index, id,
    day, access and status.
V2. An officer of a member sees everything public and joint as of now, with whole texts and exact places, but for V3 to V6.
V3. What is for named recipients is opened on their own machines; here it is a sealed line for everyone.
V4. The place that access is asked to is seen by the member who asks for access, the member who is asked, the officers on
    the team, and the mediators. Other officers see that access was asked for and what was answered.
V5. Who sits on a team is seen by those same, and by the parties where no mediator sits on the case, for they decide it;
    each member sees its own seats.
V6. Evidence and its files are seen by the member who submitted it, the members it was handed to, the officers on the team,
    and the mediators. To others it is not there. Observers and the protection body are no exception to V4, V5 and V6.
V7. What follows from something that is not seen is not seen: its entry, its steps in the history of a case, its deadlines.
V8. An account without a member of the charter, and a token that may not read, sees what anybody sees.
V9. The words of an entry are read by whoever sees all that it brings: of public entries anybody, and of sealed ones that the
    lifting of an embargo opened; of joint entries the officers to whom V4 to V7 do not close them.
V10. Files are read by officers: originals and texts of the documents and tables they see, and evidence under V6.
V11. What may not be seen is answered like what does not exist; also where a step names it, before any rule is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from tasdiq import rules
from tasdiq.errors import MissingError
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.publication.view import View
from tasdiq.web.room import Room
from tasdiq.web.sight.sights import Sight
from tasdiq.web.viewer import Viewer

ABOUT = (
    "case",
    "request",
    "evidence",
    "finding",
    "notice",
    "item",
    "session",
    "line",
    "call",
    "measure",
    "agreement",
    "commitment",
)
"""Fields in which the bodies of steps name what they are about."""
NOTHING_HERE = "nothing here by that address, or nothing that you may see"


def sight(room: Room, viewer: Viewer) -> Sight:
    """Return what a viewer sees now, with what else is known of it: closed entries, files, words of documents."""
    return room.sights.of(room.live.state(), viewer, room.now(), room.reached.of(viewer.account))


def seen(room: Room, viewer: Viewer) -> State:
    """Return the state as a viewer sees it now: the only one that anything it is shown is made from."""
    return sight(room, viewer).state


def seen_to_act(room: Room, viewer: Viewer) -> State:
    """Return what a viewer sees of everything that stands by now: whoever is about to take a step decides on no older state."""
    with room.live.reader() as reader:
        size = reader.size
    return room.sights.of(room.live.state(size), viewer, room.now(), size).state


def view(room: Room, viewer: Viewer) -> View:
    """Return the view that the parts of the published site ask for words, names and times; of what the viewer sees."""
    return sight(room, viewer).view


def may_read_entry(room: Room, viewer: Viewer, index: int) -> bool:
    """Tell whether a viewer may read the words of the entry at an index (V9)."""
    return sight(room, viewer).reads(index)


def may_read_attachment(room: Room, viewer: Viewer, sha256: str) -> bool:
    """Tell whether a viewer may read the file of that SHA-256 (V10)."""
    return sha256 in sight(room, viewer).files(room.live)


def require_seen(room: Room, viewer: Viewer, body: Value) -> None:
    """Raise where a step is about something that the viewer does not see: what the rules would raise if it were not there (V11)."""
    if not (named := [*_named(body)]):
        return
    whole, state = room.live.state(), seen(room, viewer)
    if any(_knows(whole, ident) and not _knows(state, ident) for ident in named):
        rules.check(state, viewer.member, body, room.now())
        raise not_there()


def _named(body: Value) -> Iterator[str]:
    """Yield the ids that a step says it is about."""
    for field in ABOUT:
        found = getattr(body, field, "")
        yield from (
            ident for ident in (found if isinstance(found, tuple) else (found,)) if ident and isinstance(ident, str)
        )


def _knows(state: State, ident: str) -> bool:
    return ident in state.cases or ident in state.case_of or state.talks.knows(ident)


def not_there() -> MissingError:
    """Return what is raised for whatever is not there or may not be seen (V11)."""
    return MissingError(NOTHING_HERE)
