"""Reviewing in a real browser: by keyboard, by two people, over a reload."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from factcheck.decisions import Decision, standings
from factcheck.reviews.store import Store
from factcheck.reviews.web import Reviewing
from tests.browsing import DESKTOP, PHONE, Watch, keep, opened, overflow, violations
from tests.reports import factory
from tests.reviews.serving import saved, served

pytestmark = pytest.mark.xdist_group("browser")

SIZES = {"desktop": DESKTOP, "phone": PHONE}
DAM = factory.realistic()


@pytest.fixture
def reviewing(tmp_path: Path) -> Iterator[Reviewing]:
    paths = saved(tmp_path, DAM, factory.small(), factory.hostile())
    with served(paths, tmp_path / "reviews.sqlite") as found:
        yield found


@pytest.fixture
def page(browser: Browser, reviewing: Reviewing) -> Iterator[Page]:
    watch = Watch()
    with opened(browser, watch=watch) as page:
        page.goto(reviewing.address)
        page.get_by_role("link", name="Harlow Dam Repair").click()
        expect(page.locator(".finding.chosen")).to_have_count(1)
        yield page
    refused = "Failed to load resource"  # what a browser says of a decision that does not fit
    assert [trouble for trouble in watch.troubles if refused not in trouble] == []
    assert all(request.startswith(reviewing.address) for request in watch.requests)


def kept(reviewing: Reviewing) -> list[Decision]:
    with Store.open(reviewing.reviews) as store:
        return store.decisions()


def chosen(page: Page) -> str:
    return page.locator(".finding.chosen, .claim.chosen").get_attribute("id") or ""


def count(page: Page, words: str) -> None:
    expect(page.locator(".deck .count")).to_have_text(words)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_pages_look_as_they_should_and_axe_finds_nothing(
    browser: Browser, reviewing: Reviewing, size: str, scheme: str
) -> None:
    with Store.open(reviewing.reviews) as store:
        store.add(factory.reviewed(DAM).decisions)
    with opened(browser, SIZES[size], color_scheme=scheme) as page:
        page.goto(reviewing.address)
        expect(page.locator("tbody tr")).to_have_count(3)
        keep(page, f"reviews-{size}-{scheme}")
        assert overflow(page) == 0
        assert violations(page) == []
        page.get_by_role("link", name="Harlow Dam Repair").click()
        expect(page.locator(".deck .on")).to_contain_text("Finding 2")
        keep(page, f"review-{size}-{scheme}")
        assert overflow(page) == 0
        assert violations(page) == []
        page.keyboard.press("n")
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert violations(page) == []


def test_a_whole_report_by_keyboard_alone(page: Page, reviewing: Reviewing) -> None:
    first, second = DAM.flags[0].id, DAM.flags[1].id
    count(page, "0 of 16")
    assert chosen(page) == first
    page.keyboard.press("a")
    count(page, "1 of 16")
    assert chosen(page) == second
    page.keyboard.press("r")
    count(page, "2 of 16")
    page.keyboard.press("k")
    page.keyboard.press("n")
    page.keyboard.type("The flood is well documented.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#{second} .standing")).to_contain_text("The flood is well documented.")
    page.keyboard.press("s")
    page.keyboard.type("Ben")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#{second} .standing")).to_contain_text("Assigned to Ben")
    actions = [(event.action, event.target) for event in kept(reviewing)]
    assert actions == [
        ("accept", first), ("reject", second), ("note", second), ("assign", second),
    ]  # fmt: skip
    assert all(event.reviewer == "Ana" and event.at for event in kept(reviewing))


def test_decisions_survive_a_reload(page: Page) -> None:
    page.keyboard.press("r")
    count(page, "1 of 16")
    page.reload()
    expect(page.locator(".finding.chosen")).to_have_count(1)
    expect(page.locator(f"#{DAM.flags[0].id} .standing")).to_contain_text("Rejected by Ana")
    expect(page.locator("a.piece.dismissed")).to_have_text("nine to two")
    assert chosen(page) == DAM.flags[1].id


def test_changing_a_verdict_leaves_the_machines_in_place(page: Page, reviewing: Reviewing) -> None:
    claim = page.locator(".claim[data-verdict='refuted']").first
    claim.locator(".claimed").click()
    page.get_by_role("button", name="Change").click()
    expect(page.locator("[name=answer][value='refuted']")).to_be_disabled()
    page.locator("[name=answer][value='conflicting']").check()
    assert kept(reviewing) == []
    page.locator("dialog.change").get_by_role("button", name="Change").click()
    expect(claim.locator(".standing")).to_contain_text("Changed to conflicting evidence by Ana")
    expect(claim.locator(".label")).to_have_text("Refuted")
    (event,) = kept(reviewing)
    assert (event.machine, event.answer) == ("refuted", "conflicting")


def test_a_change_thought_better_of_is_none(page: Page, reviewing: Reviewing) -> None:
    claim = page.locator(".claim[data-verdict='supported']").first
    claim.locator(".claimed").click()
    page.keyboard.press("c")
    expect(page.locator("dialog.change")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.change")).to_be_hidden()
    assert kept(reviewing) == []
    page.keyboard.press("r")
    expect(claim.locator(".standing")).to_contain_text("Rejected by Ana")
    page.keyboard.press("k")
    page.keyboard.press("c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".standing", has_text="Changed to")).to_have_count(1)
    assert [event.action for event in kept(reviewing)] == ["reject", "change"]


def test_what_a_link_marks_can_be_decided(page: Page, reviewing: Reviewing) -> None:
    page.keyboard.press("j")
    second = DAM.flags[1].id
    assert chosen(page) == second
    page.reload()
    expect(page.locator(".deck .on")).to_contain_text("Finding 2")
    page.keyboard.press("a")
    count(page, "1 of 16")
    assert [event.target for event in kept(reviewing)] == [second]


def test_the_name_given_to_another_start_is_not_taken(browser: Browser, tmp_path: Path) -> None:
    paths, reviews = saved(tmp_path, DAM), tmp_path / "reviews.sqlite"
    port = 0
    with opened(browser) as page:
        for reviewer, given in [("Ana", "Ana Desk"), ("Carla", ""), ("Ana", "")]:
            with served(paths, reviews, reviewer, port) as reviewing:
                port = reviewing.port
                page.goto(reviewing.address)
                page.get_by_role("link", name="Harlow Dam Repair").click()
                expect(page.locator(".finding.chosen")).to_have_count(1)
                if given:
                    page.fill("[name=reviewer]", given)
                    page.keyboard.press("Tab")
                    page.reload()
                name = page.input_value("[name=reviewer]")
                assert name == ("Ana Desk" if reviewer == "Ana" else "Carla")


def test_undo_takes_back_and_keeps_the_history(page: Page, reviewing: Reviewing) -> None:
    page.keyboard.press("r")
    count(page, "1 of 16")
    page.keyboard.press("u")
    count(page, "0 of 16")
    expect(page.locator("a.piece.dismissed")).to_have_count(0)
    assert [event.action for event in kept(reviewing)] == ["reject", "undo"]
    page.keyboard.press("u")
    expect(page.locator(".deck .on")).to_contain_text("Not saved: Ana decided nothing here to undo")


def test_two_reviewers_see_each_other(browser: Browser, page: Page, reviewing: Reviewing) -> None:
    with opened(browser) as other:
        other.goto(page.url.split("#")[0])
        expect(other.locator(".finding.chosen")).to_have_count(1)
        other.fill("[name=reviewer]", "Ben")
        other.locator("h1").click()
        page.keyboard.press("a")
        count(page, "1 of 16")
        other.keyboard.press("r")
        first = DAM.flags[0].id
        expect(other.locator(f"#{first} .standing")).to_contain_text(
            "Reviewers disagree: Ana accepted and Ben rejected"
        )
        expect(page.locator(f"#{first} .standing")).to_contain_text("Reviewers disagree")
    assert standings(kept(reviewing))[first].disputed


def test_a_name_is_asked_for_and_remembered(page: Page, reviewing: Reviewing) -> None:
    page.fill("[name=reviewer]", "")
    page.locator("h1").click()
    page.keyboard.press("a")
    expect(page.locator(".deck .on")).to_contain_text("Say who you are first")
    page.fill("[name=reviewer]", "Zoë")
    page.keyboard.press("Tab")
    page.locator("h1").click()
    page.keyboard.press("a")
    count(page, "1 of 16")
    page.reload()
    assert page.input_value("[name=reviewer]") == "Zoë"
    assert kept(reviewing)[0].reviewer == "Zoë"


def test_what_is_chosen_is_in_sight_on_both_sides(page: Page) -> None:
    for _ in range(5):
        expect(page.locator(".finding.chosen")).to_be_in_viewport(ratio=0.3)
        expect(page.locator(".piece.chosen").first).to_be_in_viewport()
        page.keyboard.press("j")


def test_the_next_report_is_a_key_away(page: Page) -> None:
    page.keyboard.press("]")
    expect(page.locator("h1")).to_have_text("1 passage looks false.")
    expect(page.locator(".kicker")).to_contain_text("report 2 of 3")


def test_what_was_said_can_be_searched(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator("textarea:focus")).to_have_count(1)
    page.keyboard.type("Quorum of the council")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".standing", has_text="Quorum")).to_have_count(1)
    page.fill("[name=text]", "quorum")
    expect(page.locator(".finding:visible")).to_have_count(1)


def test_only_open_ones_can_be_shown(page: Page) -> None:
    page.keyboard.press("a")
    count(page, "1 of 16")
    page.select_option("[name=state]", "open")
    expect(page.locator(".shown-count")).to_have_text("7 of 8 findings, 25 of 25 claims")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    assert chosen(page) == DAM.flags[1].id
    page.keyboard.press("j")
    page.keyboard.press("a")
    count(page, "2 of 16")
    assert chosen(page) == DAM.flags[3].id
    page.select_option("[name=state]", "accepted")
    expect(page.locator(".finding:visible")).to_have_count(2)


def test_the_top_of_the_page_follows_the_decisions(page: Page) -> None:
    expect(page.locator("h1")).to_contain_text("4 passages look false")
    first = page.locator(".worst li").first
    page.keyboard.press("r")
    expect(first).to_have_class("dismissed")
    expect(first).to_contain_text("rejected in review")
    expect(page.locator("h1")).to_contain_text("3 passages look false")
    page.keyboard.press("u")
    expect(first).not_to_contain_text("rejected")
    expect(page.locator("h1")).to_contain_text("4 passages look false")


def test_a_passage_on_top_falls_with_the_claim_for_which_it_is_there(
    browser: Browser, tmp_path: Path
) -> None:
    draft = factory.Draft("One fell. Two fell.", headline="One fell.")
    claim = draft.claim("Two fell.", "refuted")
    draft.flag("number", "medium", "Two", None, "Why.", 0.9, claim=claim)
    paths = saved(tmp_path, draft.report())
    with served(paths, tmp_path / "reviews.sqlite") as reviewing, opened(browser) as page:
        page.goto(reviewing.address)
        page.get_by_role("link", name="One fell.").click()
        expect(page.locator(".finding.chosen")).to_have_count(1)
        first = page.locator(".worst li").first
        expect(first).to_contain_text("on a refuted claim")
        page.keyboard.press("j")
        page.keyboard.press("r")
        expect(first).to_contain_text("the claim rejected in review")
        page.keyboard.press("u")
        expect(first).not_to_contain_text("rejected")


def test_the_list_shows_how_far_each_report_is(page: Page, reviewing: Reviewing) -> None:
    page.keyboard.press("a")
    count(page, "1 of 16")
    page.get_by_role("link", name="All reports").click()
    row = page.locator("tr", has_text="Harlow Dam Repair")
    expect(row).to_contain_text("1 of 16")
    expect(row).to_contain_text("Ana")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("1 passage looks false.")


def test_a_server_that_is_gone_is_told_and_nothing_is_lost_silently(
    browser: Browser, tmp_path: Path
) -> None:
    with opened(browser) as page:
        with served(saved(tmp_path, DAM), tmp_path / "reviews.sqlite") as reviewing:
            page.goto(reviewing.address)
            page.get_by_role("link", name="Harlow Dam Repair").click()
            expect(page.locator(".finding.chosen")).to_have_count(1)
        page.keyboard.press("a")
        expect(page.locator(".deck .on")).to_contain_text("Not saved")
        expect(page.locator(".deck .count")).to_have_text("0 of 16")


def test_a_hostile_report_executes_nothing(browser: Browser, reviewing: Reviewing) -> None:
    watch = Watch()
    report = factory.hostile()
    evil = "<img src=x onerror=alert(1)>"
    events = [factory.decided(report, flag.id, "note", note=evil) for flag in report.flags]
    with Store.open(reviewing.reviews) as store:
        store.add([*events, factory.decided(report, report.flags[0].id, "accept")])
    with opened(browser, watch=watch) as page:
        page.goto(reviewing.address)
        page.wait_for_timeout(700)
        page.get_by_role("link", name="onerror").click()
        expect(page.locator(".finding.chosen")).to_have_count(1)
        page.keyboard.press("a")
        page.keyboard.press("n")
        page.keyboard.type(f"</textarea><script>alert(2)</script>{evil}")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".standing", has_text="alert(2)")).to_have_count(1)
        assert page.locator("img").count() == 0
        assert page.locator("script").count() == 2
        keep(page, "review-hostile")
    assert watch.troubles == []
    assert all(request.startswith(reviewing.address) for request in watch.requests)
