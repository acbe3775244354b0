"""Sentences on which arithmetic or the calendar could fail: every check gets through them."""

from __future__ import annotations

import pytest

from factcheck.articles import parse_article
from factcheck.checks.base import Case
from factcheck.checks.registry import CHECKS, run_checks
from factcheck.text.parsing import load_parser

HEAD = "News from town\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "It was the first wedding there for sixty years. The last wedding was in 2024.",
        "The basic fee is $0 a month for some, and $1,500 over a full year for others.",
        "Police arrested 41 people. " + "9" * 400 + " people were arrested.",
        f"The firm paid £{'9' * 305} million, up from £{'8' * 307} billion, by {'9' * 308}%.",
        "Sales rose from 0 to 0, or 0 percent. Of the 0 voters 0 agreed, one in 0, 0 out of 0.",
        "On 29 February 0000 he left. On 31 December 9999, the day after, he came back.",
        "At 25:61 he left, at 99:99 p.m. he came, for 900,000,000 years, until tomorrow, Friday.",
        "The 0th anniversary, before his 0th birthday, in the 00-century house, built in 1911.",
        'Mr. Mr Mr. said Mr. Dr the the. -Jones left. J- K. - “ ‘ ’ ” " said. ½/½ 1/0 3½½ of 0.',
    ],
    ids=lambda text: text[:30],
)
def test_no_check_fails_on_it(text: str) -> None:
    article = parse_article(HEAD + text, "odd.txt", language="en", date="2024-06-01")
    parser = load_parser()
    sentences = tuple(parser.parse(article.text, [one.span for one in article.prose]))
    found = run_checks(Case(article, sentences, (), parser, {}), list(CHECKS))
    assert found.warnings == ()
