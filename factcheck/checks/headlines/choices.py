"""A headline that gives the prize, the contract or the site to the one who did not get it.

The text tells who lost: 'beat Helsinki by nine votes', 'Hanger Field was ruled out', a score line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.headlines.outcomes import words
from factcheck.checks.headlines.parts import Read

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEAR = 6
"""Words between a name and what tells that it won or lost."""
_SCORE = re.compile(
    r"^(?P<one>[A-Z][\w.'’&-]*(?: [A-Z][\w.'’&-]*){0,3}) (?P<first>\d{1,3})(?:,? |[-–])"
    r"(?P<other>[A-Z][\w.'’&-]*(?: [A-Z][\w.'’&-]*){0,3}) (?P<second>\d{1,3})$"
)


def find_other_choice(
    headline: Read, body: Sequence[Read]
) -> Iterator[tuple[list[Token], Read, list[Token]]]:
    """The name in a headline of the one that got it, with the words by which the text has it lose.

    Quiet unless the headline has something won by one name, the text has that name lose, and no
    sentence has it win.
    """
    doc = headline.parsed.doc
    gains = [t for t in doc if _is(t, "gains") and t.pos_ != "NOUN"]
    if not gains or any(_is(t, "loses") for t in doc):
        return
    for name in _winner(doc, gains):
        keys = {t.lower_ for t in name if len(t.text) > 2}
        lost = [(read, tokens) for read in body for tokens in _losses(read, keys)]
        if lost and not any(_wins(read, keys) for read in body):
            yield name, *lost[0]
            return


def _is(token: Token, name: str) -> bool:
    after = token.doc[token.i + 1 : token.i + 2].text.lower()
    forms = {token.lower_, token.lemma_.lower(), f"{token.lower_}|{after}"}
    return not forms.isdisjoint(words(name))


def _winner(doc: Doc, gains: Sequence[Token]) -> Iterator[list[Token]]:
    """The names in a headline that are said to gain: before the word for it, or right after."""
    first = gains[0].i
    for name in _names(doc):
        before = name[-1].i < first and first - name[-1].i <= _NEAR
        after = 0 < name[0].i - first <= 3
        if before or after:
            yield name
            if before:
                return


def _names(doc: Doc) -> list[list[Token]]:
    """The runs of capital words of a sentence that the parser takes for names."""
    runs: list[list[Token]] = []
    for token in doc:
        if token.pos_ == "PROPN" and token.text[:1].isupper():
            if runs and runs[-1][-1].i == token.i - 1:
                runs[-1].append(token)
            else:
                runs.append([token])
    return runs


def _losses(read: Read, keys: set[str]) -> Iterator[list[Token]]:
    """The words of a sentence that have such a name lose."""
    doc = read.parsed.doc
    score = _SCORE.match(doc.text.strip())
    if score:
        one, other = ({w.casefold() for w in score[side].split()} for side in ("one", "other"))
        for mine, theirs, lower in (
            (one, other, int(score["first"]) < int(score["second"])),
            (other, one, int(score["second"]) < int(score["first"])),
        ):
            if lower and keys <= mine and not keys <= theirs:
                yield list(doc)
        return
    for name in _names(doc):
        if not keys <= {t.lower_ for t in name}:
            continue
        before = list(doc[max(0, name[0].i - _NEAR) : name[0].i])
        between = max((t.i for t in before if t.pos_ == "PROPN" or t.text == ","), default=-1)
        before = [t for t in before if t.i > between]
        after = doc[name[-1].i + 1 : name[-1].i + 1 + _NEAR * 2]
        beaten = [t for t in before if _is(t, "beats")]
        lost = [t for t in after if _is(t, "loses")]
        if not _is_open(doc) and (beaten or lost):
            token = (beaten or lost)[0]
            first, last = sorted((token.i, name[-1].i if beaten else name[0].i))
            yield list(doc[first : last + 1])


def _wins(read: Read, keys: set[str]) -> bool:
    """Whether a sentence has such a name win, or lets it."""
    doc = read.parsed.doc
    for name in _names(doc):
        if keys & {t.lower_ for t in name}:
            after = doc[name[-1].i + 1 : name[-1].i + 1 + _NEAR]
            if any(_is(t, "gains") or _is(t, "beats") for t in after):
                return True
    return False


def _is_open(doc: Doc) -> bool:
    return any(t.lower_ in {"would", "could", "might", "if", "had"} for t in doc)
