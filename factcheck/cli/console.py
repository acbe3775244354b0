"""Consoles that take a reader who stops as every other command does."""

from __future__ import annotations

from rich.console import Console

from factcheck.cli.output import require_stdout


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


def talk() -> Console:
    """A console on stderr."""
    return _Piped(stderr=True, highlight=False)
