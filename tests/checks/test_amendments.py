"""Which paragraphs correct what was printed before."""

from __future__ import annotations

import pytest

from factcheck.articles import parse_article
from factcheck.checks.amendments import amendments, is_amendment


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The bridge has three arches, not four.",
        "Correction (May 3): The bridge has three arches.",
        "Clarification \u2013 the mayor voted by proxy.",
        "• This article was amended on 13 May to remove a name.",
        "An earlier version of this story gave the wrong year.",
        "This report originally said that the vote was 5-4.",
        "This article misstated the age of the Rev. Anselm Dube. He is 79.",
        "Owing to an editing error, a report gave the shortfall as £3.4m.",
        "In an article on Monday we said that the lock was built in 1827.",
        "A letter aside, an article about a lock (“Through the gates”, page 9) was wrong: "
        "an earlier version of the article said 1827.",
        "An obituary of Ruth Castellan (12 May, page 31) said that she was born in Germany.",
        "(Corrects second paragraph to say that the vote was 5-2)",
    ],
)
def test_a_note_on_what_was_wrong(note: str) -> None:
    assert is_amendment(note)


@pytest.mark.parametrize(
    "story",
    [
        "An earlier version of the bill was thrown out by the lords.",
        "The correction in share prices went on.",
        "Corrections officers at the prison went on strike.",
        "The minister corrected himself: the road was closed, not open.",
        "The law was amended on 3 May.",
        "The report said that the bank had been wrong in 2015.",
        "Due to an error by the pilot, the ship ran aground.",
    ],
)
def test_a_story_of_changes(story: str) -> None:
    assert not is_amendment(story)


def test_the_whole_paragraph_is_left_out() -> None:
    text = (
        "Clock to be mended\n\nThe council voted on Monday.\n\n"
        "Correction: The vote was 5-2. It was said to be 4-3.\n\nThe clock is old."
    )
    article = parse_article(text, "t.txt", language="en")
    noted = [s.text for s in article.prose if s.paragraph in amendments(article)]
    assert noted == ["Correction: The vote was 5-2.", "It was said to be 4-3."]
