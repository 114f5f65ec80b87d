"""Export a session's minutes: the signed PDF, and the bundle that `tasdiq audit` checks, both for the members or as opened.

1. The bundle shows the sealed entries behind the minutes, so it is for those who may read them: members, until the lines are
   opened.
2. As opened (`public`), both hold what everybody may see, and no delegate but office holders.
3. The same record gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasdiq.errors import MissingError
from tasdiq.model.state import State
from tasdiq.publication.paper.minutes import minutes_pdf
from tasdiq.record import checkpoint
from tasdiq.record.reader import Reader
from tasdiq.secretariat.bundles import bundle_of
from tasdiq.secretariat.founding import Home
from tasdiq.talks.release import public_part


@dataclass(frozen=True)
class Minutes:
    """The minutes of a session on paper, and the file that proves them."""

    pdf: bytes
    bundle: bytes


def export(home: Home, state: State, session: str, *, public: bool = False) -> Minutes:
    """Return the minutes of a session; raise `MissingError` where there are none, or none that are public."""
    talks = public_part(state.talks) if public else state.talks
    if session not in talks.meetings:
        why = "none of its lines was opened" if session in state.talks.meetings else "see: tasdiq minutes list RECORD"
        raise MissingError(f"no minutes of {session} can be shown: {why}")
    shown = State(charter=state.charter, origin=state.origin, talks=talks)
    shown.entries, shown.provenance = state.entries, state.provenance
    with Reader.open(home.path) as reader:
        made = bundle_of(reader, shown, session)
        signed, _ = checkpoint.parse(reader.checkpoint() or b"")
    checked = (
        f"Record {state.origin}, checkpoint over {signed.size} entries, root {signed.root.hex()}. "
        f"Check it with: tasdiq audit {session}.tasdiq.json. The check shows what was signed and by whom, not that it is true."
    )
    return Minutes(minutes_pdf(state.charter, talks.meetings[session], checked=checked, persons=not public), made)
