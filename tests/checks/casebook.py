"""The driver of the checks' cases: reads them, makes an article of each, judges the flags.

The form of the cases is described in cases/FORMAT.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.articles import parse_article
from factcheck.checks.base import Case, Check
from factcheck.checks.registry import make_check
from factcheck.records import (
    FLAG_TYPES,
    SEVERITIES,
    Article,
    Claim,
    Evidence,
    Flag,
    Quotation,
    Span,
    content_id,
)
from factcheck.text.parsing import load_parser

FOLDER = Path(__file__).parent / "cases"
CASE_KEYS = {"name", "why", "headline", "date", "text", "flags", "references"}
FLAG_KEYS = {"type", "quote", "conflict", "either", "correction", "severity"}


@dataclass(frozen=True)
class Golden:
    """One case as written, and the check that it is for."""

    check: str
    raw: dict[str, Any]

    @property
    def expected(self) -> list[dict[str, Any]]:
        return list(self.raw.get("flags", []))

    def __str__(self) -> str:
        return f"{self.check}: {self.raw['name']}"


def read_cases(path: Path) -> Iterator[Golden]:
    for raw in tomllib.loads(path.read_text("utf-8"))["case"]:
        unknown = set(raw) - CASE_KEYS
        assert not unknown, f"{path.name}: {raw.get('name')}: no such key: {sorted(unknown)}"
        assert raw.get("name") and raw.get("why"), f"{path.name}: a case lacks name or why: {raw}"
        for flag in raw.get("flags", []):
            assert {"type", "quote"} <= set(flag) <= FLAG_KEYS, f"{path.name}: {raw['name']}"
            assert flag["type"] in FLAG_TYPES, f"{raw['name']}: no such type: {flag['type']}"
            assert flag.get("severity", "high") in SEVERITIES, f"{raw['name']}: {flag}"
        yield Golden(path.stem, raw)


def case_files() -> list[Path]:
    return sorted(FOLDER.glob("*.toml"))


def make_case(golden: Golden) -> Case:
    """The article of a case with its parse, a claim a sentence, and its references for each."""
    raw = golden.raw
    body = str(raw["text"]).strip("\n")
    text = f"{raw['headline']}\n\n{body}" if "headline" in raw else body
    article = parse_article(text, "case.txt", date=raw.get("date"), language="en")
    parser = load_parser()
    claims = tuple(_claims(article))
    listed = raw.get("references", [])
    references = tuple(_references([one for one in listed if one.get("compared", True)]))
    return Case(
        article=article,
        sentences=tuple(parser.parse(text, [s.span for s in article.prose])),
        claims=claims,
        parser=parser,
        references={claim.id: references for claim in claims} if references else {},
        further=tuple(_references([one for one in listed if not one.get("compared", True)])),
    )


def _claims(article: Article) -> Iterator[Claim]:
    for sentence in article.prose:
        yield Claim(
            id=content_id("claim", article.id, sentence.span, "fact"),
            sentence=sentence.index,
            span=sentence.span,
            text=sentence.text,
            kind="fact",
            restated=None,
        )


def _references(listed: list[dict[str, Any]]) -> Iterator[Evidence]:
    for number, raw in enumerate(listed, 1):
        text = raw["text"]
        quotation = Quotation("corpus", f"reference-{number}", Span(0, len(text)), text)
        yield Evidence(
            id=content_id("evidence", quotation),
            quotation=quotation,
            title=raw["title"],
            publisher=raw["title"],
            date=raw.get("date"),
        )


def flags_of(check: Check, case: Case) -> list[Flag]:
    """The check's flags; each is well formed and quotes exactly."""
    flags = list(check.run(case))
    for flag in flags:
        assert flag.check == check.name
        assert 0 < flag.confidence <= 1
        assert flag.explanation.strip() and "\n" not in flag.explanation
        assert flag.correction != flag.quotation.text
        assert flag.quotation.origin == "context"
        for quotation in filter(None, (flag.quotation, flag.conflict)):
            source = _text_of(case, quotation)
            assert quotation.text and quotation.span.of(source) == quotation.text
    assert len({flag.id for flag in flags}) == len(flags), "two flags with one id"
    return flags


def _text_of(case: Case, quotation: Quotation) -> str:
    if quotation.origin == "context":
        assert quotation.source_id == case.article.id
        return case.article.text
    passages = {e.quotation.source_id: e.quotation for es in case.references.values() for e in es}
    return passages[quotation.source_id].text


def judge(golden: Golden) -> None:
    """Fails unless the case's check raises exactly the expected flags."""
    case = make_case(golden)
    flags = flags_of(make_check(golden.check), case)
    left = list(flags)
    for expected in golden.expected:
        assert expected["quote"] in case.article.text, f"not in the article: {expected['quote']!r}"
        hits = [flag for flag in flags if _is_hit(flag, expected, case)]
        assert hits, f"not flagged: {expected}\nflags: {_shown(flags)}\nwhy: {golden.raw['why']}"
        assert len(hits) == 1, f"flagged more than once: {expected}\nflags: {_shown(hits)}"
        left = [flag for flag in left if flag is not hits[0]]
    assert not left, f"flagged needlessly: {_shown(left)}\nwhy not: {golden.raw['why']}"


def _is_hit(flag: Flag, expected: dict[str, Any], case: Case) -> bool:
    for key in ("type", "severity", "correction"):
        if key in expected and getattr(flag, key) != expected[key]:
            return False
    sides = [(flag.quotation, flag.conflict)]
    if expected.get("either") and flag.conflict:
        sides.append((flag.conflict, flag.quotation))
    return any(
        _overlaps(one, expected["quote"], case)
        and ("conflict" not in expected or _overlaps(other, expected["conflict"], case))
        for one, other in sides
    )


def _overlaps(quotation: Quotation | None, words: str, case: Case) -> bool:
    if quotation is None:
        return False
    text = _text_of(case, quotation)
    assert text.count(words) <= 1, f"take more words, so that they occur only once: {words!r}"
    start = text.find(words)
    return start >= 0 and quotation.span.overlaps(Span(start, start + len(words)))


def _shown(flags: list[Flag]) -> str:
    return "".join(
        f"\n  {f.type} {f.severity} {f.confidence:.2f} {f.quotation.text!r}"
        f" against {f.conflict.text if f.conflict else None!r}: {f.explanation}"
        f" correction={f.correction!r}"
        for f in flags
    )
