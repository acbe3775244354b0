"""The HTML report in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from factcheck.records import Report
from factcheck.reports.context import NOTHING
from factcheck.reports.html import to_html
from tests.browsing import DESKTOP, PHONE, Watch, keep, opened, overflow, violations
from tests.reports import factory

pytestmark = pytest.mark.xdist_group("browser")

SIZES = {"desktop": DESKTOP, "phone": PHONE}
Save = Callable[..., str]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def saved(report: Report, reviewed: bool = False) -> str:
        path = tmp_path / "report.html"
        context = factory.reviewed(report) if reviewed else NOTHING
        path.write_text(to_html(report, context), "utf-8")
        return path.as_uri()

    return saved


@pytest.fixture
def page(browser: Browser, save: Save) -> Iterator[Page]:
    watch = Watch()
    with opened(browser, watch=watch) as page:
        page.goto(save(factory.realistic()))
        yield page
    assert watch.troubles == []


def chosen(page: Page) -> str:
    return page.locator(".finding.chosen, .claim.chosen").get_attribute("id") or ""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_looks_as_it_should_and_axe_finds_nothing(
    browser: Browser, save: Save, size: str, scheme: str
) -> None:
    watch = Watch()
    address = save(factory.realistic(), reviewed=True)
    with opened(browser, SIZES[size], watch, color_scheme=scheme) as page:
        page.goto(address)
        keep(page, f"report-{size}-{scheme}", whole=size == "phone")
        assert overflow(page) == 0
        assert violations(page) == []
    assert watch.requests == [address]
    assert watch.troubles == []


def test_axe_would_notice(page: Page) -> None:
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    assert any(trouble.startswith("color-contrast") for trouble in violations(page))


def test_filters_leave_what_is_wanted(page: Page) -> None:
    status = page.locator(".shown-count")
    expect(status).to_have_text("8 of 8 findings, 25 of 25 claims")
    page.select_option("[name=severity]", "high")
    expect(status).to_have_text("3 of 8 findings, 0 of 25 claims")
    page.select_option("[name=type]", "number")
    assert page.locator(".finding:visible").count() == 1
    page.get_by_role("button", name="Clear").click()
    page.select_option("[name=verdict]", "refuted")
    expect(status).to_have_text("3 of 8 findings, 3 of 25 claims")
    page.get_by_role("button", name="Clear").click()
    page.fill("[name=text]", "SPILLWAY WALL")
    expect(page.locator(".finding:visible")).to_have_count(1)
    page.fill("[name=text]", "no such words")
    expect(status).to_have_text("0 of 8 findings, 0 of 25 claims")


def test_j_and_k_go_through_what_is_shown(page: Page) -> None:
    ids = page.eval_on_selector_all(".finding", "all => all.map(one => one.id)")
    page.keyboard.press("j")
    assert chosen(page) == ids[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert chosen(page) == ids[1]
    assert page.evaluate("location.hash") == f"#{ids[1]}"
    assert page.evaluate("document.activeElement.id") == ids[1]
    page.select_option("[name=severity]", "note")
    page.locator("h1").click()
    page.keyboard.press("j")
    assert page.locator(f"#{chosen(page)}").get_attribute("data-severity") == "note"


def test_straight_quotation_marks_find_curly_ones_and_links_are_no_words(page: Page) -> None:
    status = page.locator(".shown-count")
    curly = page.locator(".claim .claimed", has_text="’").first.inner_text()
    page.fill("[name=text]", curly.replace("’", "'"))
    expect(page.locator(".claim:visible").first).to_be_visible()
    page.fill("[name=text]", "link")
    expect(status).to_have_text("0 of 8 findings, 0 of 25 claims")


def test_what_is_chosen_in_the_article_is_shown_though_filtered_away(page: Page) -> None:
    page.select_option("[name=severity]", "high")
    expect(page.locator(".claim:visible")).to_have_count(0)
    page.locator("span.piece").first.click()
    expect(page.locator(".claim.chosen")).to_be_visible()


@pytest.mark.parametrize("width", [1000, 1280, 1600])
def test_each_mark_stands_beside_the_line_of_its_claim(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(100)
    apart = page.eval_on_selector_all(
        ".page .marks",
        """all => all.map(marks => {
            const middle = box => box.top + box.height / 2;
            const line = parseFloat(getComputedStyle(marks.parentElement).lineHeight);
            const words = marks.nextElementSibling.getClientRects()[0];
            return (middle(marks.getBoundingClientRect()) - middle(words)) / line;
        })""",
    )
    assert len(apart) > 15
    assert sum(abs(by) < 0.3 for by in apart) >= 0.9 * len(apart)
    assert max(apart) < 1.3
    overlaps = page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll(".page .verdict")].map(
                (mark) => mark.getBoundingClientRect());
            return boxes.filter((a, n) => boxes.slice(n + 1).some((b) =>
                a.left < b.right - 1 && b.left < a.right - 1 &&
                a.top < b.bottom - 3 && b.top < a.bottom - 3)).length;
        }"""
    )
    assert overlaps == 0


