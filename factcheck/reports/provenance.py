"""How a report came about, as groups of plain facts."""

from __future__ import annotations

from typing import Any

from factcheck.records import Report


def provenance(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    """Name of each group with its facts; groups without any are left out."""
    run = report.run
    article = report.article
    groups: list[tuple[str, dict[str, Any]]] = [
        ("Article", {"source": article.source, "id": article.id, "encoding": article.encoding}),
        ("Run", {"program": f"{report.tool.name} {report.tool.version}", "started": run.started}),
        ("Models", run.models),
        ("Prompts", run.prompts),
        ("References", run.corpus),
        ("Settings", run.settings),
        ("Packages", run.packages),
        ("Seconds taken", run.timings),
    ]
    return [
        (name, [(key, _value(value)) for key, value in facts.items()])
        for name, facts in groups
        if facts
    ]


def _value(value: object) -> str:
    if value is None or value == "":
        return "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
