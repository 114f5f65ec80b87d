"""Write what a trained tagger finds in prepared articles, in the scorer's format.

    python training/predict.py ARTICLES.jsonl --tokenizer tokenizer.json --model average.pt|tagger.onnx -o PREDICTIONS.jsonl

With `--scorer PROGRAM --gold GOLD_DIR` the scorer runs on what was written. The gold names the cue as source where there is no
other, so a statement without source is written with its cue in that place.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from articles import Article, read_articles
from decode import Found, Scores, best_tags, link, spans
from network import Tagger
from tokenizers import Tokenizer
from windows import LONGEST, NOWHERE, Batch, Window, cut_windows, to_arrays

Score = Callable[[Batch], tuple[Scores, Scores, Scores]]
BATCH = 8


def load_model(path: Path, threads: int) -> tuple[Score, Scores, Scores]:
    """Return what scores a batch, and the chain's scores of pairs and of first tags."""
    return _load_onnx(path, threads) if path.suffix == ".onnx" else _load_torch(path, threads)


def _load_torch(path: Path, threads: int) -> tuple[Score, Scores, Scores]:
    torch.set_num_threads(threads)
    tagger = load_tagger(path)

    def score(batch: Batch) -> tuple[Scores, Scores, Scores]:
        with torch.inference_mode():
            tags, cue, source = tagger(
                *(torch.from_numpy(each) for each in (batch.pieces, batch.features, batch.first))
            )
        return tags.numpy(), cue.numpy(), source.numpy()

    pairs, start = tagger.chain.transitions()
    return score, pairs.detach().numpy(), start.detach().numpy()


def load_tagger(path: Path) -> Tagger:
    """Return the network of a checkpoint, ready for use."""
    tagger = Tagger()
    tagger.load_state_dict(torch.load(path, weights_only=True)["tagger"])
    return tagger.eval()


def _load_onnx(path: Path, threads: int) -> tuple[Score, Scores, Scores]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def score(batch: Batch) -> tuple[Scores, Scores, Scores]:
        given = {"pieces": batch.pieces, "features": batch.features, "first": batch.first}
        tags, cue, source = session.run(["tags", "cue", "source"], given)
        return tags, cue, source

    held = session.get_modelmeta().custom_metadata_map
    pairs, start = (np.array(json.loads(held[name]), dtype=np.float32) for name in ("pairs", "start"))
    return score, pairs, start


def find(articles: Sequence[Article], score: Score, pairs: Scores, start: Scores) -> Iterator[tuple[Window, Found]]:
    """Yield the statements of each window, batches being of like length."""
    windows = [window for article in articles for window in cut_windows(article, LONGEST)]
    windows.sort(key=Window.size)
    for first in range(0, len(windows), BATCH):
        batch = to_arrays(windows[first : first + BATCH])
        for window, tags, cue, source in zip(batch.windows, *score(batch), strict=True):
            marks = [number == NOWHERE for number in window.words()]
            found = spans(best_tags(tags[: len(marks)], pairs, start, marks))
            for each in link(found, cue, source):
                yield window, each


def row(window: Window, found: Found) -> dict[str, object]:
    """Return a statement in the scorer's format."""
    article, numbers = window.article, window.words()

    def in_file(each: tuple[int, int]) -> list[int]:
        first, last = (article.words[numbers[place]] for place in (each[0], each[1] - 1))
        return [_to_file(article, first.start), _to_file(article, last.end - 1, last=True) + 1]

    parts = {"source": [found.source or found.cue], "cue": [found.cue], "content": found.content}
    return {"document": article.name, **{role: [in_file(each) for each in held] for role, held in parts.items()}}


def _to_file(article: Article, place: int, *, last: bool = False) -> int:
    number = bisect_right(article.stand_ins, place, key=lambda each: each[0]) - 1
    if number < 0:
        return place
    here, length, start, end = article.stand_ins[number]
    beyond = place - here - length
    if beyond >= 0:
        return end + beyond
    return end - 1 if last else start


def main() -> None:
    """Read, tag, write, and report the speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    model = load_model(arguments.model, arguments.threads)
    began = time.perf_counter()
    articles = list(read_articles(arguments.articles, Tokenizer.from_file(str(arguments.tokenizer))))
    rows = [row(window, found) for window, found in find(articles, *model)]
    seconds = time.perf_counter() - began
    arguments.out.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    words = sum(len(each.text.split()) for each in articles)
    print(f"{len(rows)} statements, {words} words, {words / seconds:.0f} words/s", file=sys.stderr)
    if arguments.scorer:
        subprocess.run([sys.executable, arguments.scorer, arguments.gold, arguments.out], check=True)


if __name__ == "__main__":
    main()
