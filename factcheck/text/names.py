"""Stretches of capitalised words that are names, and how names and adjectives hang together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SHORTEST_STEM = 4
_NO_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december the a an i it he she they we you his her its
    their our this that these those but and or if in on at no not one mr mrs ms am pm
    """.split()
)


def is_name_word(token: Token) -> bool:
    """Whether a token is a word of a name: capitalised, and no day, month, title or demonym."""
    text = token.text
    if not text[:1].isupper() or token.lower_ in _NO_NAMES or not any(map(str.isalpha, text)):
        return False
    if gazetteer().demonym(text) and token.pos_ == "ADJ":
        return False
    return token.pos_ == "PROPN" or (token.i > 0 and _inside_sentence(token))


def _inside_sentence(token: Token) -> bool:
    """Whether a capital is not owed to the place: no sentence or quotation begins here."""
    before = token.nbor(-1)
    if before.text in {'"', "'", "(", ":", ";", "-", "."} or before.is_space:
        return False
    return token.pos_ in {"NOUN", "ADJ", "VERB", "X", "INTJ"} and not _is_adjective(token)


def _is_adjective(token: Token) -> bool:
    return token.pos_ == "ADJ" and token.dep_ == "amod"


def run_of(token: Token) -> list[Token]:
    """The whole name that `token` is a word of, in order, leading titles and demonyms left out."""
    doc = token.doc
    first = last = token.i
    while first > 0 and _belongs(doc, first - 1, first):
        first -= 1
    while last + 1 < len(doc) and _belongs(doc, last + 1, last):
        last += 1
    run = list(doc[first : last + 1])
    words = gazetteer()
    while len(run) > 1 and (_plain(run[0]) in words.titles or words.demonym(run[0].text)):
        if run[0].i == token.i and token.i == last:
            break
        run.pop(0)
    while len(run) > 1 and not is_name_word(run[-1]):
        run.pop()
    while len(run) > 1 and not is_name_word(run[0]):
        run.pop(0)
    return run


def _belongs(doc: Doc, index: int, neighbour: int) -> bool:
    """Whether the token at `index` goes on the name whose end is at `neighbour`."""
    token = doc[index]
    if is_name_word(token):
        return _same_phrase(token, doc[neighbour])
    if index == 0 or index + 1 >= len(doc) or token.lower_ not in {"of", "and", "the", "for"}:
        return False
    if token.lower_ in {"of", "for"}:
        joined = gazetteer().words["joined_by_of"]
        before, after = doc[index - 1], doc[index + 1]
        return (
            before.lower_ in joined
            and before.text[:1].isupper()
            and (is_name_word(after) or after.lower_ == "the")
        )
    if token.lower_ == "the":
        return doc[index - 1].lower_ == "of" and _belongs(doc, index - 1, index)
    return False


def _same_phrase(token: Token, other: Token) -> bool:
    """Two names side by side are one name unless the parse parts them clearly."""
    left, right = (token, other) if token.i < other.i else (other, token)
    parted = left.dep_ in {"dative", "dobj", "npadvmod"}
    return not (parted and right.dep_ in {"dobj", "ROOT", "npadvmod"})


def name_of(run: list[Token]) -> str:
    """The words of a name as written."""
    return run[0].doc[run[0].i : run[-1].i + 1].text


def _plain(token: Token) -> str:
    return str(token.text).casefold().strip(".")


def shown_in_capitals(doc: Doc) -> bool:
    """Whether a sentence is a headline set with capitals, which tell nothing about names."""
    if len(doc) and doc[-1].text in {".", "?", "!"}:
        return False
    words = [token for token in doc if token.is_alpha and len(token) > 3]
    return len(words) > 3 and sum(t.text[:1].isupper() for t in words) > 0.7 * len(words)


def possible_names(adjective: str) -> Iterator[str]:
    """The names of states that would make `adjective` ('korvania' for 'korvanian')."""
    for ending, others in gazetteer().suffixes.items():
        stem = adjective.removesuffix(ending)
        if stem != adjective and len(stem) >= _SHORTEST_STEM:
            yield from (stem + other for other in others)
