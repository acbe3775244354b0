"""The `factcheck` command: finds its subcommands, and turns errors into messages and exit codes."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Iterator
from typing import Any

import click

from factcheck import __version__
from factcheck.cli.lossy import lossy_stderr
from factcheck.errors import FactcheckError

INTERRUPTED = 130
COULD_NOT_RUN = 3

_COMMANDS = {
    "claims": ("factcheck.cli.claims:claims", "Check an article claim by claim."),
    "index": ("factcheck.cli.index:index", "Keep the store of reference documents."),
    "eval": ("factcheck.cli.eval:evaluate", "Measure on labelled sets."),
    "compare": ("factcheck.cli.compare:compare", "Compare two runs of factcheck eval."),
    "explain": (
        "factcheck.cli.explain:explain",
        "Say what the verdicts of a saved report hang on.",
    ),
    "export": ("factcheck.cli.export:export", "Write a saved report in another form."),
    "review": ("factcheck.cli.review:review", "Decide on what saved reports found."),
    "models": ("factcheck.cli.models:models", "List, fetch and describe entailment models."),
    "doctor": ("factcheck.cli.doctor:doctor", "Say what is installed, configured and reachable."),
    "schema": ("factcheck.cli.schema:schema", "Print the JSON Schema of the report."),
}
"""Module and object of each command, and its line in `--help`; imported only when it is run."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order they are shown."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, written without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line; talk that finds no room or no reader changes no exit code."""
        with lossy_stderr():
            return super().main(*args, **options)

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read the options, of which `--help` and `--version` are answered at once."""
        with _failures_told():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error becomes a message on stderr and an exit code."""
        with _failures_told():
            return super().invoke(ctx)


@contextlib.contextmanager
def _failures_told() -> Iterator[None]:
    """Turn what ends a command before its time into a message on stderr and an exit code."""
    try:
        yield
    except FactcheckError as error:
        _tell(error.message, error.hint)
        raise click.exceptions.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        click.echo("Interrupted; run the same command again to go on.", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from error
    except BrokenPipeError as error:
        from factcheck.cli.output import drop_stdout

        drop_stdout()
        raise click.exceptions.Exit(0) from error
    except (click.exceptions.Exit, click.ClickException, click.Abort):
        raise
    except Exception as error:
        _tell_unexpected(error)
        raise click.exceptions.Exit(COULD_NOT_RUN) from error


def _tell_unexpected(error: Exception) -> None:
    """Say what failed that is no error of ours; under FACTCHECK_DEBUG it is raised again."""
    from factcheck.cli.output import drop_stdout, is_full

    if is_full(error):
        drop_stdout()
        _tell("no space is left where this is written", "free some, or write elsewhere")
        return
    if os.environ.get("FACTCHECK_DEBUG"):
        raise error
    _tell(
        f"factcheck failed unexpectedly ({type(error).__name__}: {error})",
        "set FACTCHECK_DEBUG=1 and run it again for the details to report",
    )


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="Exit codes: 0 done, 1 done and --fail-on matched, 2 wrong usage, 3 could not run, "
    "4 done in part, 130 interrupted.",
)
@click.version_option(__version__, prog_name="factcheck")
def main() -> None:
    """Find what is wrong in a news article, and prove it with exact quotations.

    Start with: factcheck claims article.txt
    """


def _tell(message: str, hint: str) -> None:
    from factcheck.reports.visible import one_line

    click.echo(f"Error: {one_line(message)}", err=True)
    if hint:
        click.echo(f"Try: {one_line(hint)}", err=True)
