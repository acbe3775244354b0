"""Figures of an exported verifier: `python -m eval.verifier.evaluate --help`.

Everything goes through the product's own path (`load_verifier(...).score`: windows, int8,
calibration). Writes results.json and RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.verifier import metrics
from eval.verifier.data import LABELS, OWN_PARTS, Item, digest, own_items, split_of, wave_of
from eval.verifier.metrics import Floats
from eval.verifier.scores import PUBLIC, reported_sets, score
from factcheck.verdicts.verifier import load_thresholds, load_verifier

HERE = Path(__file__).parent
TARGETS = {
    "own-test": 0.58,
    "own-test role_swap twins": 0.40,
    "fever_symmetric_dev": 0.88,
    "fm2_dev": 0.82,
    "hans_train_sample": 0.88,
    "summedits_dev": 0.62,
    "wice_dev_chunks": 0.66,
}
OWN = {
    "own-test": ("label", "part", "type"),
    "own-later-test": ("label", "part", "type"),
    "own-all-test": ("wave",),
}
"""Our test sets (first parts, later ones, all) and what RESULTS.md breaks each down by."""
BALANCED = ("summedits_dev", "wice_dev_chunks", "qasem_dev_sent")


def best_of_group(items: Sequence[Item], p: Floats) -> tuple[list[Item], Floats]:
    """WiCE: one row for each claim, its chunk of greatest P(supported)."""
    best: dict[str, int] = {}
    for n, item in enumerate(items):
        if item.kind not in best or p[n, 0] > p[best[item.kind], 0]:
            best[item.kind] = n
    rows = list(best.values())
    return [items[n] for n in rows], p[rows]


def figure(items: Sequence[Item], p: Floats, is_balanced: bool) -> dict[str, Any]:
    """Accuracy (or balanced accuracy) of one set with its interval."""
    chosen = metrics.guesses(items, p)
    right = metrics.correct(items, p)

    def measure(at: Any) -> float:
        if is_balanced:
            return metrics.balanced([items[n] for n in at], chosen[at])
        return float(right[at].mean())

    everything = np.arange(len(items))
    low, high = metrics.interval(items, measure, 300 if is_balanced else 1000)
    return {
        "items": len(items),
        "measure": "balanced accuracy" if is_balanced else "accuracy",
        "value": round(measure(everything), 3),
        "interval": [low, high],
    }


def grouped(
    items: Sequence[Item], p: Floats, key: Callable[[Item], str]
) -> dict[str, dict[str, Any]]:
    """Three-way accuracy by what `key` says of an item."""
    names: Iterable[str] = sorted({key(i) for i in items})
    out = {}
    for name in names:
        rows = [n for n, i in enumerate(items) if key(i) == name]
        mine = [items[n] for n in rows]
        right = np.array([int(p[n].argmax()) == LABELS.index(items[n].label) for n in rows])
        low, high = metrics.interval(mine, lambda at, right=right: float(right[at].mean()))  # type: ignore[misc]
        value = round(float(right.mean()), 3)
        out[name] = {"items": len(rows), "value": value, "interval": [low, high]}
    return out


def own_report(items: Sequence[Item], p: Floats) -> dict[str, Any]:
    """All that is said about the test split of our items."""
    right = metrics.correct(items, p)
    rows = metrics.reliability(items, p)
    train = [i for i in own_items() if split_of(i) == "train"]
    counts = [sum(i.label == label for i in items) for label in LABELS]
    thresholds = load_thresholds()
    twins = {k: metrics.twins_right(items, right, k) for k in sorted({i.kind for i in items})}
    return {
        "majority": round(max(counts) / len(items), 3),
        "word_overlap": round(metrics.overlap_baseline(train, items), 3),
        "by_label": grouped(items, p, lambda i: i.label),
        "by_part": grouped(items, p, lambda i: i.source.removeprefix("own-")),
        "by_type": grouped(items, p, lambda i: f"{i.label} {i.kind}"),
        "by_wave": grouped(items, p, wave_of),
        "twins_both_right": {k: list(v) for k, v in twins.items() if v[1] >= 5},
        "ece": round(metrics.calibration_error(rows), 4),
        "reliability": [[n, round(c, 3), round(a, 3)] for n, c, a in rows],
        "at_thresholds": {
            "supported": _at(items, p[:, 0], thresholds.supported, "SUPPORTED"),
            "refuted": _at(items, p[:, 1], thresholds.refuted, "REFUTED"),
        },
    }


def _at(items: Sequence[Item], p: Any, threshold: float, label: str) -> dict[str, float]:
    reached, wanted = p >= threshold, np.array([i.label == label for i in items])
    both = float((reached & wanted).sum())
    return {
        "threshold": threshold,
        "precision": round(both / max(1.0, float(reached.sum())), 3),
        "recall": round(both / max(1.0, float(wanted.sum())), 3),
    }


def sampled(items: Sequence[Item], most: int) -> list[Item]:
    """About `most` items (0: all), evenly spread; WiCE's groups stay whole."""
    keys = list(dict.fromkeys(_unit(i) for i in items))
    step = max(1, round(len(items) / most)) if most else 1
    kept = set(keys[::step])
    return [i for i in items if _unit(i) in kept]


