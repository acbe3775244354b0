"""Asking a system about the items of a set, chunk by chunk, into a run's folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from factcheck.errors import UsageProblem
from factcheck.evaluation.claims import Prediction, Scored
from factcheck.evaluation.items import Item, Task
from factcheck.evaluation.runs import Run
from factcheck.evaluation.systems import System
from factcheck.verdicts.verifier import Entailment

CHUNK = 32
"""Items asked about at once: what an interruption can cost."""


def judge(
    run: Run,
    system: System,
    items: Sequence[Item],
    advance: Callable[[int, int], None] = lambda done, total: None,
) -> list[Prediction]:
    """Predictions for all items, in their order; those that the run has already are not asked anew.

    Raises:
        ModelError: the system cannot be loaded or run.
    """
    known = {one.item.id: one for one in read_predictions(run)}
    unasked = [item for item in items if item.id not in known]
    for start in range(0, len(unasked), CHUNK):
        chunk = unasked[start : start + CHUNK]
        advance(len(items) - len(unasked) + start, len(items))
        began = time.perf_counter()
        found = system.verifier.score([(item.evidence, item.claim) for item in chunk])
        seconds = (time.perf_counter() - began) / len(chunk)
        new = [Prediction(i, e, seconds) for i, e in zip(chunk, found, strict=True)]
        run.append(map(_row, new))
        known |= {one.item.id: one for one in new}
    return [known[item.id] for item in items]


def read_predictions(run: Run) -> list[Prediction]:
    """The predictions of a run of `factcheck eval claims`.

    Raises:
        UsageProblem: they cannot be read.
    """
    try:
        return [_prediction(row) for row in run.rows()]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageProblem(
            f"the answers in {run.folder} cannot be read: {error!r}",
            hint="run its factcheck eval command again, with --fresh",
        ) from error


def answers(task: Task, predictions: Sequence[Prediction]) -> dict[str, str]:
    """Id of each unit's speaking item, and the label it was given."""
    scored = Scored(task, predictions)
    return {
        item.id: task.labels[place]
        for item, place in zip(scored.items, scored.answers, strict=True)
    }


def _row(prediction: Prediction) -> dict[str, Any]:
    return {
        **asdict(prediction.item),
        "p": {name: round(p, 6) for name, p in asdict(prediction.entailment).items()},
        "seconds": round(prediction.seconds, 6),
    }


def _prediction(row: Mapping[str, Any]) -> Prediction:
    item = {name: value for name, value in row.items() if name not in {"p", "seconds"}}
    return Prediction(Item(**item), Entailment(**row["p"]), row["seconds"])
