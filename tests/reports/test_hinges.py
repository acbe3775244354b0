"""What a verdict hangs on, in every form that is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, expect
from rich.cells import cell_len

from factcheck.records import CheckedClaim, LeftOut, Occlusion, Quotation, Report, Span
from factcheck.reports.hinges import hinges
from factcheck.reports.html import to_html
from factcheck.reports.json import from_json, schema, to_json
from factcheck.reports.markdown import to_markdown
from factcheck.reports.terminal import to_text
from tests.browsing import DESKTOP, PHONE, Watch, keep, opened, overflow, violations
from tests.reports import factory


def explained(
    item: CheckedClaim, sentence: str, words: Sequence[tuple[str, float]], probability: float
) -> CheckedClaim:
    """The claim with an explanation, its parts named by the words that stand there."""
    claim, passage = item.claim.standalone, item.evidence[0].quotation
    start = passage.span.start + passage.text.index(sentence)
    place = Span(start, start + len(sentence))
    left_out = [
        LeftOut(Span(claim.index(word), claim.index(word) + len(word)), word, chance)
        for word, chance in words
    ]
    return replace(
        item,
        occlusion=Occlusion(
            "embedded sha256:4f4f",
            Quotation(passage.origin, passage.source_id, place, sentence),
            "refuted" if item.verdict.label == "refuted" else "supported",
            probability,
            tuple(left_out),
            14,
        ),
    )


def changed(report: Report, *items: CheckedClaim) -> Report:
    by_id = {item.claim.id: item for item in items}
    return replace(report, claims=tuple(by_id.get(c.claim.id, c) for c in report.claims))


def small() -> Report:
    report = factory.small()
    gates = "The dam has eight gates."
    return changed(report, explained(report.claims[1], gates, [("nine", 0.21)], 0.93))


def realistic() -> Report:
    """The report on the dam: a refuted claim, an open one, and one that no word decides."""
    report = factory.realistic()
    voted = next(c for c in report.claims if c.verdict.label == "refuted")
    open_ones = [c for c in report.claims if c.verdict.label == "not_enough_evidence"]
    with_words = next(c for c in open_ones if c.evidence)
    other = next(c for c in open_ones if c.evidence and c is not with_words)
    content = [word for word in with_words.claim.standalone.split() if len(word) > 4]
    return changed(
        report,
        explained(
            voted,
            "The second phase of repairs to the dam was approved by eight votes to three.",
            [("nine", 0.34), ("two", 0.41)],
            0.94,
        ),
        explained(
            with_words,
            with_words.evidence[0].quotation.text.split(". ")[0],
            [(content[0], 0.62)],
            0.03,
        ),
        explained(other, other.evidence[0].quotation.text.split(". ")[0], [], 0.002),
    )


def hostile() -> Report:
    report = factory.hostile()
    script, long = report.claims[0], report.claims[1]
    evil = script.evidence[0].quotation.text
    return changed(
        report,
        explained(script, evil, [("<script>", 0.5), ("alert", 0.4)], 0.9),
        explained(long, evil, [(long.claim.text, 0.5)], 0.9),
    )


MAKERS = [small, realistic, hostile]


def test_nothing_is_said_where_nobody_asked() -> None:
    report = factory.small()
    assert hinges(report, report.claims[1]) is None
    assert all("Hinges" not in write(report) for write in (to_text, to_markdown, to_html))


def test_one_word_several_words_and_none_are_each_a_sentence() -> None:
    item = factory.small().claims[1]
    said = [
        hinges(factory.small(), explained(item, "It was finished in 1957.", words, 0.93))
        for words in ([("nine", 0.2)], [("nine", 0.2), ("gates", 0.004), ("dam", 0.5)], [])
    ]
    assert [one.effect for one in said if one] == [
        "without it the entailment model goes from 93% refuted to 20%",
        "without them, one at a time, the entailment model goes from 93% refuted to 20%, under 1% "
        "and 50%",
        "the entailment model by itself says 93% refuted",
    ]
    assert said[1] is not None
    assert said[1].claim == (
        ("The ", False), ("dam", True), (" holds ", False), ("nine", True), (" ", False),
        ("gates", True), (".", False),
    )  # fmt: skip


def test_a_claim_of_ten_thousand_words_is_cut_around_its_words() -> None:
    text = "word " * 5000 + "nine " + "word " * 5000
    report = factory.small()
    item = replace(report.claims[1], claim=replace(report.claims[1].claim, restated=text))
    item = explained(item, "The dam has eight gates.", [("nine", 0.2)], 0.93)
    found = hinges(report, item)
    assert found is not None
    assert ("nine", True) in found.claim
    assert sum(len(words) for words, _ in found.claim) < 500


def test_the_terminal_marks_the_words_under_the_verdict() -> None:
    text = " ".join(to_text(small()).split())
    assert (
        "(quantities check) Hinges on: ▸nine◂; without it the entailment model goes from 93% "
        "refuted to 21% Weighs most: “The dam has eight gates.”" in text
    )
    assert "Hinges on: no single word; the" in " ".join(to_text(realistic()).split())


def test_markdown_has_a_line_for_the_words_and_one_for_the_sentence() -> None:
    lines = to_markdown(small()).splitlines()
    at = next(n for n, line in enumerate(lines) if "Hinges on" in line)
    assert lines[at : at + 2] == [
        "  - Hinges on: ▸nine◂; without it the entailment model goes from 93% refuted to 21%",
        "  - Weighs most: “The dam has eight gates.” ([Gates of the dam, Town of Harlow, 5 March "
        "2024](https://example.org/gates))",
    ]


@pytest.mark.parametrize("make", MAKERS)
def test_json_reads_back_keeps_to_the_schema_and_quotes_exactly(make: object) -> None:
    report = make()  # type: ignore[operator]
    text = to_json(report)
    assert from_json(text) == report
    jsonschema.validate(json.loads(text), schema())
    for item in json.loads(text)["claims"]:
        found = item["occlusion"]
        claim = item["claim"]["restated"] or item["claim"]["text"]
        for word in found["words"] if found else ():
            assert claim[word["span"]["start"] : word["span"]["end"]] == word["text"]


def test_a_report_without_the_field_still_reads() -> None:
    data = json.loads(to_json(factory.small()))
    for item in data["claims"]:
        del item["occlusion"]
    assert from_json(json.dumps(data)) == factory.small()


def test_hostile_words_stay_words() -> None:
    report = hostile()
    text = to_text(report)
    assert "▸<script>◂" in text
    assert max(cell_len(line) for line in text.split("\n")) <= 80
    tags = MarkdownIt("commonmark").render(to_markdown(report))
    assert "<script" not in tags
    page = to_html(report)
    assert "<b><bdi>&lt;script&gt;</bdi></b>" in page
    assert page.count("<script") == 1
    assert len(page) < 400_000


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"]
)
def test_it_opens_and_axe_finds_nothing(
    browser: Browser, tmp_path: Path, size: tuple[int, int], scheme: str
) -> None:
    path = tmp_path / "report.html"
    path.write_text(to_html(realistic()), "utf-8")
    watch = Watch()
    with opened(browser, size, watch, color_scheme=scheme) as page:
        page.goto(path.as_uri())
        parts = page.locator(".hinges")
        expect(parts).to_have_count(3)
        expect(parts.locator("mark").first).to_have_text("nine")
        expect(parts.locator("mark").first).to_be_visible()
        expect(parts.nth(1).locator("mark")).to_be_hidden()
        parts.nth(1).locator("summary").click()
        expect(parts.nth(1).locator("mark")).to_be_visible()
        parts.first.scroll_into_view_if_needed()
        keep(page, f"hinges-{scheme}")
        assert overflow(page) == 0
        assert violations(page) == []
    assert watch.troubles == []
