"""Articles made by hand, and their claims."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck.claims import extract_claims
from factcheck.records import Article, Claim, Sentence, SentenceRole, content_id
from factcheck.text.parsing import load_parser, split

MakeArticle = Callable[..., Article]
FindClaims = Callable[[Article], list[Claim]]


def make_article(text: str, role: SentenceRole = "body", language: str = "en") -> Article:
    """An article whose sentences all have one role."""
    sentences = tuple(
        Sentence(index, 0, span, span.of(text), role) for index, span in enumerate(split(text))
    )
    return Article(content_id("article", text), "test", text, sentences, language=language)


def find_claims(article: Article) -> list[Claim]:
    """The claims of an article, parsed for the purpose."""
    spans = [sentence.span for sentence in article.prose]
    return extract_claims(article, load_parser().parse(article.text, spans))


@pytest.fixture
def article() -> MakeArticle:
    """Makes an article of a text."""
    return make_article


@pytest.fixture
def claims_of() -> FindClaims:
    """Finds the claims of an article."""
    return find_claims
