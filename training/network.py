"""The tagger's network: a MiniLM encoder with two kinds of heads over words.

Decides the shape of the model; its outputs are scores, what follows from them is `decode.py`'s. Attention is written out by
hand and dropout masks come from a pool: a prototype ran 1.5 times as fast on a CPU as with the stock modules.

Outputs, of shape [B, W, 7], [B, W, W], [B, W, W]: scores of tags; of each word being the first of another's cue; of each word being
the first of another's source.
"""

from __future__ import annotations

from pathlib import Path

import torch
from articles import FEATURES, TAGS
from chain import Chain
from safetensors.torch import load_file
from torch import Tensor, nn

HIDDEN, HEADS, INNER, LAYERS, POSITIONS, VOCABULARY = 384, 12, 1536, 6, 512, 30522
LINK_WIDTH = 96
DROPOUT = 0.1
POOL_SIZE, POOL_USES = 1 << 23, 400
UNLIKELY = -1e4


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one pool at random places; the pool is drawn anew every POOL_USES uses."""

    def __init__(self) -> None:
        super().__init__()
        self.pool = torch.empty(0)
        self.uses = 0

    def forward(self, values: Tensor) -> Tensor:
        """Drop a share of the values while training."""
        if not self.training:
            return values
        if self.uses % POOL_USES == 0:
            self.pool = torch.empty(POOL_SIZE, dtype=torch.bfloat16).bernoulli_(1 - DROPOUT).div_(1 - DROPOUT)
        self.uses += 1
        start = int(torch.randint(0, POOL_SIZE - values.numel(), ()))
        return values * self.pool[start : start + values.numel()].view(values.shape).to(values.dtype)


class Layer(nn.Module):
    """One layer of the encoder (BERT's, normalised after each half)."""

    def __init__(self, dropout: PooledDropout) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.mix_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.widen = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.narrow_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Attend and transform; `mask` [B, 1, 1, T] is added to the scores."""
        size, length = hidden.shape[:2]
        parts = self.query_key_value(hidden).view(size, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        scores = query @ key.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5 + mask.to(query.dtype)
        weights = self.dropout(torch.softmax(scores, -1))
        mixed = (weights @ value).transpose(1, 2).reshape(size, length, HIDDEN)
        hidden = self.mix_norm(hidden + self.dropout(self.mix(mixed)))
        inner = nn.functional.gelu(self.widen(hidden))
        return self.narrow_norm(hidden + self.dropout(self.narrow(inner)))


class Link(nn.Module):
    """A biaffine head: how well each word fits as the head of each other."""

    def __init__(self) -> None:
        super().__init__()
        self.tail = nn.Linear(HIDDEN, LINK_WIDTH)
        self.head = nn.Linear(HIDDEN, LINK_WIDTH)
        self.product = nn.Parameter(torch.eye(LINK_WIDTH) * LINK_WIDTH**-0.5)
        self.bias = nn.Linear(LINK_WIDTH, 1)

    def forward(self, words: Tensor) -> Tensor:
        """Return scores [B, tail, head]."""
        tail, head = nn.functional.gelu(self.tail(words)), nn.functional.gelu(self.head(words))
        return tail @ self.product @ head.transpose(1, 2) + self.bias(head).transpose(1, 2)


class Tagger(nn.Module):
    """The whole network."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.words.weight.requires_grad_(requires_grad=False)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.features = nn.Embedding(FEATURES, HIDDEN)
        nn.init.normal_(self.features.weight, std=0.02)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = PooledDropout()
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.tags = nn.Linear(HIDDEN, len(TAGS))
        self.cue, self.source = Link(), Link()
        self.chain = Chain()

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score tags and links; `first` [B, W] is a word's first piece, 0 or less where there is no word."""
        mask = (pieces == 0)[:, None, None, :] * UNLIKELY
        hidden = self.words(pieces) + self.positions.weight[: pieces.shape[1]] + self.features(features)
        hidden = self.dropout(self.norm(hidden))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        places = first.clamp(min=0)[:, :, None].expand(-1, -1, HIDDEN)
        words = self.dropout(torch.gather(hidden, 1, places))
        none = (first < 0)[:, None, :] * UNLIKELY
        return self.tags(words), self.cue(words) + none, self.source(words) + none


def load_encoder(tagger: Tagger, path: Path) -> None:
    """Fill the encoder with the weights of a BERT of this size, `model.safetensors`."""
    held = load_file(path)
    kind = held["embeddings.token_type_embeddings.weight"][0]
    state = {"words.weight": held["embeddings.word_embeddings.weight"]}
    state["positions.weight"] = held["embeddings.position_embeddings.weight"] + kind
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = held[f"embeddings.LayerNorm.{part}"]
        for number in range(LAYERS):
            theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
            own = [held[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"{ours}query_key_value.{part}"] = torch.cat(own)
            state[f"{ours}mix.{part}"] = held[f"{theirs}attention.output.dense.{part}"]
            state[f"{ours}mix_norm.{part}"] = held[f"{theirs}attention.output.LayerNorm.{part}"]
            state[f"{ours}widen.{part}"] = held[f"{theirs}intermediate.dense.{part}"]
            state[f"{ours}narrow.{part}"] = held[f"{theirs}output.dense.{part}"]
            state[f"{ours}narrow_norm.{part}"] = held[f"{theirs}output.LayerNorm.{part}"]
    left = set(tagger.load_state_dict(state, strict=False).missing_keys)
    strange = {name for name in left if name.split(".")[0] not in {"features", "tags", "cue", "source", "chain"}}
    if strange:
        raise SystemExit(f"{path}: expected a MiniLM-L6 encoder, missing {sorted(strange)}")
