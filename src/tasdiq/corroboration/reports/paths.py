"""Paths of taxonomies as numbers: `air/strike`, `kestria/army`; and values of reports by the number of each distinct one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Codes = NDArray[np.int32]

DEPTH = 3
MISSING = -1


@dataclass(frozen=True)
class Valued:
    """A value of each report: `values[code[row]]`, where `values` has each distinct value once."""

    code: Codes
    values: NDArray[Any]

    def of(self, rows: NDArray[np.int64]) -> Valued:
        """Return the values of some rows."""
        return Valued(self.code.take(rows), self.values)


def numbered(*texts: pa.Array) -> tuple[list[Codes], list[str]]:
    """Number the distinct texts of all columns together; missing is -1. Return the numbers and the texts."""
    joined = pa.concat_arrays([text.cast(pa.string()) for text in texts]).dictionary_encode()
    codes = pc.fill_null(joined.indices, MISSING).to_numpy(zero_copy_only=False)
    return list(np.split(codes, np.cumsum([len(text) for text in texts])[:-1])), joined.dictionary.to_pylist()


def paths(texts: list[str]) -> Codes:
    """Code leading segments: column d has the code of the first d + 1 segments, -1 where fewer; the last row is "missing"."""
    prefixes: dict[tuple[str, ...], int] = {}
    table = np.full((len(texts) + 1, DEPTH), MISSING, dtype=np.int32)
    for number, path in enumerate(texts):
        parts = path.strip("/").split("/", DEPTH - 1)
        for depth in range(len(parts)):
            table[number, depth] = prefixes.setdefault(tuple(parts[: depth + 1]), len(prefixes))
    return table


def combined(one: Codes, other: Codes) -> tuple[Codes, Codes, Codes]:
    """Number the distinct pairs of codes; return the numbers, and of each distinct pair the one and the other code."""
    width = int(other.max(initial=MISSING)) + 2
    encoded = pa.array((one.astype(np.int64) + 1) * width + other + 1).dictionary_encode()
    both = encoded.dictionary.to_numpy()
    return encoded.indices.to_numpy(), (both // width - 1).astype(np.int32), (both % width - 1).astype(np.int32)
