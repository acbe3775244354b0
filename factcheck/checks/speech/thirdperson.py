"""The words of a slip in the third person: 'supports our effort' as 'supports Russia's effort'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.checks.speech.speakers import Report, words

if TYPE_CHECKING:
    from spacy.tokens import Token

PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
SINGULAR = frozenset({"i", "me", "my", "myself"})
SECOND = frozenset({"you", "your", "yours", "yourself"})
FORMS = {
    "we": 0, "i": 0, "you": 0,
    "us": 1, "me": 1,
    "our": 2, "my": 2, "your": 2,
    "ours": 3, "yours": 3,
    "ourselves": 4, "myself": 4, "yourself": 4,
}  # fmt: skip
"""Case of each first and second person: its place among the third persons of `_THIRD`."""
_THIRD = {
    "he": ("he", "him", "his", "his", "himself"),
    "she": ("she", "her", "her", "hers", "herself"),
    "it": ("it", "it", "its", "its", "itself"),
    "they": ("they", "them", "their", "theirs", "themselves"),
}
_AGREES = {"have": "has", "are": "is", "am": "is", "were": "was", "do": "does", "'m": "is"}


def in_third_person(tokens: Sequence[Token], report: Report | None, text: str) -> str | None:
    """The phrase with a third person in the pronoun's place; None where it is not evident.

    Args:
        tokens: the phrase; the pronoun is its first word.
        report: the act of reporting that its words belong to.
        text: the article, whose kind of apostrophe is kept.
    """
    first, rest = tokens[0], tokens[1:]
    third = _third_person(first, report)
    if third is None:
        return None
    verb = rest[0] if first.dep_ in {"nsubj", "nsubjpass"} and rest else None
    if verb is not None and third != "they" and (verb.tag_ == "VBP" or verb.text == "were"):
        agreeing = _AGREES.get(verb.lower_)
        return _typeset(_joined([third, agreeing], rest[1:]), text) if agreeing else None
    return _typeset(_joined([third], rest), text)


def _joined(opening: list[str], rest: Sequence[Token]) -> str:
    return " ".join(opening) + (
        " " + "".join(t.text_with_ws for t in rest).rstrip() if rest else ""
    )


def _typeset(words_: str, text: str) -> str:
    return words_.replace("'", "\u2019") if "\u2019" in text else words_


def _third_person(token: Token, report: Report | None) -> str | None:
    form = FORMS[token.lower_]
    if token.lower_ in SECOND or report is None:
        return None
    if form == 2 and token.lower_ == "our":
        other = _other_side(token)
        if other:
            return other
    gender = _gender(token, report)
    if not gender or (gender in {"he", "she"} and token.lower_ in {"we", "us"}):
        return None
    return _THIRD[gender][form]


def _other_side(token: Token) -> str | None:
    """'understood Russia's concerns and supports our effort': Russia's."""
    verbs = [a for a in token.ancestors if a.pos_ == "VERB"]
    if not verbs or verbs[0].lemma_ not in words("siding_verbs"):
        return None
    for earlier in reversed(list(token.doc[: token.i])):
        if earlier.dep_ == "poss" and earlier.pos_ == "PROPN" and earlier.i + 1 < token.i:
            mark = earlier.nbor(1)
            return str(earlier.text + mark.text) if mark.tag_ == "POS" else None
    return None


def _gender(token: Token, report: Report) -> str:
    between = token.doc[report.verb.i + 1 : token.i]
    if token.lower_ in PLURAL:
        for before in reversed(list(between)):
            if before.dep_ in {"nsubj", "nsubjpass"} and before.lower_ in words("bodies"):
                return "it"
    if report.speaker and report.speaker.gender:
        return report.speaker.gender
    return next((t.lower_ for t in between if t.lower_ in {"he", "she"}), "")
