"""What a person sees while an article is checked, and that it is gone when the report is there."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from factcheck.articles import parse_article
from factcheck.checks.base import Marker
from factcheck.cli import progress
from factcheck.records import Flag

TEXT = "Ferry sinks\n\n" + " ".join(f"Wall {n:02} fell\x1b[2J on Monday." for n in range(12))
ARTICLE = parse_article(TEXT, "a.txt", language="en")


def flags(number: int) -> list[Flag]:
    spans = [sentence.span for sentence in ARTICLE.prose][1 : number + 1]
    made = [Marker("dates", "date").flag(ARTICLE, s, "high", 0.9, "No.") for s in spans]
    assert len(made) == number
    return made


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=60, height=30, color_system=None)
    monkeypatch.setattr(progress, "talk", lambda: console)
    return file


def shown(screen: io.StringIO, number: int) -> str:
    """The last picture while `number` flags are found and 3 of 40 passages read."""
    with progress.steps(ARTICLE) as watch:
        watch.stage("checks")
        watch.found(flags(number))
        watch.stage("entailment")
        screen.seek(0)
        screen.truncate()
        watch.read(3, 40)
        assert isinstance(watch, progress._Steps)
        watch._console.print("(end)")
        picture = screen.getvalue()
    return picture


def test_the_stage_how_far_it_is_and_what_was_found_are_shown(screen: io.StringIO) -> None:
    picture = shown(screen, 2)
    assert "Found so far:" in picture
    assert "1. High, Date, paragraph 1: ▸Wall 00 fell" in picture
    assert "2. High" in picture and "more" not in picture
    assert "Reading the references" in picture
    assert "3/40" in picture


def test_many_are_counted_and_nothing_in_the_article_moves_the_cursor(screen: io.StringIO) -> None:
    picture = shown(screen, 11)
    assert "8. High" in picture and "9. High" not in picture
    assert "and 3 more" in picture
    assert "\x1b[2J" not in picture


def test_where_nothing_is_found_nothing_is_announced(screen: io.StringIO) -> None:
    assert "Found" not in shown(screen, 0)


def test_where_nobody_watches_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr(progress, "talk", lambda: Console(file=file, force_terminal=False))
    with progress.steps(ARTICLE) as watch:
        watch.stage("checks")
        watch.found(flags(2))
        watch.read(3, 40)
    assert file.getvalue() == ""
