"""Figures of a confusion matrix: accuracy, balanced accuracy, precision, recall, F1.

All take matrices of shape (…, labels, labels), gold down and answers across, so that one call
serves the set itself and all its redrawings. A label without gold items has no recall, one never
answered no precision; means leave the former out, as scikit-learn's balanced accuracy does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.evaluation.items import Floats, Ints


def indicators(gold: Ints, answers: Ints, labels: int) -> Floats:
    """One flattened matrix an item with a single 1, shape (items, labels * labels).

    Args:
        gold: index of the right label of each item.
        answers: index of the label given.
        labels: how many labels there are.
    """
    import numpy as np

    rows = np.zeros((len(gold), labels * labels))
    rows[np.arange(len(gold)), gold * labels + answers] = 1
    return rows


def accuracy(matrix: Floats) -> Floats:
    """Share of answers that are right."""
    import numpy as np

    return _over(np.trace(matrix, axis1=-2, axis2=-1), matrix.sum((-1, -2)))


def recall(matrix: Floats) -> Floats:
    """Share of each label's items that are found; NaN for a label without items."""
    return _over(_diagonal(matrix), matrix.sum(-1))


def precision(matrix: Floats) -> Floats:
    """Share of each label's answers that are right; NaN for a label never given."""
    return _over(_diagonal(matrix), matrix.sum(-2))


def f1(matrix: Floats) -> Floats:
    """Harmonic mean of precision and recall of each label; 0 where nothing is found."""
    return _over(2 * _diagonal(matrix), matrix.sum(-1) + matrix.sum(-2))


def balanced_accuracy(matrix: Floats) -> Floats:
    """Mean recall over the labels that have items."""
    return _mean(recall(matrix))


def macro_f1(matrix: Floats) -> Floats:
    """Mean F1 over the labels that have items or answers."""
    return _mean(f1(matrix))


def _diagonal(matrix: Floats) -> Floats:
    import numpy as np

    return np.asarray(np.diagonal(matrix, axis1=-2, axis2=-1))


def _over(part: Floats, whole: Floats) -> Floats:
    import numpy as np

    empty = np.full(np.broadcast(part, whole).shape, np.nan)
    return np.asarray(np.divide(part, whole, out=empty, where=whole > 0))


def _mean(values: Floats) -> Floats:
    import numpy as np

    known = ~np.isnan(values)
    return _over(np.where(known, values, 0).sum(-1), known.sum(-1).astype(np.float64))
