from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.articles import parse_article
from factcheck.articles.furniture import is_furniture
from factcheck.records import SentenceRole

PAGE = """Ministers Meet As Dispute Deepens

By Jane Doe and John Roe, Staff writers

Published 15 December 2021, 10:30 GMT

0
820

Share on Facebook

RIGA, Latvia (Agency) — The ministers met on Monday. "We agreed," one said.

Read more: The dispute in five charts

Talks go on. We use cookies in the canteen, the minister joked.

We use cookies to improve your experience.
"""


def roles(text: str) -> list[tuple[SentenceRole, str]]:
    return [(s.role, s.text) for s in parse_article(text).sentences]


def test_a_page_is_taken_apart() -> None:
    assert roles(PAGE) == [
        ("headline", "Ministers Meet As Dispute Deepens"),
        ("byline", "By Jane Doe and John Roe, Staff writers"),
        ("dateline", "Published 15 December 2021, 10:30 GMT"),
        ("furniture", "0"),
        ("furniture", "820"),
        ("furniture", "Share on Facebook"),
        ("dateline", "RIGA, Latvia (Agency) —"),
        ("body", "The ministers met on Monday."),
        ("body", '"We agreed," one said.'),
        ("furniture", "Read more: The dispute in five charts"),
        ("body", "Talks go on."),
        ("body", "We use cookies in the canteen, the minister joked."),
        ("furniture", "We use cookies to improve your experience."),
    ]


def test_a_dateline_gives_place_and_date() -> None:
    article = parse_article("MOSCOW, Dec. 15, 2021 (Agency) - They met. It was cold.")
    assert (article.place, article.date) == ("MOSCOW", "2021-12-15")
    assert [s.text for s in article.prose] == ["They met.", "It was cold."]


def test_a_date_without_a_year_is_no_date() -> None:
    assert parse_article("LISBON, March 13 — They met.").date is None


def test_the_callers_date_wins() -> None:
    text = "MOSCOW, Dec. 15, 2021 - They met."
    assert parse_article(text, date="2021-12-16").date == "2021-12-16"


def test_markdown_headings_are_headlines_without_their_marks() -> None:
    article = parse_article("# Title of it ##\n\nText goes **on** here.\n\n## Part two\n\nMore.\n")
    assert article.headline is not None
    assert article.headline.of(article.text) == "Title of it"
    assert [s.role for s in article.sentences] == ["headline", "body", "headline", "body"]


def test_one_line_is_a_body_not_a_headline() -> None:
    assert roles("Putin met Xi on Wednesday") == [("body", "Putin met Xi on Wednesday")]


def test_the_first_long_paragraph_is_no_headline() -> None:
    assert roles("They met on Monday.\n\nThey parted on Tuesday.")[0][0] == "body"


@pytest.mark.parametrize(
    "line",
    ["0", "820", "1.2K", "1,204 shares", "Comments (14)", "5 min read", "SHARE", "Facebook Twitter",
     "Share | Tweet | Email", "Advertisement", "Photo: A. Smith", "© 2021 The Paper", "* * *"],
)  # fmt: skip
def test_furniture(line: str) -> None:
    assert roles(f"Headline of the piece\n\n{line}\n\nThe body stands here.")[1][0] == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell.",
        "Print media are in decline, said the editor.",
        "Twelve people died.",
        "More than 820 troops moved.",
        "X marks the spot where they met.",
        "Watch out for ice, drivers were told.",
    ],
)
def test_prose_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)


ODD = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            list("\r\n\t\u2028\u2029\x85\ufeff\u200b\u202e\U000e0041.!?\"'“”‘’ 。#*-—")
        ),
        st.sampled_from(["U.S. ", "Mr. ", "He said. ", "\r\n\r\n", "By A\n\n", "KYIV - "]),
    ),
    max_size=60,
).map("".join)


@given(ODD)
def test_every_span_quotes_the_text_exactly_and_in_order(text: str) -> None:
    article = parse_article(text)
    assert article.text == text
    end = 0
    for sentence in article.sentences:
        span = sentence.span
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == sentence.text
        end = span.end


@given(ODD)
def test_no_visible_character_is_lost(text: str) -> None:
    article = parse_article(text)
    covered = {i for s in article.sentences for i in range(s.span.start, s.span.end)}
    lost = {c for i, c in enumerate(text) if i not in covered and not c.isspace()}
    assert lost <= set("#\r\n\x1c\x1d\x1e\x1f\x85\u2028\u2029")


FOUNDING = Path(__file__).parents[3] / "shared" / "founding" / "article.txt"


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding article is not carried by the repo")
def test_the_counters_of_the_founding_article_are_furniture() -> None:
    article = parse_article(FOUNDING.read_text("utf-8"))
    assert [span.of(article.text) for span in article.furniture] == ["0", "820"]
    assert article.headline is not None


@pytest.mark.parametrize(
    ("above", "roles"),
    [
        ("By Orla Fenwick\n\nPort Ellery, Thursday 12 June 2025", ["byline", "dateline"]),
        ("By Orla Fenwick | June 12, 2025", ["byline"]),
        ("By Orla Fenwick, Ellery Courier, 12 June 2025", ["byline"]),
        ("Port Ellery, 12 June 2025", ["dateline"]),
    ],
)
def test_place_or_author_and_date_on_one_line_below_the_title(above: str, roles: list[str]) -> None:
    body = "The board approved the terminal on Wednesday. Work begins on Monday."
    article = parse_article(f"Board approves terminal\n\n{above}\n\n{body}\n", "a", language="en")
    assert [s.role for s in article.sentences] == ["headline", *roles, "body", "body"]
    assert article.date == "2025-06-12"


def test_a_place_and_a_date_in_the_body_are_body() -> None:
    text = "Board meets\n\nThe board met on Wednesday.\n\nPort Ellery, 12 June 2025\n\nIt ended.\n"
    article = parse_article(text, "a", language="en")
    assert [s.role for s in article.sentences] == ["headline", "body", "body", "body"]
