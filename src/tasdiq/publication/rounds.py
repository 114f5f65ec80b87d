"""The sessions, held and scheduled, as plain data.

1. They stand by time; one without a date but with a number stands before the next number.
2. A session that one document tells as coming and another as held shows both, with who tells which.
3. An outcome is a document's own words; one that was cut ends in "[…]", and quotation marks that were cut off are closed.
"""

from __future__ import annotations

from collections.abc import Iterable

from tasdiq.model.chronicle import Session
from tasdiq.model.told import SessionTold

from . import times
from .passages import GAP
from .view import Plain, View

LONG = 110
"""Length from which an outcome that ends without a stop counts as cut."""


def sessions(view: View) -> list[Plain]:
    """List the sessions held and scheduled: those documents tell of and those only the charter knows."""
    told = [_session(view, s) for s in sorted(view.state.sessions.values(), key=lambda s: _place(view, s))]
    days = {str(s["when"]["start"])[:10] for s in told if s["when"]}
    return told + [_of_charter(view, s.id) for s in view.state.charter.sessions if s.start[:10] not in days]


def _place(view: View, session: Session) -> tuple[str, int, str]:
    """Return the place of a session in time (rule 1)."""
    if session.when:
        return session.when.key, 1, session.id
    number = session.round
    later = (s.when.key for s in view.state.sessions.values() if s.when and number and s.round and s.round > number)
    return min(later, default="9999"), 0, session.id


def _session(view: View, session: Session) -> Plain:
    return {
        "id": session.id,
        "place": session.place,
        "place_name": session.place_name,
        "when": view.when(session.when),
        "round": session.round,
        "scheduled": session.scheduled,
        "from_charter": False,
        "told_as_coming": _tellers(view, session, True),
        "told_as_held": _tellers(view, session, False),
        "mediators": [
            {"outlet": o, "outlet_name": view.names.actor(o) or o, "names": [view.names.known(x) for x in n]}
            for o, n in session.mediators
        ],
        "outcomes": _outcomes(view, session.outcomes),
        "tellings": view.claims(session.tellings),
        "method": session.method,
        **view.standing(session.id),
    }


def _tellers(view: View, session: Session, coming: bool) -> list[str]:
    """Return who tells a session as coming, or as held (rule 2)."""
    told = [view.state.told[name] for name in session.tellings if name in view.state.told]
    found = [t for t in told if isinstance(t, SessionTold) and t.scheduled is coming]
    return list(dict.fromkeys(view.voice(t.telling) for t in found))


def _outcomes(view: View, outcomes: Iterable[tuple[str, str]]) -> list[Plain]:
    return [{"teller": who, "teller_name": view.names.actor(who) or who, "text": whole(text)} for who, text in outcomes]


def whole(text: str) -> str:
    """Return words with the mark of a cut and with their quotation marks closed (rule 3)."""
    text = text.rstrip()
    if len(text) >= LONG and text[-1:] not in '.!?”"’':
        text = f"{text} {GAP}"
    return f"{text}”" if text.count("“") > text.count("”") else text


def _of_charter(view: View, ident: str) -> Plain:
    session = next(s for s in view.state.charter.sessions if s.id == ident)
    return {
        "id": session.id,
        "place": session.place,
        "place_name": session.place,
        "when": {"start": session.start, "end": session.end or session.start, "words": times.day(session.start)},
        "round": None,
        "scheduled": not session.held,
        "from_charter": True,
        "told_as_coming": [],
        "told_as_held": [],
        "mediators": [
            {
                "outlet": "charter",
                "outlet_name": "the charter",
                "names": [view.names.actor(m) for m in session.mediators],
            }
        ],
        "outcomes": _outcomes(view, session.outcomes),
        "tellings": [],
        "method": "",
        **view.standing(session.id),
    }
