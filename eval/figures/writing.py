"""The tables of docs/evaluation.md, written between their marks, and eval/results.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.figures.measuring import Found
from factcheck.evaluation.measuring import Measured
from factcheck.evaluation.published import PUBLISHED
from factcheck.evaluation.report import estimate, number, spaced
from factcheck.evaluation.sets import load_set

_CURVES = frozenset({"reliability", "risk_coverage"})
_SPLITS = {"train": "training", "dev": "development", "calibration": "calibration", "test": "test"}
_ARTICLES = {
    "recall_strict": "planted errors found, right type",
    "recall_lenient": "planted errors found, any content type",
    "overlap": "overlap of a hit with the error's words",
    "false_per_clean": "false flags per corrected article",
    "look_alikes": "look-alikes flagged",
    "precision": "flags on flawed articles that stand on an error",
}


def fill(page: str, blocks: Mapping[str, str]) -> str:
    """The page with each block between `<!-- figures: NAME -->` and `<!-- end -->`.

    Raises:
        SystemExit: the page lacks the marks of a block.
    """
    for name, text in blocks.items():
        before, mark, rest = page.partition(f"<!-- figures: {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        if not (mark and end):
            raise SystemExit(f"the page has no block 'figures: {name}'")
        page = f"{before}{mark}{text}\n{end}{after}"
    return page


def blocks(found: Found) -> dict[str, str]:
    """Each block's tables as Markdown; blocks without figures are left as they are."""
    made = {
        "claims": "\n\n".join([_claims(found), _labels(found)]),
        "articles": "\n\n".join([_articles(found), _types(found)]),
        "stages": _stages(found),
        "published": _published(),
    }
    return made | ({"public": _public(found)} if found.public else {})


def splits() -> dict[str, str]:
    """The counts of our own items for their data statement."""
    rows = []
    for split in ("train", "dev", "calibration", "test"):
        items = load_set("own", None, split)
        labels = Counter(item.label for item in items)
        sizes = (len({item.group for item in items}), len(items))
        counts = (labels[name] for name in ("refuted", "supported", "not_enough_evidence"))
        rows.append((_SPLITS[split], *(f"{n:,}" for n in (*sizes, *counts))))
    head = ("split", "passages", "items", "refuted", "supported", "not enough")
    return {"splits": _table(head, rows)}


def record(found: Found) -> dict[str, Any]:
    """What eval/results.json keeps: settings and figures of every run, without the curves."""
    runs = {f"claims/{name}": one for name, one in found.claims.items()}
    runs |= {f"{s}/{name}": one for s, each in found.public.items() for name, one in each.items()}
    runs |= {f"articles/{half}": one for half, one in found.articles.items()}
    stages = {"retrieval": found.retrieval, "extraction": found.extraction}
    runs |= {name: one for name, one in stages.items() if one}
    return {name: _recorded(one) for name, one in runs.items()}


def _recorded(found: Measured) -> dict[str, Any]:
    kept = {name: value for name, value in found.figures.items() if name not in _CURVES}
    return {"settings": dict(found.run.settings), "figures": kept}


def _claims(found: Found) -> str:
    head = ("system", "accuracy", "balanced", "macro F1", "ECE", "answerable at .90", "ms")
    rows = [
        (
            name,
            estimate(one.figures["accuracy"]),
            number(one.figures["balanced_accuracy"]["value"]),
            number(one.figures["macro_f1"]["value"]),
            number(one.figures["ece"]["value"]),
            number(one.figures["coverage_at"]["0.90"]),
            f"{one.figures['milliseconds_per_item']:.3g}",
        )
        for name, one in found.claims.items()
    ]
    first = next(iter(found.claims.values())).figures
    lead = f"{first['items']} claims on {first['groups']} passages, three labels."
    return f"{lead}\n\n{_table(head, rows)}"


def _labels(found: Found) -> str:
    best = found.claims[found.best].figures
    rows = [
        (
            spaced(label),
            str(one["items"]),
            *(estimate(one[k]) for k in ("precision", "recall", "f1")),
        )
        for label, one in best["by_label"].items()
    ]
    lead = f"By label, for {found.best}:"
    return f"{lead}\n\n{_table(('label', 'items', 'precision', 'recall', 'F1'), rows)}"


def _public(found: Found) -> str:
    systems = list(next(iter(found.public.values())))
    rows = []
    for name, each in found.public.items():
        first = each[systems[0]].figures
        grounding = first["task"] == "supported or not"
        key = "balanced_accuracy" if grounding else "accuracy"
        rows.append(
            (
                name,
                str(first["items"]),
                "balanced accuracy" if grounding else "accuracy",
                *(estimate(each[system].figures[key]) for system in systems),
            )
        )
    areas = [
        (f"{name}, ROC AUC", "", "", *(estimate(each[s].figures.get("roc_auc")) for s in systems))
        for name, each in found.public.items()
    ]
    return _table(("set", "items", "measure", *systems), [*rows, *areas])


def _articles(found: Found) -> str:
    halves = list(found.articles)
    rows: list[tuple[str, ...]] = []
    for key, shown in _ARTICLES.items():
        rows.append((shown, *(estimate(found.articles[half].figures[key]) for half in halves)))
        if key == "recall_strict":
            for kind in ("article", "form", "corpus"):
                each = [found.articles[half].figures["by_against"].get(kind) for half in halves]
                rows.append((f"of those that the {kind} proves", *map(estimate, each)))
    pairs = [f"{half}, {found.articles[half].figures['articles']} pairs" for half in halves]
    return _table(("", *pairs), rows)


def _types(found: Found) -> str:
    each = {
        half: {row["type"]: row for row in one.figures["by_type"]}
        for half, one in found.articles.items()
    }
    kinds = sorted({kind for rows in each.values() for kind in rows})
    rows = [(spaced(kind), *(_count(rows.get(kind)) for rows in each.values())) for kind in kinds]
    return _table(("type", *each), rows)


def _count(row: Mapping[str, Any] | None) -> str:
    return f"{row['strict']} of {row['planted']}" if row else "none planted"


def _stages(found: Found) -> str:
    lines = [*(found.retrieval.lines if found.retrieval else ())]
    more = [*(found.extraction.lines if found.extraction else ())]
    return "\n".join(["```", *lines, "", *more, "```"])


def _published() -> str:
    rows = [
        (one.set, one.system, f"{one.value:.1f}", one.measure, one.on, one.source)
        for one in PUBLISHED
    ]
    return _table(("set", "system", "value", "measure", "on", "source"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])
