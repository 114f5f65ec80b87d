"""`tasdiq corroborate RECORD`: propose what corroboration finds in a record."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tasdiq.cli.key import load_key
from tasdiq.mechanism import Mechanism
from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings


def over_record(source: Path, key_path: Path | None, say: Callable[[str], None]) -> str:
    """Run corroboration over a record; return what to tell."""
    key = load_key(key_path) if key_path else None
    with Mechanism.open(Home(source), read_settings(os.environ), key=key) as mechanism:
        return f"{source}: {mechanism.corroborate(say)} proposals appended"
