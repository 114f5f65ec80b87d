"""Look up what every published item leads to: its words, its time, its entry, its proof.

A `View` binds a public state to display names and to the proofs the record layer made. `proofs` is a mapping:

- an item's local id -> path, relative to the site, of a file that `tasdiq audit` checks offline;
- `checkpoint` -> the signed checkpoint as text; `root` -> its root hash; `cosigned` -> "k of n, by whom, when";
- `fingerprints` -> lines "role name key-id" of the keys the record names.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import cached_property
from typing import Any

from tasdiq.model.document import Passage, Span
from tasdiq.model.state import State
from tasdiq.model.told import Telling, Told
from tasdiq.model.when import When

from . import times
from .names import Names, entry_page, parties, slug
from .passages import GAP, Shown
from .redact import Public
from .wanted import opening

Plain = dict[str, Any]
PROPOSED, CONFIRMED, CORRECTED, RECORDED = "proposed by machine", "confirmed", "corrected", "recorded"


def _points(state: State) -> dict[str, set[int]]:
    """Collect by document where passages begin, so that each of them can be led to."""
    passages = [told.telling.passage for told in state.told.values()]
    passages += [report.passage for report in state.reports.values() if report.passage]
    passages += [p for item in state.disagreements.values() for _, found in item.values for p in found]
    passages += [p for origin in state.origins.values() for d in origin.differences for p in d.passages]
    passages += [p for actor in state.actors.values() for d in actor.designations for p in d.passages]
    points: dict[str, set[int]] = {}
    for passage in passages:
        points.setdefault(passage.document, set()).add(passage.start)
    return points


class View:
    """Everything a page or data file asks about one item of a public state."""

    def __init__(
        self, public: Public, proofs: Mapping[str, str] | None = None, sealed: Container[str] | None = None
    ) -> None:
        self.public, self.state, self._sealed = public, public.state, sealed
        self.proofs = dict(proofs or {})
        self.parties = parties(self.state.charter)
        self.zones = self.state.charter.time_zones

    @property
    def shown(self) -> Shown:
        """The words of documents that may be shown."""
        return self.public.shown

    @cached_property
    def names(self) -> Names:
        """What everything is called."""
        return Names(self.state, {name: self._opening(name) for name in self.state.documents})

    @cached_property
    def points(self) -> dict[str, set[int]]:
        """Where passages begin, by document."""
        return _points(self.state)

    @cached_property
    def sealed(self) -> Container[str]:
        """The ids of the entries whose kind is not told: those given, else all that are not public."""
        if self._sealed is not None:
            return self._sealed
        return {line.id for line in self.state.entries if line.access != "public"}

    def _opening(self, document: str) -> str:
        """Return the first words of a document, as far as they are shown."""
        return self.shown.words(opening(self.state.documents[document])).text.partition(GAP)[0]

    def entry(self, ident: str) -> Plain | None:
        """Return where an item stands in the record: entry id, index, row, id of the row, kind, page; None if unknown."""
        where = self.state.provenance.get(ident)
        if where is None:
            return None
        row = where.entry if where.row is None else f"{where.entry}/{where.row}"
        kind = "sealed" if where.entry in self.sealed else where.kind
        page = entry_page(where.index)
        return {"entry": where.entry, "index": where.index, "row": where.row, "id": row, "kind": kind, "page": page}

    def status(self, ident: str) -> str:
        """Return "confirmed", "corrected", "proposed by machine" or, for what a person entered, "recorded"."""
        if ident in self.state.corrected:
            return CORRECTED
        if ident in self.state.confirmed:
            return CONFIRMED
        where = self.state.provenance.get(ident)
        item = self.state.propositions.get(ident)
        by_hand = item is not None and item.method == "by hand"
        made = where is None or (not by_hand and (where.row is not None or where.kind.endswith(("Proposed", "Framed"))))
        return PROPOSED if made else RECORDED

    def standing(self, ident: str) -> Plain:
        """Return what every item carries: status, entry, and the file that proves it, if one was made."""
        return {
            "status": self.status(ident),
            "confirmed_by": self.state.confirmed.get(ident),
            "provenance": self.entry(ident),
            "proof": self.proofs.get(ident),
        }

    def passage(self, passage: Passage) -> Plain:
        """Return a passage with the words of it that may be shown and the page they are marked on."""
        words = self.shown.words(passage)
        return {
            "document": passage.document,
            "file": self.file(passage),
            "outlet": self.names.outlet(passage.document),
            "called": self.names.document(passage.document),
            "language": self.language(passage.document),
            "start": passage.start,
            "end": passage.end,
            "text": words.text,
            "complete": words.complete,
            "page": f"d/{slug(passage.document)}.html",
            "anchor": self.anchor(passage),
        }

    def language(self, document: str) -> str:
        """Return the language a document is in, "" where that is not known."""
        found = self.state.documents.get(document)
        return found.language if found else ""

    def file(self, passage: Passage) -> str:
        """Return the file a passage stands in."""
        document = self.state.documents.get(passage.document)
        return document.file if document else ""

    def anchor(self, passage: Passage) -> str:
        """Return the anchor of a passage's first shown word on its document's page, or of the page where none is shown."""
        document = self.state.documents.get(passage.document)
        pieces = self.shown.pieces(passage.document) if document else ()
        starts = (
            max(piece.start, passage.start)
            for piece in pieces
            if piece.start < passage.end and piece.end > passage.start
        )
        first = next(starts, None)
        inside = document and first is not None and document.start <= first < document.end
        return f"o{first}" if inside else "main"

    def spans(self, document: str, spans: tuple[Span, ...]) -> list[Plain]:
        """Return spans of a document with their shown words."""
        found = [(s, self.shown.words(Passage(document=document, start=s.start, end=s.end))) for s in spans]
        return [{"start": s.start, "end": s.end, "text": w.text, "complete": w.complete} for s, w in found]

    def when(self, when: When | None) -> Plain | None:
        """Return a time with its exactness and in words."""
        if when is None:
            return None
        return {
            "start": when.start,
            "end": when.end,
            "precision": when.precision,
            "approximate": when.approximate,
            "text": when.text,
            "words": times.span(when),
        }

    def claim(self, told: Told) -> Plain:
        """Return what every claim of a document carries: id, time, whose telling, method, status and entry."""
        return {
            "id": told.id,
            "when": self.when(told.when),
            "telling": self.telling(told.telling),
            "method": told.method,
            **self.standing(told.id),
        }

    def claims(self, names: Iterable[str]) -> list[Plain]:
        """Return the claims of these ids that the record holds."""
        return [self.claim(self.state.told[name]) for name in names if name in self.state.told]

    def telling(self, telling: Telling) -> Plain:
        """Return whose telling a claim is, in words, and its passage."""
        return {
            "teller": telling.teller,
            "teller_words": self.teller_words(telling),
            "statement": telling.statement if telling.statement in self.state.statements else None,
            "speaker": telling.speaker,
            "speaker_name": self.names.actor(telling.speaker),
            "party": telling.party,
            "parties": list(telling.parties),
            "outlet": telling.outlet,
            "outlet_name": self.names.actor(telling.outlet) or telling.outlet,
            "passage": self.passage(telling.passage),
        }

    def voice(self, telling: Telling) -> str:
        """Name who tells: the party in own voice, else as `teller_words`, without "as told by" before an outlet alone."""
        if telling.teller == "own":
            return self.names.actor(telling.speaker) if telling.parties else self.names.party(telling.party)
        return self.teller_words(telling).removeprefix("as told by ")

    def teller_words(self, telling: Telling) -> str:
        """Say in whose telling: "own voice of Kestria (Ana Brel)", "Vorland, as told by Kestria", "as told by Harbour Times"."""
        outlet = self.names.actor(telling.outlet) or self.names.outlet(telling.passage.document)
        speaker = self.names.actor(telling.speaker)
        party = self.names.party(telling.party)
        if telling.teller == "own" and telling.parties:
            return f"own voice of {speaker}"
        if telling.teller == "own" and telling.party:
            speaker = speaker.removesuffix(f" ({party})")
            return f"own voice of {party}" + (f" ({speaker})" if speaker and telling.speaker != telling.party else "")
        if telling.teller == "other-party":
            statement = self.state.statements.get(telling.statement or "")
            other = self.names.actor(statement.told_by) if statement and statement.told_by else "the other party"
            return f"{speaker or party}, as told by {other}"
        if not speaker and telling.statement:
            return f"a speaker not named, through {outlet}"
        if not speaker or speaker == outlet:
            return f"as told by {outlet}"
        return f"{speaker}, {'as told by' if telling.party else 'through'} {outlet}"