def _unit(item: Item) -> str:
    return item.kind if item.source == "wice_dev_chunks" else item.id


def evaluate(folder: Path, public: Path, cache: Path, threads: int, most: int) -> dict[str, Any]:
    """Figures of the model in `folder`; about `most` items of each long set (0: all)."""
    verifier = load_verifier(str(folder), threads)
    if verifier is None:
        raise SystemExit(f"no verifier in {folder}")
    sets = reported_sets(public)
    figures, own = {}, {}
    for name in (*OWN, *PUBLIC):
        items = sets[name]
        items = sampled(items, most) if name in BALANCED else items
        p = score(verifier, items, cache)
        if name in OWN:
            own[name] = own_report(items, p)
        if name == "wice_dev_chunks":
            items, p = best_of_group(items, p)
        figures[name] = figure(items, p, name in BALANCED)
        print(name, figures[name], flush=True)
    card = json.loads((folder / "verifier.json").read_text(encoding="utf-8"))
    return {
        "verifier": verifier.digest,
        "card": card,
        "data": {p.name: digest(p) for p in sorted(OWN_PARTS.glob("*.jsonl"))}
        | {p.name: digest(p) for p in sorted(public.glob("*.jsonl"))},
        "test_passages": _split_digest(),
        "targets": TARGETS,
        "figures": figures,
        **own,
    }


def _split_digest() -> str:
    """sha256 over the sorted ids of the passages in the test split."""
    ids = sorted({i.passage for i in own_items() if split_of(i) == "test"})
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def markdown(result: dict[str, Any]) -> str:
    """The same figures as tables."""
    lines = [
        "# Figures of the embedded verifier",
        "",
        "Written by eval.verifier.evaluate; intervals of 95% by drawing passages afresh.",
        "",
        *_table(("set", "items", "measure", "value", "interval", "target"), _sets(result)),
        "",
        "Targets for own-test besides: ECE .05, role-swap twins both right .40.",
        "",
        *_table(("set", *_OWN_HEAD), [(name, *_own_row(result[name])) for name in OWN]),
    ]
    for name, breakdowns in OWN.items():
        lines += _own_tables(name, result[name], breakdowns)
    return "\n".join(lines) + "\n"


_OWN_HEAD = (
    "majority",
    "word overlap",
    "ECE",
    "role-swap twins both right",
    "supported: precision, recall",
    "refuted: precision, recall",
)


def _own_row(own: dict[str, Any]) -> tuple[Any, ...]:
    right, pairs = own["twins_both_right"].get("role_swap", [0, 0])
    at = [own["at_thresholds"][side] for side in ("supported", "refuted")]
    both = (f"{one['precision']}, {one['recall']} (from {one['threshold']})" for one in at)
    return (own["majority"], own["word_overlap"], own["ece"], f"{right} of {pairs}", *both)


def _own_tables(name: str, own: dict[str, Any], breakdowns: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for by in breakdowns:
        rows = [(n, f["items"], f["value"], _range(f)) for n, f in own[f"by_{by}"].items()]
        lines += ["", f"## {name} by {by}", ""]
        lines += _table((by, "items", "accuracy", "interval"), rows)
    lines += ["", f"## Reliability, {name}", ""]
    return lines + _table(("items", "confidence", "accuracy"), own["reliability"])


def _sets(result: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (n, f["items"], f["measure"], f["value"], _range(f), result["targets"].get(n, ""))
        for n, f in result["figures"].items()
    ]


def _range(f: dict[str, Any]) -> str:
    return f"{f['interval'][0]:.3f} to {f['interval'][1]:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return lines + [f"| {' | '.join(map(str, row))} |" for row in rows]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Measure an exported verifier.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--most", type=int, default=0, help="items of each long set, 0 for all")
    parser.add_argument("--out", type=Path, default=HERE)
    args = parser.parse_args()
    result = evaluate(args.model, args.public, args.cache, args.threads, args.most)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (args.out / "RESULTS.md").write_text(markdown(result), encoding="utf-8")


if __name__ == "__main__":
    main()
