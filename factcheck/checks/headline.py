"""A headline that says what the body denies, or names what the body never mentions.

Headlines have a grammar of their own: the present for the past, no articles, a comma for 'and',
single quotation marks for somebody's words. Only what the body plainly says otherwise is flagged,
and nothing where the body also says it as the headline does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.base import Case, Marker
from factcheck.checks.headlines.choices import find_other_choice
from factcheck.checks.headlines.figures import find_other_figures
from factcheck.checks.headlines.names import find_unnamed, is_of_other_state
from factcheck.checks.headlines.numbers import find_other_counts, is_text_at_fault
from factcheck.checks.headlines.occasions import is_chief
from factcheck.checks.headlines.outcomes import Outcome, outcomes, pairs, words
from factcheck.checks.headlines.parties import find_done_to, find_turned
from factcheck.checks.headlines.parts import Read, read_parts, read_references, stems
from factcheck.checks.headlines.tolls import find_other_tolls
from factcheck.checks.headlines.winners import find_other_winner
from factcheck.checks.sides.clashes import headline_clashes, headline_of
from factcheck.checks.sides.cues import read_cues
from factcheck.checks.sides.directions import find_turned_directions
from factcheck.records import Article, Flag, Quotation, Span
from factcheck.text.details import NAMED_MONTHS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEAD = 8
"""Body sentences in which what the headline tells is looked for first."""
_SHARED = 2
"""Words of the headline that a sentence of a reference must have to tell of the same."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_CONFIDENCE = 0.65
_UNNAMED = 0.45
"""How sure a flag is on a name that the text may be expected to have, but need not."""
_ELSEWHERE = 0.6
"""How sure it is where the text has the name of another state in its place."""


_MARK = Marker("headline", "headline")


class HeadlineCheck:
    """Flags headlines that the body contradicts or never takes up."""

    name = "headline"

    def run(self, case: Case) -> Iterable[Flag]:
        """At most one flag: the surest of outcome, actor and patient, number, name.

        A headline that asks asserts nothing and is passed over.
        """
        headline, body = read_parts(case)
        if headline is None or not body or headline.parsed.doc[-1].text == "?":
            return []
        finders = (
            self._outcome,
            self._parties,
            self._number,
            self._figure,
            self._side,
            self._unnamed,
        )
        flags = [flag for find in finders for flag in find(case, headline, body)]
        return flags[:1]

    def _outcome(self, case: Case, headline: Read, body: Sequence[Read]) -> Iterator[Flag]:
        """'Throws out' where the body has 'refused to strike out'."""
        references = read_references(case)
        for pair in pairs():
            told = list(outcomes(headline.parsed.doc, headline.free, pair))
            if len(told) != 1 or told[0].tentative or told[0].of_object or _is_done(told[0]):
                continue
            against = _contrary(told[0], headline, body)
            if against is None:
                against = _denied(told[0], headline, body, references)
            if against is not None:
                sentence, other = against
                yield self._contradicted(
                    case.article, headline, told[0].tokens, sentence.quote(other.tokens)
                )

    def _parties(self, case: Case, headline: Read, body: Sequence[Read]) -> Iterator[Flag]:
        """'A sues B' where the body has only 'B sued A'; 'A holds off B' where B has won."""
        found = [
            *find_turned(headline, body),
            *find_done_to(headline, body),
            *find_other_winner(headline, body),
            *find_other_choice(headline, body),
        ]
        for tokens, sentence, others in found:
            yield self._contradicted(case.article, headline, tokens, sentence.quote(others))

    def _number(self, case: Case, headline: Read, body: Sequence[Read]) -> Iterator[Flag]:
        """'Three schools' where the body has two; the body is at fault if a reference has three."""
        parsed = [s.parsed for s in body]
        texts = [evidence.quotation.text for evidence in case.passages]
        for tokens, sentence, others in find_other_counts(headline.parsed, parsed):
            headed, told = headline.parsed.span_of(tokens), sentence.span_of(others)
            if is_text_at_fault(tokens, others, texts):
                yield self._flag(
                    case.article,
                    told,
                    case.article.quote(headed),
                    "The text says '{}', the headline '{}'.",
                )
            else:
                yield self._contradicted(case.article, headline, tokens, case.article.quote(told))

    def _figure(self, case: Case, headline: Read, body: Sequence[Read]) -> Iterator[Flag]:
        """'Kills four' where three people died; 'drop 12%' where sales dropped by 21 per cent."""
        found = [*find_other_tolls(headline, body), *find_other_figures(headline, body)]
        for tokens, sentence, others in found:
            yield self._contradicted(case.article, headline, tokens, sentence.quote(others))

    def _side(self, case: Case, headline: Read, body: Sequence[Read]) -> Iterator[Flag]:
        """'To close' over 'threw out a plan to shut it'; 'accept' over a vote of three to one."""
        article = body[0].passage
        for clash in headline_clashes(read_cues(article), headline_of(article)):
            conflict = article.quote(clash.against_span(article))
            yield self._contradicted(case.article, headline, clash.cue.tokens, conflict)
        for turned in find_turned_directions(article, headline_of(article)):
            if turned.sentence == headline_of(article):
                conflict = case.article.quote(turned.move.span)
                yield self._contradicted(case.article, headline, [turned.token], conflict)

    def _contradicted(
        self, article: Article, headline: Read, tokens: Sequence[Token], conflict: Quotation
    ) -> Flag:
        where = "the text" if conflict.origin == "context" else "a reference"
        span = headline.parsed.span_of(tokens)
        return self._flag(article, span, conflict, f"The headline says '{{}}', {where} '{{}}'.")

    def _flag(self, article: Article, span: Span, conflict: Quotation, explanation: str) -> Flag:
        says, has = (" ".join(words.split()) for words in (span.of(article.text), conflict.text))
        return _MARK.flag(
            article, span, "high", _CONFIDENCE, explanation.format(says, has), conflict=conflict
        )

    def _unnamed(self, case: Case, headline: Read, body: Sequence[Read]) -> Iterator[Flag]:
        """A name that the body never mentions."""
        for name in find_unnamed(case, headline, body):
            elsewhere = is_of_other_state(name, body)
            yield _MARK.flag(
                case.article,
                headline.parsed.span_of(name),
                "medium",
                _ELSEWHERE if elsewhere else _UNNAMED,
                f"The headline names '{name[-1].text}', which the text never mentions.",
            )


