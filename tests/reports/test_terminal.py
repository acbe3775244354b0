from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from factcheck.records import Report
from factcheck.reports.terminal import render, to_text
from tests.reports import factory

GOLDEN = Path(__file__).parent / "data"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def printed(report: Report, *, brief: bool = False, encoding: str = "utf-8", colour: bool) -> str:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(
        file=file,
        width=80,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        legacy_windows=False,
        no_color=not colour,
    )
    render(report, console, brief)
    file.flush()
    return file.buffer.getvalue().decode(encoding)


@pytest.mark.parametrize("name", ["small", "quiet"])
def test_reads_as_agreed(name: str) -> None:
    assert to_text(getattr(factory, name)()) == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_the_summary_comes_first_and_flags_in_order() -> None:
    text = to_text(factory.realistic())
    assert text.startswith("4 passages look false; 4 other places need a look.\n")
    places = [text.index(f"\n{number}. ") for number in range(1, 9)]
    assert places == sorted(places)
    assert text.index("\nRefuted (3)") > places[-1]


def test_flagged_words_are_marked_without_colour() -> None:
    assert "▸nine gates◂" in to_text(factory.small())


def test_colour_adds_nothing_but_colour() -> None:
    coloured = printed(factory.realistic(), colour=True)
    assert ANSI.search(coloured)
    assert ANSI.sub("", coloured) == printed(factory.realistic(), colour=False)


def test_brief_is_a_summary_and_a_line_a_flag() -> None:
    lines = printed(factory.small(), brief=True, colour=False).rstrip().split("\n")
    assert lines[0] == "1 passage looks false."
    assert lines[-1] == "1. High, Number, paragraph 1: ▸nine gates◂; suggested: eight gates"
    assert "Claim" not in "".join(lines[3:])


def test_a_refuted_claim_without_a_flag_is_in_the_brief_too() -> None:
    report = factory.small()
    lines = printed(replace(report, flags=()), brief=True, colour=False).rstrip().split("\n")
    assert re.match(r"Claim \d+\. Refuted, paragraph 1: ▸.*nine gates", lines[-1])


def test_evidence_shows_the_sentence_that_bears_on_the_claim() -> None:
    draft = factory.Draft("The dam holds eight gates.")
    other = "The valley was surveyed by a party of engineers who found nothing of note there. "
    draft.claim("The dam holds eight gates.", "supported", draft.evidence(
        f"{other * 5}Eight gates are in the dam. {other * 5}", "Log of the dam"
    ))  # fmt: skip
    text = " ".join(to_text(draft.report()).split())
    assert "Eight gates are in the dam." in text
    assert len(text) < 900


@pytest.mark.parametrize("colour", [True, False])
def test_nothing_from_outside_reaches_the_terminal_but_words(colour: bool) -> None:
    text = ANSI.sub("", printed(factory.hostile(), colour=colour))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "[bold red]council[/]" in text
    assert "⟨RLO⟩gnp.exe⟨PDF⟩" in text
    assert len(text) < 20_000


@pytest.mark.parametrize("make", [factory.realistic, factory.hostile])
def test_no_line_is_wider_than_the_console(make: object) -> None:
    text = to_text(make())  # type: ignore[operator]
    assert max(cell_len(line) for line in text.split("\n")) <= 80


def test_no_line_ends_in_blanks() -> None:
    for make in (factory.realistic, factory.hostile):
        text = printed(make(), colour=False)
        assert not [line for line in text.split("\n") if line != line.rstrip()]


def test_decisions_stand_with_what_they_are_about() -> None:
    report = factory.small()
    text = to_text(report, factory.reviewed(report))
    assert text.splitlines()[2].startswith("Reviewed: 3 of 3 flags and decided claims")
    assert "   Review: Rejected by Ana, 6 March 2024: A quotation.\n" in text


def test_a_console_that_can_only_ascii_gets_only_ascii() -> None:
    text = printed(factory.realistic(), encoding="ascii", colour=False)
    assert ">>nine to two<<" in text


def test_a_claim_says_when_and_where() -> None:
    text = " ".join(to_text(factory.realistic()).split())
    assert "When: during an inspection in October Where: along the spillway" in text


def test_a_claim_says_what_is_unclear_about_it() -> None:
    report = factory.small()
    held, *others = report.claims
    doubt = "'He' may be Berg or Holm"
    verdict = replace(held.verdict, status="checked", label="not_enough_evidence")
    unclear = replace(held, claim=replace(held.claim, ambiguous=(doubt,)), verdict=verdict)
    text = to_text(replace(report, claims=(unclear, *others)))
    assert f"   Unclear: {doubt}\n" in text


def test_evidence_of_a_claim_shows_the_words_that_tell() -> None:
    text = to_text(factory.realistic())
    claims = text[text.index("\nRefuted (3)") :]
    assert "▸eight votes to three◂" in " ".join(claims.split())


def test_brief_says_what_is_best_left_out() -> None:
    draft = factory.Draft("It rained.\n\n318\n\nIt snowed.")
    draft.flag("furniture", "note", "318", None, "A stray counter.", 0.9, "")
    assert to_text(draft.report(), brief=True).endswith("▸318◂; suggested: leave it out\n")


def test_open_claims_stand_under_why_they_are_open() -> None:
    draft = factory.Draft("It rained. It snowed. It hailed.")
    for words, why in (
        ("It rained.", ""),
        ("It snowed.", "Two of them disagree."),
        ("It hailed.", ""),
    ):
        draft.claim(words, "not_enough_evidence", why=why, missing="No reference bears on it.")
    text = to_text(draft.report())
    assert text.count(" No reference bears on it.\n") == 2
    assert " Two of them disagree. No reference bears on it.\n   Claim 2. It snowed." in text
