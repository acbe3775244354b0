from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.articles import parse_article
from factcheck.checks.speech.endings import all_quoted
from factcheck.checks.speech.quotations import find_quotations


def found(text: str) -> list[tuple[str, str]]:
    article = parse_article(text, language="en")
    return [(q.span.of(text), q.state) for q in find_quotations(article).passages]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', [('"no"', "closed")]),
        ("He said “no” twice.", [("“no”", "closed")]),
        ("He said ‘no’ twice.", [("‘no’", "closed")]),
        ("It isn’t the workers’ fault.", []),
        ('A 12" pipe and a 6\'2" man.', []),
        ("He said “no twice.", [("“no twice.", "open")]),
        ("“A.\n\n“B.”", [("“A.", "continued"), ("“B.”", "closed")]),
        ("“A.\n\nB came.", [("“A.", "open")]),
        ("“He told me ‘go’ then.”", [("“He told me ‘go’ then.”", "closed"), ("‘go’", "closed")]),
    ],
)
def test_marks_are_paired_as_a_reader_would(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.text(alphabet="ab .,\n\"'“”‘’„«»19", max_size=80))
def test_no_text_breaks_the_pairing(text: str) -> None:
    article = parse_article(text, language="en")
    for quoted in find_quotations(article).passages:
        assert quoted.opening == text[quoted.span.start]
        assert quoted.span.start <= quoted.inner.start <= quoted.inner.end <= quoted.span.end
        assert (quoted.state == "closed") == bool(quoted.closing)


@given(st.text(alphabet="ab .\n\"'“”‘’", max_size=80))
def test_quoted_stretches_lie_apart_and_within_the_text(text: str) -> None:
    spans = all_quoted(parse_article(text, language="en"))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
