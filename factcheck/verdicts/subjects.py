"""Whether a passage says of one thing what a claim says of another with a shorter or longer name.

'The Halden bridge opened in 1931' and 'the Halden bridge café opened in 1999' share all their
words but one, and a model takes the one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.text.folding import squeeze

_WORD = re.compile(r"[^\W_][\w'-]*")
_MOST_WORDS = 8
"""Words of a claim's subject that are looked at."""
_NO_NOUNS = frozenset(
    """
    is are was were has have had will would can could may might must shall should do does did be
    been being not never also only now then still first last later soon once again already just
    even almost nearly itself himself herself themselves since and or but who which that when where
    """.split()
)
"""Words that stand between subject and verb and make no other thing of the subject."""
_PAST_SUBJECT = frozenset("to the a an that and or by for with in on at from as".split())
"""Words that are behind the subject where they follow its first word."""


def tells_of_another(passage: str, claim: str) -> bool:
    """Whether all that a passage has of the claim's subject is part of another thing's name."""
    read, told = _words(passage), _words(claim)
    return any(
        is_other(subject, verb, read)
        for subject, verb in _subjects(told)
        for is_other in (_only_longer, _only_shorter)
    )


def _subjects(told: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """The openings of a claim that may be its subject, without an article, each with what follows.

    At least two words: one is seldom a name.
    """
    start = 1 if told[:1] and told[0] in {"the", "a", "an"} else 0
    for end in range(start + 2, min(len(told), start + _MOST_WORDS)):
        if told[end - 1] in _PAST_SUBJECT:
            return
        yield list(told[start:end]), told[end]


def _only_longer(subject: Sequence[str], verb: str, read: Sequence[str]) -> bool:
    """Whether the subject always has one more noun behind it in the passage, then the verb."""
    after = [read[end : end + 2] for end in _ends(subject, read)]
    nouns = {few[0] for few in after if few}
    if len(nouns) != 1 or not all(_may_be_noun(noun) for noun in nouns):
        return False
    return any(few[1:] == [verb] for few in after)


def _only_shorter(subject: Sequence[str], verb: str, read: Sequence[str]) -> bool:
    """Whether the passage always has the verb where the claim's subject has its last noun."""
    if len(subject) < 3 or not _may_be_noun(subject[-1]):
        return False
    after = [read[end : end + 1] for end in _ends(subject[:-1], read)]
    return bool(after) and all(few == [verb] for few in after)


def _ends(words: Sequence[str], read: Sequence[str]) -> Iterator[int]:
    size = len(words)
    for start in range(len(read) - size + 1):
        if list(read[start : start + size]) == list(words):
            yield start + size


def _may_be_noun(word: str) -> bool:
    return word.isalpha() and word not in _NO_NOUNS and not word.endswith("ly")


def _words(text: str) -> list[str]:
    return _WORD.findall(squeeze(text))
