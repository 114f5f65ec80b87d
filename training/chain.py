"""The chain of tags: a linear conditional random field over the words of a window, trained together with the network.

The transitions replace a bigram prior fitted afterwards. Illegal ones (I-x after anything but B-x or I-x) are excluded while
training and while decoding. Formula: Lafferty, McCallum, Pereira 2001.
"""

from __future__ import annotations

import torch
from articles import TAGS
from torch import Tensor, nn

UNLIKELY = -1e4


def legal(before: str, after: str) -> bool:
    """Tell whether a tag may follow another."""
    return not after.startswith("I-") or before[2:] == after[2:]


class Chain(nn.Module):
    """Scores of tag pairs [before, after] and of first tags."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.start = nn.Parameter(torch.zeros(len(TAGS)))
        banned = torch.tensor([[0.0 if legal(before, after) else UNLIKELY for after in TAGS] for before in TAGS])
        self.register_buffer("banned", banned, persistent=False)
        self.register_buffer("banned_start", banned[0].clone(), persistent=False)

    def transitions(self) -> tuple[Tensor, Tensor]:
        """Return the scores of pairs and of first tags, illegal ones excluded."""
        return self.pairs + self.banned, self.start + self.banned_start

    def forward(self, scores: Tensor, tags: Tensor) -> Tensor:
        """Return the negative log likelihood a word; `scores` [B, W, 7], `tags` [B, W], below 0 after the last word."""
        pairs, start = self.transitions()
        known = tags >= 0
        held = tags.clamp(min=0)
        own = scores.gather(2, held[:, :, None])[:, :, 0]
        steps = pairs[held[:, :-1], held[:, 1:]]
        truth = (own * known).sum(1) + start[held[:, 0]] + (steps * known[:, 1:]).sum(1)
        reach = start + scores[:, 0]
        for place in range(1, scores.shape[1]):
            onward = torch.logsumexp(reach[:, :, None] + pairs, 1) + scores[:, place]
            reach = torch.where(known[:, place, None], onward, reach)
        return (torch.logsumexp(reach, 1) - truth).sum() / known.sum()
