"""Train the tagger; checkpoints let a later run go on where this one stopped.

    python training/train.py ARTICLES.jsonl --encoder FOLDER -o RUN

FOLDER holds `model.safetensors` and `tokenizer.json` of MiniLM-L6. The same command goes on from `RUN/last.pt` if there is one.
Batches depend on seed, epoch and place alone, so that a run that was interrupted sees the same ones. What is used later is
the moving average of the weights, which is kept in the checkpoint beside them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from articles import read_articles
from network import Tagger, load_encoder
from tokenizers import Tokenizer
from torch import Tensor
from windows import Batch, Window, epoch_windows, make_batches, to_arrays

ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
HEADS = ("tags", "cue", "source", "chain", "features")
WARM_UP = 150
CLIP = 1.0
LINK_SHARE = 0.3
AVERAGE_OVER = 400
SAVE_EVERY, TELL_EVERY = 300, 10
KEPT = frozenset({1800, 2100})
"""Steps whose average stays beside the last one, for `mix.py`."""


def loss_of(tagger: Tagger, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Return the losses of tags, cue links and source links."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, cue, source = tagger(*(torch.from_numpy(each) for each in (batch.pieces, batch.features, batch.first)))
    return (
        tagger.chain(tags.float(), torch.from_numpy(batch.tags)),
        _link_loss(cue, torch.from_numpy(batch.cue_of)),
        _link_loss(source, torch.from_numpy(batch.source_of)),
    )


def _link_loss(scores: Tensor, truth: Tensor) -> Tensor:
    taught = truth >= 0
    if not bool(taught.any()):
        return scores.sum() * 0
    return torch.nn.functional.cross_entropy(scores[taught].float(), truth[taught])


def make_optimizer(tagger: Tagger, steps: int) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """Return AdamW with one rate for the encoder and one for the heads, both warmed up and then falling to nothing."""
    named = [(name, each) for name, each in tagger.named_parameters() if each.requires_grad]
    groups = [
        {"params": [each for name, each in named if name.split(".")[0] not in HEADS], "lr": ENCODER_RATE},
        {"params": [each for name, each in named if name.split(".")[0] in HEADS], "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, max(0.0, (steps - step) / max(1, steps - WARM_UP)))
    )
    return optimizer, schedule


def all_batches(windows: list[list[list[Window]]], after: int) -> Iterator[tuple[int, int, Batch]]:
    """Yield step, epoch and batch, from step `after` on."""
    step = 0
    for epoch, batches in enumerate(windows):
        for batch in batches:
            if step >= after:
                yield step, epoch, to_arrays(batch)
            step += 1


class Run:
    """A training run: network, average, optimizer and what a checkpoint holds of them."""

    def __init__(self, folder: Path, encoder: Path, steps: int) -> None:
        self.folder, self.step = folder, 0
        self.tagger = Tagger()
        load_encoder(self.tagger, encoder / "model.safetensors")
        self.learned = [each for each in self.tagger.parameters() if each.requires_grad]
        self.average = [each.detach().clone() for each in self.learned]
        self.optimizer, self.schedule = make_optimizer(self.tagger, steps)
        if (folder / "last.pt").exists():
            self._load(torch.load(folder / "last.pt", weights_only=True))

    def _load(self, held: dict[str, Any]) -> None:
        self.step = held["step"]
        self.tagger.load_state_dict(held["tagger"])
        self.average = held["average"]
        self.optimizer.load_state_dict(held["optimizer"])
        self.schedule.load_state_dict(held["schedule"])
        torch.set_rng_state(held["chance"])

    def save(self) -> None:
        """Write `last.pt`, whole or not at all, and what is used later as `average.pt`."""
        held = {"step": self.step, "tagger": self.tagger.state_dict(), "average": self.average}
        held |= {"optimizer": self.optimizer.state_dict(), "schedule": self.schedule.state_dict()}
        _write(held | {"chance": torch.get_rng_state()}, self.folder / "last.pt")
        names = [name for name, each in self.tagger.named_parameters() if each.requires_grad]
        averaged = self.tagger.state_dict() | dict(zip(names, self.average, strict=True))
        _write({"step": self.step, "tagger": averaged}, self.folder / "average.pt")
        if self.step in KEPT:
            _write({"step": self.step, "tagger": averaged}, self.folder / f"average-{self.step}.pt")

    def learn(self, batch: Batch) -> list[float]:
        """Take one step and return the three losses."""
        self.tagger.train()
        losses = loss_of(self.tagger, batch)
        (losses[0] + LINK_SHARE * (losses[1] + losses[2])).backward()
        torch.nn.utils.clip_grad_norm_(self.learned, CLIP)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.step += 1
        share = 1 / min(AVERAGE_OVER, 1 + self.step / 10)
        torch._foreach_lerp_(self.average, [each.detach() for each in self.learned], share)
        return [each.item() for each in losses]


def _write(held: dict[str, Any], path: Path) -> None:
    torch.save(held, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def main() -> None:
    """Read, train, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("-o", "--run", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--first", type=int, help="learn from the first so many articles only")
    parser.add_argument("--stop-after", type=int, help="stop at this step, as if interrupted")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    tokenizer = Tokenizer.from_file(str(arguments.encoder / "tokenizer.json"))
    articles = list(read_articles(arguments.articles, tokenizer))[: arguments.first]
    seed, epochs = arguments.seed, range(arguments.epochs)
    batches = [make_batches(epoch_windows(articles, seed, epoch), seed, epoch) for epoch in epochs]
    steps = sum(map(len, batches))
    arguments.run.mkdir(parents=True, exist_ok=True)
    run = Run(arguments.run, arguments.encoder, steps)
    train(run, batches, steps, arguments.stop_after or steps)


def train(run: Run, batches: list[list[list[Window]]], steps: int, stop: int) -> None:
    """Take the remaining steps, telling and saving."""
    print(f"{steps} steps, from {run.step}", flush=True)
    told, began, first = [0.0] * 3, time.perf_counter(), run.step
    for _, epoch, batch in all_batches(batches, run.step):
        told = [old + new for old, new in zip(told, run.learn(batch), strict=True)]
        if run.step % TELL_EVERY == 0:
            tags, cue, source = (each / TELL_EVERY for each in told)
            pace = (time.perf_counter() - began) / (run.step - first)
            left = (steps - run.step) * pace / 60
            line = f"step {run.step} epoch {epoch} tags {tags:.4f} cue {cue:.4f} source {source:.4f}"
            print(f"{line} {pace:.2f} s/step, {left:.0f} min left", flush=True)
            told = [0.0] * 3
        if run.step % SAVE_EVERY == 0:
            run.save()
        if run.step >= stop:
            break
    run.save()


if __name__ == "__main__":
    main()
