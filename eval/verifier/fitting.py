"""Fitting a logistic model on few articles: judged held out, written with its origin."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold


def fitted(
    features: Sequence[Sequence[float]], right: Sequence[bool], penalty: float
) -> LogisticRegression:
    """The model over some rows; `penalty` is scikit-learn's C, larger is lighter."""
    return LogisticRegression(C=penalty).fit(features, right)


def held_out(
    features: Sequence[Sequence[float]],
    right: Sequence[bool],
    pairs: Sequence[str],
    folds: int,
    penalty: float,
) -> np.ndarray:
    """Each row's log-odds by a model that saw none of its pair of articles."""
    odds = np.zeros(len(features))
    cuts = GroupKFold(min(folds, len(set(pairs)))).split(features, groups=pairs)
    for train, test in cuts:
        model = fitted([features[n] for n in train], [right[n] for n in train], penalty)
        odds[test] = model.decision_function([features[n] for n in test])
    return odds


def write(path: Path, section: str, numbers: Mapping[str, float], origin: str) -> None:
    """Put numbers into one section, the last, of a data file, with their origin above it."""
    kept, old = path.read_text(encoding="utf-8").split(f"[{section}]")
    for name, value in numbers.items():
        old = re.sub(rf"(?m)^{name} = .*$", f"{name} = {round(float(value), 4)}", old)
    kept = kept[: kept.rindex("\n\n") + 2]
    path.write_text(f"{kept}{origin}[{section}]{old}", encoding="utf-8")
