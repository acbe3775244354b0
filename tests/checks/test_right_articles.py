"""On articles in which nothing is wrong, whatever they look like, the checks stay quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.articles import parse_article
from factcheck.checks.base import Case
from factcheck.checks.registry import CHECKS, run_checks
from factcheck.settings import Settings
from factcheck.text.parsing import load_parser

RIGHT = sorted((Path(__file__).parents[2] / "eval" / "articles" / "right").glob("*.txt"))


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_nothing_is_flagged(path: Path) -> None:
    article = parse_article(path.read_text(encoding="utf-8"), path.name)
    parser = load_parser()
    spans = [sentence.span for sentence in article.prose]
    case = Case(article, tuple(parser.parse(article.text, spans)), (), parser, {})
    flags = run_checks(case, list(CHECKS)).flags(Settings().min_confidence)
    assert [(flag.check, flag.quotation.text) for flag in flags] == []
