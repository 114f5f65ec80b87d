"""What all documents together tell of sessions, crossings and the ceasefire: tellings put side by side, none preferred."""

from tasdiq.corroboration.chronicle.ceasefire import ceasefire
from tasdiq.corroboration.chronicle.crossings import crossings
from tasdiq.corroboration.chronicle.sessions import sessions

__all__ = ["ceasefire", "crossings", "sessions"]
