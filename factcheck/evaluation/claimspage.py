"""What the page of a run of `factcheck eval claims` shows, and its lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from factcheck.evaluation import plots
from factcheck.evaluation.claims import Prediction, Scored
from factcheck.evaluation.items import Task
from factcheck.evaluation.published import PUBLISHED
from factcheck.evaluation.report import (
    Case,
    Picture,
    Section,
    Table,
    estimate,
    number,
    render,
    settings_table,
    spaced,
)

_MOST_CASES = 40
_LEAST_FOR_BAR = 5
_MOST_BARS = 40
_FIGURES = (
    ("accuracy", "accuracy"),
    ("balanced accuracy", "balanced_accuracy"),
    ("macro F1", "macro_f1"),
    ("ROC AUC", "roc_auc"),
    ("PR AUC", "pr_auc"),
    ("Brier score (0 to 2, lower is better)", "brier"),
    ("expected calibration error", "ece"),
)


def page(
    settings: Mapping[str, Any],
    figures: Mapping[str, Any],
    task: Task,
    predictions: Sequence[Prediction],
) -> str:
    """The run as HTML."""
    return render(
        f"{settings['system']} on {settings['set']}",
        f"Accuracy {estimate(figures['accuracy'])}, "
        f"balanced accuracy {estimate(figures['balanced_accuracy'])}, "
        f"on {figures['items']} items in {figures['groups']} groups ({figures['task']}).",
        [
            Section(
                "Figures",
                "In brackets: 95% intervals by redrawing groups of items that share a passage.",
                tables=(Table(("figure", "value"), tuple(_main(figures))),),
            ),
            _by_label(figures),
            _decided(figures),
            _pictures(figures, settings["system"]),
            _by_kind("By type", figures["by_type"]),
            _by_kind("By part", figures["by_part"]),
            _twins(figures),
            _published(settings["set"]),
            _errors(task, predictions),
            settings_table(settings),
        ],
    )


def lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """The run for the terminal, a figure a line."""
    yield f"{figures['items']} items in {figures['groups']} groups, {figures['task']}"
    for name, value in _main(figures):
        yield f"{name:38} {value}"
    for label, one in figures["by_label"].items():
        yield (
            f"{label:38} precision {estimate(one['precision'])}, recall {estimate(one['recall'])}, "
            f"F1 {estimate(one['f1'])}, of {one['items']}"
        )
    for row in figures["twins_both_right"]:
        yield f"{'twins both right, ' + row['type']:38} {row['both_right']} of {row['pairs']} pairs"
    for label, one in _decisions(figures):
        yield (
            f"{'decided in the product: ' + label:38} {one['items']} times, "
            f"precision {estimate(one['precision'])}, recall {estimate(one['recall'])}"
        )


def bars_by_type(figures: Mapping[str, Any]) -> dict[str, list[plots.Bar]]:
    """Accuracy of each label's types as bars, worst first; thin types are left out."""
    groups: dict[str, list[plots.Bar]] = {}
    for row in figures["by_type"]:
        found = row["accuracy"]
        if row["items"] >= _LEAST_FOR_BAR and row["type"]:
            groups.setdefault(spaced(row["label"]), []).append(
                plots.Bar(
                    spaced(row["type"]), found["value"], found["low"], found["high"], row["items"]
                )
            )
    return {label: sorted(bars, key=lambda bar: bar.value) for label, bars in groups.items()}