_READ = """() => [...document.querySelectorAll(".page .verdict")].map((mark) => {
    const box = mark.getBoundingClientRect();
    const words = mark.parentElement.nextElementSibling.getClientRects()[0];
    return {
        claim: Number(mark.dataset.claim), x: box.left, y: box.top + box.height / 2,
        off: Math.abs(box.top + box.height / 2 - words.top - words.height / 2),
    };
})"""
"""Each mark with its place on the page, and how far it is from its claim's first line."""


def _as_read(marks: list[dict[str, float]]) -> list[float]:
    """Numbers of the claims as people read marks: line by line, each from left to right."""
    lines: list[list[dict[str, float]]] = []
    for mark in sorted(marks, key=lambda mark: mark["y"]):
        if not lines or mark["y"] - lines[-1][0]["y"] > 8:
            lines.append([])
        lines[-1].append(mark)
    return [mark["claim"] for line in lines for mark in sorted(line, key=lambda mark: mark["x"])]


def crowded() -> Report:
    """Lines on which two, three and more claims begin."""
    text = (
        "Dams fell. Two rose, one sank, ten held and six burst. He saw it. She did not. Rain "
        "came, wind came, hail came. The mayor of the town spoke for an hour about the repairs."
    )
    draft = factory.Draft(text)
    for words in re.findall(r"[^.,]+?(?= and |[.,])", text):
        draft.claim(words.strip(), "supported")
    return draft.report()


@pytest.mark.parametrize("width", [390, 1000, 1280])
@pytest.mark.parametrize("made", [crowded, factory.realistic])
def test_marks_are_read_in_the_order_of_the_text(
    browser: Browser, save: Save, made: Callable[[], Report], width: int
) -> None:
    with opened(browser, (width, 900)) as page:
        page.goto(save(made()))
        page.wait_for_timeout(100)
        marks = page.evaluate(_READ)
        assert len(marks) > 8
        assert min(mark["x"] for mark in marks) >= 0
        assert _as_read(marks) == sorted(mark["claim"] for mark in marks)


@pytest.mark.parametrize("media", ["screen", "print"])
def test_without_a_margin_each_mark_stands_before_its_claim(
    browser: Browser, save: Save, media: Literal["screen", "print"]
) -> None:
    with opened(browser, PHONE) as page:
        page.emulate_media(media=media)
        page.goto(save(crowded()))
        marks = page.evaluate(_READ)
        assert max(mark["off"] for mark in marks) < 8
        assert _as_read(marks) == sorted(mark["claim"] for mark in marks)


def test_keys_type_in_a_field_and_can_be_turned_off(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.input_value("[name=text]") == "jk"
    page.fill("[name=text]", "")
    page.uncheck("[name=keys]")
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator(".chosen")).to_have_count(0)


