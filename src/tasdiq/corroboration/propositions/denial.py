"""Where a rejection of somebody's claim lands: "any claim to the contrary is false", "a charge Kestria denies".

Such a statement names no content of its own; the claim it answers stands elsewhere. Rules:

1. It counts as a rejection if its act denies or rejects and its words carried no denial themselves, or if it calls a claim false.
2. A claim by the other side in the same sentence, or within the rejection, is the one meant.
3. "Such claims", "these remarks", "the claim" means what was claimed or rejected just before; an accusation right before it is
   meant even where it fits no frame.
4. A denial that only repeats the claim's own words in short ("refusing any offer") lands on the nearest claim before it by the
   other side that holds all of them.
5. Otherwise it lands on what the other side claims, in the same document, that the rejecting side did, on topics on which the
   rejecting side gives its own account there: a general denial protects one's own account and says nothing on the rest.
6. Rejecting a demand or an offer is no denial; it refuses what the other side asked or offered just before.
7. A claim nobody tells in the document is not searched for elsewhere. Where nothing fits, the rejection lands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tasdiq.model.proposition import Stance
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from .bearing import Bearing, Bearings
from .mentions import Names
from .pattern import word_class
from .reading import Line
from .stance import DENYING
from .words import stem

_SHORT = 6
_FEWEST = 2
_SMALL = frozenset(
    ("a", "an", "the", "any", "such", "that", "this", "its", "their", "of", "to", "it", "have", "be", "had", "ever")
)
_BACK = 4
_ABOUT = frozenset(("over", "on", "about", "regard", "concern"))
_ACCUSATION = frozenset(map(stem, ("accusation", "allegation", "charge", "claim")))
_POINTING = frozenset(("such", "thes", "those", "thos", "this", "the"))


@dataclass(frozen=True)
class Unframed:
    """A claim that fits no frame and is answered by a rejection in its own sentence."""

    claim: Statement
    rejection: Statement


def land(state: State, names: Names, bearings: Bearings) -> list[Unframed]:
    """Add a bearing for each rejection that lands on a framed claim; return rejections of unframed claims."""
    unframed: list[Unframed] = []
    for document in _by_document(bearings):
        for line in document:
            if line.party in names.parties and _rejects(line, bearings):
                unframed.extend(_land_one(state, names, bearings, line, document))
    return unframed


def _by_document(bearings: Bearings) -> list[list[Line]]:
    documents: dict[str, list[Line]] = {}
    for line in bearings.lines.values():
        documents.setdefault(line.statement.document, []).append(line)
    return list(documents.values())


def _rejects(line: Line, bearings: Bearings) -> bool:
    """Rule 1."""
    held = bearings.of.get(line.statement.id, [])
    if any(b.stance == "denies" for b in held) or line.negated:
        return False
    content = line.said
    if line.act in DENYING:
        return not any(b.stance in ("refuses", "asserts") for b in held)
    calls_false = any(word in word_class("FALSE") for word in content)
    naming = word_class("NAMING") | word_class("CLAIMING")
    return calls_false and (len(content) <= _SHORT or any(word in naming for word in content))


def _land_one(state: State, names: Names, bearings: Bearings, line: Line, document: list[Line]) -> Iterator[Unframed]:
    if _of_demand(line):
        return _refuse(state, bearings, line, document)
    here = [other for other in document if _claims_here(other, line) and not _only_named(other)]
    if here:
        return _deny_here(state, bearings, line, here)
    if accusation := _unframed_before(bearings, line, document):
        return iter((Unframed(claim=accusation.statement, rejection=line.statement),))
    meant, why = _meant(bearings, line, document), "goes on about the claim before it"
    if not meant:
        meant, why = _repeated(bearings, line, document), "repeats the claim's own words in short"
    if not meant and _general(line):
        topics = _account(bearings, line, document)
        found = (b for other in document for b in bearings.of.get(other.statement.id, []))
        meant = [claim for claim in found if _contrary(claim, line, names, topics)]
        why = "calls claims to the contrary of its own account false"
    for claim in meant:
        _add(state, bearings, line.statement, claim, why)
    return iter(())


def _deny_here(state: State, bearings: Bearings, line: Line, here: list[Line]) -> Iterator[Unframed]:
    """Rule 2."""
    for other in here:
        held = bearings.of.get(other.statement.id, [])
        for claim in held:
            if claim.stance in ("asserts", "acknowledges"):
                _add(state, bearings, line.statement, claim, "rejects the claim told in the same sentence")
        if not held:
            yield Unframed(claim=other.statement, rejection=line.statement)


def _of_demand(line: Line) -> bool:
    """Whether what is rejected is a demand or proposal: that is no claim, and rejecting it no denial."""
    said = line.said
    return line.act == "rejects" and bool(word_class("OFFERED_THING") & set(said)) and not _general(line)


def _refuse(state: State, bearings: Bearings, line: Line, document: list[Line]) -> Iterator[Unframed]:
    """Rule 6: add a refusal of the other side's last demand or offer before it."""
    at = next(number for number, other in enumerate(document) if other is line)
    for other in document[max(0, at - _BACK) : at][::-1]:
        wanted = [b for b in bearings.of.get(other.statement.id, []) if b.stance in ("calls for", "offers")]
        if wanted and other.party not in (line.party, None):
            for aim in wanted:
                _add(state, bearings, line.statement, aim, "rejects what was asked or offered", "refuses")
            break
    return iter(())


