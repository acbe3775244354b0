"""How well claims are judged by given evidence: all figures of one run.

A prediction is what a system said about one item. Figures are computed from predictions alone,
so that a run can be measured again without asking the model again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from factcheck.evaluation import calibration, confusion
from factcheck.evaluation.intervals import Estimate, by_group, draws, mean, redrawn
from factcheck.evaluation.items import THREE_WAY, VERACITY, Gold, Item, Task
from factcheck.verdicts.verifier import Entailment, Thresholds

if TYPE_CHECKING:
    from factcheck.evaluation.items import Floats, Ints

_AREA_DRAWS = 400
"""Redrawings for the areas under curves, each of which sorts all items anew."""
_LEAST_PAIRS = 5


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a system said about one item."""

    item: Item
    """The item."""
    entailment: Entailment
    """The three probabilities that the system gave."""
    seconds: float
    """Wall time that it took, as its share of the batch."""


class Scored:
    """Predictions of one run as arrays, under the labels that their set knows."""

    def __init__(self, task: Task, predictions: Sequence[Prediction]) -> None:
        """Make one row of each unit: several passages for one claim count as one."""
        import numpy as np

        self.task = task
        self.predictions = _one_a_unit(predictions)
        self.items = [prediction.item for prediction in self.predictions]
        self.probabilities = task.probabilities([p.entailment for p in self.predictions])
        self.gold = np.array([task.labels.index(item.label) for item in self.items])
        self.answers = task.answers(self.probabilities)
        self.right = (self.gold == self.answers).astype(np.float64)
        self.confidence = self.probabilities.max(1)
        self.groups = [item.group for item in self.items]

    def places(self, label: Gold, kind: str, key: Callable[[Item], str]) -> Ints:
        """Positions of the items of one label and, by `key`, one kind."""
        import numpy as np

        chosen = (n for n, i in enumerate(self.items) if i.label == label and key(i) == kind)
        return np.array(list(chosen), dtype=np.intp)


def measure(
    task: Task, predictions: Sequence[Prediction], thresholds: Thresholds | None = None
) -> dict[str, Any]:
    """All figures, ready for metrics.json.

    Args:
        task: what the whole set can tell apart, whatever part of it was run.
        predictions: at least one.
        thresholds: of the system, where it has them: from what probability on it decides.
    """
    scored = Scored(task, predictions)
    labels = len(task.labels)
    matrices = confusion.indicators(scored.gold, scored.answers, labels)
    sums = by_group(scored.groups, matrices)
    curve = calibration.risk_coverage(scored.confidence, scored.right)
    figures: dict[str, Any] = {
        "task": task.name,
        "items": len(scored.items),
        "groups": len(sums),
        "accuracy": _of(sums, labels, confusion.accuracy).as_data(),
        "balanced_accuracy": _of(sums, labels, confusion.balanced_accuracy).as_data(),
        "macro_f1": _of(sums, labels, confusion.macro_f1).as_data(),
        "by_label": _by_label(task, sums),
        "confusion": _confusion(task, sums),
        "by_type": _by(scored, lambda item: item.type),
        "by_part": _by(scored, lambda item: item.part),
        "twins_both_right": _twins(scored),
    }
    if task.is_two_way:
        figures |= _areas(scored)
    figures |= {
        "brier": calibration.brier(scored.probabilities, scored.gold, scored.groups).as_data(),
        "ece": calibration.calibration_error(
            scored.confidence, scored.right, scored.groups
        ).as_data(),
        "reliability": [
            asdict(one) for one in calibration.reliability(scored.confidence, scored.right)
        ],
        "risk_coverage": [asdict(point) for point in calibration.thinned(curve)],
        "aurc": round(calibration.risk_area(curve), 4),
        "coverage_at": {
            f"{least:.2f}": round(calibration.coverage_at(curve, least), 4)
            for least in (0.8, 0.9, 0.95)
        },
        "milliseconds_per_item": round(
            1000 * sum(p.seconds for p in predictions) / len(predictions), 3
        ),
    }
    if thresholds is not None and task in {THREE_WAY, VERACITY}:
        figures["decided"] = _decided(scored, thresholds)
    return figures


def _one_a_unit(predictions: Sequence[Prediction]) -> list[Prediction]:
    best: dict[str, Prediction] = {}
    for prediction in predictions:
        unit = prediction.item.unit or f"item:{prediction.item.id}"
        if unit not in best or prediction.entailment.supported > best[unit].entailment.supported:
            best[unit] = prediction
    return list(best.values())


def _of(sums: Floats, labels: int, figure: Callable[[Floats], Floats]) -> Estimate:
    return redrawn(sums, lambda totals: figure(totals.reshape(-1, labels, labels)))