def _contrary(told: Outcome, headline: Read, body: Sequence[Read]) -> tuple[Read, Outcome] | None:
    """The first plain outcome to the contrary; None where the body also bears the headline out."""
    about = _anchors(told, headline)
    found: tuple[Read, Outcome] | None = None
    if told.pair.direction and _moves_alike(told, body[0]):
        return None
    for place, sentence in enumerate(body):
        for other in outcomes(sentence.parsed.doc, sentence.free, told.pair):
            if told.side == 0 and _is_beating(other, about):
                return None
            if not _bears_on(other, sentence, about, told) or _of_other_thing(
                other, told, headline
            ):
                continue
            if other.side == told.side and not other.tentative:
                return None
            apart = (
                (_is_apart(other, headline) and not _is_of_all(told))
                or (place > 0 and _goes_back(other, headline))
                or (other.earlier and not told.earlier and not _is_the_news(other, place))
            )
            is_new = found is None and place < _LEAD and not apart
            if is_new and other.side != told.side and not other.tentative:
                found = sentence, other
    return found


def _is_done(told: Outcome) -> bool:
    """Whether a word of movement is a deed: 'drops bid', but not 'drops 5%'."""
    objects = [c for t in told.tokens for c in t.children if c.dep_ == "dobj"]
    figures = any(t.like_num or t.text == "%" for noun in objects for t in noun.subtree)
    return told.pair.direction and bool(objects) and not figures


def _is_the_news(outcome: Outcome, place: int) -> bool:
    """Whether the text begins with it and tells nothing else there, however it is dated."""
    return place == 0 and is_chief(outcome.tokens)


def _moves_alike(told: Outcome, lead: Read) -> bool:
    """Whether the first sentence tells of such a move, of whatever it calls the thing."""
    moves = outcomes(lead.parsed.doc, lead.free, told.pair)
    return any(other.side == told.side and not other.tentative for other in moves)


def _denied(
    told: Outcome, headline: Read, body: Sequence[Read], references: Sequence[Read]
) -> tuple[Read, Outcome] | None:
    """An outcome to the contrary that a reference tells of what the headline names.

    None where the body or any reference has the outcome of the headline as well, of whatever.
    """
    found: tuple[Read, Outcome] | None = None
    about = _anchors(told, headline)
    for sentence in (*body, *references):
        for other in outcomes(sentence.parsed.doc, sentence.free, told.pair):
            if other.side == told.side:
                return None
            own = sentence.passage.is_article or other.tentative
            near = len(sentence.stems & headline.stems) >= _SHARED
            if own or not near or _is_apart(other, headline) or _goes_back(other, headline):
                continue
            bears = _bears_on(other, sentence, about, told)
            if bears and not _of_other_thing(other, told, headline):
                found = found or (sentence, other)
    return found


