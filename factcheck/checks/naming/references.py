"""Names of the article for which the references have another name in the same place.

An article is written from its references, so a place or body that none of them names is suspect
where one of them has, in like surroundings, a name that the article lacks. What counts as like
surroundings: rare words, figures and other names in common, the nearer to the two names the more.
A name that the references have elsewhere is held to more: they must say nothing like it there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from factcheck.checks.alignment import rarity
from factcheck.checks.naming.surroundings import (
    Line,
    Mention,
    bare,
    likeness_of,
    lines_of,
    mention_of,
    share_neighbour,
)
from factcheck.checks.passages import Passage
from factcheck.records import Quotation, Span
from factcheck.text.clauses import stem
from factcheck.text.details import NAMED_DAYS, NAMED_MONTHS, same_time, times_of
from factcheck.text.gazetteer import gazetteer
from factcheck.text.names import is_name_word, run_of

if TYPE_CHECKING:
    from spacy.tokens import Token


_NEW, _KNOWN = 1.2, 3
"""Likeness of the surroundings that is asked for; for a name that the references have, too."""
_HAD = 1.4
"""What is taken off where the article has the reference's name elsewhere."""
_STRANGE = 1.2
"""Likeness above which the references say of a name what the article does."""
_SHARED = 2
"""Telling words that must stand beside both names."""
_MOST = 40
"""Counterparts looked at for one name, those with the most rare words in common."""
_WHERE = frozenset({"in", "at", "near", "above", "outside", "around", "by"})
"""Prepositions after which a name says where."""
_WHENCE = _WHERE | {"of", "from"}
"""Prepositions after which the other name may say where, too: 'born in Bruges', 'native of Ghent'.
"""
_OPENING = frozenset({".", ":", ";", "(", "-", '"', "'"})
"""Marks after which a capital may be owed to a beginning."""
_ADJECTIVES = ("ist", "ists", "ian", "ic", "ish", "ean")
"""Endings of words that tell of what kind or creed something is, not of its name."""
_LIKE = 4
"""Names that begin with as many like letters may be one: 'Uruguay' and 'Uruguayan'."""


@dataclass(frozen=True)
class Rival:
    """A name of the article and the name that a reference has in its place."""

    ours: Span
    """The article's name, in the article."""
    written: str
    """Its words."""
    theirs: Quotation
    """The name in the reference."""
    passage: Passage
    """The reference."""
    likeness: float
    """How much the surroundings agree; a rare word beside both names counts 1."""


def rivals(
    article: Passage, references: Sequence[Passage], whole: str, further: Sequence[str] = ()
) -> Iterator[Rival]:
    """The names of the article in whose place a reference has one that the article lacks.

    Args:
        article: the article's prose.
        references: the reference passages.
        whole: the article's whole text, headline and notes included.
        further: other references; the names that stand there are not asked about.
    """
    if not references:
        return
    lines = list(lines_of(article))
    known = [list(lines_of(passage)) for passage in references]
    every = chain(lines, *known)
    weight = rarity({key for key, _ in line.keys} for line in every)
    said, plain = _vocabulary([whole])
    heard, common = _vocabulary(line.parsed.doc.text for few in known for line in few)
    heard |= {stem(voice) for passage in references for voice in passage.voices}
    plain |= common
    elsewhere, _ = _vocabulary(further)
    theirs = [mention for few in known for mention in _mentions(few)]
    free = [m for m in theirs if not m.person and _tells(m, plain) and not _opens(m)]
    index: dict[str, list[Mention]] = defaultdict(list)
    for mention in free:
        for key in mention.around:
            index[key].append(mention)
    own: dict[str, list[Mention]] = defaultdict(list)
    for mention in theirs:
        own[mention.words[-1]].append(mention)
    mentions = list(_mentions(lines))
    surnames = {m.words[-1] for m in (*mentions, *theirs) if m.person}
    times = Counter(mention.words for mention in mentions)
    found: dict[tuple[str, ...], tuple[bool, Rival]] = {}
    for ours in mentions:
        if ours.person or ours.words[-1] in surnames or not _tells(ours, plain):
            continue
        if set(ours.words) <= elsewhere:
            continue
        is_new = not set(ours.words) <= heard
        if not is_new and times[ours.words] > 1:
            continue
        candidates = _Candidates(index, weight, plain, said, is_new and times[ours.words] == 1)
        best, likeness = _best(ours, candidates)
        if best is None or likeness < (_NEW if is_new else _KNOWN):
            continue
        if not is_new:
            alike = (likeness_of(ours, other, weight) for other in own[ours.words[-1]][:_MOST])
            if max(alike, default=0.0) > _STRANGE:
                continue
        before = found.get(best.words)
        if before is None or (before[0], before[1].likeness) < (is_new, likeness):
            quote = best.line.passage.quote(best.span)
            rival = Rival(ours.span, ours.text, quote, best.line.passage, likeness)
            found[best.words] = (is_new, rival)
    # A name in whose place stand now one name and now another is of something else.
    apart = Counter(rival.written for _, rival in found.values())
    yield from (rival for _, rival in found.values() if apart[rival.written] == 1)


