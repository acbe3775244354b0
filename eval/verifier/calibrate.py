"""Fit temperature and shift on the calibration split, thresholds on the development split.

`python -m eval.verifier.calibrate --model FOLDER` writes both into FOLDER/verifier.json and
factcheck/models/thresholds.json (`embedded`), with what they were fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from eval.verifier.data import ALLOWED, Item
from eval.verifier.metrics import Floats, calibration_error, reliability, softmax
from eval.verifier.scores import reported_sets, score
from factcheck.verdicts.verifier import Verifier, load_verifier, models_folder

PRECISION = {"SUPPORTED": 0.8, "REFUTED": 0.92}
"""Wanted on the development split. Most of what an article claims is right, so that refutations
that are wrong in one case of four among items two in five of which are false would be wrong in
most cases on an article. At .90 one true claim of the example article was still refuted."""


def fit(items: Sequence[Item], probabilities: Floats) -> tuple[float, list[float]]:
    """Temperature and shift that make the labels of the items likeliest.

    The shift is held near zero by a small penalty: it has few items to learn from.
    """
    logits = np.log(np.clip(probabilities, 1e-9, 1))
    wanted = np.array([ALLOWED[i.label][0] for i in items])

    def loss(x: Any) -> float:
        scaled = softmax(logits / np.exp(x[0]) + np.array([x[1], x[2], 0.0]))
        chosen = scaled[np.arange(len(wanted)), wanted]
        return float(-np.log(chosen).mean() + 0.01 * (x[1] ** 2 + x[2] ** 2))

    found = minimize(loss, np.zeros(3), method="Nelder-Mead").x
    return float(np.exp(found[0])), [float(found[1]), float(found[2]), 0.0]


def applied(probabilities: Floats, temperature: float, shift: Sequence[float]) -> Floats:
    """Probabilities as the fitted card makes them."""
    logits = np.log(np.clip(probabilities, 1e-9, 1))
    return softmax(logits / temperature + np.array(shift))


def least(
    items: Sequence[Item], p: Floats, label: str, precision: float
) -> tuple[float, float, float]:
    """Lowest threshold (in hundredths) from which every higher one keeps the precision too.

    Returns threshold, precision there, and share of the label's items that reach it.
    """
    wanted = np.array([i.label == label for i in items])
    best = (0.99, float("nan"), 0.0)
    for step in range(98, 33, -1):
        reached = p >= step / 100
        if reached.sum() < 10:
            continue
        now = float(wanted[reached].mean())
        if now < precision:
            break
        best = (step / 100, now, float(wanted[reached].sum() / wanted.sum()))
    return best


def calibrate(verifier: Verifier, folder: Path, public: Path, cache: Path) -> None:
    """Write calibration and thresholds."""
    sets = reported_sets(public)
    items, dev = sets["own-calibration"], sets["own-dev"]
    raw = score(verifier, items, cache)
    temperature, shift = fit(items, raw)
    p = applied(score(verifier, dev, cache), temperature, shift)
    entry: dict[str, Any] = {
        "temperature": round(temperature, 4),
        "shift": [round(s, 4) for s in shift],
        "fitted_on": f"calibration split of our items, {len(items)} pairs",
        "ece_before": round(calibration_error(reliability(dev, score(verifier, dev, cache))), 4),
        "ece_after": round(calibration_error(reliability(dev, p)), 4),
        "ece_on": f"development split, {len(dev)} pairs",
    }
    card = json.loads((folder / "verifier.json").read_text(encoding="utf-8"))
    card["calibration"] = entry
    (folder / "verifier.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    _write_thresholds(dev, p)


def _write_thresholds(dev: Sequence[Item], p: Floats) -> None:
    wanted_s, wanted_r = PRECISION["SUPPORTED"], PRECISION["REFUTED"]
    supported, precision_s, recall_s = least(dev, p[:, 0], "SUPPORTED", wanted_s)
    refuted, precision_r, recall_r = least(dev, p[:, 1], "REFUTED", wanted_r)
    path = models_folder() / "thresholds.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["embedded"] = {
        "supported": supported,
        "refuted": refuted,
        "origin": (
            f"Lowest thresholds of precision {wanted_s:.2f} (supported) and {wanted_r:.2f} "
            f"(refuted) on the development split of our items ({len(dev)} pairs): supported "
            f"{precision_s:.2f} at recall {recall_s:.2f}, refuted {precision_r:.2f} at recall "
            f"{recall_r:.2f}"
        ),
    }
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Calibrate an exported verifier.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    verifier = load_verifier(str(args.model), args.threads)
    if verifier is None:
        raise SystemExit(f"no verifier in {args.model}")
    calibrate(verifier, args.model, args.public, args.cache)


if __name__ == "__main__":
    main()
