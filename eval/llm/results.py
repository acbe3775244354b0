"""The recorded comparisons: results.json, one entry a model, and RESULTS.md made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FIGURES = {
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced accuracy",
    "macro_f1": "macro F1",
    "brier": "Brier score",
    "ece": "ECE",
}
"""Figures that are recorded, and how tables call them."""
_DATA, _PAGE = "results.json", "RESULTS.md"


def record(folder: Path, model: str, entry: Mapping[str, Any]) -> str:
    """Put a model's comparison in place of an earlier one.

    Args:
        folder: where both files are.
        model: its name.
        entry: `items`, `passages`, `systems` (for each its name, how many items it answered and its
            figures), `usage` and `origin`.

    Returns:
        The page, as it was written.
    """
    data = folder / _DATA
    held = json.loads(data.read_text("utf-8")) if data.exists() else {}
    held[model] = dict(entry)
    text = "\n".join(_page(held))
    folder.mkdir(parents=True, exist_ok=True)
    data.write_text(json.dumps(held, indent=2, sort_keys=True) + "\n", "utf-8")
    (folder / _PAGE).write_text(text, "utf-8")
    return text


def _page(held: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "# Chat models beside the embedded verifier\n"
    yield "Written by `make llm-eval`; 95% intervals by redrawing passages. Lower is better for the"
    yield "Brier score and ECE. A question without a usable answer counts as not enough evidence.\n"
    for model, entry in sorted(held.items()):
        yield f"## {model}\n"
        yield f"{entry['items']} test items of eval/claims on {entry['passages']} passages.\n"
        yield "| system | answered | " + " | ".join(FIGURES.values()) + " |"
        yield "|---" * (len(FIGURES) + 2) + "|"
        for row in entry["systems"]:
            shown = (_estimate(row["figures"][name]) for name in FIGURES)
            yield f"| {row['name']} | {row['answered']} | " + " | ".join(shown) + " |"
        yield ""
        yield f"Parameters: {entry['origin']}\n"
        yield _used(entry["usage"])


def _estimate(figure: Mapping[str, float | None]) -> str:
    if any(figure[part] is None for part in ("value", "low", "high")):
        return "–"
    return f"{figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]"


def _used(usage: Mapping[str, Any]) -> str:
    cost = "unknown" if usage["cost"] is None else f"${usage['cost']:.4f}"
    return (
        f"The last run asked {usage['calls']:,} times and took {usage['cached']:,} answers from "
        f"the cache; tokens read {usage['tokens_read']:,}, written {usage['tokens_written']:,}; "
        f"cost {cost}.\n"
    )
