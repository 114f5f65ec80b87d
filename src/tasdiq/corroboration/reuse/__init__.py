"""Reused passages: the same wording, or the same thing in other words, in two statements.

How words are compared stands in `words`, how likely a copy is in `likeness`, which wordings are compared at all in `shingles`, and
how two of them differ in `differences`.
"""

from __future__ import annotations

from .differences import align, differences
from .likeness import Kind, Reuse, Weights, compare_wording, weigh
from .local import Local, align_locally
from .shingles import likely_pairs
from .words import Token, Wording, fold, frequent, is_telling, read_wording

__all__ = [
    "Kind",
    "Local",
    "Reuse",
    "Token",
    "Weights",
    "Wording",
    "align",
    "align_locally",
    "compare_wording",
    "differences",
    "fold",
    "frequent",
    "is_telling",
    "likely_pairs",
    "read_wording",
    "weigh",
]
