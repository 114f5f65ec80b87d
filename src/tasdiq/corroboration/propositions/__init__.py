"""Propositions: what statements are about, in neutral words, with every statement's stance. `frame(state)` makes them."""

from .framing import METHOD, frame

__all__ = ["METHOD", "frame"]