def _vocabulary(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Stems of all words, and the words that stand in lower case."""
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    return {stem(word) for word in words}, {word for word in words if word[:1].islower()}


def _mentions(lines: Sequence[Line]) -> Iterator[Mention]:
    for at, line in enumerate(lines):
        beyond = frozenset(
            key
            for other in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])
            for key, _ in other.keys
        )
        last = -1
        for token in line.tokens:
            if token.i <= last or not is_name_word(token):
                continue
            run = tuple(t for t in run_of(token) if t.i >= token.i)
            last = max(token.i, run[-1].i)
            words = tuple(stem(bare(t.text)) for t in run if is_name_word(t))
            yield mention_of(run, words, line, beyond)


def _tells(mention: Mention, plain: set[str]) -> bool:
    """Whether it is a name by itself, not a common word or an abbreviation with a capital."""
    if all(bare(t.text).rstrip(".") in plain for t in mention.run):
        return False
    if mention.run[0].i and mention.run[0].nbor(-1).lower_ in {"a", "an"}:
        return False
    attribute = mention.run[-1].dep_ in {"amod", "compound", "nmod"}
    if len(mention.run) == 1 and attribute and mention.text.endswith(_ADJECTIVES):
        return False
    if any(_is_no_word(t) or _is_month(t) for t in mention.run):
        return False
    last = mention.run[-1]
    after = last.nbor() if last.i + 1 < len(last.doc) else None
    if after is None:
        return True
    ends = after.i + 1 == len(last.doc)
    return after.text != ":" and not after.like_num and (after.text != "." or ends)


def _is_no_word(token: Token) -> bool:
    """'CDU', 'Inc.', 'CoV-2'."""
    return token.text.isupper() or token.text.endswith(".") or bool(re.search(r"\d", token.text))


def _is_month(token: Token) -> bool:
    low = token.lower_
    if low.removesuffix("s") in NAMED_MONTHS | NAMED_DAYS:
        return True
    return len(low) > 2 and any(month.startswith(low) for month in NAMED_MONTHS | NAMED_DAYS)


def _opens(mention: Mention) -> bool:
    """Whether it is one word whose capital may be owed to the start of a sentence or item."""
    first = mention.run[0]
    if len(mention.run) > 1:
        return False
    if first.i == mention.line.tokens[0].i:
        return True
    before = first.nbor(-1)
    return before.text in _OPENING or before.is_space or before.pos_ == "NUM"


@dataclass(frozen=True)
class _Candidates:
    """What a name's counterpart is sought among, and how."""

    index: Mapping[str, list[Mention]]
    """The names of the references by the telling words around them."""
    weight: Mapping[str, float]
    plain: set[str]
    """Words that stand in lower case somewhere."""
    said: set[str]
    """Stems of all words of the article."""
    had_too: bool
    """Whether a name that the article has elsewhere may be the counterpart."""


def _best(ours: Mention, among: _Candidates) -> tuple[Mention | None, float]:
    """The counterpart of a name and how alike the surroundings are."""
    votes: Counter[Mention] = Counter()
    for key in ours.around:
        votes.update(among.index.get(key, ()))
    best, most = None, 0.0
    for mention, shared in votes.most_common(_MOST):
        if shared < _SHARED or not _may_be_rivals(ours, mention, among.plain):
            continue
        if not share_neighbour(ours, mention) or not _pairs_alike(ours, mention):
            continue
        likeness = likeness_of(ours, mention, among.weight)
        if (set(mention.words) - set(ours.words)) & among.said:
            if not among.had_too or len(mention.words) > 1 or mention.words[0] in ours.around:
                continue
            likeness -= _HAD
        if likeness > most:
            best, most = mention, likeness
    return best, most


def _pairs_alike(ours: Mention, theirs: Mention) -> bool:
    """Whether a name that makes a pair ('Akron and Columbus') has the other one beside it, too."""
    doc, first, last = ours.run[0].doc, ours.run[0].i, ours.run[-1].i
    before, after = doc[max(0, first - 2) : first], doc[last + 1 : last + 3]
    pairs = [(span[at], span[1 - at]) for span, at in ((before, 1), (after, 0)) if len(span) > 1]
    mates = {stem(bare(m.text)) for link, m in pairs if link.dep_ == "cc" and is_name_word(m)}
    return mates <= {*theirs.around, *theirs.beyond}


def _may_be_rivals(ours: Mention, theirs: Mention, plain: set[str]) -> bool:
    """Whether two names can be of one kind and yet of two things."""
    mine, yours = set(ours.words), set(theirs.words)
    if mine <= yours or yours <= mine or mine - yours <= {*theirs.around, *theirs.beyond}:
        return False
    if mine & yours and bare(theirs.run[-1].text) not in plain:
        return False
    if (theirs.is_bare_role and not ours.led_by_the) or not _is_one_slot(ours, theirs):
        return False
    if any(_akin(one, other) for one in mine - yours for other in yours - mine):
        return False
    times = times_of(ours.run[0].doc), times_of(theirs.run[0].doc)
    return _realm(ours) == _realm(theirs) and same_time(*times)


def _is_one_slot(ours: Mention, theirs: Mention) -> bool:
    """Whether both names say where, or hang on the same word ('Wayanad district')."""
    placed = ours.preposition in _WHERE and theirs.preposition in _WHENCE
    if placed or (ours.is_place and theirs.is_place):
        return True
    return ours.governor == theirs.governor and bool(ours.preposition) <= bool(theirs.preposition)


def _akin(one: str, other: str) -> bool:
    """Whether two words can be forms of one name: 'Uruguay' and 'Uruguayan'."""
    shorter = min(_LIKE, len(one.removesuffix("s")), len(other.removesuffix("s")))
    return one[:shorter] == other[:shorter]


def _realm(mention: Mention) -> str:
    """`state` for the name of one, `people` for its people ('Danes', 'English'), else empty."""
    low = mention.text.casefold()
    state = gazetteer().state(mention.text)
    if state is not None and low == state.key:
        return "state"
    return "people" if gazetteer().demonym(low) is not None else ""