def _by_label(task: Task, sums: Floats) -> dict[str, dict[str, Any]]:
    labels = len(task.labels)
    support = sums.sum(0).reshape(labels, labels).sum(1)

    def one(place: int, figure: Callable[[Floats], Floats]) -> dict[str, float | None]:
        return _of(sums, labels, lambda matrix: figure(matrix)[..., place]).as_data()

    return {
        label: {
            "items": int(support[place]),
            "precision": one(place, confusion.precision),
            "recall": one(place, confusion.recall),
            "f1": one(place, confusion.f1),
        }
        for place, label in enumerate(task.labels)
    }


def _confusion(task: Task, sums: Floats) -> dict[str, dict[str, int]]:
    labels = len(task.labels)
    matrix = sums.sum(0).reshape(labels, labels)
    return {
        gold: {answer: int(matrix[down, across]) for across, answer in enumerate(task.labels)}
        for down, gold in enumerate(task.labels)
    }


def _by(scored: Scored, key: Callable[[Item], str]) -> list[dict[str, Any]]:
    """Accuracy for each label and kind of item; nothing where all are of one kind."""
    kinds = sorted({key(item) for item in scored.items})
    if kinds in ([], [""]):
        return []
    found = {
        (label, kind): scored.places(label, kind, key)
        for label in scored.task.labels
        for kind in kinds
    }
    return [
        {"type": kind, "label": label, "items": len(rows), "accuracy": _share(scored, rows)}
        for (label, kind), rows in found.items()
        if len(rows)
    ]


def _share(scored: Scored, rows: Ints) -> dict[str, float | None]:
    right, groups = scored.right[rows].tolist(), [scored.groups[n] for n in rows]
    return mean(right, groups).as_data()


def _twins(scored: Scored) -> list[dict[str, Any]]:
    """Minimal pairs of opposite label: how many have both sides right, by type."""
    at = {item.id: n for n, item in enumerate(scored.items)}
    counts: dict[str, list[bool]] = {}
    for n, item in enumerate(scored.items):
        if item.label == "refuted" and item.twin in at:
            both = scored.right[n] and scored.right[at[item.twin]]
            counts.setdefault(item.type, []).append(bool(both))
    return [
        {"type": kind, "pairs": len(pairs), "both_right": sum(pairs)}
        for kind, pairs in sorted(counts.items())
        if len(pairs) >= _LEAST_PAIRS
    ]


def _areas(scored: Scored) -> dict[str, Any]:
    """ROC AUC and PR AUC of finding the first label (refuted, or not supported)."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    truth = (scored.gold == 0).astype(int)
    if truth.min() == truth.max():
        return {}
    score = scored.probabilities[:, 0]
    return {
        "roc_auc": _area(roc_auc_score, truth, score, scored.groups).as_data(),
        "pr_auc": _area(average_precision_score, truth, score, scored.groups).as_data(),
    }


def _area(
    figure: Callable[..., float], truth: Ints, score: Floats, groups: Sequence[str]
) -> Estimate:
    import numpy as np

    names = {name: place for place, name in enumerate(dict.fromkeys(groups))}
    place = np.array([names[name] for name in groups])
    values = [
        float(figure(truth, score, sample_weight=weights[place]))
        for block in draws(len(names), _AREA_DRAWS)
        for weights in block
        if len(set(truth[weights[place] > 0])) == 2
    ]
    if not values or len(names) < 2:
        return Estimate(float(figure(truth, score)))
    low, high = np.percentile(values, [2.5, 97.5])
    return Estimate(float(figure(truth, score)), float(low), float(high))


def _decided(scored: Scored, thresholds: Thresholds) -> dict[str, Any]:
    """What the product makes of it: it decides only from the system's thresholds on."""
    entailments = [p.entailment for p in scored.predictions]
    supports = [e.supported >= thresholds.supported for e in entailments]
    refutes = [
        entailment.refuted >= thresholds.refuted and not supported
        for entailment, supported in zip(entailments, supports, strict=True)
    ]
    return {
        "thresholds": {"supported": thresholds.supported, "refuted": thresholds.refuted},
        "supported": _at_threshold(scored, supports, "supported"),
        "refuted": _at_threshold(scored, refutes, "refuted"),
        "coverage": round((sum(supports) + sum(refutes)) / len(entailments), 4),
    }


def _at_threshold(scored: Scored, given: Sequence[bool], label: str) -> dict[str, Any]:
    import numpy as np

    wanted = np.array([item.label == label for item in scored.items])
    answered = np.array(given)
    rows = np.stack([answered & wanted, answered, wanted], axis=1).astype(np.float64)
    sums = by_group(scored.groups, rows)

    def ratio(of: int) -> Callable[[Floats], Floats]:
        return lambda totals: np.divide(
            totals[:, 0], totals[:, of], out=np.full(len(totals), np.nan), where=totals[:, of] > 0
        )

    return {
        "items": int(answered.sum()),
        "precision": redrawn(sums, ratio(1)).as_data(),
        "recall": redrawn(sums, ratio(2)).as_data(),
    }
