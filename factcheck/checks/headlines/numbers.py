"""A count in the headline that the body gives otherwise: 'three schools' against two."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.text.numbers import number_word, numbers
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_SCALES = {"hundred": 100.0, "thousand": 1_000.0, "million": 1_000_000.0}
"""After another number: 'three hundred', '3 million'."""
_ROUGH = 0.1
"""Share by which a headline's number may be rounded."""
_SOME_OF_ALL = frozenset("other another more further extra first last next final".split())
_APART = frozenset("behind ahead apart clear adrift up down more fewer ago later earlier".split())
_FARED = frozenset("alive safe unhurt survive survives survived saved dead missing".split())
_MEASURES = frozenset(
    "second minute hour day night week month year decade mile metre meter kilometre kilometer "
    "point goal run length".split()
)
"""What a text measures of many things, so that two counts of it need not be of one."""
_GAPS = _APART | frozenset("off short late".split())
_SHARED = 2
"""Things of the headline that a sentence must name as well to measure what the headline does."""
_OF_VERBS = frozenset({"npadvmod", "dobj", "nsubj", "nsubjpass"})
"""How a number without a noun hangs on its verb: 'police arrest 14', 'three killed'."""
_STEM = 5
_SMALL = 31
"""Up to here a number is found of many things, days of a month among them."""
_BEHIND = 20
"""Characters after a number in which the noun that it counts is looked for."""
_PAST = re.compile(r"\b(?:last|previous) (?:year|month|season|time)\b", re.IGNORECASE)
"""Another occasion, of which a count says nothing about the headline's."""
_ROUNDING = frozenset("over under nearly almost about around pass top up least most than".split())


def find_other_counts(
    headline: ParsedSentence, body: Sequence[ParsedSentence]
) -> Iterator[tuple[list[Token], ParsedSentence, list[Token]]]:
    """Counts of the headline that the body has otherwise, with the body's words for it.

    Quiet unless the body counts the same things by one other number only, and the headline's
    number counts nothing in it that may be the same things.
    """
    yield from _other_tolls(headline, body)
    for token in headline.doc:
        value = value_of(token)
        noun = _counted(token)
        if value is None or noun is None or is_rounded(token):
            continue
        if any(_is_near(value, other) for other in _other_values(body, noun)):
            continue
        told = [s for s in body if not _PAST.search(s.doc.text)]
        counts = [
            c for s in told for c in _counts(s, noun.lemma_.lower()) if _is_of_same(noun, c[2])
        ]
        if len({number for number, _, _ in counts}) == 1 and not _is_near(value, counts[0][0]):
            number, sentence, tokens = counts[0]
            if not (number > value and _is_of_survivors(headline)):
                yield [*_written(token), noun], sentence, tokens


def _is_of_survivors(headline: ParsedSentence) -> bool:
    """Whether a headline counts those of a party who fared in one way, where others did not."""
    return any(t.lower_ in _FARED for t in headline.doc)


def _other_tolls(
    headline: ParsedSentence, body: Sequence[ParsedSentence]
) -> Iterator[tuple[list[Token], ParsedSentence, list[Token]]]:
    """'Police arrest 14' where the body has 'arrested 41 people', and 14 of nothing."""
    told = [t.lower_ for s in body for t in s.doc] + [
        str(int(value)) for s in body for t in s.doc if (value := value_of(t)) is not None
    ]
    for token in headline.doc:
        value, verb = value_of(token), token.head
        alone = token.dep_ in _OF_VERBS and verb.pos_ == "VERB" and not is_rounded(token)
        if value is None or not alone or {token.lower_, str(int(value))} & set(told):
            continue
        counts = [count for s in body for count in _tolls(s, verb.lemma_.lower())]
        if len({number for number, _, _ in counts}) == 1 and not _is_near(value, counts[0][0]):
            _, sentence, tokens = counts[0]
            yield _written(token), sentence, tokens


def _tolls(
    sentence: ParsedSentence, verb: str
) -> Iterator[tuple[float, ParsedSentence, list[Token]]]:
    """How many people are told to have had that done to them."""
    for noun in sentence.doc:
        done_to = noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_.lower() == verb
        for child in noun.children if done_to else ():
            number = value_of(child)
            if child.dep_ == "nummod" and number is not None and _is_total(child, noun):
                yield number, sentence, [*_written(child), noun]


def is_text_at_fault(count: Sequence[Token], other: Sequence[Token], texts: Sequence[str]) -> bool:
    """Whether references have the headline's number of the same things, and not the text's.

    Args:
        count: the headline's number and the noun that it counts, last.
        other: the text's.
        texts: the wording of reference passages.
    """
    if count[-1].lemma_.lower() != other[-1].lemma_.lower():
        return False
    ours, theirs = _number_of(count), _number_of(other)
    borne = [_is_borne_out(number, count[-1], texts) for number in (ours, theirs)]
    return theirs is not None and borne == [True, False]


def _number_of(count: Sequence[Token]) -> float | None:
    return next((value for token in count if (value := value_of(token)) is not None), None)


