"""The charter as a person writes it: `charter.toml` becomes a `Charter`, and a `Charter` becomes a file to edit.

The keys and what they mean stand in `keys`, what contradicts itself in `rules`. Everything wrong with a file is reported
together, each with its line and what to write instead. Who may change a charter later is left to `verification`.
"""

from .problems import CharterError
from .read import parse_charter, read_charter
from .write import charter_toml

__all__ = ["CharterError", "charter_toml", "parse_charter", "read_charter"]