def test_choosing_in_the_article_marks_the_finding_and_back(page: Page) -> None:
    page.locator("a.piece", has_text="nine to two").click()
    finding = page.locator(".finding.chosen")
    expect(finding).to_contain_text("The article counts nine votes to two")
    expect(finding).to_be_in_viewport()
    page.locator(".finding", has_text="14 March 2024 is a Thursday").locator(".why").click()
    marked = page.locator(".piece.chosen")
    expect(marked).to_have_text("Tuesday, 14 March")
    expect(marked).to_be_in_viewport()
    page.locator(".verdict[data-claim='3']").click()
    expect(page.locator(".claim.chosen")).to_have_attribute("data-claim", "3")


def test_a_colleague_finds_the_finding_that_a_link_names(page: Page) -> None:
    name = page.locator(".finding").nth(4).get_attribute("id")
    page.goto(f"{page.url.split('#')[0]}#{name}")
    page.reload()
    assert chosen(page) == name
    expect(page.locator(f"#{name}")).to_be_in_viewport()


def test_without_javascript_it_is_a_plain_document(browser: Browser, save: Save) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(save(factory.realistic()))
        expect(page.locator(".filters")).to_be_hidden()
        expect(page.locator(".finding")).to_have_count(8)
        page.locator("a.piece", has_text="nine to two").click()
        target = page.locator(".finding:target")
        expect(target).to_contain_text("The article counts nine votes to two")
        expect(target).to_be_in_viewport()
        target.locator("a", has_text="paragraph 1").click()
        expect(page.locator(".piece:has(:target)")).to_have_text("nine to two")


def test_it_prints_to_pages_with_everything_on_them(page: Page, tmp_path: Path) -> None:
    data = page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True, tagged=True)
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page/") > 2
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("details li").first).to_be_visible()
    keep(page, "report-print", whole=True)


def test_a_hostile_article_executes_nothing(browser: Browser, save: Save) -> None:
    watch = Watch()
    address = save(factory.hostile())
    with opened(browser, watch=watch) as page:
        page.goto(address)
        for link in page.locator("main a:visible").all()[:20]:
            link.click()
        page.keyboard.press("j")
        page.fill("[name=text]", "<script>")
        assert page.locator("script").count() == 1
        assert page.locator("img, iframe, object, embed, [onclick], [onerror]").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0
        page.wait_for_timeout(100)
    assert watch.troubles == []
    assert {request.split("#")[0] for request in watch.requests} == {address}


@pytest.mark.parametrize("size", SIZES)
def test_huge_lines_and_overrides_do_not_break_the_page(
    browser: Browser, save: Save, size: str
) -> None:
    with opened(browser, SIZES[size]) as page:
        page.goto(save(factory.hostile()))
        assert overflow(page) == 0
        keep(page, f"hostile-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_other_scripts_run_their_own_way(browser: Browser, save: Save, size: str) -> None:
    with opened(browser, SIZES[size]) as page:
        page.goto(save(factory.other_scripts()))
        keep(page, f"scripts-{size}", whole=True)
        directions = page.eval_on_selector_all(
            ".block", "all => all.map(one => getComputedStyle(one).direction)"
        )
        assert directions == ["rtl", "rtl", "rtl", "ltr", "ltr"]
        assert overflow(page) == 0
        assert violations(page) == []


def test_the_policy_refuses_what_is_smuggled_in(browser: Browser, save: Save) -> None:
    watch = Watch()
    with opened(browser, watch=watch) as page:
        page.goto(save(factory.small()))
        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "document.title = 'owned'";
                document.body.append(script);
                document.body.insertAdjacentHTML("beforeend", "<img src='https://example.org/x'>");
            }"""
        )
        page.wait_for_timeout(100)
        assert page.title() != "owned"
    assert any("Content Security Policy" in trouble for trouble in watch.troubles)
