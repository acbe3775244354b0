"""`factcheck eval`: measure on labelled sets. One module a command stands behind it."""

from __future__ import annotations

import click

from factcheck.cli.evalarticles import articles
from factcheck.cli.evalclaims import claims, sets
from factcheck.cli.evalreviews import reviews
from factcheck.cli.evalstages import extraction, retrieval


@click.group(name="eval")
def evaluate() -> None:
    """Measure how good the results are on labelled sets.

    A measurement leaves a folder below eval/runs with its settings, every answer, the figures and
    a page to look at; the same command goes on where it was interrupted.
    """


for command in (claims, articles, retrieval, extraction, sets, reviews):
    evaluate.add_command(command)
