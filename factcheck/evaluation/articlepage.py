"""What the page of a run of `factcheck eval articles` shows, and its lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from factcheck.evaluation import plots
from factcheck.evaluation.articles import Outcome, Scores, score
from factcheck.evaluation.intervals import Estimate, bootstrap
from factcheck.evaluation.report import (
    Case,
    Picture,
    Section,
    Table,
    render,
    settings_table,
    spaced,
)
from factcheck.records import Flag
from factcheck.reports.visible import one_line

_NAMES = {
    "recall_strict": "planted errors found, right type",
    "recall_lenient": "planted errors found, any content type",
    "overlap": "overlap of a hit with the error's words",
    "false_per_clean": "false flags per corrected article",
    "look_alikes": "look-alikes flagged",
    "precision": "flags on flawed articles that stand on an error",
}


def figures_of(outcomes: Sequence[Outcome], seconds: float) -> dict[str, Any]:
    """The figures for metrics.json."""
    scores = score(outcomes)
    data: dict[str, Any] = {"articles": len(outcomes)}
    data |= {
        field.name: value.as_data()
        for field in fields(scores)
        if isinstance(value := getattr(scores, field.name), Estimate)
    }
    data["by_against"] = {kind: one.as_data() for kind, one in scores.by_against.items()}
    data["by_type"] = [
        {"type": kind, "strict": strict, "lenient": lenient, "planted": planted}
        for kind, (strict, lenient, planted) in scores.by_type.items()
    ]
    return data | {"seconds_per_pair": round(seconds / len(outcomes), 2)}


def page(
    settings: Mapping[str, Any], figures: Mapping[str, Any], outcomes: Sequence[Outcome]
) -> str:
    """The run as HTML."""
    scores = score(outcomes)
    bars = bars_by_type(outcomes)
    kinds = tuple(
        (spaced(row["type"]), str(row["planted"]), str(row["strict"]), str(row["lenient"]))
        for row in figures["by_type"]
    )
    return render(
        f"{settings['system']} on {settings['set']}, {settings['half']}",
        f"Finds {scores.recall_strict} of the planted errors, with {scores.false_per_clean} false "
        f"flags per corrected article, on {len(outcomes)} pairs.",
        [
            Section(
                "Figures",
                "In brackets: 95% intervals by redrawing articles.",
                tables=(Table(("figure", "value"), tuple(_main(scores))),),
            ),
            Section(
                "By type",
                tables=(Table(("type", "planted", "found", "found as any type"), kinds),),
                pictures=(
                    Picture(
                        plots.bars({"": bars}, "Planted errors found, by type", "share found"),
                        "Share of planted errors found, by type",
                    ),
                )
                if bars
                else (),
            ),
            Section("Missed", cases=tuple(_missed(outcomes))),
            Section("Flags that stand on nothing planted", cases=tuple(_loose(outcomes))),
            settings_table(settings),
        ],
    )


def bars_by_type(outcomes: Sequence[Outcome]) -> list[plots.Bar]:
    """Strict recall of each type with its interval, worst first."""
    bars = []
    for kind, (found, _, planted) in score(outcomes).by_type.items():
        share = bootstrap(outcomes, lambda some, of=kind: _recall_of(some, of))  # type: ignore[misc]
        bars.append(plots.Bar(spaced(kind), found / planted, share.low, share.high, planted))
    return sorted(bars, key=lambda bar: bar.value)


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The run for the terminal, a figure a line."""
    scores = score(outcomes)
    yield f"{len(outcomes)} pairs of articles; 95% intervals by redrawing articles"
    for name, value in _main(scores):
        yield f"{name:48} {value}"
    for kind, (strict, lenient, planted) in scores.by_type.items():
        yield f"  {kind:46} {strict} of {planted}, {lenient} as any content type"


def details(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Every miss and every flag that stands on nothing, a line each."""
    for out in outcomes:
        for item in out.errors:
            if not out.hit(item, strict=False):
                yield f"missed  {out.twins.id} {item.type} ({item.against}): {one_line(item.quote)}"
        for flag in out.flawed:
            if not out.is_true(flag):
                yield f"extra   {_told(out, flag)}"
        for flag in out.clean:
            yield f"false   {_told(out, flag)} | {one_line(flag.explanation)}"


def _told(out: Outcome, flag: Flag) -> str:
    return f"{out.twins.id} {flag.check}: {one_line(flag.quotation.text)}"


def _main(scores: Scores) -> Iterator[tuple[str, str]]:
    for name, shown in _NAMES.items():
        yield shown, str(getattr(scores, name))
        if name == "recall_strict":
            for kind, found in scores.by_against.items():
                yield f"  of those that the {kind} proves", str(found)


def _recall_of(outcomes: Sequence[Outcome], kind: str) -> float | None:
    hits = [
        out.hit(item, strict=True) for out in outcomes for item in out.errors if item.type == kind
    ]
    return sum(hits) / len(hits) if hits else None


def _missed(outcomes: Sequence[Outcome]) -> Iterator[Case]:
    for out in outcomes:
        for item in out.errors:
            if not out.hit(item, strict=True):
                near = [f.type for f in out.flawed if f.quotation.span.overlaps(item.span)]
                other = f", flagged as {', '.join(near)}" if near else ""
                yield Case(
                    f"{out.twins.id}, {item.type}{other}: {item.quote}",
                    (("around it", _around(out.twins.flawed, item.span.start, item.span.end)),),
                )


def _loose(outcomes: Sequence[Outcome]) -> Iterator[Case]:
    for out in outcomes:
        loose = [("flawed", flag) for flag in out.flawed if not out.is_true(flag)]
        for where, flag in [*loose, *(("corrected", flag) for flag in out.clean)]:
            yield Case(
                f"{out.twins.id}, {where}, {flag.type} by {flag.check}: {flag.quotation.text}",
                (
                    ("why", flag.explanation),
                    ("against", flag.conflict.text if flag.conflict else ""),
                ),
            )


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 200) : end + 200]
