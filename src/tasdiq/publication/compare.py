"""Lay side by side what belongs together: the wordings of one statement by document, and the measures of one passage.

1. Differences of wording of one statement are one block: a column a document, a row a difference, in the order of the first
   document's text. A document that shares another's words shows them too; "not there" is said in words.
2. Measures told in one passage are one row: each kind with its words.
"""

from __future__ import annotations

from .view import Plain

ABSENT = "(words absent)"


def wordings(data: Plain) -> list[Plain]:
    """Return a block for each statement whose wordings differ: subject, documents, rows (rule 1)."""
    found = [x for x in data["disagreements"] if x["aspect"] == "wording"]
    return [
        _block(subject, [x for x in found if x["subject"] == subject])
        for subject in dict.fromkeys(x["subject"] for x in found)
    ]


def _block(subject: str, items: list[Plain]) -> Plain:
    passages = [p for item in items for value in item["values"] for p in value["passages"]]
    documents = {p["document"]: p for p in sorted(passages, key=lambda p: (p["file"], p["document"]))}
    rows = [_row(item, list(documents)) for item in items]
    rows.sort(key=lambda row: min((c["passage"]["file"], c["passage"]["start"]) for c in row["cells"] if c["passage"]))
    names = [{"called": p["called"], "page": p["page"]} for p in documents.values()]
    return {"subject": subject.removeprefix("Wording of: "), "documents": names, "rows": rows, "items": items}


def _row(item: Plain, documents: list[str]) -> Plain:
    by_document = {p["document"]: (value["value"], p) for value in item["values"] for p in value["passages"]}
    cells = []
    for name in documents:
        value, passage = by_document.get(name, ("", None))
        cells.append({"value": "" if value == ABSENT else value, "there": passage is not None, "passage": passage})
    return {"id": item["id"], "cells": cells, "item": item}


def measures(data: Plain) -> list[Plain]:
    """Return the measures by the passage that tells them, in their order (rule 2)."""
    blocks: dict[tuple[str, int, int], list[Plain]] = {}
    for item in data["measures"]:
        passage = item["telling"]["passage"]
        blocks.setdefault((passage["document"], passage["start"], passage["end"]), []).append(item)
    return [
        {
            "items": items,
            "telling": items[0]["telling"],
            "by": list(dict.fromkeys(i["by_name"] or "not told" for i in items)),
            "when": list(dict.fromkeys(i["when"]["words"] if i["when"] else "not told" for i in items)),
        }
        for items in blocks.values()
    ]
