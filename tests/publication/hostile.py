"""A record whose documents try to run as script, to break out of files, and to act in a spreadsheet."""

from __future__ import annotations

import msgspec

import world
from tasdiq.model.state import State

SCRIPT = '</script><script>window.ran=1</script><img src=x onerror="window.ran=1">"\'><svg onload=window.ran=1>'
FORMULA = '=HYPERLINK("http://x.example","x")'
IDENT = '../../p-evil"><script>window.ran=1</script>'


def state() -> State:
    """Build the joint record with hostile titles, names, links, wordings, ids and summaries."""
    built = world.state()
    for ident, document in list(built.documents.items()):
        built.documents[ident] = msgspec.structs.replace(
            document, title=SCRIPT, url="javascript:window.ran=1", dateline=SCRIPT, label=SCRIPT
        )
    built.texts = {digest: _hostile(text) for digest, text in built.texts.items()}
    built.actors = {i: msgspec.structs.replace(a, name=f"{SCRIPT} {a.name}") for i, a in built.actors.items()}
    for ident, item in list(built.propositions.items()):
        built.propositions[ident] = msgspec.structs.replace(item, wording=FORMULA + SCRIPT, topic=SCRIPT)
    first = next(iter(built.propositions.values()))
    built.propositions[IDENT] = msgspec.structs.replace(first, id=IDENT)
    built.entries[1].__dict__.update(summary=SCRIPT)
    return built


def _hostile(text: str) -> str:
    """Return a text of the same length that is markup all over."""
    return (SCRIPT * (len(text) // len(SCRIPT) + 1))[: len(text)]
