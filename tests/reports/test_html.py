from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources

import pytest

from factcheck.records import Evidence, Report, content_id
from factcheck.reports.context import with_decisions
from factcheck.reports.html import to_html
from tests.reports import factory

REPORTS = [factory.small, factory.quiet, factory.realistic, factory.hostile]
VOID = {"meta", "input", "use", "path", "circle", "rect"}


class Page(HTMLParser):
    """What a reader of HTML makes of the report."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.raw: dict[str, str] = {}
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"style", "script"}:
            self.raw[self.open[-1]] = self.raw.get(self.open[-1], "") + data
        else:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(params=REPORTS)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(to_html(request.param()))


def test_every_element_is_closed_and_ids_are_unique(page: Page) -> None:
    assert page.open == []
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_link_leads_somewhere_harmless(page: Page) -> None:
    ids = {attrs.get("id") for _, attrs in page.tags}
    for link in [*page.all("a"), *page.all("use")]:
        address = str(link["href"])
        if address.startswith("#"):
            assert address[1:] in ids
        else:
            assert address.startswith(("http://", "https://"))
            assert link["rel"] == "noopener noreferrer nofollow"


def test_nothing_is_fetched_and_nothing_runs_but_its_own(page: Page) -> None:
    for tag, attrs in page.tags:
        assert tag not in {"img", "link", "iframe", "object", "embed", "base"}
        assert not {"src", "srcset", "style", "action", "formaction"} & set(attrs)
        assert not [name for name in attrs if name.startswith("on")]
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|https?:", page.raw["script"])
    assert not re.search(r"url\(|@import|https?:", page.raw["style"])


def test_the_policy_allows_its_own_style_and_script_by_digest(page: Page) -> None:
    policy = next(str(m["content"]) for m in page.all("meta") if "http-equiv" in m)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_hostile_words_are_shown_as_words() -> None:
    words = "".join(Page(to_html(factory.hostile())).words)
    assert "<script>alert(1)</script>" in words
    assert "{{ 7*7 }}" in words
    assert "⟨RLO⟩gnp.exe⟨PDF⟩" in words
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", words)


def test_a_lone_surrogate_can_still_be_written() -> None:
    report = replace(factory.small(), warnings=("odd \ud800 one",))
    assert to_html(report).encode("utf-8")


def test_the_top_names_five_passages_and_says_how_many_more_there_are() -> None:
    text = "One fell. Two fell. Three fell. Four fell. Five fell. Six fell. Seven fell."
    draft = factory.Draft(text, date="2024-03-01")
    for number in ("One", "Two", "Three", "Four", "Five"):
        draft.flag("number", "high", number, None, "Why.", 0.9)
    words = " ".join("".join(Page(to_html(draft.report())).words).split())
    assert "that look false" not in words
    draft.flag("number", "high", "Six", None, "Why.", 0.9)
    draft.claim("Seven fell.", "refuted")
    words = " ".join("".join(Page(to_html(draft.report())).words).split())
    assert "7 passages look false" in words.replace("\xa0", " ")
    assert "and 2 others that look false" in words


def test_each_named_passage_is_marked_as_in_the_article() -> None:
    draft = factory.Draft("One fell. Two fell. Three fell.")
    claim = draft.claim("Two fell.", "refuted")
    draft.claim("Three fell.", "refuted")
    draft.flag("number", "high", "One", None, "Why.", 0.9)
    draft.flag("number", "medium", "Two", None, "Why.", 0.9, claim=claim)
    top = to_html(draft.report()).partition('<ol class="worst"')[2].partition("</ol>")[0]
    assert re.findall(r'<a class="(\w+)"', top) == ["high", "medium", "refuted"]
    assert "number, on a refuted claim, paragraph 1" in top


def test_a_named_passage_falls_with_its_claim() -> None:
    draft = factory.Draft("One fell. Two fell.")
    claim = draft.claim("Two fell.", "refuted")
    draft.flag("number", "medium", "Two", None, "Why.", 0.9, claim=claim)
    report = draft.report()
    context = with_decisions(report, [factory.decided(report, claim.id, "reject")])
    top = to_html(report, context).partition('<ol class="worst"')[2].partition("</ol>")[0]
    assert '<li class="dismissed"' in top
    assert "the claim rejected in review" in top


def test_the_date_on_top_is_that_of_the_check() -> None:
    draft = factory.Draft("One fell.", date="2021-12-17")
    words = " ".join("".join(Page(to_html(draft.report())).words).split())
    said = "Fact check of article.txt, made on 5 March 2024; the article is of 17 December 2021"
    assert said in words


def test_findings_stand_in_order_with_all_that_proves_them() -> None:
    text = to_html(factory.realistic())
    words = " ".join("".join(Page(text).words).split())
    places = [
        words.index(f"{number} {severity} ")
        for number, severity in enumerate(["High"] * 3 + ["Medium"] * 2 + ["Low"] + ["Note"] * 2, 1)
    ]
    assert places == sorted(places)
    for part in (
        "The article counts nine votes to two; the minutes count eight to three.",
        "Minutes of the council, Town of Harlow, 5 March 2024",
        "Confidence: high",
        "found by comparing with a reference (quantities check)",
        "Suggested eight to three",
    ):
        assert part in words
    assert 'href="https://example.org/minutes"' in text


def test_a_claim_says_when_and_where() -> None:
    text = to_html(factory.realistic())
    assert "When: <bdi>during an inspection in October</bdi>" in text
    assert "Where: <bdi>along the spillway</bdi>" in text


def test_marks_differ_in_shape_as_well_as_colour() -> None:
    style = Page(to_html(factory.small())).raw["style"]
    shapes = {
        severity: re.search(rf"\.piece\.{severity} \.words {{[^}}]*underline (\w+)", style)
        for severity in ("high", "medium", "low", "note")
    }
    found = {match[1] for match in shapes.values() if match}
    assert found == {"wavy", "double", "dashed", "dotted"}


def test_the_article_is_whole_on_the_page() -> None:
    page = Page(to_html(factory.realistic()))
    shown = "".join("".join(page.words).split())
    for paragraph in factory.DAM.split("\n\n"):
        if not paragraph[0].isdigit():
            assert "".join(paragraph.split()) in shown


def test_a_thousand_words_stay_under_400_kb() -> None:
    report = factory.realistic()
    draft = factory.Draft("\n\n".join([report.article.text] * 3))
    body = replace(draft.report().article, id=report.article.id)
    long = replace(report, article=body, claims=report.claims * 3, flags=report.flags * 3)
    assert len(body.text.split()) > 950
    assert len(to_html(long).encode("utf-8")) < 400_000


def test_same_report_gives_same_page() -> None:
    assert to_html(factory.realistic()) == to_html(factory.realistic())


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_colours_reach_the_contrast_of_wcag_aa(scheme: int) -> None:
    file = resources.files("factcheck.reports") / "templates" / "report.css"
    rule = re.findall(r":root \{(.*?)\}", file.read_text("utf-8"), re.S)[scheme]
    colours = dict(re.findall(r"--([\w-]+): #(\w+)", rule))
    for name in ("ink", "soft", "link", "high", "medium", "low", "note", "good", "split"):
        assert _contrast(colours[name], colours["paper"]) >= 4.5, name
    for severity in ("high", "medium", "low", "note"):
        assert _contrast(colours["ink"], colours[f"{severity}-tint"]) >= 4.5, severity
        assert _contrast(colours[severity], colours[f"{severity}-tint"]) >= 3, severity
    if "faint" in colours:
        assert _contrast(colours["faint"], colours["paper"]) >= 3


def test_without_flags_or_claims_it_says_so() -> None:
    empty: Callable[[], Report] = factory.Draft("Nothing here.").report
    words = "".join(Page(to_html(empty())).words)
    assert "No flags were raised." in words
    assert "No claim was found." in words


def test_a_restatement_shows_only_where_its_words_differ() -> None:
    draft = factory.Draft("It holds. The dam holds")
    draft.claim("It holds.", "not_enough_evidence", restated="The dam holds.", missing="Proof.")
    draft.claim("The dam holds", "not_enough_evidence", restated="The dam holds.", missing="Proof.")
    words = " ".join("".join(Page(to_html(draft.report())).words).split())
    assert words.count("Read as:") == 1
    assert "Read as: The dam holds." in words


def test_other_sources_are_neither_those_that_decided_nor_the_article() -> None:
    draft = factory.Draft("The dam was built in 1957. It leaks.")
    log = "It was finished in 1958. It has eight gates."
    first, second = (
        draft.evidence(log, "Log", words) for words in ("It was finished in 1958.", log[25:])
    )
    other = draft.evidence("It is of concrete.", "Dams of the region")
    quotation = draft.quote("It leaks.")
    own = Evidence(content_id("evidence", quotation), quotation, "The article")
    draft.claim("The dam was built in 1957.", "refuted", first, second, own, other)
    assert "1 other source looked at" in to_html(draft.report())