def _subjects(outcome: Outcome) -> list[Token]:
    return [c for t in outcome.tokens for c in t.children if c.dep_ in {"nsubj", "nsubjpass"}]


def _of_other_thing(other: Outcome, told: Outcome, headline: Read) -> bool:
    """Whether an outcome befalls what the headline does not name: a suit, of a will upheld."""
    if told.pair.direction:
        return False
    own = {t.i for t in other.tokens}
    below = [c for t in other.tokens for c in t.children if c.i not in own]
    heads = [c for c in below if c.dep_ in {"dobj", "nsubjpass"}]
    befallen = set(stems(t for head in heads for t in _phrase(head)))
    return bool(befallen) and befallen.isdisjoint(headline.stems)


def _phrase(noun: Token) -> Iterator[Token]:
    """A noun with what tells which one it is, clauses and owners left out."""
    yield noun
    for child in noun.children:
        if child.dep_ in {"compound", "amod", "nmod", "prep", "pobj", "appos"}:
            yield from _phrase(child)


def _is_beating(other: Outcome, about: frozenset[str]) -> bool:
    """Whether those of the headline beat others: 'Rovers beat City' under 'Rovers win derby'."""
    return other.of_object and not other.negated and bool(about & set(stems(_subjects(other))))


def _is_apart(other: Outcome, headline: Read) -> bool:
    """Whether an outcome befell some only or others: 'one survived', 'cases among children'."""
    headed = {t.lower_ for t in headline.parsed.doc}
    near = {c.lower_ for t in _subjects(other) for c in t.children}
    counts = {c.lower_ for t in _subjects(other) for c in t.children if c.like_num}
    return bool(near & words("of_others") or counts - headed)


def _is_of_all(told: Outcome) -> bool:
    """Whether all are told to have fared so, which one of them who did not disproves."""
    return any(t.lower_ in {"all", "every", "everyone"} for t in told.tokens)


def _goes_back(other: Outcome, headline: Read) -> bool:
    """Whether an outcome is told of another time than the headline's: 'had fallen in January'."""
    if any(c.lower_ == "had" for t in other.tokens for c in t.children):
        return True
    return bool(_dates(other.tokens[0].doc) - _dates(headline.parsed.doc))


def _dates(doc: Doc) -> set[str]:
    """The months and years that a sentence names after 'in', and 'ago'."""
    inside = {t.lower_ for t in doc[1:] if t.nbor(-1).lower_ == "in"}
    dates = {word for word in inside if word in NAMED_MONTHS or _YEAR.fullmatch(word)}
    return dates | ({"ago"} & {t.lower_ for t in doc})


def _anchors(told: Outcome, headline: Read) -> frozenset[str]:
    """What the outcome is of: for a movement the thing that moves, else all the headline names."""
    doc = headline.parsed.doc
    used = {t.i for t in told.tokens}
    if told.pair.beaten:
        return frozenset(stems(doc[: min(used)]))
    if not told.pair.direction:
        return frozenset(stems(t for t in doc if t.i not in used))
    last = max(used)
    following = doc[last + 1 : last + 2]
    if told.tokens[0].tag_ == "VBG" and len(following):
        return frozenset(stems(following))
    subject = [c for t in told.tokens for c in t.children if c.dep_ == "nsubj"]
    # 'Fares to fall in May'
    subject += [t.head for t in told.tokens if t.dep_ == "acl" and t.head.pos_ == "NOUN"]
    # 'Profit tumbles', which the parser may take for a noun
    nouns = [t for t in told.tokens if t.pos_ == "NOUN"]
    subject += [c for t in nouns for c in t.children if c.dep_ == "compound"]
    return frozenset(s for t in subject for s in stems([*t.children, t]))


def _bears_on(other: Outcome, sentence: Read, about: frozenset[str], told: Outcome) -> bool:
    """Whether an outcome in the body is of what the headline speaks of."""
    doc = sentence.parsed.doc
    first, last = other.tokens[0].i, other.tokens[-1].i
    if other.of_object:
        return bool(about & set(stems(doc[last + 1 : last + 5])))
    own = {t.i for t in other.tokens}
    before = set(stems(t for t in doc[:last] if t.i not in own))
    if told.pair.direction or told.pair.beaten:
        subjects = [t for t in doc if t.dep_ == "nsubj" and t.i < first]
        return bool(about & set(stems(subjects)))
    named = about & (before | set(stems(doc[last + 1 : last + 6])))
    pronoun = any(t.dep_ == "nsubj" and t.lower_ in {"he", "she"} for t in doc[:first])
    return bool(named) or (pronoun and other.negated)
