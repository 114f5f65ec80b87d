"""The current state: what a fold over the record comes to. Built by `tasdiq.register`, read by every stage and page.

Plain containers, filled once by the register and then only read. `provenance` says for each local id which entry (and row)
it came from, so that everything published can open its entry and its proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .agreement import Conduct
from .case import Case, Due
from .charter import Charter
from .chronicle import CeasefirePoint, CrossingInterval, Session
from .document import Document, Passage, Rejected
from .framing import Framing
from .incident import Incident, IncidentReport
from .progress import Progress
from .proposition import Disagreement, Origin, Position, Proposition, Row
from .reuse import Copy
from .source import Actor
from .statement import Statement
from .talks import Talks
from .told import AnyTold


@dataclass(frozen=True)
class Provenance:
    """Where an item stands in the record: entry id, its index, its row if the entry is bulk, and its kind."""

    entry: str
    index: int
    row: int | None
    kind: str


@dataclass(frozen=True)
class EntryLine:
    """One entry as the record page lists it."""

    index: int
    id: str
    kind: str
    member: str
    claimed_time: str
    access: str
    status: str
    summary: str = ""


@dataclass
class State:
    """Everything the record says now."""

    charter: Charter
    origin: str = ""
    size: int = 0
    documents: dict[str, Document] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """Extracted or decoded text of each file, by `text_sha256`; empty where it was withheld."""
    rejected: list[Rejected] = field(default_factory=list)
    files: dict[str, list[str]] = field(default_factory=dict)
    """Name of every file that stands -> SHA-256 of the bodies that entered it."""
    actors: dict[str, Actor] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    told: dict[str, AnyTold] = field(default_factory=dict)
    reports: dict[str, IncidentReport] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)
    """Which documents give one statement, in which words: what origins rest on."""
    propositions: dict[str, Proposition] = field(default_factory=dict)
    """As persons decided: what programs proposed, with the `framings` that stand put to it by `corroboration.decided`."""
    framings: dict[str, Framing] = field(default_factory=dict)
    """Decisions of persons about propositions, by their entries, in the record's order."""
    positions: list[Position] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    """The positions table: one `Row` a proposition, derived from positions by `corroboration.positions.tabulate`."""
    disagreements: dict[str, Disagreement] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    crossings: dict[str, CrossingInterval] = field(default_factory=dict)
    ceasefire: dict[str, CeasefirePoint] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    case_of: dict[str, str] = field(default_factory=dict)
    """Id of a finding, request, notice or piece of evidence -> the case it is in; empty where nobody filled it."""
    conduct: dict[str, Conduct] = field(default_factory=dict)
    talks: Talks = field(default_factory=Talks)
    """Agreements (the charter's among them), engagement, sessions, calls; a snapshot keeps `talks.copy()`."""
    progress: dict[str, Progress] = field(default_factory=dict)
    """How each commitment goes by members' figures and ratings, filled as of a time by `timing`."""
    upcoming: list[Due] = field(default_factory=list)
    """What is dated and open in the talks, filled as of a time by `timing`."""
    confirmed: dict[str, str] = field(default_factory=dict)
    """Local id -> entry id of the confirmation."""
    refused: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    redacted: dict[str, str] = field(default_factory=dict)
    """Id of an entry, or of a row as `<entry id>/<n>` -> entry id of the notice that emptied it."""
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    entries: list[EntryLine] = field(default_factory=list)
    unknown_kinds: dict[str, int] = field(default_factory=dict)
    refused_steps: dict[str, str] = field(default_factory=dict)
    """Entry id -> why the procedure refuses the step it brings; such a step changes nothing and is never published."""

    def __post_init__(self) -> None:
        """Let the charter's agreements and commitments stand in the register from the start."""
        if not self.talks.agreements and not self.talks.commitments:
            self.talks.adopt(self.charter)

    def text(self, document: str) -> str | None:
        """Return the text a document's offsets point into, or None if it is withheld."""
        return self.texts.get(self.documents[document].text_sha256)

    def words(self, passage: Passage) -> str:
        """Return the words of a passage, or an empty string if the text is withheld."""
        text = self.text(passage.document)
        return "" if text is None else text[passage.start : passage.end]
