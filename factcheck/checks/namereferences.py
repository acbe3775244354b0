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
from factcheck.checks.lexicon import lexicon
from factcheck.checks.passages import Passage
from factcheck.records import Quotation, Span
from factcheck.text.clauses import stem
from factcheck.text.details import DAYS, MONTHS, same_time, times_of
from factcheck.text.gazetteer import gazetteer
from factcheck.text.names import is_name_word, run_of, shown_in_capitals
from factcheck.text.numbers import number_word

if TYPE_CHECKING:
    from spacy.tokens import Token

    from factcheck.text.parsing import ParsedSentence

_NEW, _KNOWN = 1.2, 3
"""Likeness of the surroundings that is asked for; for a name that the references have, too."""
_HAD = 1.4
"""What is taken off where the article has the reference's name elsewhere."""
_STRANGE = 1.2
"""Likeness above which the references say of a name what the article does."""
_NEAR, _CLOSE = 10, 5
"""Tokens from the name within which a word counts by `_FADING` or in full."""
_FADING, _FAR = 0.8, 0.6
_NEXT_DOOR = 0.35
"""What a word counts that stands in the reference's sentence before or after."""
_SAME_PREPOSITION, _SAME_GOVERNOR, _SAME_HEAD = 0.2, 0.4, 0.5
"""What it counts that both names stand after one preposition, with one word, or are of one kind."""
_SHARED = 2
"""Telling words that must stand beside both names."""
_MOST = 40
"""Counterparts looked at for one name, those with the most rare words in common."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})
"""The parser's labels of places."""
_WITHIN = frozenset({"in", "at", "near"})
"""Prepositions after which a name says where; without one a name is no rival to such a place."""
_OPENING = frozenset({".", ":", ";", "(", "-", '"', "'"})
"""Marks after which a capital may be owed to a beginning."""
_SMALL = frozenset(f"#{number}" for number in range(13))
"""Small numbers, as keys."""
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


@dataclass(frozen=True, eq=False)
class _Line:
    """A sentence as it is compared."""

    parsed: ParsedSentence
    passage: Passage
    tokens: tuple[Token, ...]
    """Its tokens, a heading before it left out."""
    keys: tuple[tuple[str, int], ...]
    """What its telling words stand for, each with its token's index."""


@dataclass(frozen=True, eq=False)
class _Mention:
    """A name with its surroundings."""

    run: tuple[Token, ...]
    words: tuple[str, ...]
    """Stems of its words."""
    line: _Line
    around: Mapping[str, float]
    """How near each telling word of its sentence is: 1 for those beside it."""
    beyond: frozenset[str]
    """The telling words of the sentences before and after."""
    person: bool
    preposition: str
    governor: str

    @property
    def led_by_the(self) -> bool:
        """Whether the definite article stands before it."""
        return self.run[0].i > 0 and self.run[0].nbor(-1).lower_ == "the"

    @property
    def is_bare_role(self) -> bool:
        """Whether it is such as 'the Committee': what a text calls a party or body of its own."""
        placed = any(token.ent_type_ in _PLACES for token in self.run)
        return len(self.run) == 1 and self.led_by_the and not placed

    @property
    def text(self) -> str:
        """The name as written."""
        return str(self.run[0].doc[self.run[0].i : self.run[-1].i + 1].text)

    @property
    def span(self) -> Span:
        """Where it stands in its document."""
        return self.line.parsed.span_of(list(self.run))


def rivals(article: Passage, references: Sequence[Passage], whole: str) -> Iterator[Rival]:
    """The names of the article in whose place a reference has one that the article lacks.

    Args:
        article: the article's prose.
        references: the reference passages.
        whole: the article's whole text, headline and notes included.
    """
    if not references:
        return
    lines = list(_lines(article))
    known = [list(_lines(passage)) for passage in references]
    every = chain(lines, *known)
    weight = rarity({key for key, _ in line.keys} for line in every)
    said, plain = _vocabulary([whole])
    heard, common = _vocabulary(line.parsed.doc.text for few in known for line in few)
    heard |= {stem(voice) for passage in references for voice in passage.voices}
    plain |= common
    theirs = [mention for few in known for mention in _mentions(few)]
    free = [m for m in theirs if not m.person and _tells(m, plain) and not _opens(m)]
    index: dict[str, list[_Mention]] = defaultdict(list)
    for mention in free:
        for key in mention.around:
            index[key].append(mention)
    own: dict[str, list[_Mention]] = defaultdict(list)
    for mention in theirs:
        own[mention.words[-1]].append(mention)
    mentions = list(_mentions(lines))
    surnames = {m.words[-1] for m in (*mentions, *theirs) if m.person}
    times = Counter(mention.words for mention in mentions)
    found: dict[tuple[str, ...], tuple[bool, Rival]] = {}
    for ours in mentions:
        if ours.person or ours.words[-1] in surnames or not _tells(ours, plain):
            continue
        is_new = not set(ours.words) <= heard
        if not is_new and times[ours.words] > 1:
            continue
        candidates = _Candidates(index, weight, plain, said, is_new and times[ours.words] == 1)
        best, likeness = _best(ours, candidates)
        if best is None or likeness < (_NEW if is_new else _KNOWN):
            continue
        if not is_new:
            alike = (_likeness(ours, other, weight) for other in own[ours.words[-1]][:_MOST])
            if max(alike, default=0.0) > _STRANGE:
                continue
        before = found.get(best.words)
        if before is None or (before[0], before[1].likeness) < (is_new, likeness):
            quote = best.line.passage.quote(best.span)
            rival = Rival(ours.span, ours.text, quote, best.line.passage, likeness)
            found[best.words] = (is_new, rival)
    yield from (rival for _, rival in found.values())


