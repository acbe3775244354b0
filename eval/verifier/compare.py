"""What int8 costs: `python -m eval.verifier.compare --int8 FOLDER --plain FOLDER ...`.

Scores the same items with both exports (same card, so same calibration) through the product's
path and writes the accuracy of each on each set, and how often their guesses agree, to
quantisation.json. Long sets are sampled: fp32 takes two to three times as long.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from eval.verifier import metrics
from eval.verifier.evaluate import BALANCED, HERE
from eval.verifier.scores import PUBLIC, reported_sets, score
from factcheck.verdicts.verifier import Verifier, load_verifier

LONG = {"summedits_dev": 20, "wice_dev_chunks": 10, "qasem_dev_sent": 12, "own-test": 3}
"""Sets of which only every n-th item is compared."""


def opened(folder: Path, threads: int) -> Verifier:
    """The export in `folder`."""
    verifier = load_verifier(str(folder), threads)
    if verifier is None:
        raise SystemExit(f"no verifier in {folder}")
    return verifier


def compare(int8: Verifier, plain: Verifier, public: Path, cache: Path) -> dict[str, Any]:
    """Figures of both by set."""
    out: dict[str, Any] = {}
    sets = reported_sets(public)
    for name in ("own-test", *PUBLIC):
        items = sets[name][:: LONG.get(name, 1)]
        p, q = score(plain, items, cache), score(int8, items, cache)
        rows = {"plain": metrics.guesses(items, p), "int8": metrics.guesses(items, q)}
        if name in BALANCED:
            values = {k: metrics.balanced(items, g) for k, g in rows.items()}
        else:
            values = {
                "plain": float(metrics.correct(items, p).mean()),
                "int8": float(metrics.correct(items, q).mean()),
            }
        out[name] = {"items": len(items)} | {k: round(v, 4) for k, v in values.items()}
        out[name]["agree"] = round(float(np.mean(rows["plain"] == rows["int8"])), 4)
        out[name]["mean_difference"] = round(float(np.abs(p - q).mean()), 4)
        print(name, out[name], flush=True)
    return out


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Measure what int8 costs.")
    parser.add_argument("--int8", type=Path, required=True)
    parser.add_argument("--plain", type=Path, required=True)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=HERE)
    args = parser.parse_args()
    both = opened(args.int8, args.threads), opened(args.plain, args.threads)
    result = compare(*both, args.public, args.cache)
    (args.out / "quantisation.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
