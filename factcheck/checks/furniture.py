"""Stray page furniture in the text: counters, share bars, 'Read more', cookie notices.

What is furniture is decided when the article is read; this check only tells the editor, once for
each run of adjacent lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factcheck.checks.base import Case, Marker
from factcheck.records import Article, Flag, Sentence, Span

_CONFIDENCE = 0.9


class FurnitureCheck:
    """Flags each run of adjacent lines that belong to the page and not to the article."""

    name = "furniture"

    def run(self, case: Case) -> Iterable[Flag]:
        """One note for each run of furniture lines."""
        for group in _groups(case.article.sentences):
            yield _flag(case.article, group, self.name)


def _groups(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if sentence.role == "furniture" and any(sign.isalnum() for sign in sentence.text):
            group.append(sentence)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _flag(article: Article, group: list[Sentence], check: str) -> Flag:
    span = Span(group[0].span.start, group[-1].span.end)
    lines = ", ".join(f"'{' '.join(line.text.split())}'" for line in group)
    what = "a line" if len(group) == 1 else f"{len(group)} lines"
    return Marker(check, "furniture").flag(
        article,
        span,
        "note",
        _CONFIDENCE,
        f"{lines}: {what} of the web page that strayed into the text.",
        correction="",
    )
