"""Cause and effect turned round: 'X because Y' here and 'Y because X' there.

Two links are turned round when the cause of the one is the effect of the other on both sides. Of
conditions, 'P if Q' against 'P unless Q' is another such turn. Mere order ('after') is held only
against order, and more of its words must agree. Within the article, a cause that one speaker names
and another denies is a dispute and no slip, and a cause of another round ('in turn') turns nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from factcheck.checks.assertions.causation import Link, Side, read_links
from factcheck.checks.base import Case, Marker
from factcheck.checks.passages import article_of, references_of
from factcheck.records import Flag

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMMONEST = 16
"""A word in more links than this leads to no pair: keeps the cost linear."""
_ORDER_NEEDS = 3
"""Weight that must agree before two orders of events are held against each other."""
_DEED_NEEDS = 2
"""Words that two clauses must share where the verb of one tells nothing."""


_MARK = Marker("cause", "cause")


class CauseCheck:
    """Flags a cause given as the effect of its own effect, and a condition turned round."""

    name = "cause"

    def run(self, case: Case) -> Iterable[Flag]:
        """One flag for each link of the article that is turned round elsewhere."""
        known: dict[str, list[Link]] = defaultdict(list)
        for passage in references_of(case):
            for link in read_links(passage):
                _keep(known, link)
        flagged: set[int] = set()
        article = article_of(case)
        links = _but_circles(read_links(article))
        for ours in links:
            theirs = _against(ours, known)
            if theirs and ours.span.start not in flagged:
                flagged.add(ours.span.start)
                yield self._flag(case, ours, theirs)
            _keep(known, ours)

    def _flag(self, case: Case, ours: Link, theirs: Link) -> Flag:
        where = "elsewhere" if theirs.passage.is_article else f"in {theirs.passage.name}"
        return _MARK.flag(
            case.article,
            ours.span,
            "high" if ours.kind == "cause" else "medium",
            min(0.9, 0.5 + 0.06 * max(_turned(ours, theirs), _straight(ours, theirs))),
            _why(ours, theirs, where),
            conflict=theirs.passage.quote(theirs.span),
            correction=_swapped(ours, theirs) if ours.denied == theirs.denied else None,
        )


def _but_circles(links: Iterable[Link]) -> list[Link]:
    """The links, but those of a sentence that tells both ways: 'bare because cloudy, and …'."""
    by_sentence: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_sentence[link.sentence].append(link)
    told = by_sentence.values()
    circles = {
        id(link)
        for own in told
        for one, other in combinations(own, 2)
        if _both(one.cause, other.effect) and _both(one.effect, other.cause)
        for link in own
    }
    return [link for own in told for link in own if id(link) not in circles]


def _keep(known: dict[str, list[Link]], link: Link) -> None:
    for word in link.cause.words | link.effect.words:
        known[word].append(link)


def _against(ours: Link, known: dict[str, list[Link]]) -> Link | None:
    """The link that turns `ours` round most plainly; None where none does."""
    alike: dict[int, Link] = {}
    for word in sorted(ours.cause.words | ours.effect.words):
        listed = known.get(word, [])
        if len(listed) <= _COMMONEST:
            alike.update({id(link): link for link in listed})
    found = [link for link in alike.values() if _contradicts(ours, link)]
    return max(found, key=lambda link: _turned(ours, link)) if found else None


def _contradicts(ours: Link, theirs: Link) -> bool:
    if theirs.passage.is_article and _may_both_stand(ours, theirs):
        return False
    if {ours.kind, theirs.kind} == {"condition", "exception"}:
        return ours.denied == theirs.denied and _straight(ours, theirs) >= _ORDER_NEEDS
    if ours.kind != theirs.kind:
        return False
    if ours.denied != theirs.denied:
        return ours.kind == "cause" and _same(ours, theirs)
    if not _both(ours.cause, theirs.effect) or not _both(ours.effect, theirs.cause):
        return False
    turned, straight = _turned(ours, theirs), _straight(ours, theirs)
    return turned > straight and (ours.kind == "cause" or turned - straight >= _ORDER_NEEDS)


def _may_both_stand(ours: Link, theirs: Link) -> bool:
    """Whether the article tells of a dispute between two speakers, or of another round.

    Of a denial the narrator may be one of the two.
    """
    two_voices = not ours.speaker == theirs.speaker != "?"
    disputed = ours.denied != theirs.denied or (ours.speaker and theirs.speaker)
    return bool(two_voices and disputed) or ours.renewed or theirs.renewed


def _same(ours: Link, theirs: Link) -> bool:
    """Whether both name the same cause and effect, so that one denies what the other says."""
    if not _both(ours.cause, theirs.cause) or not _both(ours.effect, theirs.effect):
        return False
    return _straight(ours, theirs) > _turned(ours, theirs)


def _both(one: Side, other: Side) -> bool:
    """Whether both may be one event: the chief word of the one is in the other, either way.

    Of two clauses verb and parties must agree: 'demand rose' is not 'wages rose', nor 'fell'.
    """
    if one.verb is not None and other.verb is not None:
        return _one_deed(one, other) and (_parties_in(one, other) or _parties_in(other, one))
    return bool(one.heads & other.words or one.words & other.heads)


def _one_deed(one: Side, other: Side) -> bool:
    """Whether one has the verb of the other, or as good as all its words where it has none."""
    if one.verb and other.verb:
        return one.verb in other.words or other.verb in one.words
    shared = one.words & other.words
    return len(shared) >= _DEED_NEEDS or shared in (one.words, other.words)


def _parties_in(one: Side, other: Side) -> bool:
    """Whether as many of who and what is in one are in the other as there can be."""
    parties = one.heads - {one.verb}
    return len(parties & other.words) >= min(len(parties), len(other.heads - {other.verb}))


def _turned(ours: Link, theirs: Link) -> int:
    return _weight(ours.cause, theirs.effect) + _weight(ours.effect, theirs.cause)


def _straight(ours: Link, theirs: Link) -> int:
    if not (ours.cause.words & theirs.cause.words and ours.effect.words & theirs.effect.words):
        return 0
    return _weight(ours.cause, theirs.cause) + _weight(ours.effect, theirs.effect)


def _weight(one: Side, other: Side) -> int:
    return len(one.words & other.words) + len(one.heads & other.heads)


def _why(ours: Link, theirs: Link, where: str) -> str:
    kinds: dict[str, str] = {
        "cause": "makes '{0}' the cause of '{1}'",
        "order": "puts '{0}' before '{1}'",
        "condition": "makes '{0}' the condition of '{1}'",
        "exception": "makes '{0}' the exception to '{1}'",
    }
    if ours.denied != theirs.denied:
        return f"This {kinds['cause'].format(*_sides(ours))}; {where}, that is denied."
    said = [kinds[link.kind].format(*_sides(link)) for link in (ours, theirs)]
    return f"This {said[0]}; the other way round {where}, which {said[1]}."


def _sides(link: Link) -> Iterator[str]:
    for side in (link.cause, link.effect):
        yield " ".join(link.passage.quote(side.span).text.split())


def _swapped(link: Link, other: Link) -> str | None:
    """The words with cause and effect changed places; None where they do not lie side by side.

    What comes to open the sentence takes the capital of what opened it, unless that is a name's.
    """
    first, second = sorted((link.cause.span, link.effect.span))
    whole = link.cause.whole and link.effect.whole
    if link.kind != "cause" or first.overlaps(second) or not whole:
        return None
    passage = link.passage
    between = passage.quote(type(first)(first.end, second.start)).text
    former, latter = passage.quote(first).text, passage.quote(second).text
    sentence = passage.sentences[link.sentence]
    opening = sentence.doc[0]
    if first.start == sentence.span_of([opening]).start:
        latter = latter[:1].upper() + latter[1:]
        if not _is_name(opening, other.passage.quote(other.span).text):
            former = former[:1].lower() + former[1:]
    return latter + between + former


def _is_name(opening: Token, elsewhere: str) -> bool:
    """Whether the first word of a sentence has its capital anywhere, as far as can be told."""
    if opening.lower_ in elsewhere.split():
        return False
    return opening.pos_ == "PROPN" or opening.text.isupper()
