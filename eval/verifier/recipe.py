"""The whole training, from base weights to what ships: `python -m eval.verifier.recipe --help`.

It goes in stretches. Each trains on from a state of the network to a given step, the learning rate
falling over the last of them, and leaves the mean of three states of that fall, `<name>.pt`.
Stretches that are done are skipped and one that was stopped goes on from `last.pt`, so the command
can be stopped at any time and given again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch

from eval.verifier.average import averaged
from eval.verifier.train import train

FALL = ("final.pt", "late-1.pt", "late-2.pt")
"""States of a fall whose mean is kept; a fall of a step or two has the first alone."""
STABLE = "stable.pt"
"""The state before the last fall; a stretch that starts there undoes that fall."""


@dataclass(frozen=True)
class Stretch:
    """Some steps of training, with a fall of the learning rate at their end."""

    name: str
    mix: str
    """Which shares of the data; a key of eval.verifier.batches.SHARES."""
    until: int
    """Steps from the very beginning at which it ends."""
    fall: int
    """Steps of these over which the rate falls."""
    start: str | Mapping[str, int] = ""
    """The checkpoint it goes on from, or networks, and how often each counts in the mean of them;
    empty for the base weights."""


STRETCHES = (
    Stretch("broad", "broad", 1_005, 1),
    Stretch("short", "hard", 9_050, 705, STABLE),
    Stretch("long", "hard", 11_330, 1_005, STABLE),
    Stretch("again", "newest", 13_700, 1_025, {"short": 2, "long": 1}),
    Stretch("once-more", "newest", 15_710, 548, {"again": 2, "again-start": 1}),
)
SHIPPED = {"once-more": 1, "stable": 1, "once-more-start": 2}
"""What ships is a mean of these; `<name>-start` is the mean that a stretch started from, `stable`
the state before the last fall."""


def mean_of(
    folder: Path, parts: Mapping[str, int], going_on: Path | None = None
) -> dict[str, object]:
    """The mean of the networks in `folder`, each counted as often as `parts` says."""
    return averaged(
        [folder / f"{name}.pt" for name, times in parts.items() for _ in range(times)], going_on
    )


def begin(folder: Path, stretch: Stretch) -> str:
    """The checkpoint in `folder` to resume the stretch from; empty for the base weights."""
    under_way = folder / "stretch"
    if not (under_way.exists() and under_way.read_text("utf-8") == stretch.name):
        if not isinstance(stretch.start, str):
            mean = mean_of(folder, stretch.start, folder / "final.pt")
            torch.save(mean, folder / f"{stretch.name}-start.pt")
        (folder / "last.pt").unlink(missing_ok=True)
        under_way.write_text(stretch.name, "utf-8")
        for stale in FALL:  # only now: the start has been made of the last one
            (folder / stale).unlink(missing_ok=True)
    if (folder / "last.pt").exists():
        return "last.pt"
    return stretch.start if isinstance(stretch.start, str) else f"{stretch.name}-start.pt"


def run(stretch: Stretch, base: Path, public: Path, folder: Path, scale: float) -> bool:
    """Train one stretch, unless it is done; whether it has come to its end."""
    out = folder / f"{stretch.name}.pt"
    if out.exists():
        return True
    start = begin(folder, stretch)
    words = ["--base", base, "--public", public, "--checkpoints", folder, "--mix", stretch.mix]
    words += ["--steps", max(1, round(scale * stretch.until))]
    words += ["--fall", max(1, round(scale * stretch.fall))]
    if not train([str(word) for word in words] + (["--resume", start] if start else [])):
        return False
    states = [folder / name for name in FALL if (folder / name).exists()]
    torch.save(averaged(states), out)
    return True


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train the embedded verifier from base weights.")
    parser.add_argument("--base", required=True, type=Path, help="folder of all-mpnet-base-v2")
    parser.add_argument("--public", required=True, type=Path, help="folder of the public sets")
    parser.add_argument("--checkpoints", required=True, type=Path, help="folder, made if need be")
    parser.add_argument("--scale", type=float, default=1.0, help="of all steps, for a trial run")
    args = parser.parse_args()
    folder: Path = args.checkpoints
    folder.mkdir(parents=True, exist_ok=True)
    for stretch in STRETCHES:
        if not run(stretch, args.base, args.public, folder, args.scale):
            sys.exit(f"stopped in stretch '{stretch.name}'; the same command goes on from there")
    torch.save(mean_of(folder, SHIPPED), folder / "average.pt")


if __name__ == "__main__":
    main()
