"""The stage as a whole."""

from __future__ import annotations

from factcheck.claims import extract_claims
from factcheck.records import Article, Sentence, content_id
from factcheck.text.parsing import load_parser, split


def _article(text: str) -> Article:
    sentences = tuple(
        Sentence(index, 0, span, span.of(text), "body") for index, span in enumerate(split(text))
    )
    return Article(content_id("article", text), "test", text, sentences)


def test_what_was_said_and_that_it_was_said_are_two_claims() -> None:
    article = _article("Anna Berg said that the bridge had closed on Monday.")
    parsed = load_parser().parse(article.text, [sentence.span for sentence in article.prose])
    claims = extract_claims(article, parsed)
    assert {(claim.kind, claim.text, claim.speaker) for claim in claims} == {
        ("statement", "Anna Berg said that the bridge had closed on Monday", "Anna Berg"),
        ("fact", "the bridge had closed on Monday", "Anna Berg"),
    }
