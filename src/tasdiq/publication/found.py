"""Find the proofs that the record layer has already written into a site's folder.

`record/checkpoint` is a signed note (C2SP tlog-checkpoint): origin, size, root in base64, then signatures; it is shown as it
is and judged by `tasdiq audit` alone. `bundle/<id>.tasdiq.json` holds what stands behind one item.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

ENDING = ".tasdiq.json"


def find_proofs(out: Path) -> dict[str, str]:
    """Return the proofs in a site's folder, as `publication.view` describes them; empty if there are none."""
    found = {path.name.removesuffix(ENDING): f"bundle/{path.name}" for path in sorted(out.glob(f"bundle/*{ENDING}"))}
    checkpoint = out / "record" / "checkpoint"
    if checkpoint.is_file():
        text = checkpoint.read_text(encoding="utf-8", errors="replace")
        found |= {"checkpoint": text, "root": _root(text)}
    return found


def _root(checkpoint: str) -> str:
    lines = checkpoint.split("\n")
    try:
        return base64.b64decode(lines[2], validate=True).hex() if len(lines) > 2 else ""
    except (binascii.Error, ValueError):
        return ""
