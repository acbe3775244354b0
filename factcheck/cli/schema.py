"""`factcheck schema`: the form of the JSON report."""

from __future__ import annotations

import json

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the report that `factcheck claims -f json` writes."""
    from factcheck.reports.json import schema as report_schema

    click.echo(json.dumps(report_schema(), indent=2, ensure_ascii=False))
