"""What a reader kept, held against what is here: an older checkpoint, bundle, site or record.

A host can show each reader another history as long as nobody compares. Codes, all at the checkpoint that is here:

1. `other-log`: the two name different logs. `unknown-keys`: no key of this record's log signed what was kept.
2. `rolled-back`: what was kept covers more entries than are here.
3. `split-view`: at a size that both can tell, the roots differ; or at an index that both show, the leaves.
4. `not-comparable`: neither can be told, as of a bundle and an earlier checkpoint: a check that was asked for and cannot
   be made does not hold. A site, or a record, shows all that is needed.
"""

from __future__ import annotations

from tasdiq.errors import InputError
from tasdiq.record import checkpoint
from tasdiq.record.audit import split_view
from tasdiq.record.audit.copy import Copy
from tasdiq.record.audit.split_view import SplitView
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.keys import KeyState
from tasdiq.record.note import Verifier


def log_verifiers(keys: KeyState, origin: str) -> list[Verifier]:
    """Return every key that ever was the log's."""
    return [Verifier(origin, key.public) for key in keys.in_role("log")]


def hold_against(verdict: Verdict, where: str, here: Copy, kept: Copy) -> None:
    """Add to `verdict`, whose copy is `here` and whose checkpoint lies at `where`, what `kept` shows to be wrong."""
    name = kept.path.name
    if kept.found.origin != here.found.origin:
        verdict.add("other-log", where, f"{name} is of the log {kept.found.origin}, here is {here.found.origin}")
        return
    try:
        checkpoint.require_signed(kept.found, kept.parsed, log_verifiers(verdict.keys, here.found.origin))
    except InputError:
        verdict.add("unknown-keys", where, f"no key of this record's log signed {name}: one of the two is another's")
        return
    with verdict.noting("not-comparable", where):
        _compare(verdict, where, here, kept, name)


def _compare(verdict: Verdict, where: str, here: Copy, kept: Copy, name: str) -> None:
    size, kept_size = here.found.size, kept.found.size
    if kept_size > size:
        verdict.add(
            "rolled-back", where, f"{name} covers {kept_size} entries, here are {size}: what came after is gone"
        )
    differs = _differ(here, kept, min(size, kept_size))
    if differs:
        verdict.add("split-view", where, f"{name} and what is here are two histories of one log: {differs}")
    elif differs is None and kept_size <= size:
        message = f"what is here does not show whether its {size} entries begin with the {kept_size} of {name}"
        verdict.add("not-comparable", where, f"{message}: hold that against the site or the record")
    elif differs is not None and kept_size <= size:
        verdict.held.append(f"begins with the {kept_size} entries of {name}")


def _differ(here: Copy, kept: Copy, size: int) -> str | None:
    """Say where two histories differ; "" if they agree at `size`, None if neither can be told."""
    one, other = here.roots({size}).get(size), kept.roots({size}).get(size)
    if one is not None and other is not None:
        return f"their roots over {size} entries differ" if one != other else ""
    fewer, more = sorted((here, kept), key=lambda copy: copy.start is not None)
    known = dict(fewer.leaves())
    again = more.shown(set(known))
    for index, leaf in sorted(again.items()):
        if leaf != known[index]:
            return f"entry {index} is another"
    return None


def proof_of(here: Copy, kept: Copy, keys: KeyState) -> SplitView | None:
    """Return the split view that two copies prove together, None if they do not, or no whole tree shows it."""
    larger = max(here, kept, key=lambda copy: (copy.found.size, copy.start is not None))
    node = larger.node() if here.found.size != kept.found.size else None
    return split_view.find(here.note, kept.note, log_verifiers(keys, here.found.origin), node)