def _lines(passage: Passage) -> Iterator[_Line]:
    for sentence in passage.sentences:
        if shown_in_capitals(sentence.doc):
            continue
        text = sentence.doc.text if passage.is_article else passage.quote(sentence.span).text
        start = text.rstrip().rfind("\n") + 1
        tokens = tuple(t for t in sentence.doc if t.idx >= start and not t.is_space)
        keys = tuple((key, t.i) for t in tokens if (key := _key(t)))
        yield _Line(sentence, passage, tokens, keys)


def _key(token: Token) -> str:
    """What a word stands for; empty where it tells nothing."""
    low = _bare(token.text)
    if low[:1].isdigit():
        return "#" + "".join(c for c in low if c.isdigit() or c == ".").rstrip(".")
    number = number_word(low)
    if number is not None:
        return f"#{number}"
    if token.is_stop or token.is_punct or len(low) < 3:
        return ""
    if is_name_word(token):
        return stem(low)
    return stem(lexicon().sense(token.lemma_.casefold()).side)


def _bare(word: str) -> str:
    return word.casefold().replace("\u2019", "'").removesuffix("'s")


def _vocabulary(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Stems of all words, and the words that stand in lower case."""
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    return {stem(word) for word in words}, {word for word in words if word[:1].islower()}


def _mentions(lines: Sequence[_Line]) -> Iterator[_Mention]:
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
            words = tuple(stem(_bare(t.text)) for t in run if is_name_word(t))
            yield _mention(run, words, line, beyond)


def _mention(
    run: tuple[Token, ...], words: tuple[str, ...], line: _Line, beyond: frozenset[str]
) -> _Mention:
    around: dict[str, float] = {}
    for key, index in line.keys:
        gap = max(run[0].i - index, index - run[-1].i)
        if gap > 0 and key not in words:
            near = 1.0 if gap <= _CLOSE else _FADING if gap <= _NEAR else _FAR
            around[key] = max(near, around.get(key, 0.0))
    before = [t for t in line.tokens if t.i < run[0].i and t.pos_ not in {"DET", "PRON"}][-1:]
    led = before[0] if before and before[0].pos_ == "ADP" else None
    above = led.head if led is not None else run[-1].head
    return _Mention(
        run,
        words,
        line,
        around,
        beyond,
        _is_person(run, led is not None),
        led.lower_ if led is not None else "",
        stem(above.lemma_),
    )


def _is_person(run: tuple[Token, ...], led: bool) -> bool:
    before = run[0].doc[run[0].i - 1].lower_.strip(".") if run[0].i else ""
    if before in gazetteer().titles or any(_is_initial(t) for t in run):
        return True
    return not led and any(t.ent_type_ == "PERSON" for t in run)


def _is_initial(token: Token) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z]\.?)+", token.text))


def _tells(mention: _Mention, plain: set[str]) -> bool:
    """Whether it is a name by itself, not a common word or an abbreviation with a capital."""
    if all(_bare(t.text).rstrip(".") in plain for t in mention.run):
        return False
    if mention.run[0].i and mention.run[0].nbor(-1).lower_ in {"a", "an"}:
        return False
    attribute = mention.run[-1].dep_ in {"amod", "compound", "nmod"}
    if len(mention.run) == 1 and attribute and mention.text.endswith(_ADJECTIVES):
        return False
    if any(t.text.isupper() or t.text.endswith(".") or _is_month(t) for t in mention.run):
        return False
    last = mention.run[-1]
    after = last.nbor() if last.i + 1 < len(last.doc) else None
    if after is None:
        return True
    ends = after.i + 1 == len(last.doc)
    return after.text != ":" and not after.like_num and (after.text != "." or ends)


def _is_month(token: Token) -> bool:
    low = token.lower_
    return len(low) > 2 and any(month.startswith(low) for month in MONTHS | DAYS)


def _opens(mention: _Mention) -> bool:
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

    index: Mapping[str, list[_Mention]]
    """The names of the references by the telling words around them."""
    weight: Mapping[str, float]
    plain: set[str]
    """Words that stand in lower case somewhere."""
    said: set[str]
    """Stems of all words of the article."""
    had_too: bool
    """Whether a name that the article has elsewhere may be the counterpart."""


def _best(ours: _Mention, among: _Candidates) -> tuple[_Mention | None, float]:
    """The counterpart of a name and how alike the surroundings are."""
    votes: Counter[_Mention] = Counter()
    for key in ours.around:
        votes.update(among.index.get(key, ()))
    best, most = None, 0.0
    for mention, shared in votes.most_common(_MOST):
        if shared < _SHARED or not _may_be_rivals(ours, mention, among.plain):
            continue
        if not _share_neighbour(ours, mention) or not _pairs_alike(ours, mention):
            continue
        likeness = _likeness(ours, mention, among.weight)
        if (set(mention.words) - set(ours.words)) & among.said:
            if not among.had_too or len(mention.words) > 1 or mention.words[0] in ours.around:
                continue
            likeness -= _HAD
        if likeness > most:
            best, most = mention, likeness
    return best, most


def _share_neighbour(ours: _Mention, theirs: _Mention) -> bool:
    """Whether a word stands near both names; a small number stands in many sentences."""
    return any(
        near >= _FADING and (theirs.around.get(key, 0.0) >= _FADING or key in theirs.beyond)
        for key, near in ours.around.items()
        if key not in _SMALL
    )


def _pairs_alike(ours: _Mention, theirs: _Mention) -> bool:
    """Whether a name that makes a pair ('Akron and Columbus') has the other one beside it, too."""
    doc, first, last = ours.run[0].doc, ours.run[0].i, ours.run[-1].i
    before, after = doc[max(0, first - 2) : first], doc[last + 1 : last + 3]
    pairs = [(span[at], span[1 - at]) for span, at in ((before, 1), (after, 0)) if len(span) > 1]
    mates = {stem(_bare(m.text)) for link, m in pairs if link.dep_ == "cc" and is_name_word(m)}
    return mates <= {*theirs.around, *theirs.beyond}


def _may_be_rivals(ours: _Mention, theirs: _Mention, plain: set[str]) -> bool:
    """Whether two names can be of one kind and yet of two things."""
    mine, yours = set(ours.words), set(theirs.words)
    if mine <= yours or yours <= mine or mine - yours <= {*theirs.around, *theirs.beyond}:
        return False
    if mine & yours and _bare(theirs.run[-1].text) not in plain:
        return False
    unlike = theirs.is_bare_role and not ours.led_by_the
    if unlike or (theirs.preposition in _WITHIN and not ours.preposition):
        return False
    if any(_akin(one, other) for one in mine - yours for other in yours - mine):
        return False
    times = times_of(ours.run[0].doc), times_of(theirs.run[0].doc)
    return _realm(ours) == _realm(theirs) and same_time(*times)


def _akin(one: str, other: str) -> bool:
    """Whether two words can be forms of one name: 'Uruguay' and 'Uruguayan'."""
    shorter = min(_LIKE, len(one.removesuffix("s")), len(other.removesuffix("s")))
    return one[:shorter] == other[:shorter]


def _realm(mention: _Mention) -> str:
    """`state` for the name of one, `people` for its people ('Danes', 'English'), else empty."""
    low = mention.text.casefold()
    if gazetteer().demonym(low) is not None:
        return "people"
    state = gazetteer().state(mention.text)
    return "state" if state is not None and low == state.key else ""


def _likeness(ours: _Mention, theirs: _Mention, weight: Mapping[str, float]) -> float:
    names = {*ours.words, *theirs.words}
    total = 0.0
    for key, near in ours.around.items():
        if key in names:
            continue
        if key in theirs.around:
            total += weight[key] * min(near, theirs.around[key])
        elif key in theirs.beyond:
            total += weight[key] * near * _NEXT_DOOR
    if ours.preposition and ours.preposition == theirs.preposition:
        total += _SAME_PREPOSITION
    if ours.governor == theirs.governor:
        total += _SAME_GOVERNOR
    if ours.words[-1] in {theirs.words[-1], theirs.governor}:
        total += _SAME_HEAD
    return total
