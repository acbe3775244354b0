"""Consoles that take a reader who stops as every other command does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from factcheck.cli.output import require_stdout

if TYPE_CHECKING:
    from factcheck.records import Report
    from factcheck.reports.context import Context


class _Piped(Console):
    """A console that leaves the exit code to `cli.main`; rich's own exits 1, which is taken."""

    def on_broken_pipe(self) -> None:
        """Go on without talk that nobody reads; without a reader of the data, end the command.

        Raises:
            BrokenPipeError: the reader of standard output went away.
        """
        if not self.stderr:
            raise BrokenPipeError
        self.quiet = True


def data() -> Console:
    """A console on stdout.

    Raises:
        UsageProblem: standard output is closed, where rich would print to nowhere.
    """
    require_stdout()
    return _Piped(highlight=False)


def print_report(report: Report, context: Context | None = None, *, brief: bool = False) -> None:
    """Print the report on stdout, as wide and in such colours as the terminal there has.

    Args:
        report: what to print.
        context: reviewers' decisions on it.
        brief: as `reports.terminal.render` takes it.

    Raises:
        UsageProblem: standard output is closed.
    """
    from factcheck.reports.context import NOTHING
    from factcheck.reports.terminal import render

    render(report, data(), brief, context or NOTHING)


def talk() -> Console:
    """A console on stderr."""
    return _Piped(stderr=True, highlight=False)
