"""What every form of the report says first, and where it says that something stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.records import CheckedClaim, Evidence, Report, Span, content_id
from factcheck.reports.context import with_decisions
from factcheck.reports.cutting import bearing
from factcheck.reports.view import (
    excerpt,
    headline,
    leads,
    notes,
    passages_of,
    place,
)
from tests.reports.factory import Draft, decided, quiet

TEXT = "The dam was built in 1957. It holds nine gates. It is 40 metres high. It leaks."
DAM, GATES, HEIGHT, LEAK = (f"{words}." for words in TEXT.rstrip(".").split(". "))


def own(draft: Draft, words: str) -> Evidence:
    quotation = draft.quote(words)
    return Evidence(content_id("evidence", quotation), quotation, "The article")


def failed(report: Report, words: str) -> Report:
    """The report with an error in place of the verdict on a claim."""

    def after(item: CheckedClaim) -> CheckedClaim:
        error = replace(item.verdict, status="error", label=None, evidence=())
        return replace(item, verdict=error) if item.claim.text == words else item

    return replace(report, claims=tuple(after(item) for item in report.claims))


def test_the_headline_says_who_contradicts() -> None:
    draft = Draft(TEXT)
    log = draft.evidence("It was finished in 1958 with eight gates.", "Log of the dam")
    draft.claim(DAM, "refuted", log)
    assert headline(draft.report()) == "The references contradict 1 claim of this article."
    draft.claim(GATES, "refuted", own(draft, LEAK))
    said = "The references contradict 1 claim of this article, and it contradicts itself in 1 other"
    assert headline(draft.report()) == f"{said}."
    alone = Draft(TEXT)
    alone.claim(DAM, "refuted", own(alone, GATES))
    alone.claim(LEAK, "refuted", own(alone, GATES))
    assert headline(alone.report()) == "The article contradicts itself in 2 claims."
    alone.flag("quote", "note", "nine gates", None, "Why.", 0.9)
    said = "The article contradicts itself in 2 claims; 1 other place needs a look."
    assert headline(alone.report()) == said


def test_sources_that_disagree_and_checks_that_failed_are_not_nothing() -> None:
    draft = Draft(TEXT)
    draft.claim(DAM, "conflicting")
    assert headline(draft.report()) == "Sources disagree on 1 claim of this article."
    draft.claim(GATES, "conflicting")
    draft.claim(LEAK, "supported")
    report = failed(draft.report(), LEAK)
    said = "Sources disagree on 2 claims of this article; 1 claim could not be checked."
    assert headline(report) == said
    only = failed(quiet(), "The dam was built in 1957.")
    assert headline(only) == "1 claim could not be checked; nothing else was found."


def test_a_high_flag_more_makes_the_headline_no_milder() -> None:
    draft = Draft(TEXT)
    log = draft.evidence("It was finished in 1958 with eight gates.", "Log of the dam")
    draft.claim(DAM, "refuted", log)
    draft.claim(GATES, "refuted", log)
    assert headline(draft.report()) == "The references contradict 2 claims of this article."
    draft.flag("number", "high", "40 metres", None, "Why.", 0.9)
    assert headline(draft.report()) == "3 passages look false."
    assert [lead.words.text for lead in leads(draft.report())] == ["40 metres", DAM, GATES]
    draft.flag("number", "medium", "nine gates", None, "Why.", 0.9)
    milder = draft.report()
    gates = next(item.claim.id for item in milder.claims if item.claim.text == GATES)
    flags = tuple(
        replace(flag, claim_id=gates) if flag.quotation.text == "nine gates" else flag
        for flag in milder.flags
    )
    shown = [lead.words.text for lead in leads(replace(milder, flags=flags))]
    assert shown == ["40 metres", "nine gates", DAM]
    found = leads(replace(milder, flags=flags))
    assert [lead.mark for lead in found] == ["high", "medium", "refuted"]
    assert [lead.kind for lead in found] == ["Number", "Number, on a refuted claim", "Refuted"]


def test_the_headline_follows_the_reviewers() -> None:
    draft = Draft(TEXT)
    log = draft.evidence("It was finished in 1958 with eight gates.", "Log of the dam")
    draft.flag("number", "high", "40 metres", None, "Why.", 0.9)
    draft.flag("quote", "note", "nine gates", None, "Why.", 0.9)
    draft.claim(DAM, "refuted", log)
    report = draft.report()
    first, second = (flag.id for flag in report.flags)
    claim = report.claims[0].claim.id

    def after(*actions: tuple[str, str]) -> str:
        decisions = [decided(report, target, action) for target, action in actions]  # type: ignore[arg-type]
        return headline(report, with_decisions(report, decisions))

    said = "2 passages look false; 1 other place needs a look."
    assert after((first, "accept")) == after() == said
    said = "The references contradict 1 claim of this article; 1 other place needs a look"
    assert after((first, "reject")) == f"{said}; 1 finding was rejected."
    said = "Nothing is left that speaks against this article; 2 findings were rejected."
    assert after((first, "reject"), (second, "reject"), (claim, "reject")) == said


def test_the_sentence_nearest_to_the_claim_is_kept() -> None:
    filler = "Nothing of the kind is told of anybody there. " * 6
    text = f"{filler}The dam holds eight gates. {filler}"
    shown = bearing(text, "Eight gates are in the dam.", 120)
    assert "The dam holds eight gates." in shown
    assert shown.startswith("Nothing") is False
    assert len(shown) <= 130
    assert bearing(text[:100], "Eight gates.", 120) == text[:100]
    assert bearing(filler, "Eight gates.", 120).startswith("Nothing of the kind")


def test_a_quotation_begins_after_the_title_and_the_source_line() -> None:
    draft = Draft(TEXT)
    body = "It was finished in 1958 with eight gates."
    log = draft.evidence(f"Log of the dam\nSource: Water board, 1958\n\n{body}", "Log of the dam")
    draft.claim(DAM, "refuted", log)
    report = draft.report()
    words = log.quotation.part(Span(len(log.quotation.text) - 12, len(log.quotation.text) - 1))
    found = excerpt(report.article, words, passages_of(report))
    assert found.before == "It was finished in 1958 with "
    title = log.quotation.part(Span(0, 3))
    assert excerpt(report.article, title, passages_of(report)).before == ""


def test_places_that_need_a_look_stand_beside_what_failed() -> None:
    draft = Draft(TEXT)
    draft.claim(DAM, "supported")
    draft.flag("quote", "note", "nine gates", None, "Why.", 0.9)
    assert headline(draft.report()) == "Nothing looks false; 1 place needs a look."
    said = "Nothing looks false; 1 place needs a look; 1 claim could not be checked."
    assert headline(failed(draft.report(), DAM)) == said


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("318\n\nIt rained.\n\nIt snowed.", "before the first paragraph"),
        ("It rained.\n\n318\n\nIt snowed.", "between the paragraphs"),
        ("It rained.\n\nIt snowed.\n\n318", "after the last paragraph"),
        ("318", "outside the text"),
    ],
)
def test_page_furniture_has_its_place(text: str, where: str) -> None:
    draft = Draft(text)
    assert place(draft.report().article, draft.span("318")) == where


@pytest.mark.parametrize(
    ("withheld", "said"),
    [
        (0, []),
        (1, ["1 later reference was not used."]),
        (2, ["2 later references were not used."]),
    ],
)
def test_withheld_references_are_counted_in_words(withheld: int, said: list[str]) -> None:
    report = quiet()
    report = replace(report, summary=replace(report.summary, withheld_references=withheld))
    assert notes(replace(report, warnings=("Mind this.",))) == [*said, "Mind this."]
