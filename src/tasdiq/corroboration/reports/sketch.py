"""Sketches of short texts: how much wording two reports have in common, from a few bits each.

Every word, and every two words that follow each other, sets one of `SKETCH_BITS` bits; two sketches' common bits against all
their bits, less what chance would make common, estimate the share of wording (a Bloom filter; the resemblance of A. Broder,
"On the resemblance and containment of documents", 1997). Of long texts the first `MOST_WORDS` words count. Words are compared
without case and without the punctuation about them. The same words give the same bits on every machine.
"""

from __future__ import annotations

from concurrent.futures import Executor
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

SKETCH_BITS = 128
MOST_WORDS = 40
TEXTS_AT_ONCE = 20_000
MIX, PAIRED, SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(57)
AROUND = ".,;:!?()[]{}<>«»“”‘’„\"'`،؛؟…–—-"
_BIT = np.arange(SKETCH_BITS, dtype=np.uint64)
_ONE_BIT = np.zeros((SKETCH_BITS, 2), dtype=np.uint64)
_ONE_BIT[np.arange(SKETCH_BITS), np.arange(SKETCH_BITS) >> 6] = np.uint64(1) << (_BIT & np.uint64(63))

Sketches = NDArray[np.uint64]


def sketch_texts(texts: pa.Array, pool: Executor) -> Sketches:
    """Return an (n, 2) array of bits; zeros where there is no text."""
    parts = [texts.slice(start, TEXTS_AT_ONCE) for start in range(0, len(texts), TEXTS_AT_ONCE)]
    return np.concatenate([np.zeros((0, 2), dtype=np.uint64), *pool.map(_sketch, parts)])


def wording_in_common(a: Sketches, b: Sketches) -> NDArray[np.float32]:
    """Estimate the share of wording pairs of texts have in common, from 0 to 1; below 0 where either has none."""
    both, one, other = _bits(a & b), _bits(a), _bits(b)
    chance = one * other / np.float32(SKETCH_BITS)
    share = np.maximum(both - chance, np.float32(0.0)) / np.maximum(one + other - both - chance, np.float32(1.0))
    return np.where((one > 0) & (other > 0), share, np.float32(-1.0))


def _bits(sketches: Sketches) -> NDArray[np.float32]:
    counts = np.bitwise_count(sketches)
    return (counts[:, 0] + counts[:, 1]).astype(np.float32)


def _sketch(texts: pa.Array) -> Sketches:
    split = pc.ascii_split_whitespace(texts.fill_null(""), max_splits=MOST_WORDS)
    count = split.value_lengths().to_numpy()
    if count.max(initial=0) > MOST_WORDS:
        split = pc.list_slice(split, 0, MOST_WORDS)
        count = np.minimum(count, MOST_WORDS)
    words = split.flatten().dictionary_encode()
    hashes = np.array([_hash(word) for word in words.dictionary.to_pylist()], dtype=np.uint64)
    word = hashes.take(words.indices.to_numpy())
    follows = word * PAIRED
    follows[:-1] += word[1:]
    ends = np.cumsum(count)
    follows[ends[count > 0] - 1] = word[ends[count > 0] - 1]
    bits = _ONE_BIT.take((word * MIX >> SHIFT).view(np.int64), axis=0)
    bits |= _ONE_BIT.take((follows * MIX >> SHIFT).view(np.int64), axis=0)
    bits[word == 0] = 0
    sketches = np.zeros((len(texts), 2), dtype=np.uint64)
    told = np.flatnonzero(count)
    if len(told):
        sketches[told] = np.bitwise_or.reduceat(bits, (ends - count)[told], axis=0)
    return sketches


def _hash(word: str) -> int:
    """Number a word whatever its case and the punctuation about it; zero where nothing is left, which sets no bit."""
    return crc32(word.casefold().strip(AROUND).encode())