def _main(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, key in _FIGURES:
        if key in figures:
            yield name, estimate(figures[key])
    yield "area under risk and coverage", number(figures["aurc"])
    for least, share in figures["coverage_at"].items():
        yield f"share answerable with accuracy {least}", number(share)
    yield "milliseconds an item", f"{figures['milliseconds_per_item']:g}"


def _by_label(figures: Mapping[str, Any]) -> Section:
    labels = list(figures["by_label"])
    scores = tuple(
        (
            spaced(label),
            str(one["items"]),
            *(estimate(one[k]) for k in ("precision", "recall", "f1")),
        )
        for label, one in figures["by_label"].items()
    )
    matrix = tuple(
        (f"is {spaced(gold)}", *(str(answers[label]) for label in labels))
        for gold, answers in figures["confusion"].items()
    )
    return Section(
        "By label",
        tables=(
            Table(("label", "items", "precision", "recall", "F1"), scores),
            Table(("", *(f"called {spaced(label)}" for label in labels)), matrix),
        ),
    )


def _decisions(figures: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    found = figures.get("decided")
    return [(label, found[label]) for label in ("refuted", "supported")] if found else []


def _decided(figures: Mapping[str, Any]) -> Section:
    rows = tuple(
        (label, str(one["items"]), estimate(one["precision"]), estimate(one["recall"]))
        for label, one in _decisions(figures)
    )
    tables = (Table(("verdict", "given", "precision", "recall"), rows),) if rows else ()
    return Section(
        "As the product decides",
        "It gives a verdict only from the system's thresholds on, else not enough evidence.",
        tables=tables,
    )


def _pictures(figures: Mapping[str, Any], system: str) -> Section:
    drawn = [
        Picture(
            plots.reliability({system: figures["reliability"]}, "Reliability"),
            "Reliability curve: accuracy against confidence",
        ),
        Picture(
            plots.risk_coverage({system: figures["risk_coverage"]}, "Accuracy and coverage"),
            "Accuracy when only the surest answers are given, against the share given",
        ),
    ]
    bars = bars_by_type(figures)
    if bars and sum(map(len, bars.values())) <= _MOST_BARS:
        drawn.append(
            Picture(
                plots.bars(bars, "Share found, by type (items)", "share answered rightly"),
                "Share of items answered rightly, by type",
            )
        )
    return Section("Plots", pictures=tuple(drawn))


def _by_kind(title: str, rows: Sequence[Mapping[str, Any]]) -> Section:
    cells = tuple(
        (
            spaced(row["type"]) or "(none)",
            spaced(row["label"]),
            str(row["items"]),
            estimate(row["accuracy"]),
        )
        for row in rows
    )
    head = ("type", "label", "items", "answered rightly")
    return Section(title, tables=(Table(head, cells),) if cells else ())


def _twins(figures: Mapping[str, Any]) -> Section:
    rows = tuple(
        (spaced(row["type"]), str(row["pairs"]), str(row["both_right"]))
        for row in figures["twins_both_right"]
    )
    return Section(
        "Minimal pairs",
        "A claim and its twin differ in a few words and have opposite labels.",
        tables=(Table(("type", "pairs", "both right"), rows),) if rows else (),
    )


def _published(name: str) -> Section:
    rows = tuple(
        (one.system, f"{one.value:.1f}", one.measure, one.on, one.source)
        for one in PUBLISHED
        if name == one.set or name.startswith(f"{one.set}_")
    )
    return Section(
        "Published elsewhere, not measured here",
        "Other splits and other ways of choosing thresholds; for orientation only.",
        tables=(Table(("system", "value", "measure", "on", "source"), rows),) if rows else (),
    )


def _errors(task: Task, predictions: Sequence[Prediction]) -> Section:
    scored = Scored(task, predictions)
    order = sorted(
        (n for n, right in enumerate(scored.right) if not right),
        key=lambda n: -scored.confidence[n],
    )
    return Section(
        "Surest mistakes",
        "The 40 wrong answers given with most confidence.",
        cases=tuple(_error(scored, place) for place in order[:_MOST_CASES]),
    )


def _error(scored: Scored, place: int) -> Case:
    item, answer = scored.items[place], scored.task.labels[scored.answers[place]]
    return Case(
        f"{spaced(item.label)}, called {spaced(answer)} with {scored.confidence[place]:.2f}: "
        f"{item.claim}",
        (
            ("claim", item.claim),
            ("evidence", item.evidence),
            ("item", f"{item.id}  {spaced(item.type)}"),
        ),
    )
