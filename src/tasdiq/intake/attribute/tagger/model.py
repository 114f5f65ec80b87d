"""The trained network as shipped: an ONNX file in eight bits, run by onnxruntime on one thread.

Its inputs and outputs are described in `training/export.py`, its origin and limits in docs/design/tagger.md. Nothing is loaded at
import. A window is scored by itself, because the activations' scale in eight bits is taken over all that is scored together: so
no statement depends on its neighbours in a batch.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from .decode import Scores
from .windows import to_arrays
from .words import Vocabulary, Word

NAME, VOCABULARY = "tagger.onnx", "vocabulary.txt"
OUTPUTS = ("tags", "cue", "source")


class Model:
    """A network that scores windows, with its vocabulary and the scores of its chain of tags."""

    def __init__(self, session: Any, vocabulary: Vocabulary) -> None:
        self._session, self.vocabulary = session, vocabulary
        held = session.get_modelmeta().custom_metadata_map
        self.pairs: Scores = np.array(json.loads(held["pairs"]), dtype=np.float32)
        self.start: Scores = np.array(json.loads(held["start"]), dtype=np.float32)

    def score(self, window: Sequence[Word]) -> tuple[Scores, Scores, Scores]:
        """Return the scores of a window's words: of tags [W, 7], of cues [W, W], of sources [W, W]."""
        arrays = to_arrays([window])
        given = {"pieces": arrays.pieces, "features": arrays.features, "first": arrays.first}
        tags, cue, source = self._session.run(OUTPUTS, given)
        return tags[0], cue[0], source[0]


@cache
def load_model() -> Model | None:
    """Return the shipped model; None, told once on stderr, where the file or onnxruntime is not there."""
    try:
        runtime = importlib.import_module("onnxruntime")
        folder = resources.files("tasdiq.intake.attribute.tagger").joinpath("model")
        held = folder.joinpath(NAME).read_bytes()
        lines = folder.joinpath(VOCABULARY).read_text(encoding="utf-8").splitlines()
    except (ImportError, OSError) as missing:
        print(f"the attribution tagger is not there ({missing}); statements are found by rules alone", file=sys.stderr)
        return None
    return Model(open_session(runtime, held), Vocabulary(lines))


def open_session(runtime: Any, held: bytes) -> Any:
    """Return a session on one thread."""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return runtime.InferenceSession(held, options, providers=["CPUExecutionProvider"])
