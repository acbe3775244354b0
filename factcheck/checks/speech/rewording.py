"""Whether two wordings of a few words are one wording: contracted, in figures, by a pronoun.

A transcript and an article seldom write a sentence alike even where nobody changed it: 'I'd' is
'I had', '200 grand' is '$200,000', and a writer who cuts into a speech puts a pronoun for what the
sentence before has named.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from factcheck.checks.speech.quotations import words as word_list
from factcheck.text.numbers import numbers

_CONTRACTED = {
    "n't": ("not",), "'re": ("are",), "'ve": ("have",), "'ll": ("will", "shall"), "'m": ("am",),
    "'d": ("had", "would", "did"), "'s": ("s", "is", "has", "us"),
}  # fmt: skip
_IRREGULAR = {"can't": "cannot", "won't": "willnot", "shan't": "shallnot", "ain't": "isnot"}
_MOST_READINGS = 64
"""Readings of contractions that are compared; a run of words has seldom more than four."""
_LONGEST_NAMED = 4
"""Words of a phrase that a pronoun may stand for."""
_THOUSAND = re.compile(r"\bgrand\b", re.IGNORECASE)


def same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two runs of words, in lower case, differ in fillers and contractions only."""
    return not set(_readings(one)).isdisjoint(_readings(other))


def same_numbers(one: str, other: str) -> bool:
    """Whether two stretches of text give the same numbers: '200 grand', '$200,000'."""
    values = _values(one)
    return bool(values) and values == _values(other)


def stands_for(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether runs of words differ in little words, or one has a pronoun for the other's noun.

    'Not' and its kind are no little words, and no pronoun stands for what has one.
    """
    left, right = _weighty(one), _weighty(other)
    if not left and not right:
        return True
    if (left and right) or not one or not other:
        return False
    named = left or right
    pronoun = bool({*(other if left else one)} & word_list("pronouns"))
    return pronoun and len(named) <= _LONGEST_NAMED and not has_negator(named)


def has_negator(listed: Sequence[str]) -> bool:
    """Whether one of the words denies."""
    return any(word in word_list("negators") or word.endswith("n't") for word in listed)


def _weighty(listed: Sequence[str]) -> list[str]:
    light = word_list("fillers") | word_list("pronouns") | word_list("little")
    return [w for w in listed if w not in light and w.partition("'")[0] not in light]


def _readings(listed: Sequence[str]) -> Iterator[str]:
    """The words run together, in each way in which their contractions can be read."""
    fillers = word_list("fillers")
    ways = [_ways(w) for w in listed if w not in fillers]
    for way in itertools.islice(itertools.product(*ways), _MOST_READINGS):
        yield "".join(way).replace("-", "")


def _ways(word: str) -> list[str]:
    if word in _IRREGULAR:
        return [_IRREGULAR[word]]
    for short, full in _CONTRACTED.items():
        if word.endswith(short):
            return [word.removesuffix(short) + way for way in full]
    return [word]


def _values(text: str) -> list[float]:
    return [number.value for number in numbers(_THOUSAND.sub("thousand", text))]
