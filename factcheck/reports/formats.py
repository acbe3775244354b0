"""The forms a report can be written in: a new one is a line here and a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from factcheck.errors import UsageProblem
from factcheck.records import Report
from factcheck.reports.context import NOTHING, Context


@dataclass(frozen=True, slots=True)
class Format:
    """One form of the report."""

    writer: str
    """`module:function`, from a Report and a Context to text; imported when it is used."""
    suffixes: tuple[str, ...]
    """Endings of file names that mean this form, with the dot."""
    description: str
    """For help texts: what it is good for."""
    after_review: bool = False
    """Whether it can only be written of a report that somebody reviewed."""


FORMATS: dict[str, Format] = {
    "terminal": Format("factcheck.reports.terminal:to_text", (".txt",), "plain text to read"),
    "html": Format("factcheck.reports.html:to_html", (".html", ".htm"), "one page to work with"),
    "json": Format("factcheck.reports.json:to_json", (".json",), "everything, for programs"),
    "markdown": Format("factcheck.reports.markdown:to_markdown", (".md", ".markdown"), "to paste"),
    "jsonl": Format("factcheck.reports.jsonl:to_jsonl", (".jsonl",), "one claim or flag a line"),
    "csv": Format("factcheck.reports.csv:to_csv", (".csv",), "for a spreadsheet"),
    "sarif": Format("factcheck.reports.sarif:to_sarif", (".sarif",), "SARIF 2.1.0, for editors"),
    "web-annotation": Format(
        "factcheck.reports.web_annotation:to_web_annotation",
        (".jsonld",),
        "W3C Web Annotation, for annotation tools",
    ),
    "label-studio": Format(
        "factcheck.reports.label_studio:to_label_studio", (), "a Label Studio task with predictions"
    ),
    "label-studio-config": Format(
        "factcheck.reports.label_studio:to_config", (".xml",), "the labelling interface for it"
    ),
    "claimreview": Format(
        "factcheck.reports.claim_review:to_claim_review",
        (),
        "schema.org JSON-LD of the reviewed claims",
        after_review=True,
    ),
}


def write(report: Report, form: str, context: Context = NOTHING) -> str:
    """The whole report in the form of that name, with the decisions that the context brings.

    Raises:
        UsageProblem: no form has that name, or the form needs what the context lacks.
    """
    if form not in FORMATS:
        raise UsageProblem(f"there is no format {form!r}", hint=f"-f {' | '.join(FORMATS)}")
    module, _, function = FORMATS[form].writer.partition(":")
    writer = cast(Callable[[Report, Context], str], getattr(import_module(module), function))
    return writer(report, context)


def format_of(path: Path, among: Iterable[str] = FORMATS) -> str:
    """Name of the form that the ending of `path` means.

    Args:
        path: the file to write.
        among: the forms that can be had, which are offered where the ending means none.

    Raises:
        UsageProblem: no form has that ending.
    """
    for name, form in FORMATS.items():
        if path.suffix.lower() in form.suffixes:
            return name
    endings = ", ".join(ending for form in FORMATS.values() for ending in form.suffixes)
    raise UsageProblem(
        f"the ending of {path.name} names no format (known are {endings})",
        hint=f"-f {' | '.join(among)}",
    )
