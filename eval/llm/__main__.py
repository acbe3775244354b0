"""`make llm-eval LLM=provider:model`: four systems on the same labelled claims, side by side.

The model alone with a plain prompt, the chain, the embedded verifier, and both together. With
`--fit` the parameters of `factcheck/llm/combination.json` are fitted first, on the development
items; the comparison is on the test items, which no parameter has seen.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.llm.fitting import FEWEST, fit_calibration, fit_weights, save
from eval.llm.systems import Both, Chain, Plain
from factcheck.assistance import Assistant
from factcheck.cli.model import open_assistant
from factcheck.cli.setup import settings_from
from factcheck.errors import FactcheckError
from factcheck.evaluation.claims import measure
from factcheck.evaluation.items import Item, limited, task_of
from factcheck.evaluation.judging import judge
from factcheck.evaluation.runs import DEFAULT_ROOT, Run, digest_of
from factcheck.evaluation.sets import load_set
from factcheck.evaluation.systems import System
from factcheck.llm.combination import Combination
from factcheck.verdicts.verifier import Verifier, load_thresholds, load_verifier

COMBINATION = Path(__file__).parents[2] / "factcheck" / "llm" / "combination.json"
_FIGURES = ("accuracy", "balanced_accuracy", "macro_f1", "brier", "ece")


def main() -> None:
    """Measure, and write the comparison into the folder of runs."""
    options = _options()
    try:
        settings = settings_from({"llm": options.llm, "llm_base_url": options.base_url})
        assistant = open_assistant(settings)
        if assistant is None:
            sys.exit("name a model: make llm-eval LLM=provider:model")
        embedded = load_verifier(threads=settings.threads or None)
        combination = assistant.combination
        if options.fit:
            combination = _fitted(assistant, embedded, options.limit)
            save(combination, COMBINATION)
        items = limited(load_set("own", None, "test"), options.limit)
        rows = [
            _measured(system, items, options.runs)
            for system in _systems(assistant, embedded, combination)
        ]
    except FactcheckError as error:
        sys.exit(f"Error: {error.message}\nTry: {error.hint}")
    page = "\n".join(_page(assistant, combination, items, rows))
    name = str(assistant.caller.model.name).replace(":", "-").replace("/", "-")
    path = options.runs / f"llm-{name}.md"
    path.write_text(page, "utf-8")
    sys.stdout.write(page)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.llm", description=__doc__)
    parser.add_argument("--llm", required=True)
    parser.add_argument("--base-url")
    parser.add_argument("--limit", type=int, help="about how many items; all by default")
    parser.add_argument("--fit", action="store_true", help="fit the parameters first")
    parser.add_argument("--runs", type=Path, default=DEFAULT_ROOT)
    return parser.parse_args()


def _systems(
    assistant: Assistant, embedded: Verifier | None, combination: Combination
) -> Iterator[System]:
    caller, name = assistant.caller, str(assistant.caller.model.name)
    plain = Plain(caller, f"{name} plain")
    chain = Chain(caller, f"{name} chain", combination)
    yield System(plain.name, plain.digest, plain, None)
    yield System(chain.name, chain.digest, chain, None)
    if embedded:
        thresholds = load_thresholds(embedded.name)
        both = Both(embedded, chain, f"{name} chain+embedded")
        yield System("embedded", embedded.digest, embedded, thresholds)
        yield System(both.name, both.digest, both, thresholds)


def _measured(system: System, items: Sequence[Item], runs: Path) -> tuple[str, dict[str, Any]]:
    asked = {
        "kind": "claims",
        "set": "own",
        "split": "test",
        "system": system.name,
        "system_digest": system.digest,
        "items": len(items),
        "items_digest": digest_of(f"{i.id} {i.claim} {i.evidence} {i.label}" for i in items),
    }
    run = Run.open(runs, asked)
    predictions = judge(run, system, items)
    figures = measure(task_of(item.label for item in items), predictions, system.thresholds)
    run.write_json("metrics.json", figures)
    return system.name, figures


def _fitted(assistant: Assistant, embedded: Verifier | None, most: int | None) -> Combination:
    """The parameters, fitted on the development items that the model answered."""
    start = assistant.combination
    items = limited(load_set("own", None, "dev"), most)
    pairs = [(item.evidence, item.claim) for item in items]
    chain = Chain(assistant.caller, "chain", start)
    found = chain.judged(pairs)
    held = [place for place, one in enumerate(found) if one is not None and one.label is not None]
    if len(held) < FEWEST:
        raise FactcheckError(
            f"the model answered {len(held)} development items, and {FEWEST} are needed",
            hint="a more capable model, or a larger --limit",
        )
    judged = [one for place in held if (one := found[place])]
    gold = [items[place].label for place in held]
    fitted = fit_calibration(start, judged, gold)
    if embedded:
        scores = embedded.score([pairs[place] for place in held])
        answers = Chain(assistant.caller, "chain", fitted).score([pairs[p] for p in held])
        fitted = fit_weights(fitted, scores, answers, gold)
    weights = ", and both weights" if embedded else "; no verifier was there to weigh against"
    told = f"Slope and offset{weights}, fitted by log loss on {len(held)} development items"
    return replace(fitted, origin=f"{told} with {assistant.caller.model.name}; the rest by hand.")


def _page(
    assistant: Assistant,
    combination: Combination,
    items: Sequence[Item],
    rows: Sequence[tuple[str, dict[str, Any]]],
) -> Iterator[str]:
    used = assistant.account.usage()
    yield f"# {assistant.caller.model.name} on {len(items)} test items\n"
    yield "| system | " + " | ".join(_FIGURES) + " |"
    yield "|---" * (len(_FIGURES) + 1) + "|"
    for name, figures in rows:
        yield f"| {name} | " + " | ".join(_estimate(figures[one]) for one in _FIGURES) + " |"
    yield ""
    yield f"95% intervals by redrawing passages. Parameters: {combination.origin}"
    unanswered = sum(assistant.caller.ledger.failed.values())
    yield (
        f"Calls {used['calls']}, from the cache {used['cached']}, tokens read "
        f"{used['tokens_read']}, written {used['tokens_written']}, cost {used['cost']}. Questions "
        f"without a usable answer: {unanswered}, counted as not enough evidence."
    )
    if len(rows) < 4:
        yield "No embedded verifier in this installation: its rows are missing."
    yield ""


def _estimate(figure: Mapping[str, float | None]) -> str:
    if any(figure[part] is None for part in ("value", "low", "high")):
        return "-"
    return f"{figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]"


if __name__ == "__main__":
    main()
