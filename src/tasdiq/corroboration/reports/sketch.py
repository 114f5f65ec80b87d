"""MinHash sketches of short texts: near-duplicate wording in a few numbers a report.

A sketch is 32 minima over hashed word pairs (and single words of very short texts); the share of equal minima estimates how
much of the wording two texts have in common (Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rensa import RMinHash

SKETCH_SIZE = 32
SEED = 42
WORD = re.compile(r"\w+")


def sketch_texts(texts: pa.Array) -> NDArray[np.uint32]:
    """Return an (n, SKETCH_SIZE) array of MinHash minima; zeros where there is no text. Equal texts are sketched once."""
    encoded = texts.dictionary_encode()
    table = np.zeros((len(encoded.dictionary) + 1, SKETCH_SIZE), dtype=np.uint32)
    for number, text in enumerate(encoded.dictionary.to_pylist()):
        table[number] = _sketch(text)
    rows = encoded.indices.cast(pa.int64()).fill_null(len(encoded.dictionary)).to_numpy(zero_copy_only=False)
    return np.asarray(table[rows])


def _sketch(text: str) -> NDArray[np.uint32]:
    words = WORD.findall(text.lower())
    if not words:
        return np.zeros(SKETCH_SIZE, dtype=np.uint32)
    minima = RMinHash(num_perm=SKETCH_SIZE, seed=SEED)
    minima.update([*words, *(f"{first} {second}" for first, second in pairwise(words))])
    return np.array(minima.digest(), dtype=np.uint32)
