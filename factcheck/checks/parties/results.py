"""Who won, by figures: the score of a match at the head of a report, and votes that were cast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.checks.parties.cast import Cast, Member, is_one
from factcheck.checks.parties.relationlists import lists
from factcheck.checks.parties.relations import Told
from factcheck.checks.passages import Passage
from factcheck.records import Article, Span
from factcheck.text.slots import surface_subjects

_SIDE = r"[A-Z][^\W\d_]+(?:[ '\u2019&.-]{1,2}[A-Z][^\W\d_]+){0,3}"
_SCORE = re.compile(
    rf"^\W*(?P<one>{_SIDE}),? (?P<ours>\d{{1,3}})(?:,| v| -| \u2013)? "
    rf"(?P<two>{_SIDE}),? (?P<theirs>\d{{1,3}})\W*$",
    re.MULTILINE,
)
_VOTES = re.compile(r"\b(?P<figure>\d{1,3}(?:,\d{3})+|\d{2,7})(?: votes| ballots)?\b")
_WINNING = frozenset("receive poll win take get secure gain attract have obtain".split())


def read_results(passage: Passage, cast: Cast) -> Iterator[Told]:
    """The winner and the loser, where figures tell them."""
    yield from _scores(passage)
    yield from _votes(passage, cast)


def _scores(passage: Passage) -> Iterator[Told]:
    """'Redmere Town 3, Calder Vale 1' on a line of its own; more than one are a list of results."""
    if not isinstance(passage.source, Article):
        return
    found = list(_SCORE.finditer(passage.source.text))
    if len(found) != 1:
        return
    match = found[0]
    ours, theirs = int(match["ours"]), int(match["theirs"])
    one, two = (_side(match[name]) for name in ("one", "two"))
    if ours != theirs and not one.words & two.words:
        winner, loser = (one, two) if ours > theirs else (two, one)
        span = Span(match.start("one"), match.end("theirs"))
        yield Told(lists().relations["defeat"], winner, loser, -1, span, None)


def _side(name: str) -> Member:
    return Member(frozenset(re.findall(r"[^\W\d_]+", name.casefold())), name, True)


def _votes(passage: Passage, cast: Cast) -> Iterator[Told]:
    """'Ruiz received 14,208 votes. Holt received 13,655': just two, in sentences side by side."""
    tallies: list[tuple[int, Member, int, Span]] = []
    for index, sentence in enumerate(passage.sentences):
        for token in sentence.doc:
            if token.pos_ != "VERB" or token.lemma_ not in _WINNING:
                continue
            after = token.doc[token.i + 1 : token.i + 5].text
            match = _VOTES.match(after.strip())
            voted = "votes" in after or (tallies and tallies[-1][2] >= index - 1)
            subjects = surface_subjects(token)[:1]
            member = cast.who(subjects[0], index) if subjects else None
            if match and voted and member:
                figure = int(match["figure"].replace(",", ""))
                tallies.append((figure, member, index, sentence.span))
    yield from _winner(tallies)


def _winner(tallies: Sequence[tuple[int, Member, int, Span]]) -> Iterator[Told]:
    if len(tallies) != 2 or tallies[0][0] == tallies[1][0]:
        return
    (_, winner, _, _), (_, loser, index, span) = sorted(tallies, key=lambda t: -t[0])
    if not is_one(winner.words, loser.words) and not winner.words & loser.words:
        yield Told(lists().relations["defeat"], winner, loser, index, span, None)
