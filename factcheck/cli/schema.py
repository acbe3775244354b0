"""`factcheck schema`: the form of the JSON report."""

from __future__ import annotations

import json

import click

from factcheck.cli.output import write_stdout


@click.command()
@click.option(
    "-f", "--format", "form", type=click.Choice(["json", "jsonl"]), default="json",
    help="The report (json) or one line of JSON Lines (jsonl).",
)  # fmt: skip
def schema(form: str) -> None:
    """Print the JSON Schema of the report that `factcheck claims -f json` writes."""
    from factcheck.reports import jsonl
    from factcheck.reports.json import schema as report_schema

    body = jsonl.schema() if form == "jsonl" else report_schema()
    write_stdout(json.dumps(body, indent=2, ensure_ascii=False) + "\n")