def _is_borne_out(value: float | None, noun: Token, texts: Iterable[str]) -> bool:
    """Whether a text has a number, of such things or too large to be another's."""
    stem = noun.lemma_.lower()[:_STEM]
    return any(
        number.value == value
        and (
            number.value > _SMALL
            or stem in text[number.span.end : number.span.end + _BEHIND].lower()
        )
        for text in texts
        for number in numbers(text)
    )


def _other_values(body: Sequence[ParsedSentence], noun: Token) -> Iterator[float]:
    """The body's numbers that count the same noun, or no noun at all."""
    for sentence in body:
        for token in sentence.doc:
            value, counted = value_of(token), _counted(token)
            if value is not None and (counted is None or counted.lemma_ == noun.lemma_):
                yield value


def value_of(token: Token) -> float | None:
    """The number that one word is, in figures or spelt out; 'twenty-two' is its last word's."""
    if (number := _spelt(token)) is not None:
        return float(number)
    if token.lower_ in _SCALES:
        count = next((value_of(c) for c in token.children if c.i < token.i), None)
        return None if count is None else count * _SCALES[token.lower_]
    try:
        value = float(token.text.replace(",", "")) if token.like_num else math.inf
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _spelt(token: Token) -> int | None:
    doc, place = token.doc, token.i
    if len(ahead := doc[place : place + 3]) == 3 and number_word(ahead.text) is not None:
        return None
    return number_word("".join(t.text for t in _written(token)))


def _written(token: Token) -> list[Token]:
    """The words of a number, of which `token` is the last."""
    words = list(token.doc[max(token.i - 2, 0) : token.i + 1])
    return words if number_word("".join(t.text for t in words)) is not None else [token]


def _counted(token: Token) -> Token | None:
    """The noun that a number counts."""
    head: Token = token.head
    is_noun = head.pos_ == "NOUN" and head.i > token.i and token.dep_ == "nummod"
    return head if is_noun else None


def is_rounded(token: Token) -> bool:
    """Whether a word before a number makes it vague: 'over', 'nearly'."""
    return token.i > 0 and token.nbor(-1).lower_ in _ROUNDING


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= (_ROUGH * max(one, other) if max(one, other) > 20 else 0)


def _counts(
    sentence: ParsedSentence, lemma: str
) -> Iterator[tuple[float, ParsedSentence, list[Token]]]:
    """Numbers of such things, written ('two schools') or listed ('Lincoln and Harper schools')."""
    for noun in sentence.doc:
        if noun.lemma_.lower() != lemma:
            continue
        for child in noun.children:
            number = value_of(child)
            if child.dep_ == "nummod" and number is not None and _is_total(child, noun):
                yield number, sentence, [*_written(child), noun]
        names = _listed_names(noun)
        if len(names) > 1:
            yield float(len(names)), sentence, [*names, noun]


def _is_of_same(noun: Token, counted: Sequence[Token]) -> bool:
    """Whether a measure is of what the headline measures: a span of the same story, or a gap.

    'By four votes' is how far apart two are, and no number of votes that one of them has.
    """
    if _is_margin(noun) != _is_margin(counted[-1]):
        return False
    if noun.lemma_.lower() not in _MEASURES:
        return True
    shared = _stems(noun.doc) & _stems(counted[0].doc) - {noun.lower_[:_STEM]}
    return len(shared) >= _SHARED and _is_gap(noun) == _is_gap(counted[-1])


def _stems(doc: Iterable[Token]) -> set[str]:
    return {t.lower_[:_STEM] for t in doc if t.pos_ in {"NOUN", "PROPN"} and len(t.text) > 2}


def _is_gap(noun: Token) -> bool:
    """Whether a measure is of how far apart two are, and which way: 'two behind', 'off record'."""
    return any(t.lower_ in _GAPS for t in noun.doc[noun.i + 1 : noun.i + 2])


def _is_margin(noun: Token) -> bool:
    """'By four votes', but not 'by 24 votes to 20'."""
    if any(t.lower_ == "to" for t in noun.doc[noun.i + 1 : noun.i + 2]):
        return False
    return any(c.like_num and c.i > 0 and c.nbor(-1).lower_ == "by" for c in noun.children)


def _is_total(number: Token, noun: Token) -> bool:
    """Whether all of them are counted, and neither some ('two more') nor a gap ('two behind')."""
    doc = noun.doc
    around = {t.lower_ for t in doc[max(0, number.i - 2) : noun.i]}
    after = {t.lower_ for t in doc[noun.i + 1 : noun.i + 2]}
    return not (around & _SOME_OF_ALL or after & _APART)


def _listed_names(noun: Token) -> list[Token]:
    """'Lincoln and Harper elementary schools': Lincoln, Harper."""
    if "Plur" not in noun.morph.get("Number", []):
        return []
    first = noun.i
    while first > 0 and _in_list(noun.doc[first - 1]):
        first -= 1
    window = noun.doc[first : noun.i]
    joined = any(t.lower_ == "and" for t in window)
    return [t for t in window if t.text[0].isupper() and t.pos_ == "PROPN"] if joined else []


def _in_list(token: Token) -> bool:
    return token.pos_ in {"PROPN", "ADJ"} or token.lower_ in {"and", ","}
