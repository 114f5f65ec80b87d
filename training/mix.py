"""Mix checkpoints of one run into one: the shipped model is 0.6 of the last average and 0.2 each of two earlier ones.

    python training/mix.py RUN/average.pt:0.6 RUN/average-1800.pt:0.2 RUN/average-2100.pt:0.2 -o RUN/mixed.pt

Shares should sum to one. Checkpoints of different runs begin from other heads and cannot be mixed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Read, mix, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", nargs="+", metavar="CHECKPOINT:SHARE")
    parser.add_argument("-o", "--out", type=Path, required=True)
    arguments = parser.parse_args()
    mixed: dict[str, torch.Tensor] = {}
    for path, _, share in (each.rpartition(":") for each in arguments.checkpoints):
        for name, weights in torch.load(path, weights_only=True)["tagger"].items():
            mixed[name] = mixed.get(name, 0) + float(share) * weights.float()
    torch.save({"step": 0, "tagger": mixed}, arguments.out)


if __name__ == "__main__":
    main()
