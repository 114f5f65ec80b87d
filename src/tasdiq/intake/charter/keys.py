"""Every key a charter may have, with its form and meaning. `docs/reference/charter.md` explains the same keys at length.

Table by table in the order in which a charter is best read. A key that does not stand here is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal[
    "text", "texts", "choice", "date", "whole", "flag", "degrees", "zone", "key", "id", "iso3", "names", "outcomes",
    "words", "tables", "table",
]  # fmt: skip


@dataclass(frozen=True)
class Key:
    """One key: what form its value has, its choices or bounds, and whether it must stand there."""

    form: Form
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 10**9


MEMBER = {
    "id": Key("id", "short lower-case word other tables refer to; a state's is its ISO alpha-3 code in lower case"),
    "name": Key("text", "the name it uses for itself", required=True),
    "country": Key("iso3", "ISO 3166-1 alpha-3 code, if it is a state"),
    "designations": Key("names", "every other name in use, and who uses it"),
    "key": Key("key", "hex SHA-256 of its public key; joint records only"),
    "next": Key("key", "hex SHA-256 of the successor its key commits to; joint records only"),
    "languages": Key("texts", "its own languages by tag (ur, ps, fa-AF), the first for printed sheets"),
}
GROUP = {
    "id": Key("id", "short lower-case word; its actor is group/ID, or organisation/ID, person/ID … by its kind"),
    "name": Key("text", "a name in use", required=True),
    "kind": Key("choice", "what it is", choices=("armed-group", "organisation", "person", "organ", "outlet")),
    "party": Key("text", "id of the party it belongs to, if it belongs to one"),
    "designations": Key("names", "every other name in use, and who uses it"),
}
AGREEMENT = {
    "id": Key("id", "short word other tables refer to"),
    "title": Key("text", "what it is called", required=True),
    "form": Key(
        "choice", "in which form it exists", required=True, choices=("signed", "unsigned", "verbal", "claimed")
    ),
    "date": Key("date", "when it was made or is said to have been made"),
    "place": Key("text", "where"),
    "parties": Key("texts", "ids of the parties to it"),
    "said_by": Key("texts", "ids of those who say that it exists"),
    "text": Key("text", "its words, or a summary that says it is one"),
    "consequence": Key("text", 'what was agreed to follow a breach, or "none agreed"'),
    "until": Key("date", "when it ends"),
}
COMMITMENT = {
    "id": Key("id", "short word findings refer to"),
    "agreement": Key("text", "id of the agreement it is part of", required=True),
    "bearer": Key("text", "id of the member who is bound", required=True),
    "text": Key("text", "who must do or not do what", required=True),
    "kind": Key("choice", "of which kind", choices=("prohibition", "programme", "duty")),
    "where": Key("text", "where it holds"),
    "from": Key("date", "from when"),
    "until": Key("date", "until when"),
    "exemptions": Key("texts", "what is exempted"),
    "acknowledged_by": Key("texts", "ids of the parties that acknowledge it in their own voice"),
    "quantity": Key("whole", "how many units, where it names a number", low=1),
    "unit": Key("text", "of what"),
    "per": Key("choice", "per what", choices=("day", "week", "total")),
    "sense": Key("choice", "whether it is a floor or a ceiling", choices=("at least", "at most")),
    "reading": Key("tables", "one party's interpretation"),
}
READING = {
    "party": Key("text", "id of the party that reads it so", required=True),
    "text": Key("text", "its interpretation", required=True),
    "counting": Key("choice", "how it counts the quantity", choices=("average", "each")),
}
SESSION = {
    "id": Key("id", "short word"),
    "place": Key("text", "where", required=True),
    "from": Key("date", "first day", required=True),
    "until": Key("date", "last day"),
    "mediators": Key("texts", "ids of the mediators present"),
    "held": Key("flag", "true if it was held, false if it is scheduled"),
    "outcomes": Key("outcomes", "by member id, the outcome as that member tells it"),
}
CROSSING = {
    "id": Key("id", "short word"),
    "name": Key("text", "a neutral name", required=True),
    "ends": Key("texts", "the places at its two ends"),
    "countries": Key("texts", "ISO alpha-3 codes of the two countries"),
    "names": Key("names", "other names, and who uses them"),
    "lat": Key("degrees", "latitude in degrees", low=-90, high=90),
    "lon": Key("degrees", "longitude in degrees", low=-180, high=180),
}
PROCEDURE = {
    "decision": Key("choice", "how findings are made", choices=("consensus", "majority with mediator", "chair")),
    "quorum": Key("whole", "members who must be present"),
    "cosigners_quorum": Key("whole", "cosignatures that make a checkpoint evidentiary"),
    "standards": Key("texts", "standards of proof that may be used"),
    "default_standard": Key("text", "the one used unless another is named"),
    "reply_days": Key("whole", "days a party has to reply", low=1, high=3650),
    "access_days": Key("whole", "days after which an unanswered access request counts as delayed", low=1, high=3650),
    "steps": Key(
        "choice", "full: everyone is heard before anyone signs; short: draft and marks", choices=("full", "short")
    ),
    "team": Key(
        "choice", "joint: both parties to a case sit, or neither; neutral: neither", choices=("joint", "neutral")
    ),
    "competence_days": Key("whole", "days to decide whether the mechanism is competent", low=1, high=3650),
    "evidence_days": Key("whole", "days a party has to answer evidence handed to it", low=1, high=3650),
    "signing_days": Key("whole", "days to sign a finding, once the parties were heard", low=1, high=3650),
    "appeal_days": Key("whole", "days to appeal against a finding, and to answer an appeal", low=1, high=3650),
    "redaction_signers": Key("whole", "members who must sign a notice of redaction; joint records only", low=1),
}
PUBLICATION = {
    "embargo_hours": Key("whole", "delay of public output", high=87_600),
    "coarsen": Key("choice", "finest place that is published", choices=("district", "province", "none")),
    "passage_limit": Key("whole", "most code points of one passage shown"),
    "passages_share_percent": Key("whole", "most of one document shown in all", high=100),
    "smallest_count": Key("whole", "smaller counts of persons are suppressed"),
}
CHARTER = {
    "title": Key("text", "what the record is called"),
    "form": Key("choice", "desk (one author) or joint (constituted by its members' keys)", choices=("desk", "joint")),
    "compiler": Key("text", "who compiles a desk record"),
    "boundary": Key("choice", "how a boundary is drawn", choices=("none", "dashed")),
    "boundary_note": Key("text", "what is said beside the map"),
    "time_zones": Key("texts", "IANA names of the zones in which times are shown"),
    "party": Key("tables", "a party; at least two", required=True),
    "mediator": Key("tables", "a mediator"),
    "observer": Key("tables", "an observer"),
    "protection_body": Key("table", "the independent body that answers for persons handed over"),
    "group": Key("tables", "a non-party armed group, or another actor with several names"),
    "agreement": Key("tables", "something agreed, or said to be agreed"),
    "commitment": Key("tables", "who must do or not do what"),
    "session": Key("tables", "a round of talks held or scheduled"),
    "crossing": Key("tables", "a border crossing with its two ends"),
    "taxonomies": Key("words", "words of the taxonomies in this record's own wording"),
    "procedure": Key("table", "how decisions are made"),
    "publication": Key("table", "how output is delayed, coarsened and shortened"),
}
TABLES: dict[str, dict[str, Key]] = {
    "party": MEMBER, "mediator": MEMBER, "observer": MEMBER, "protection_body": MEMBER, "group": GROUP,
    "agreement": AGREEMENT, "commitment": COMMITMENT, "reading": READING, "session": SESSION, "crossing": CROSSING,
    "procedure": PROCEDURE, "publication": PUBLICATION,
}  # fmt: skip
"""The keys of each table, by the table's name."""

OTHER_WORDS = {
    "start": "from", "begin": "from", "since": "from", "end": "until", "to": "until", "till": "until", "latitude": "lat",
    "longitude": "lon", "aliases": "designations", "also_known_as": "designations", "author": "compiler", "iso3": "country",
}  # fmt: skip
"""Words people write for a key."""
