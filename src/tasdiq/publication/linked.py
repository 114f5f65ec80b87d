"""Documents, statements and points as JSON-LD, in the words of schema.org and PROV, so that other programs can join them.

A statement is a `schema:Claim`-like `Quotation` with its speaker and its document; a point is a `schema:Claim` whose
appearances are the statements on it. No claim is rated: there is no `ClaimReview` here.
"""

from __future__ import annotations

from .view import Plain

CONTEXT = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "tasdiq": "urn:tasdiq:terms:",
    "stance": "tasdiq:stance",
    "teller": "tasdiq:teller",
    "entry": "tasdiq:entry",
}


def linked(data: Plain) -> Plain:
    """Return the record as one JSON-LD document."""
    graph = [
        *[_document(d) for d in data["documents"]],
        *[_statement(s) for s in data["statements"]],
        *[_claim(p) for p in data["propositions"]],
    ]
    return {"@context": CONTEXT, "@id": f"urn:tasdiq:{data['record']['origin']}", "@type": "Dataset",
            "name": data["record"]["title"], "description": data["record"]["standing"],
            "dateModified": data["record"]["published_at"], "@graph": graph}  # fmt: skip


def _id(kind: str, ident: str) -> str:
    return f"urn:tasdiq:{kind}:{ident}"


def _document(item: Plain) -> Plain:
    found: Plain = {
        "@id": _id("document", item["id"]),
        "@type": "Article",
        "headline": item["title"],
        "sha256": item["sha256"],
    }
    if item["url"]:
        found["url"] = item["url"]
    if item["published"] and item["published"]["start"]:
        found["datePublished"] = item["published"]["start"]
    if item["outlet"]:
        found["publisher"] = {"@id": _id("actor", item["outlet"]), "@type": "Organization", "name": item["outlet_name"]}
    return found


def _statement(item: Plain) -> Plain:
    found: Plain = {
        "@id": _id("statement", item["id"]), "@type": "Quotation", "text": item["passage"]["text"],
        "isPartOf": {"@id": _id("document", item["document"])}, "teller": item["teller_words"],
    }  # fmt: skip
    if item["speaker"]:
        found["spokenByCharacter"] = {"@id": _id("actor", item["speaker"]), "name": item["speaker_name"]}
    if item["provenance"]:
        found |= {"entry": item["provenance"]["id"], "prov:wasGeneratedBy": item["method"]}
    return found


def _claim(item: Plain) -> Plain:
    return {
        "@id": _id("proposition", item["id"]),
        "@type": "Claim",
        "text": item["wording"],
        "about": item["topic"],
        "appearance": [{"@id": _id("statement", h["statement"]), "stance": h["stance"]} for h in item["holdings"]],
    }
