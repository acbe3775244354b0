"""Sentences are parsed on their own, whichever others are asked for with them."""

from __future__ import annotations

import importlib

from factcheck.text.parsing import PACKAGE, ParsedSentence, Parser, load_parser

TEXTS = (
    "Korvania moved two brigades to the border. Lethmark protested.\n\nNobody was hurt.",
    "The clinic closed in 2022. Its director blamed the department.",
    "Lethmark protested.",
    "",
)


def _read(sentences: list[ParsedSentence]) -> list[tuple[str, list[tuple[str, str, int]]]]:
    return [
        (s.doc.text, [(token.tag_, token.dep_, token.head.i) for token in s.doc]) for s in sentences
    ]


def test_texts_read_together_have_the_parses_they_have_alone() -> None:
    fresh = Parser(importlib.import_module(PACKAGE).load(), "")
    together = fresh.parse_texts(TEXTS)
    alone = [load_parser().parse_text(text) for text in TEXTS]
    assert [_read(one) for one in together] == [_read(one) for one in alone]
    assert [len(one) for one in together] == [3, 2, 1, 0]


def test_each_sentence_has_its_place_in_its_own_text() -> None:
    for text, sentences in zip(TEXTS, load_parser().parse_texts(TEXTS), strict=True):
        assert [s.span.of(text) for s in sentences] == [s.doc.text for s in sentences]
