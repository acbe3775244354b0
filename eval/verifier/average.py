"""Average checkpoints of one run: `python -m eval.verifier.average --help`.

The mean of the weights late in the fall of the learning rate generalises a little better than the
last of them (stochastic weight averaging, Izmailov et al. 2018).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch


def averaged(paths: list[Path], going_on: Path | None = None) -> dict[str, Any]:
    """The first checkpoint with the mean of all networks, and without its optimiser.

    Args:
        paths: the checkpoints; one that is named twice counts twice.
        going_on: a checkpoint whose optimiser and place in the data the mean gets, so that training
            can go on from it.

    Raises:
        ValueError: the networks are not of one shape.
    """
    states = [torch.load(path, weights_only=True) for path in paths]
    if any(state["shape"] != states[0]["shape"] for state in states):
        raise ValueError("only checkpoints of one shape can be averaged")
    mean = {
        name: torch.stack([state["network"][name].double() for state in states]).mean(0).float()
        for name in states[0]["network"]
    }
    kept = {name: value for name, value in states[0].items() if name != "optimiser"}
    if going_on is not None:
        kept = torch.load(going_on, weights_only=True)
    return kept | {"network": mean}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Average checkpoints of one run.")
    parser.add_argument("checkpoints", nargs="+", type=Path, help="the last one of the run first")
    parser.add_argument("--out", required=True, type=Path, help="checkpoint to write")
    parser.add_argument("--going-on", type=Path, help="checkpoint whose optimiser to take along")
    args = parser.parse_args()
    torch.save(averaged(args.checkpoints, args.going_on), args.out)


if __name__ == "__main__":
    main()
