"""Claims that the verifier doubts beside a reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from factcheck.articles import parse_article
from factcheck.checks.base import Case, Marker
from factcheck.checks.doubt.doubts import Weights
from factcheck.checks.doubt.reading import Reader
from factcheck.checks.sources import SourcesCheck
from factcheck.records import Claim, Evidence, Flag, Quotation, Span, content_id
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import Entailment

PLAIN = Weights(
    constant=0.0,
    refuted=1.0,
    supported=0.0,
    refuted_elsewhere=0.0,
    supported_elsewhere=0.0,
    words=0.0,
    cause=0.0,
    exchange=0.0,
    least=0.5,
)
AGAINST, FOR, OPEN = (
    Entailment(0.05, 0.9, 0.05),
    Entailment(0.9, 0.05, 0.05),
    Entailment(0.1, 0.1, 0.8),
)
ARTICLE = "The council of Keld sold the mill to Ada Holm. The mill was built in 1840."
DEED = (
    "Deed of sale\nSource: Keld registry, 2024-03-01\n"
    "The mill stands by the bridge. Ada Holm sold the mill to the council. It has two wheels."
)
FIRST, SECOND = Span(0, 46), Span(47, 74)


class Scripted:
    """Holds against a claim whatever says that Ada Holm sold."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        return [AGAINST if "Holm sold" in passage else OPEN for passage, _ in pairs]


def claim(span: Span, sentence: int, kind: str = "fact") -> Claim:
    words = span.of(ARTICLE)
    return Claim(content_id("claim", "a", span, kind), sentence, span, words, "fact", None)


def passage(text: str = DEED, start: int = 0) -> Evidence:
    quotation = Quotation("corpus", "deed", Span(start, start + len(text)), text)
    return Evidence(f"e-{start}", quotation, "Deed of sale", "Keld registry")


def run(
    claims: Sequence[Claim],
    read: dict[str, list[tuple[Evidence, Entailment]]],
    weights: Weights = PLAIN,
    reader: Reader | None = None,
    shown: Sequence[Flag] = (),
) -> list[Flag]:
    article = parse_article(ARTICLE, "a.txt", language="en")
    parser = load_parser()
    parsed = tuple(parser.parse(ARTICLE, [s.span for s in article.prose]))
    check = SourcesCheck(reader or Scripted(), read, weights, shown)
    return list(check.run(Case(article, parsed, tuple(claims), parser)))


def test_a_doubted_claim_is_flagged_with_the_sentence_that_speaks_against_it() -> None:
    sold = claim(FIRST, 0)
    (flag,) = run([sold], {sold.id: [(passage(start=200), AGAINST)]})
    assert (flag.type, flag.check) == ("contradiction", "sources")
    assert flag.quotation.text == "The council of Keld sold the mill to Ada Holm."
    assert flag.conflict is not None
    assert flag.conflict.text == "Ada Holm sold the mill to the council."
    at = 200 + DEED.index("Ada Holm sold")
    assert (flag.conflict.source_id, flag.conflict.span.start) == ("deed", at)
    assert flag.explanation == "According to Keld registry it seems to be otherwise."


def test_what_comparing_has_flagged_is_not_read_again() -> None:
    class Asked(Scripted):
        pairs = 0

        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
            self.pairs += len(pairs)
            return super().score(pairs)

    article = parse_article(ARTICLE, "a.txt", language="en")
    sold, built = claim(FIRST, 0), claim(SECOND, 1)
    read = {one.id: [(passage(), AGAINST)] for one in (sold, built)}
    words = Span(ARTICLE.index("to Ada Holm"), FIRST.end)
    shown = Marker("roles", "role_reversal").flag(article, words, "high", 0.9, "Why.")
    alone = Asked()
    assert run([sold], read, reader=alone, shown=[shown]) == []
    assert alone.pairs == 0
    (other,) = run([sold, built], read, shown=[shown])
    assert other.quotation.span == SECOND


def test_the_line_that_names_the_source_is_never_quoted() -> None:
    sold = claim(FIRST, 0)
    text = "Source: Holm sold\nThe mill stands."
    (flag,) = run([sold], {sold.id: [(passage(text), AGAINST)]})
    assert flag.conflict is not None
    assert flag.conflict.text == "The mill stands."


def test_what_a_passage_leaves_open_is_not_flagged() -> None:
    sold = claim(FIRST, 0)
    assert run([sold], {sold.id: [(passage(), OPEN)]}) == []


def test_what_another_passage_bears_out_is_not_flagged() -> None:
    sold = claim(FIRST, 0)
    assert run([sold], {sold.id: [(passage(), AGAINST), (passage(start=500), FOR)]}) == []


def test_what_a_sentence_of_the_passage_bears_out_is_not_flagged() -> None:
    class Content:
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
            return [FOR if "two wheels" in passage else OPEN for passage, _ in pairs]

    sold = claim(FIRST, 0)
    assert run([sold], {sold.id: [(passage(), AGAINST)]}, reader=Content()) == []


@pytest.mark.parametrize(
    ("sentence", "flags"),
    [
        ("In 1840 the mill was built by monks.", 0),
        ("The mill was not built in 1840.", 1),
        ("The mill was built in 1841.", 1),
        ("Ada Holm was born in 1840.", 1),
    ],
)
def test_a_figure_that_a_sentence_gives_in_like_words_is_not_flagged(
    sentence: str, flags: int
) -> None:
    built = claim(SECOND, 1)
    assert len(run([built], {built.id: [(passage(sentence), AGAINST)]})) == flags


def test_what_was_not_read_is_not_flagged() -> None:
    assert run([claim(FIRST, 0)], {}) == []


def test_a_sentence_is_flagged_once_where_it_is_doubted_most() -> None:
    whole, part = claim(FIRST, 0), claim(Span(0, 27), 0)
    firmer = replace(AGAINST, refuted=0.95, not_enough=0.0)
    read = {whole.id: [(passage(), AGAINST)], part.id: [(passage(), firmer)]}
    (flag,) = run([whole, part], read)
    assert flag.quotation.text == part.text


def test_two_sentences_are_two_flags() -> None:
    sold, built = claim(FIRST, 0), claim(SECOND, 1)
    read = {one.id: [(passage(), AGAINST)] for one in (sold, built)}
    assert len(run([sold, built], read)) == 2


def test_confidence_rises_with_doubt_and_with_the_length_of_the_claim() -> None:
    weights = replace(PLAIN, constant=-2.0, words=1.0, least=0.0)
    sold, built = claim(FIRST, 0), claim(SECOND, 1)
    read = {one.id: [(passage(), AGAINST)] for one in (sold, built)}
    sure = {flag.quotation.text: flag.confidence for flag in run([sold, built], read, weights)}
    assert sure[sold.text] > sure[built.text]
    less = {sold.id: [(passage(), Entailment(0.1, 0.6, 0.3))]}
    assert run([sold], less, weights)[0].confidence < sure[sold.text]


def test_the_contrary_that_the_passage_bears_out_is_said() -> None:
    class Turning(Scripted):
        def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
            borne_out = [claim.startswith("Ada Holm sold") for _, claim in pairs]
            plain = super().score(pairs)
            return [FOR if so else one for so, one in zip(borne_out, plain, strict=True)]

    sold = claim(FIRST, 0)
    (flag,) = run([sold], {sold.id: [(passage(), AGAINST)]}, reader=Turning())
    assert flag.type == "role_reversal"
    assert flag.explanation == (
        "According to Keld registry it seems to be otherwise: 'Ada Holm sold the mill to the "
        "council of Keld'."
    )
