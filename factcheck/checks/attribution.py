"""Whose words are these: slips of person, statements with two owners, pronouns with two."""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.checks.base import Case, Marker
from factcheck.checks.speech.credits import Miscredited, find_miscredited
from factcheck.checks.speech.firstperson import Slip, find_slips
from factcheck.checks.speech.owners import Ambiguity, find_ambiguities
from factcheck.checks.speech.references import Misgiven, find_misgiven
from factcheck.checks.speech.statements import Swap, find_swaps
from factcheck.records import Article, Flag

_REPORTED = 0.85
_NARRATED = 0.5
_ADDRESSED = 0.5


_MARK = Marker("attribution", "attribution")


class AttributionCheck:
    """Flags words that the article gives to nobody in particular, or to two people."""

    name = "attribution"

    def run(self, case: Case) -> Iterable[Flag]:
        """First-person slips, statements with another owner elsewhere, pronouns with two."""
        article = case.article
        for slip in find_slips(case):
            yield self._slip(article, slip)
        swaps = list(find_swaps(case))
        for swap in swaps:
            yield self._swap(article, swap)
        for misgiven in find_misgiven(case):
            if not any(misgiven.span.overlaps(swap.span) for swap in swaps):
                yield self._misgiven(article, misgiven)
        for credit in find_miscredited(case):
            if not credit.quoted and not any(credit.span.overlaps(s.span) for s in swaps):
                yield self._miscredited(article, credit)
        for ambiguity in find_ambiguities(case):
            yield self._ambiguity(article, ambiguity)

    def _slip(self, article: Article, slip: Slip) -> Flag:
        words = slip.span.of(article.text)
        cue = f" after '{slip.cue.of(article.text)}'" if slip.cue else ""
        confidence = _ADDRESSED if slip.person == "second" else _REPORTED
        return _MARK.flag(
            article,
            slip.span,
            "low" if slip.person == "second" else "medium",
            confidence if slip.cue else _NARRATED,
            f"'{words}' is in the {slip.person} person, but stands outside quotation marks{cue}.",
            conflict=article.quote(slip.cue) if slip.cue else None,
            correction=slip.correction,
        )

    def _swap(self, article: Article, swap: Swap) -> Flag:
        here, there = swap.speakers
        source = "elsewhere in the article" if swap.conflict.origin == "context" else "in a source"
        return _MARK.flag(
            article,
            swap.span,
            "medium",
            round(swap.confidence, 2),
            f"The same is given to {here} here and to {there} {source}.",
            conflict=swap.conflict,
            correction=swap.correction,
        )

    def _misgiven(self, article: Article, found: Misgiven) -> Flag:
        here, there = found.speakers
        return _MARK.flag(
            article,
            found.span,
            "medium",
            found.confidence,
            f"The article gives this to {here}, the reference to {there}.",
            conflict=found.conflict,
        )

    def _miscredited(self, article: Article, found: Miscredited) -> Flag:
        here, there = found.names
        return _MARK.flag(
            article,
            found.span,
            "medium",
            0.6,
            f"This is given to {here} here and to {there} where it is said.",
            conflict=article.quote(found.source),
        )

    def _ambiguity(self, article: Article, found: Ambiguity) -> Flag:
        one, other = found.owners
        return _MARK.flag(
            article,
            found.span,
            "low",
            found.confidence,
            f"'{found.pronoun}' may be {one.called} or {other.called}; nothing here decides which.",
            conflict=article.quote(one.span),
        )
