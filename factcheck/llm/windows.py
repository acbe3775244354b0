"""Which part of an article a question shows, and what is kept out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.llm.injection import addresses_model
from factcheck.llm.shown import Shown, numbered, show
from factcheck.records import Article, Sentence

NOTHING = "(nothing)"
"""Stands in a block of the prompt that holds no text."""
_WINDOW = 8_000
"""Characters of an article that one question shows; about 2,000 tokens."""
_OVERLAP = 6
"""Sentences that two windows share, so that neighbours are always read together."""


class Readable:
    """An article's prose as models may see it, by the numbers of its sentences."""

    def __init__(self, article: Article) -> None:
        """Look through the sentences once."""
        self.article = article
        self.hostile = tuple(s.index for s in article.prose if addresses_model(s.text))
        """Sentences addressed to a model; shown to none beside other sentences."""
        held = set(self.hostile)
        self._sentences = [s for s in article.prose if s.index not in held]
        self._shown = {s.index: show(s.text, s.span.start) for s in article.prose}

    def sentence(self, index: int) -> Shown | None:
        """The sentence of that number; None if the article's prose has none."""
        return self._shown.get(index)

    def around(self, index: int, before: int = 2, after: int = 1) -> list[Sentence]:
        """A sentence with its neighbours; hostile ones are left out, itself excepted."""
        near = [s for s in self._sentences if s.index != index]
        ahead = [s for s in near if s.index < index][-before:] if before else []
        behind = [s for s in near if s.index > index][:after]
        own = [s for s in self.article.prose if s.index == index]
        return [*ahead, *own, *behind]

    def lines(self, sentences: Sequence[Sentence]) -> str:
        """These sentences for a prompt, one a line.

        They have no numbers: a question about one sentence stays the same, and its answer in the
        cache, when another part of the article changes.
        """
        return "\n".join(self._shown[s.index].text for s in sentences) or NOTHING

    def numbered(self, sentences: Sequence[Sentence]) -> str:
        """These sentences for a prompt, one a line, each with its number."""
        return numbered((s.index, self._shown[s.index]) for s in sentences) or NOTHING

    def windows(self) -> Iterator[list[Sentence]]:
        """The article in stretches that overlap; a short article is one."""
        start = 0
        while start < len(self._sentences):
            end, size = start, 0
            while end < len(self._sentences) and (size < _WINDOW or end == start):
                size += len(self._sentences[end].text)
                end += 1
            yield self._sentences[start:end]
            if end == len(self._sentences):
                return
            start = max(start + 1, end - _OVERLAP)


def tidy(text: str, most: int = 400) -> str:
    """A model's own words for a report: one line, nothing invisible, not too long."""
    line = " ".join(show(text).text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
