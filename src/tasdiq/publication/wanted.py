"""Decide which ranges of each document are wanted, in which order, and what matters in each (rule R3, `passages` rule 3).

Tiers: (1) what points, crossings, figures, sessions, agreements and the ceasefire rest on, the words on which documents differ,
the channel a statement came through, the first words of a document without title, and each name of an armed group where it is
first used; (2) what incidents and measures rest on, and the content of other statements; (3) source and cue, and longer
differences of wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tasdiq.model.document import Document, Passage
from tasdiq.model.incident import IncidentReport
from tasdiq.model.place import Crossing
from tasdiq.model.state import State
from tasdiq.model.statement import Statement
from tasdiq.model.told import (
    AgreementTold,
    AnyTold,
    CeasefireTold,
    CrossingTold,
    FigureTold,
    IncidentTold,
    MeasureTold,
    SessionTold,
)

from .window import Wanted, keys, stem

SHORT = 60
"""Length up to which the words on which documents differ are always wanted: a name, a channel, a wording."""
OPENING = 48
Ranges = dict[str, list[Wanted]]
Keys = tuple[tuple[str, int], ...]
STATE_WORDS = {
    "closed": "closed closure close shut sealed blocked",
    "suspended": "suspended suspension halted stopped paused",
    "open": "open opened reopened reopening resumed",
    "partly open": "open opened partly partially reopened resumed allowed let",
}
LATER = (IncidentTold, MeasureTold)


def wanted(state: State) -> list[Ranges]:
    """Return by document the ranges that published items point at, in three tiers."""
    first, second, third = Ranges(), Ranges(), Ranges()
    names = _party_words(state)
    held = _wordings(state)
    for statement in state.statements.values():
        _speech(statement, held.get(statement.id, []), names, first, second, third)
    for told in state.told.values():
        _add(second if isinstance(told, LATER) else first, [told.telling.passage], about(told, state))
    for report in state.reports.values():
        if report.passage:
            _add(second, [report.passage], _of_report(report))
    differing = [p for item in state.disagreements.values() for _, found in item.values for p in found]
    for item in state.disagreements.values():
        for value, passages in item.values:
            _add(third if item.aspect == "wording" else first, passages, keys([], verbatim=[value]))
    differing += [p for origin in state.origins.values() for d in origin.differences for p in d.passages]
    _add(first, (p for p in [*differing, *_named(state)] if p.end - p.start <= SHORT))
    _add(third, (p for p in differing if p.end - p.start > SHORT))
    _add(first, (opening(d) for d in state.documents.values() if not (d.title or d.outlet)))
    return [first, second, third]


def opening(document: Document) -> Passage:
    """Return the first words of a document: it is called by them where neither title nor outlet is known."""
    first = next((p for p in document.paragraphs if p.kind not in ("furniture", "byline")), document)
    return Passage(document=document.id, start=first.start, end=min(first.start + OPENING, first.end))


def about(told: AnyTold, state: State) -> Keys:
    """Return the keys of a claim: the words it is about, and beside them its time and place."""
    verbatim, first, second = [told.when.text if told.when else ""], list[str](), list[str]()
    match told:
        case CrossingTold():
            ends = next((_ends(c) for c in state.charter.crossings if c.id == told.crossing), ())
            first = [told.name, *ends, STATE_WORDS[told.state]]
            second = [*told.traffic, told.until]
        case SessionTold():
            first, second = [told.outcome], [told.place, *told.mediators, "round talks session meeting"]
        case FigureTold():
            verbatim, first, second = [told.words], [told.measure], [told.subject]
        case CeasefireTold():
            first = [told.words or "ceasefire cease-fire truce"]
        case AgreementTold():
            first, second = [told.words, told.subject], [told.form]
        case MeasureTold():
            first, second = [told.words], [told.kind]
        case IncidentTold():
            first, second = [told.words], [told.place_name]
    return keys(first, second, verbatim=verbatim)


def _ends(crossing: Crossing) -> tuple[str, ...]:
    return (crossing.name, *crossing.ends, *(name.text for name in crossing.names))


def _of_report(report: IncidentReport) -> Keys:
    return keys([report.type.replace("/", " "), report.place], [report.admin1, "killed injured"])


def _wordings(state: State) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for item in state.propositions.values():
        for holding in item.holdings:
            held.setdefault(holding.statement, []).append(item.wording if item.frame else "")
    return held


def _speech(
    statement: Statement, wordings: list[str], names: frozenset[str], first: Ranges, second: Ranges, third: Ranges
) -> None:
    """Add a statement: its content under the key words of each point it bears on; the cue of such a one is short and wanted."""
    name = statement.document
    tier = first if wordings else second
    for span in statement.content:
        tier.setdefault(name, []).extend(
            Wanted(span.start, span.end, keys([w], without=names)) for w in dict.fromkeys(wordings or [""])
        )
    cues = first if wordings else third
    cues.setdefault(name, []).extend(Wanted(s.start, s.end) for s in statement.cue)
    third.setdefault(name, []).extend(Wanted(s.start, s.end) for s in statement.source)
    for hand in statement.chain:
        passage = hand.passage
        if passage and hand.actor != statement.speaker and passage.end - passage.start <= SHORT:
            _add(first, [passage])


def _named(state: State) -> Iterator[Passage]:
    """Yield where each designation of an armed group is first used: what a group is called, and by whom, is disputed."""
    for actor in state.actors.values():
        if actor.kind == "armed-group":
            yield from (d.passages[0] for d in actor.designations if d.passages)


def _party_words(state: State) -> frozenset[str]:
    """Return the stems of the parties' names: they stand in nearly every sentence and tell nothing apart."""
    texts = [text for m in state.charter.parties for text in (m.name, *(d.text for d in m.designations))]
    texts += [word for a in state.actors.values() if a.kind in ("party", "state") for word in (a.name, *a.words)]
    return frozenset(stem(word) for text in texts for word in text.split())


def _add(tier: Ranges, passages: Iterable[Passage], found: Keys = ()) -> None:
    for passage in passages:
        tier.setdefault(passage.document, []).append(Wanted(passage.start, passage.end, found))
