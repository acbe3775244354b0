from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.records import Report
from factcheck.reports.marking import Piece, blocks
from tests.reports import factory


def pieces(report: Report) -> list[Piece]:
    return [piece for block in blocks(report) for piece in block.pieces]


@pytest.mark.parametrize("make", [factory.small, factory.realistic, factory.hostile])
def test_nothing_of_the_article_is_lost(make: Callable[[], Report]) -> None:
    shown = "".join(piece.text for piece in pieces(make()))
    assert "".join(shown.split()) == "".join(make().article.text.split())


def test_overlapping_marks_are_cut_at_every_border() -> None:
    draft = factory.Draft("One two three four five.")
    draft.flag("number", "low", "One two three", None, "Why.", 0.9)
    draft.flag("date", "high", "two three four", None, "Why.", 0.9)
    draft.claim("three four five.", "refuted")
    cut = [(piece.text, piece.flags, piece.severity) for piece in pieces(draft.report())]
    assert cut == [
        ("One ", (2,), "low"),
        ("two ", (1, 2), "high"),
        ("three", (1, 2), "high"),
        (" four", (1,), "high"),
        (" five.", (), None),
    ]
    assert [piece.refuted for piece in pieces(draft.report())] == [False, False, True, True, True]


@pytest.mark.parametrize("make", [factory.small, factory.realistic, factory.hostile])
def test_every_claim_opens_once_and_every_flag_ends_once(make: Callable[[], Report]) -> None:
    report = make()
    opened = [number for piece in pieces(report) for number in piece.opening]
    ended = [number for piece in pieces(report) for number in piece.last]
    assert sorted(opened) == list(range(1, len(report.claims) + 1))
    assert sorted(ended) == list(range(1, len(report.flags) + 1))


def test_a_flag_over_two_paragraphs_begins_once() -> None:
    draft = factory.Draft("One two.\n\nThree four.")
    draft.flag("quote", "low", "two.\n\nThree", None, "Why.", 0.9)
    cut = [(piece.text, piece.flags, piece.first, piece.last) for piece in pieces(draft.report())]
    assert cut == [
        ("One ", (), (), ()),
        ("two.", (1,), (1,), ()),
        ("Three", (1,), (), (1,)),
        (" four.", (), (), ()),
    ]


def test_furniture_and_headline_keep_their_roles() -> None:
    assert [block.role for block in blocks(factory.realistic())][:2] == ["headline", "furniture"]


@given(st.lists(st.tuples(st.integers(0, 21), st.integers(1, 22)), max_size=6))
def test_any_marks_leave_the_text_whole(ends: list[tuple[int, int]]) -> None:
    draft = factory.Draft("abcdefghijklmnopqrstu.")
    for start, end in ends:
        if start < end:
            draft.flag("number", "low", draft.text[start:end], None, "Why.", 0.9)
    cut = pieces(draft.report())
    assert "".join(piece.text for piece in cut) == draft.text
    at = 0
    for piece in cut:
        for number in piece.flags:
            span = draft.report().flags[number - 1].quotation.span
            assert span.start <= at and at + len(piece.text) <= span.end
        at += len(piece.text)
