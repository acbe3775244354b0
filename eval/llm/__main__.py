"""`make llm-eval LLM=provider:model`: four systems on the same labelled claims, side by side.

The model alone with a plain prompt, the chain, the embedded verifier, and both together. With
`--fit` the model's parameters in `factcheck/llm/combination.json` are fitted first, on development
items; the comparison is on test items, which no parameter has seen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from eval.llm.fitting import answered_of, fit, save
from eval.llm.results import FIGURES, record
from eval.llm.systems import Plain
from factcheck.assistance import Assistant
from factcheck.cli.model import assistance
from factcheck.cli.progress import bar
from factcheck.cli.setup import settings_from
from factcheck.errors import FactcheckError, ModelError, UsageProblem
from factcheck.evaluation.chatmodels import OPEN, Assisted, Chain
from factcheck.evaluation.claims import measure
from factcheck.evaluation.items import Item, task_of
from factcheck.evaluation.judging import judge
from factcheck.evaluation.runs import DEFAULT_ROOT, Run, digest_of
from factcheck.evaluation.sets import load_set
from factcheck.evaluation.systems import System
from factcheck.verdicts.verifier import Verifier, load_thresholds, load_verifier

COMBINATION = Path(__file__).parents[2] / "factcheck" / "llm" / "combination.json"
RESULTS = Path(__file__).parent
_AT_ONCE = 8
"""Development items between two words of progress."""


def main() -> None:
    """Measure, write the comparison, and print it."""
    options = _options()
    try:
        with assistance(settings_from(_flags(options))) as assistant:
            if assistant is None:
                raise UsageProblem("no model is named", hint="make llm-eval LLM=provider:model")
            page = _compared(assistant, options)
    except FactcheckError as error:
        sys.stderr.write(f"Error: {error.message}\nTry: {error.hint}\n")
        sys.exit(error.exit_code)
    sys.stdout.write(page)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.llm", description=__doc__)
    parser.add_argument("--llm", required=True)
    parser.add_argument("--base-url")
    parser.add_argument("--max-calls", type=int, help="requests, at most")
    parser.add_argument("--max-cost", type=float, help="US dollars, at most")
    parser.add_argument("--limit", type=int, help="how many items; all by default")
    parser.add_argument("--fit", action="store_true", help="fit the parameters first")
    parser.add_argument("--runs", type=Path, default=DEFAULT_ROOT, help="where run folders go")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the page goes")
    return parser.parse_args()


def _flags(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "llm": options.llm,
        "llm_base_url": options.base_url,
        "max_calls": options.max_calls,
        "max_cost": options.max_cost,
    }


def _compared(assistant: Assistant, options: argparse.Namespace) -> str:
    verifier = load_verifier()
    if verifier is None:
        raise ModelError(
            "this installation holds no embedded verifier to compare with", hint="make verifier"
        )
    if options.fit:
        assistant = _fitted(assistant, verifier, options.limit)
    items = spread(load_set("own", None, "test"), options.limit)
    rows = [_measured(one, items, options.runs) for one in _systems(assistant, verifier)]
    entry = {
        "items": len(items),
        "passages": len({item.group for item in items}),
        "systems": rows,
        "usage": assistant.account.usage(),
        "origin": assistant.combination.origin,
    }
    return record(options.results, str(assistant.caller.model.name), entry)


def spread(items: Sequence[Item], most: int | None) -> list[Item]:
    """`most` items from as many passages as there are, the same ones each time; all where None.

    A slow model can be asked about a few items only, and items of one passage say less than items
    of several. In the order of a hash of their ids, first one of each passage, then the next.
    """
    turns: dict[str, int] = {}
    ordered = []
    for item in sorted(items, key=lambda item: hashlib.sha256(item.id.encode()).digest()):
        turn = turns[item.group] = turns.get(item.group, 0) + 1
        ordered.append((turn, item))
    ordered.sort(key=lambda one: one[0])
    return [item for _, item in ordered[:most]]


def _fitted(assistant: Assistant, verifier: Verifier, most: int | None) -> Assistant:
    """The model with its parameters fitted on development items, and saved."""
    items = spread(load_set("own", None, "dev"), most)
    pairs = [(item.evidence, item.claim) for item in items]
    judged = []
    with bar(f"Asking about {len(items)} development items") as advance:
        for start in range(0, len(pairs), _AT_ONCE):
            judged += Chain(assistant).judged(pairs[start : start + _AT_ONCE])
            advance(len(judged), len(pairs))
    held = answered_of(items, judged, verifier.score(pairs))
    model = assistant.caller.model
    found = fit(assistant.combination, held, len(items), str(model.name), verifier.digest)
    save(found, COMBINATION, model.identity)
    return replace(assistant, combination=found)


def _systems(assistant: Assistant, verifier: Verifier) -> Iterator[System]:
    plain, chain = Plain(assistant), Chain(assistant)
    thresholds = load_thresholds(verifier.name)
    both = Assisted(verifier, chain, asks_all=assistant.policy == "all")
    yield System("model alone, plain prompt", plain.digest, plain, None)
    yield System("chain alone", chain.digest, chain, None)
    yield System("embedded verifier alone", verifier.digest, verifier, thresholds)
    yield System("embedded verifier and chain", both.digest, both, thresholds)


def _measured(system: System, items: Sequence[Item], runs: Path) -> dict[str, Any]:
    asked = {
        "kind": "claims",
        "set": "own",
        "split": "test",
        "system": system.name,
        "system_digest": system.digest,
        "items": len(items),
        "items_digest": digest_of(json.dumps(asdict(item)) for item in items),
    }
    run = Run.open(runs, asked)
    with bar(f"Measuring: {system.name}") as advance:
        predictions = judge(run, system, items, advance)
    figures = measure(task_of(item.label for item in items), predictions, system.thresholds)
    run.write_json("metrics.json", figures)
    answered = sum(one.entailment != OPEN for one in predictions)
    kept = {name: figures[name] for name in FIGURES}
    return {"name": system.name, "answered": answered, "figures": kept}


if __name__ == "__main__":
    main()
