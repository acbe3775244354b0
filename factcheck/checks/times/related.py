"""Which mentions of the references are on the things that the article's are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.checks.base import Case
from factcheck.checks.numbers.subjects import Site, are_namesakes
from factcheck.checks.times.mentions import Mention
from factcheck.text.parsing import ParsedSentence


@dataclass(frozen=True)
class Related:
    """Which mentions of the references may refute those of an article."""

    case: Case
    """The article beside its references."""
    sentences: Sequence[ParsedSentence]
    """Those of the article that are read."""
    kin: frozenset[str]
    """The documents that tell of the same things."""

    def is_kin(self, mention: Mention) -> bool:
        """Whether it is of the same matter, and no date of a register."""
        source = mention.source
        return bool(source and source.source_id in self.kin and not mention.mark.is_code)

    def is_of_namesake(self, ours: Mention, theirs: Mention) -> bool:
        """Whether a mention of a reference is of a thing with a longer or shorter name."""
        here, there = self._site(ours), self._site(theirs)
        return bool(here and there and are_namesakes(here, there))

    def _site(self, mention: Mention) -> Site | None:
        """The sentence of a mention and its place there."""
        source, at = mention.source, mention.span.start
        if source is not None:
            at -= source.span.start
        read = self.case.parser.parse_text(source.text) if source else self.sentences
        holders = (s for s in read if s.span.start <= at < s.span.end)
        return next(((s, at - s.span.start) for s in holders), None)
