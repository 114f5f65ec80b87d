"""Export a checkpoint to ONNX with weights in eight bits, so that it runs without torch.

    python training/export.py average.pt -o tagger.onnx

Inputs `pieces, features` [batch, pieces] and `first` [batch, words], all int64; outputs `tags, cue, source` as in `network.py`. The
chain's scores stand in the file's metadata as JSON, `pairs` [before][after] and `start`. Quantised dynamically: the weights
of products and the tables of embeddings, one scale a column for products. Weights take seven of the eight bits, so that no
processor's sums overflow: results are the same with and without its newer instructions, and better than with eight.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from network import HIDDEN, INNER, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from predict import load_tagger
from windows import CLS, SEP

OPSET = 20
SAMPLE_WORDS = 5


def write_exact(tagger: Tagger, path: Path) -> None:
    """Write the network in 32 bits, sizes of batch, pieces and words left open."""
    inside = [7592] * SAMPLE_WORDS
    pieces = torch.tensor([[CLS, *inside, SEP], [CLS, *inside[1:], SEP, 0]])
    first = torch.tensor([[*range(1, SAMPLE_WORDS + 2)], [*range(1, SAMPLE_WORDS + 1), -1]])
    batch, length, words = (torch.export.Dim(name, min=1) for name in ("batch", "length", "words"))
    shape = {0: batch, 1: length}
    program = torch.onnx.export(
        tagger,
        (pieces, torch.zeros_like(pieces), first),
        input_names=["pieces", "features", "first"],
        output_names=["tags", "cue", "source"],
        dynamic_shapes=(shape, shape, {0: batch, 1: words}),
        opset_version=OPSET,
        dynamo=True,
    )
    if program is None:
        raise SystemExit("the exporter returned nothing: expected torch 2.9 or later with onnxscript")
    program.save(path)


def kept_exact(exact: Path) -> list[str]:
    """Return the product that loses most in eight bits: what the first layer narrows holds values far apart."""
    graph = onnx.load(exact).graph
    shapes = {each.name: tuple(each.dims) for each in graph.initializer}
    return [next(n.name for n in graph.node if n.op_type == "MatMul" and shapes.get(n.input[1]) == (INNER, HIDDEN))]


def shrink(exact: Path, out: Path, metadata: dict[str, str]) -> None:
    """Write the network in eight bits, with what else the reader needs."""
    left = kept_exact(exact)
    quantize_dynamic(
        exact, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=left
    )
    model = onnx.load(out)
    for name, value in metadata.items():
        model.metadata_props.add(key=name, value=value)
    onnx.save(model, out)


def main() -> None:
    """Export, shrink and print size and checksum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    arguments = parser.parse_args()
    tagger = load_tagger(arguments.checkpoint)
    pairs, start = tagger.chain.transitions()
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        write_exact(tagger, exact)
        shrink(exact, arguments.out, {"pairs": json.dumps(pairs.tolist()), "start": json.dumps(start.tolist())})
    held = arguments.out.read_bytes()
    print(f"{len(held)} bytes, sha256 {hashlib.sha256(held).hexdigest()}")


if __name__ == "__main__":
    main()
