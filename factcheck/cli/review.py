"""`factcheck review`: a person decides on what the machine found."""

from __future__ import annotations

import contextlib
import getpass
import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path

import click

from factcheck.errors import UsageProblem
from factcheck.reports.wording import counted

_LOOPBACK = "127.0.0.1"


@click.command()
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--reviews",
    type=click.Path(path_type=Path),
    envvar="FACTCHECK_REVIEWS",
    help="Store of decisions (factcheck-reviews.sqlite); made where it is missing.",
)
@click.option(
    "--reviewer", envvar="FACTCHECK_REVIEWER", help="Your name on decisions (your login name)."
)
@click.option("--terminal", is_flag=True, help="Review in this terminal instead of a browser.")
@click.option(
    "--import",
    "imported",
    type=click.Path(path_type=Path),
    help="Take in decisions, and stop: annotations that Label Studio exported as JSON, or a report "
    "that a colleague exported with theirs.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port (any free one).")
@click.option("--browser/--no-browser", default=True, help="Whether to open a browser.")
def review(
    reports: tuple[Path, ...],
    reviews: Path | None,
    reviewer: str | None,
    terminal: bool,
    imported: Path | None,
    port: int,
    browser: bool,
) -> None:
    """Accept, reject or change what the machine found, in a page on this machine.

    REPORTS are files that `factcheck claims -f json` wrote, or folders of them. Decisions are
    only ever added to the store, which several reviewers may use at once; the reports themselves
    stay as they are.
    """
    from factcheck.reviews.reading import find_reports
    from factcheck.reviews.store import DEFAULT, Store

    paths = find_reports(reports)
    place = reviews or DEFAULT
    Store.open(place, create=True).close()
    name = (reviewer or _login_name()).strip()
    if not name:
        raise UsageProblem("a decision needs the name of its reviewer", hint="--reviewer NAME")
    if imported:
        _import(imported, paths, place)
    elif terminal:
        from factcheck.cli.reviewterminal import review_in_terminal

        review_in_terminal(paths, place, name)
    else:
        _serve(paths, place, name, port, browser)


def _login_name() -> str:
    """The user's name on this machine; empty where the user has none, as in some containers."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def _import(source: Path, paths: list[Path], place: Path) -> None:
    from factcheck.reviews.importing import read_import
    from factcheck.reviews.reading import read_report
    from factcheck.reviews.store import Store

    reports = [read_report(path) for path in paths]
    with Store.open(place) as store:
        known = store.decisions([report.article.id for report in reports])
        found = read_import(source, reports, known)
        new = store.add(found.decisions)
    click.echo(
        f"{counted(new, 'decision')} added, {len(found.decisions) - new} known already: {place}",
        err=True,
    )
    for note in found.notes:
        click.echo(f"Note: {note}", err=True)


def _serve(paths: list[Path], place: Path, name: str, port: int, browser: bool) -> None:
    import uvicorn

    from factcheck.reviews.queue import Queue
    from factcheck.reviews.web import Reviewing, application, new_token

    listening = _listen(port)
    queue = Queue(paths)
    reviewing = Reviewing(queue, place, name, listening.getsockname()[1], new_token())
    queue.read_in_background()
    click.echo(reviewing.address)
    click.echo(
        f"{counted(len(paths), 'report')}; decisions go to {place}. Ctrl+C ends it.", err=True
    )
    if browser and _has_screen():
        threading.Thread(target=webbrowser.open, args=(reviewing.address,), daemon=True).start()
    settings = uvicorn.Config(
        application(reviewing), log_level="warning", access_log=False, lifespan="off",
        server_header=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(settings).run(sockets=[listening])
    click.echo(f"Ended. Decisions are in {place}.", err=True)


def _has_screen() -> bool:
    """Whether a browser would get a window: in a bare terminal it would take the terminal."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_LOOPBACK, port))
        listening.listen()  # so that a browser that is quicker than the server waits
    except OSError as error:
        listening.close()
        raise UsageProblem(
            f"port {port} cannot be used: {error.strerror}", hint="--port 0 takes any free one"
        ) from error
    return listening
