"""What continues or announces whose voice inside one document.

Rules (in own voice only, where dates and channels do not clash):

1. A statement in the name of the party as a whole, or of an organ's spokesperson, *continues* the telling of the organ or person
   beside which it stands: in the same or the next paragraph; what precedes wins, and what
   precedes a person's words does not continue them.
2. A title, a summary or the first paragraphs *announce*: what they say in the party's name is what the body gives a named organ
   or person of that party to say; of several, the one with most words in common, then the first.
3. Somebody unnamed continues nobody and announces nothing.
"""

from __future__ import annotations

from bisect import bisect_right

from tasdiq.model.document import Document
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from ..reuse import read_wording
from .channels import channels_of, clash
from .days import compatible, days_of
from .tellings import Telling, place_of
from .voices import is_person, is_unnamed, is_whole, relate

NEAR_PARAGRAPHS = 1
LEAD_PARAGRAPHS = 2
ABOVE_BODY = ("title", "summary", "heading", "bullet")
CONTINUED = "statements in the party's name continue the voice of its organ beside them"
ANNOUNCED = "title, summary or lead announce in the party's name what its organ says in the body"


def settle(state: State, document: Document, found: list[Telling]) -> list[Telling]:
    """Hand statements over to the telling they continue or announce (rules 1-3); return the tellings that keep any."""
    starts = [paragraph.start for paragraph in document.paragraphs]
    for telling in found:
        hosts = [one for one in found if one is not telling and _may_host(state, telling, one)]
        for statement in [one for one in telling.statements if one.inside is None and one.teller == "own"]:
            open_hosts = [one for one in hosts if one.statements and _fits(state, document, one, statement)]
            leads = is_whole(state.actors.get(telling.speaker or "")) and _leads(document, statement)
            if host := _beside(state, starts, statement, open_hosts):
                _hand_over(telling, host, statement, CONTINUED)
            elif leads and (host := _announced(state, statement, open_hosts)):
                _hand_over(telling, host, statement, ANNOUNCED)
    return [one for one in found if one.statements]


def _may_host(state: State, guest: Telling, host: Telling) -> bool:
    """Say whether `guest` may continue `host`: a whole party its organ or person, a spokesperson the organ (rule 3)."""
    one, other = state.actors.get(guest.speaker or ""), state.actors.get(host.speaker or "")
    if one is None or other is None or is_unnamed(other) or is_whole(other):
        return False
    relation = relate(state, guest.speaker, host.speaker)
    return (relation == "party" and is_whole(one)) or (relation == "close" and other.kind == "organ")


def _fits(state: State, document: Document, host: Telling, statement: Statement) -> bool:
    days = days_of(statement.when, document.published)
    return compatible(host.days, days) and not clash(host.channels, channels_of(state, statement))


def _beside(state: State, starts: list[int], statement: Statement, hosts: list[Telling]) -> Telling | None:
    organ = [not is_person(state.actors.get(host.speaker or "")) for host in hosts]
    here, place = bisect_right(starts, place_of(statement)), place_of(statement)
    ranked = [
        (abs(here - bisect_right(starts, place_of(one))), place_of(one) > place, abs(place_of(one) - place), number)
        for number, host in enumerate(hosts)
        for one in host.statements
        if one.inside is None and one.teller == "own" and (place_of(one) < place or organ[number])
    ]
    near = [rank for rank in ranked if rank[0] <= NEAR_PARAGRAPHS]
    return hosts[min(near)[3]] if near else None


def _leads(document: Document, statement: Statement) -> bool:
    place = place_of(statement)
    body = [one for one in document.paragraphs if one.kind == "body"]
    if any(one.start <= place < one.end for one in body[:LEAD_PARAGRAPHS]):
        return True
    first = body[0].start if body else document.end
    return place < first and any(one.start <= place < one.end and one.kind in ABOVE_BODY for one in document.paragraphs)


def _announced(state: State, statement: Statement, hosts: list[Telling]) -> Telling | None:
    words = _telling_words(state, statement)
    ranked = [
        (
            -len(words & set().union(*(_telling_words(state, one) for one in host.statements))),
            place_of(host.statements[0]),
            number,
        )
        for number, host in enumerate(hosts)
    ]
    return hosts[min(ranked)[2]] if ranked else None


def _telling_words(state: State, statement: Statement) -> set[str]:
    text = state.text(statement.document) or ""
    wordings = (read_wording(statement.document, text, (span.start, span.end)) for span in statement.content)
    return {form for wording in wordings for form in wording.telling}


def _hand_over(telling: Telling, host: Telling, statement: Statement, note: str) -> None:
    """Move a statement, and what is reported inside it, to its host."""
    moved = {statement.id}
    for one in telling.statements:
        if one.inside in moved:
            moved.add(one.id)
    host.statements += [one for one in telling.statements if one.id in moved]
    telling.statements[:] = [one for one in telling.statements if one.id not in moved]
    host.statements.sort(key=lambda one: (place_of(one), one.id))
    if note not in host.notes:
        host.notes.append(note)
