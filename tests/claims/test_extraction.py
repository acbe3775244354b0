"""What holds for every article, and what the user's own article must give."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.articles import parse_article
from factcheck.claims.extraction import MAX_PER_SENTENCE
from factcheck.records import Article, Claim
from factcheck.text.parsing import MAX_SENTENCE

from .conftest import FindClaims, MakeArticle, find_claims, make_article

FOUNDING = Path(__file__).parents[3] / "shared" / "founding" / "article.txt"
ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("abc XYZ .,;:!?\"'()-\n\t\u00a0\u200b\u202e\ufeff“”’—\U0001f600\u0301"),
        st.characters(codec="utf-8"),
    ),
    max_size=200,
)
NEWSY = st.lists(
    st.sampled_from(
        """He She It Putin Xi said that “ ” " , . ; and but which who will not is was attacked the
        a army according to : after if denied of 820 may by 's — ( ) Mr our""".split()
    ),
    max_size=40,
).map(" ".join)


def _check(article: Article, claims: list[Claim]) -> None:
    for claim in claims:
        assert article.text[claim.span.start : claim.span.end] == claim.text
        assert claim.text.strip() == claim.text != ""
        assert article.sentences[claim.sentence].span.contains(claim.span)
        assert article.sentences[claim.sentence].role in {"headline", "body"}
        assert 0 <= claim.worth <= 1
        assert claim.reason.endswith(".")
        for hedge in claim.hedges:
            assert hedge.cue.span.of(article.text) == hedge.cue.text
    assert len({claim.id for claim in claims}) == len(claims)
    counts = Counter(claim.sentence for claim in claims)
    assert max(counts.values(), default=0) <= MAX_PER_SENTENCE


@settings(max_examples=60, deadline=None)
@given(st.one_of(ODD, NEWSY))
def test_spans_are_exact_whatever_the_text(text: str) -> None:
    article = make_article(text)
    _check(article, find_claims(article))


def test_claims_come_in_order_of_the_text(article: MakeArticle, claims_of: FindClaims) -> None:
    claims = claims_of(article("Rome fell in 476. Byzantium, which lasted, fell in 1453."))
    assert [claim.span for claim in claims] == sorted(claim.span for claim in claims)


@pytest.mark.parametrize("text", ["", " \n ", "—", "…", "***"])
def test_no_words_give_no_claims(text: str, article: MakeArticle, claims_of: FindClaims) -> None:
    assert claims_of(article(text)) == []


def test_furniture_gives_no_claims(article: MakeArticle, claims_of: FindClaims) -> None:
    page = article("Share 820 people read this story. Read more here.", role="furniture")
    assert claims_of(page) == []


def test_furniture_among_sentences_is_passed_over(
    article: MakeArticle, claims_of: FindClaims
) -> None:
    page = article("The port closed on Monday. 820 people shared this. It opened on Friday.")
    first, second, third = page.sentences
    page = replace(page, sentences=(first, replace(second, role="furniture"), third))
    assert {claim.sentence for claim in claims_of(page)} == {0, 2}


@pytest.mark.parametrize("line", ["x" * 100_000, "war and " * 12_500])
def test_an_endless_line_is_one_claim_that_cannot_be_checked(
    line: str, article: MakeArticle, claims_of: FindClaims
) -> None:
    page = article(line)
    [claim] = claims_of(page)
    _check(page, [claim])
    assert not claim.checkable
    assert len(claim.text) <= MAX_SENTENCE
    assert set(claim.text.split()) <= {*line.split(), "x" * MAX_SENTENCE}


def test_another_language_is_not_taken_apart(article: MakeArticle, claims_of: FindClaims) -> None:
    text = "Der Präsident sagte, dass die Brücke seit Montag geschlossen ist. Он уехал домой."
    page = article(text, language="de")
    claims = claims_of(page)
    _check(page, claims)
    assert [claim.sentence for claim in claims] == [0, 1]


def test_a_second_run_gives_the_same(article: MakeArticle, claims_of: FindClaims) -> None:
    text = "Anna Berg said the dam had burst. She left. Peru, which trades, sold 3 ships."
    assert claims_of(article(text)) == claims_of(article(text))


def test_numbers_and_names_are_worth_more_than_generalities(
    article: MakeArticle, claims_of: FindClaims
) -> None:
    page = article("Acme Steel sacked 400 workers on Monday. Some things are often various.")
    exact, vague = claims_of(page)
    assert exact.worth > 0.7
    assert vague.worth < 0.35
    assert "400" in exact.reason
    assert "vague" in vague.reason


def test_words_within_a_quotation_are_never_exchanged(
    article: MakeArticle, claims_of: FindClaims
) -> None:
    page = article('Hester Quayle won. "Hester gave them a voice," Tom Ashdown said.')
    statement = next(claim for claim in claims_of(page) if claim.kind == "statement")
    assert statement.restated == '"Hester gave them a voice," Tom Ashdown said.'


def test_typographic_marks_survive_restating(article: MakeArticle, claims_of: FindClaims) -> None:
    page = article("Xi Jinping met Vladimir Putin’s envoy. Putin’s plane left.")
    assert claims_of(page)[-1].restated == "Vladimir Putin’s plane left."


@pytest.mark.parametrize(
    ("headline", "restated"),
    [
        ("Berg Says Dam Is Safe", "Karl Berg Says Dam Is Safe."),
        ("Fire on Berg Street kills two", "Fire on Berg Street kills two."),
        ("Lars Berg wins race", "Lars Berg wins race."),
    ],
)
def test_a_headline_names_in_full_whom_the_text_names(
    headline: str, restated: str, article: MakeArticle, claims_of: FindClaims
) -> None:
    page = article(f"{headline}\n\nKarl Berg spoke in Oslo on Monday. Anna Holm left.")
    first, *rest = page.sentences
    page = replace(page, sentences=(replace(first, role="headline"), *rest))
    assert claims_of(page)[0].restated == restated


def test_the_stage_is_loaded_without_spacy() -> None:
    code = "import sys, factcheck.claims; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.skipif(not FOUNDING.exists(), reason="the user's own article is not at hand")
def test_the_founding_article() -> None:
    page = parse_article(FOUNDING.read_text(encoding="utf-8"), "article.txt")
    claims = find_claims(page)
    _check(page, claims)
    by_text = {(claim.text, claim.kind): claim for claim in claims}

    invasion = next(claim for claim in claims if "possible invasion by Ukraine" in claim.text)
    assert "invasion by Ukraine" in invasion.standalone
    assert [hedge.kind for hedge in invasion.hedges] == ["possible"]

    denial = by_text["The Kremlin denied any plans to invade its neighbor", "statement"]
    assert denial.speaker == "the Kremlin"
    assert [hedge.kind for hedge in denial.hedges] == ["denied", "planned"]

    unclear = next(claim for claim in claims if claim.text.startswith("He stated that Moscow"))
    assert unclear.restated is None
    assert unclear.ambiguous == ("'He' may be Xi Jinping or Vladimir Putin",)

    ours = next(claim for claim in claims if claim.text.startswith("fully supports our effort"))
    assert ours.restated is not None
    assert "our effort" in ours.restated
    assert ours.ambiguous

    assert by_text["Russia annexed Crimea", "fact"].checkable
    assert not any(claim.text in {"0", "820"} for claim in claims)
