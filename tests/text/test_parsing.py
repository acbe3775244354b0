"""Sentences are parsed on their own, whichever others are asked for with them."""

from __future__ import annotations

import contextlib
import importlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from factcheck.text.keptparses import KeptParses
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


ODD = (
    "Title\nSource: Keld council, 2021-05-03\n\nShe's \u201cnot sure\u201d \u2013 it cost 4.5m.",
    "A line without end " * 300,
    "\u200bHi\u202edden \U0001f600 words, don't they? \u0130stanbul's mayor can't.",
    "\n\n  \n",
)


def _all_of(sentences: list[ParsedSentence]) -> list[object]:
    """Everything that a check may ask of a parse."""
    return [
        (
            s.span,
            s.doc.text,
            [(e.start, e.end, e.label_) for e in s.doc.ents],
            [(n.start, n.end) for n in s.doc.noun_chunks],
            [(t.text, t.idx, t.whitespace_, t.lemma_, t.norm_, t.tag_, t.pos_) for t in s.doc],
            [(str(t.morph), t.dep_, t.head.i, t.is_sent_start, t.like_num) for t in s.doc],
            [(t.ent_iob_, t.ent_type_) for t in s.doc],
        )
        for s in sentences
    ]


class Unasked:
    """A pipeline that must not be needed."""

    def __init__(self) -> None:
        self.vocab = importlib.import_module(PACKAGE).load().vocab

    def pipe(self, texts: list[str], batch_size: int) -> None:
        raise AssertionError(f"asked to parse {texts}")


def test_kept_parses_are_those_that_were_made(tmp_path: Path) -> None:
    texts = (*TEXTS, *ODD)
    plain = [_all_of(one) for one in load_parser().parse_texts(texts)]
    first = load_parser().keeping(tmp_path / "kept")
    assert [_all_of(one) for one in first.parse_texts(texts)] == plain
    unasked: Any = Unasked()
    kept = KeptParses(tmp_path / "kept", first.digest)
    again = Parser(unasked, first.digest, kept).parse_texts(texts)
    assert [_all_of(one) for one in again] == plain


def test_a_parse_of_other_weights_or_a_damaged_one_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    parser = load_parser().keeping(path)
    wanted = [_all_of(one) for one in parser.parse_texts(TEXTS)]
    unasked: Any
    unasked = Unasked()
    with pytest.raises(AssertionError, match="asked to parse"):
        Parser(unasked, "other", KeptParses(path, "other")).parse_texts(TEXTS)
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        (held,) = database.execute("SELECT value FROM parses WHERE number = 1").fetchone()
        for number, damaged in enumerate((b"x" * 40, held[:-9], held), 1):
            changed = database.execute(
                "UPDATE parses SET value = ? WHERE number = ?", (damaged, number)
            )
            assert changed.rowcount == 1
    assert [_all_of(one) for one in load_parser().keeping(path).parse_texts(TEXTS)] == wanted
    unasked = Unasked()
    mended = Parser(unasked, parser.digest, KeptParses(path, parser.digest))
    assert [_all_of(one) for one in mended.parse_texts(TEXTS)] == wanted


def test_only_what_is_given_as_a_passage_is_kept(tmp_path: Path) -> None:
    load_parser().keeping(tmp_path / "kept").parse_text(TEXTS[0])
    assert not (tmp_path / "kept").exists()
