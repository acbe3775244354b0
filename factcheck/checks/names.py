"""Names that change between mentions: offices, first names, spellings, kinds, and places taken.

Held against each other within the article and against the references: who holds an office
(`factcheck.checks.naming.officeholders`); the title, first name and spelling of one person
(`factcheck.checks.naming.spellings`); what kind of thing a name is; and the name in a passage that
otherwise says the same. Two people of one surname are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from factcheck.checks.base import Case, Marker
from factcheck.checks.naming.clashes import Clash, plain_words, shown
from factcheck.checks.naming.courtesies import genders, titles_of_others
from factcheck.checks.naming.mentions import Name, kind_of, offices, read_names
from factcheck.checks.naming.officeholders import one_first_name, two_holders, two_offices
from factcheck.checks.naming.references import rivals
from factcheck.checks.naming.slots import swapped
from factcheck.checks.naming.spellings import first_names, spellings, unintroduced
from factcheck.checks.naming.strangers import strangers
from factcheck.checks.passages import Passage, article_of, references_of
from factcheck.records import Flag, Span

_MARK = Marker("names", "entity")


class NamesCheck:
    """Flags a person, office, thing or place that changes between mentions."""

    name = "names"

    def run(self, case: Case) -> Iterable[Flag]:
        """One flag for each place where a name does not go with another mention."""
        article = article_of(case)
        own = list(read_names(article))
        references = list(references_of(case))
        other = [name for passage in references for name in read_names(passage)]
        taken: list[Span] = []
        found = chain(_clashes(own, other), _given_otherwise(case, article, references))
        for clash in found:
            if not any(clash.ours.overlaps(span) for span in taken):
                taken.append(clash.ours)
                yield self._flag(case, clash)

    def _flag(self, case: Case, clash: Clash) -> Flag:
        return _MARK.flag(
            case.article,
            clash.ours,
            clash.severity,
            clash.confidence,
            clash.why,
            conflict=clash.theirs,
            correction=clash.correction,
        )


def _given_otherwise(
    case: Case, article: Passage, references: Sequence[Passage]
) -> Iterator[Clash]:
    """Names in whose place a reference has one that the article lacks."""
    further = [evidence.quotation.text for evidence in case.further]
    for rival in rivals(article, references, case.article.text, further):
        place, theirs = rival.passage.name, rival.theirs.text
        alike = len(theirs.split()) == len(rival.written.split())
        yield Clash(
            rival.ours,
            rival.theirs,
            f"Where the article has '{rival.written}', {place} has '{theirs}'.",
            "medium",
            0.6,
            theirs if alike else None,
        )


def _clashes(own: Sequence[Name], other: Sequence[Name]) -> Iterator[Clash]:
    yield from two_holders(own, other)
    yield from two_offices(own)
    yield from _two_kinds(own)
    yield from spellings(own, other)
    yield from first_names(own, other)
    yield from unintroduced(own)
    yield from genders(own)
    yield from titles_of_others(own)
    yield from strangers(own)
    yield from one_first_name(own)
    for ours, theirs, shared in swapped(own, other):
        place = theirs.passage.name
        yield Clash(
            ours.span,
            theirs.passage.quote(theirs.span),
            f"'{shown(ours)}' stands where '{shown(theirs)}' stands in {place}, in words that"
            " otherwise say the same.",
            "high",
            min(0.85, 0.4 + 0.07 * shared),
            shown(theirs),
        )


def _two_kinds(own: Sequence[Name]) -> Iterator[Clash]:
    """'the novel X' here and 'the series X' there."""
    known: dict[tuple[tuple[str, ...], int], tuple[str, Name, Span]] = {}
    if own and _speaks_of_adaptation(own[0].passage):
        return
    for name in own:
        found = kind_of(name)
        if found is None:
            continue
        group, kind, word = found
        words = tuple(w for w in plain_words(name) if w != "the")
        span = name.passage.sentences[name.sentence].span_of([word, *name.tokens])
        if (words, group) not in known:
            known[words, group] = (kind, name, span)
        elif known[words, group][0] != kind:
            earlier, theirs, place = known[words, group]
            yield Clash(
                span,
                theirs.passage.quote(place),
                f"'{shown(name)}' is called a {kind.split('/')[0]} here and a"
                f" {earlier.split('/')[0]} elsewhere.",
                "high",
                0.65,
            )


def _speaks_of_adaptation(passage: Passage) -> bool:
    words = offices()["adaptation"]
    return any(t.lower_ in words for sentence in passage.sentences for t in sentence.doc)
