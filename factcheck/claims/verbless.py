"""What headings and lines without a verb say: 'Rovers 2, Town 1' tells a result, 'Weather' nothing.

Headlines leave out verbs, and the small parser takes some for nouns, so that a missing verb proves
nothing by itself. The words of which standing heads are made: `data/headings.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.claims.clauses import Clause
from factcheck.claims.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_LONGEST_LABEL = 3
"""Words before the colon of 'Live updates: …'."""


def why_heading_says_nothing(clause: Clause) -> str:
    """Why a headline asserts nothing that could be checked; empty where it may assert something."""
    label, rest = _parted(clause.tokens)
    if label in words("headings", "opinion_labels"):
        return f"It is marked as an opinion ('{label}'), which evidence cannot settle."
    if _announces(rest):
        return "It says what the article is about, and asserts nothing."
    if label in words("headings", "labels"):
        kind = f"It says what kind of piece this is ('{label}'), and asserts nothing."
        return "" if _predicates(rest) else kind
    content = [token for token in rest if _is_content(token)]
    if content and all(token.lower_ in words("headings", "standing") for token in content):
        return "It is a standing head, which asserts nothing."
    told = _predicates(rest) or _names(content)
    return "" if told else "It has no verb that says something is so."


def lacks_verb(tokens: Sequence[Token]) -> bool:
    """Whether words of the running text have no verb and tell no result either."""
    told = _tells_score(tokens) or _tells_figure(tokens)
    return not (told or _has_verb(tokens) or _reads_as_verb(tokens))


def _parted(tokens: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    """The few words before a colon, in lower case, and the words after it; else '' and all."""
    for at, token in enumerate(tokens[: _LONGEST_LABEL + 1]):
        if token.text == ":" and at + 1 < len(tokens):
            label = "".join(word.lower_ + word.whitespace_ for word in tokens[:at])
            return label.strip(), tokens[at + 1 :]
    return "", tokens


def _announces(tokens: Sequence[Token]) -> bool:
    """'Why the bridge must close', 'What we know'; not 'Where rain fell, rivers rose'."""
    opens = bool(tokens) and tokens[0].lower_ in words("headings", "announcing")
    return opens and all(token.text not in {",", ";", ":"} for token in tokens)


def _predicates(tokens: Sequence[Token]) -> bool:
    """Whether there is a verb, a predicate without one, or a figure."""
    if _has_verb(tokens) or _reads_as_verb(tokens) or any(map(_is_figure, tokens)):
        return True
    return any(_is_predicate(left, right) for left, right in pairwise(tokens))


def _names(content: Sequence[Token]) -> bool:
    """Whether a heading names something; in title case, any word of it may be a name."""
    titled = len(content) > 1 and all(token.text[:1].isupper() for token in content)
    return titled or any(
        token.ent_type_ in _NAMED or (token.text[:1].isupper() and at)
        for at, token in enumerate(content)
    )


def _is_predicate(noun: Token, token: Token) -> bool:
    """Whether a word after a noun says how or where it is: 'on strike', 'dead', 'up', 'to close'.

    A noun after a noun may be a verb that the parser did not know: 'Court upholds ban'. Not so
    after an article: 'the harbour fire'.
    """
    if noun.pos_ not in _NOUNS or token.pos_ in {"PUNCT", "CCONJ"} or token.tag_ == "POS":
        return False
    if token.pos_ in _NOUNS | {"ADJ"}:
        return token.is_lower and noun.nbor(-1 if noun.i else 0).pos_ != "DET"
    if token.tag_ in {"TO", "RP", "VBG"} or token.pos_ in {"ADV", "PART"}:
        return True
    return token.tag_ == "IN" and token.lower_ not in words("headings", "naming_prepositions")


def _is_content(token: Token) -> bool:
    worded = any(char.isalpha() for char in token.text)
    return worded and token.lower_ not in words("headings", "small")


def _has_verb(tokens: Sequence[Token]) -> bool:
    return any(token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG" for token in tokens)


def _is_figure(token: Token) -> bool:
    return token.tag_ == "CD" or token.pos_ == "NUM"


def _tells_score(tokens: Sequence[Token]) -> bool:
    """'Rovers 2, Town 1', 'Town 1-2 Rovers': two numerals, and names that they belong to."""
    numerals = sum(token.text.isdigit() for token in tokens)
    names = sum(token.text[:1].isupper() and token.pos_ in _NOUNS for token in tokens)
    dated = any(token.ent_type_ in {"DATE", "TIME"} for token in tokens if token.text.isdigit())
    return numerals == 2 and names > 1 and not dated


def _tells_figure(tokens: Sequence[Token]) -> bool:
    """'Holm Air: loss of £4m', as lists have it: a name, a colon, and a figure with a word."""
    colon = next((at for at, token in enumerate(tokens) if token.text == ":"), 0)
    named = any(token.pos_ == "PROPN" for token in tokens[:colon])
    rest = [token for token in tokens[colon + 1 :] if token.ent_type_ not in {"DATE", "TIME"}]
    return named and any(map(_is_figure, rest)) and any(token.pos_ == "NOUN" for token in rest)


def _reads_as_verb(tokens: Sequence[Token]) -> bool:
    """Whether a word read as a noun stands where only a verb can: 'Rovers edge Albion 1-0'.

    In 'Rovers captain Karl Berg' the word between the names says who somebody is.
    """
    for at, token in enumerate(tokens[1:-1], 1):
        before, after = tokens[at - 1], tokens[at + 1]
        between = _is_capitalised(before) and token.is_lower and token.pos_ in _NOUNS | {"ADJ"}
        person = after.ent_type_ == "PERSON" or token.lemma_ in words("persons", "person_nouns")
        if between and (_is_capitalised(after) or after.tag_ == "CD") and not person:
            return True
    return False


def _is_capitalised(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in _NOUNS | {"ADJ"}
