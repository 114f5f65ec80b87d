"""An analyst at work: a folder, its record and its site, by the main job."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from doors.folders import TASDIQ, environment, write_folder
from tasdiq.journey import Assessment, assess_folder
from tasdiq.model.state import State
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings


class Desk:
    """An analyst's desk: a folder, the place of its site, and runs of the main job over them."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.folder = write_folder(base / "folder")
        self.site = base / "site"
        self.home = Home(base / "site.record")
        self.settings = Settings(base / "state")

    def assess(self) -> Assessment:
        """Run the main job in this process."""
        return assess_folder(self.folder, self.site, None, self.settings, lambda _: None)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the main job as a process."""
        command = [str(TASDIQ), "assess", str(self.folder), "-o", str(self.site)]
        return subprocess.Popen(
            command, env=environment(self.settings.state_directory), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def state(self) -> State:
        """Return the state of the record."""
        return read_state(self.home)

    def data(self) -> dict[str, Any]:
        """Return the data of the published site."""
        found: dict[str, Any] = json.loads((self.site / "data" / "site.json").read_text(encoding="utf-8"))
        return found

    def kinds(self, first: int) -> list[str]:
        """Return the kinds of the entries from an index on."""
        return [line.kind for line in self.state().entries[first:]]
