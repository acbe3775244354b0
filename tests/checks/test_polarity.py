"""The check `polarity` beyond its cases: where its quotations stand in a longer document."""

from __future__ import annotations

from dataclasses import replace

from factcheck.checks.polarity import PolarityCheck
from factcheck.records import Evidence, Quotation, Span
from tests.checks import casebook


def test_a_passage_from_the_middle_of_a_document_is_quoted_at_its_offset_there() -> None:
    raw = {"name": "x", "text": "The council closed the Marle bridge."}
    case = casebook.make_case(casebook.Golden("polarity", raw))
    words = "The council did not close the Marle bridge."
    passage = Evidence("evidence-1", Quotation("corpus", "doc", Span(500, 543), words), "Minutes")
    case = replace(case, references={case.claims[0].id: (passage, passage)})
    (flag,) = PolarityCheck().run(case)
    assert flag.conflict is not None
    assert flag.conflict.source_id == "doc"
    assert flag.conflict.span.shifted(-500).of(words) == flag.conflict.text


def test_an_article_without_sentences_has_no_flags() -> None:
    case = casebook.make_case(casebook.Golden("polarity", {"name": "x", "text": "0"}))
    assert list(PolarityCheck().run(replace(case, sentences=()))) == []
