"""The forms a report can be written in: a new one is a line here and a module of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from factcheck.errors import UsageProblem
from factcheck.records import Report


@dataclass(frozen=True, slots=True)
class Format:
    """One form of the report."""

    writer: str
    """`module:function`, of a function from a Report to text; imported when it is used."""
    suffixes: tuple[str, ...]
    """Endings of file names that mean this form, with the dot."""
    description: str
    """For help texts: what it is good for."""


FORMATS: dict[str, Format] = {
    "terminal": Format("factcheck.reports.terminal:to_text", (".txt",), "plain text to read"),
    "html": Format("factcheck.reports.html:to_html", (".html", ".htm"), "one page to work with"),
    "json": Format("factcheck.reports.json:to_json", (".json",), "everything, for programs"),
    "markdown": Format("factcheck.reports.markdown:to_markdown", (".md", ".markdown"), "to paste"),
}


def write(report: Report, form: str) -> str:
    """The whole report in the form of that name.

    Raises:
        UsageProblem: no form has that name.
    """
    if form not in FORMATS:
        raise UsageProblem(f"there is no format {form!r}", hint=f"-f {' | '.join(FORMATS)}")
    module, _, function = FORMATS[form].writer.partition(":")
    writer = cast(Callable[[Report], str], getattr(import_module(module), function))
    return writer(report)


def format_of(path: Path) -> str:
    """Name of the form that the ending of `path` means.

    Raises:
        UsageProblem: no form has that ending.
    """
    for name, form in FORMATS.items():
        if path.suffix.lower() in form.suffixes:
            return name
    endings = ", ".join(ending for form in FORMATS.values() for ending in form.suffixes)
    raise UsageProblem(
        f"the ending of {path.name} names no format (known are {endings})",
        hint=f"-f {' | '.join(FORMATS)}",
    )
