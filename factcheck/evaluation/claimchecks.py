"""What the checks say of one claim and the passages at hand, without an article around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.records import Evidence, Flag
    from factcheck.text.parsing import Parser
    from factcheck.verdicts.combine import Opinion


def check_opinions(claim: str, passages: Sequence[Evidence]) -> list[Opinion]:
    """Opinions against the claim: it is read as an article of its own, with these references."""
    from factcheck.verdicts.judging import from_flag

    flags = check_flags(claim, passages)
    return [opinion for flag in flags if (opinion := from_flag(flag, passages))]


def check_flags(text: str, passages: Sequence[Evidence] = ()) -> tuple[Flag, ...]:
    """The flags of the checks that need no model on a text, read as an article.

    Args:
        text: the article.
        passages: what each of its claims is held against; without any, only the article itself.
    """
    from factcheck.articles import parse_article
    from factcheck.checks.base import Case
    from factcheck.checks.registry import run_checks
    from factcheck.claims import extract_claims

    article = parse_article(text, source="claim")
    parser = shared_parser()
    sentences = tuple(parser.parse(article.text, [s.span for s in article.prose]))
    claims = tuple(extract_claims(article, sentences))
    evidence = {found.id: tuple(passages) for found in claims}
    return run_checks(Case(article, sentences, claims, parser, evidence)).flags()


def as_passage(text: str) -> Evidence:
    """A text as a passage of a reference that is known by nothing but its words."""
    from factcheck.records import Evidence, Quotation, Span, content_id

    identity = content_id("evidence", "corpus", text)
    quotation = Quotation("corpus", identity, Span(0, len(text)), text)
    return Evidence(identity, quotation, title="", publisher="the evidence")


@cache
def shared_parser() -> Parser:
    """The parser, loaded at the first question."""
    from factcheck.text.parsing import load_parser

    return load_parser()