def _general(line: Line) -> bool:
    """Whether the words name claims or call something false."""
    naming = word_class("NAMING") | word_class("CLAIMING") | word_class("FALSE")
    return any(word in naming for word in line.said)


def _claims_here(other: Line, line: Line) -> bool:
    """Rule 2: whether `other` is the other side's claim in the sentence of the rejection."""
    said, rejection = other.statement, line.statement
    if said.id == rejection.id or not (_called_false_inside(said, line) or _together(said, rejection)):
        return False
    return other.party is not None and other.party != line.party and said.act not in DENYING and bool(other.said)


def _called_false_inside(said: Statement, line: Line) -> bool:
    """Whether `said` stands within the rejection, in the very sentence that calls something false."""
    if said.inside != line.statement.id:
        return False
    start = line.content
    for at in [*(n for n in range(start, len(line.stems)) if line.stems[n] == "."), len(line.stems)]:
        if any(line.inner[start:at]) and word_class("FALSE") & set(line.stems[start:at]):
            return True
        start = at
    return False


def _together(said: Statement, rejection: Statement) -> bool:
    return said.sentence is not None and said.sentence == rejection.sentence


def _only_named(line: Line) -> bool:
    """Whether a content only names a claim ("the statement", "over the offer") and does not make it."""
    said = line.said
    if not said or said[0] in _ABOUT:
        return True
    naming = word_class("NAMING") | word_class("CLAIMING") | word_class("FALSE")
    return len(said) <= _SHORT and any(word in naming for word in said)


def _meant(bearings: Bearings, line: Line, document: list[Line]) -> list[Bearing]:
    """Rule 3: return what was claimed or rejected just before, where the rejection points back to it."""
    said, naming = line.said, word_class("NAMING") | word_class("CLAIMING")
    points = any(a in _POINTING and b in naming - word_class("CONTRARY") for a, b in pairwise(said))
    if not points or "attribut" in said:
        return []
    at = next(number for number, other in enumerate(document) if other is line)
    for other in document[max(0, at - _BACK) : at][::-1]:
        held = bearings.of.get(other.statement.id, [])
        denied = [b for b in held if b.stance == "denies" and other.party == line.party]
        claimed = [b for b in held if b.stance == "asserts" and other.party not in (line.party, None)]
        if denied or claimed:
            return denied or claimed
    return []


def _repeated(bearings: Bearings, line: Line, document: list[Line]) -> list[Bearing]:
    """Rule 4: return what was claimed of the rejecting side in the words that the rejection holds, all of them."""
    words = {word for word in line.said if word not in _SMALL and word[0] not in "@#%"}
    if len(words) < _FEWEST:
        return []
    at = next(number for number, other in enumerate(document) if other is line)
    for other in document[:at][::-1]:
        if other.party not in (line.party, None) and words <= set(other.said):
            claimed = [
                b for b in bearings.of.get(other.statement.id, []) if b.stance == "asserts" and b.about == line.party
            ]
            if claimed:
                return claimed
    return []


def _unframed_before(bearings: Bearings, line: Line, document: list[Line]) -> Line | None:
    """Return the other side's accusation right before a rejection that points to it, where it fits no frame (rule 3)."""
    points = any(a in _POINTING and b in _ACCUSATION for a, b in pairwise(line.said))
    at = next(number for number, other in enumerate(document) if other is line)
    before = next((other for other in document[:at][::-1] if other.statement.inside is None), None)
    if not points or before is None or before.act != "accuses" or before.party in (line.party, None):
        return None
    return None if bearings.of.get(before.statement.id) else before


def _account(bearings: Bearings, line: Line, document: list[Line]) -> frozenset[str]:
    """Return the topics on which the rejecting side gives its own account in the document."""
    return frozenset(
        held.frame.topic
        for other in document
        if other.party == line.party and other.statement.teller == "own"
        for held in bearings.of.get(other.statement.id, [])
        if held.stance != "denies"
    )


def _contrary(claim: Bearing, line: Line, names: Names, topics: frozenset[str]) -> bool:
    """Rule 5."""
    by = claim.statement.party
    if by not in names.parties or by == line.party or claim.stance not in ("asserts", "acknowledges"):
        return False
    retold = claim.statement.told_by == line.party or claim.statement.inside is not None
    habit = bool(claim.statement.manner)
    meant = claim.about == line.party and claim.frame.kind == "act" and claim.frame.topic in topics
    return meant and not retold and not habit


def _add(
    state: State, bearings: Bearings, rejection: Statement, claim: Bearing, why: str, stance: Stance = "denies"
) -> None:
    by = state.actors.get(claim.statement.speaker or "")
    name = f" by {by.name}" if by else ""
    reason = f"{why}: the claim{name}"
    bearings.add(
        Bearing(
            statement=rejection, key=claim.key, frame=claim.frame, stance=stance, why=reason, answers=claim.statement.id
        )
    )
