"""Restating a claim so that it stands alone, without mending what it says.

Only referents are put in: the subject that a sentence leaves out, a name for a pronoun, the full
name for a short one. No other word changes, and what cannot be told is reported as ambiguous.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.claims.clauses import Clause, Piece
from factcheck.claims.names import is_reached, is_title, title_gender
from factcheck.claims.quotations import in_quotation
from factcheck.claims.referents import Referent, Referents, is_personal
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_OURS = frozenset({"we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine", "myself"})
_PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
_EARLIER = frozenset({"two", "three", "four", "pair", "trio", "former", "latter"})
"""Words that, with no noun of their own, stand for people or things named before."""
_AUXILIARIES = frozenset(
    {"be", "can", "could", "do", "have", "may", "might", "must", "will", "would"}
)
_ELLIPTIC = frozenset({"other", "first", "second", "third", "last"})
"""Words that, after 'the' and with no noun of their own, stand for one of things named before."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ENDS = frozenset(".!?\u2026")


@dataclass(frozen=True)
class Restatement:
    """A claim in words that stand alone, and what keeps it from doing so."""

    text: str | None
    """The sentence; None where no safe one is to be had."""
    ambiguous: tuple[str, ...]
    """One plain sentence for each word whose meaning is not clear."""


@dataclass(frozen=True)
class _Word:
    """A piece of the restatement and what is said of it."""

    text: str
    spaced: bool
    changed: bool = False
    doubt: str = ""


class Restater:
    """Restates the claims of one article."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[ParsedSentence],
        headlines: Sequence[bool],
        within: Collection[int],
    ) -> None:
        """Read who is who in the article.

        Args:
            text: the whole article.
            sentences: its parsed prose, in order.
            headlines: whether each of these is the headline.
            within: positions of those that begin within a quotation.
        """
        self._within = within
        self._text = text
        self._sentences = sentences
        self._headlines = headlines
        self._referents = Referents([sentence.doc for sentence in sentences], headlines)

    def restate(self, at: int, clause: Clause) -> Restatement:
        """The clause of the sentence at position `at`, restated."""
        inside = {token.i for token in clause.stated}
        written = self._written(at, clause, inside)
        unsaid = _unsaid(clause)
        doubts = tuple(dict.fromkeys([*(w.doubt for w in written if w.doubt), *unsaid]))
        helped = clause.completed or any(word.changed for word in written)
        if self._speaks_for_itself(at, clause) or (doubts and not helped):
            return Restatement(None, doubts)
        return Restatement(_sentence(written), doubts)

    def speaker(self, at: int, tokens: Sequence[Token]) -> str | None:
        """The name of a speaker in full where that is clear, else the article's own words."""
        if not tokens:
            return None
        clause = Clause(tokens[0].doc, tokens[0].i, tokens[-1].i + 1, tokens[-1], tuple(tokens))
        written = self._written(at, clause, set())
        name = _joined(written)
        article = tokens[0].tag_ == "DT" or tokens[0].pos_ == "DET"
        return name[:1].lower() + name[1:] if article else name

    def _written(self, at: int, clause: Clause, inside: set[int]) -> list[_Word]:
        words = [self._word(at, piece, clause, inside) for piece in clause.pieces]
        joints = _joints(clause.pieces)
        return [
            replace(word, spaced=True) if joint else word
            for word, joint in zip(words, joints, strict=True)
        ]

    def _word(self, at: int, piece: Piece, clause: Clause, inside: set[int]) -> _Word:
        if isinstance(piece, str):
            return _Word(piece, True)
        plain = _Word(self._raw(at, piece), bool(piece.whitespace_))
        quoted = in_quotation(piece, at in self._within)
        if quoted and clause.kind == "statement":
            return plain
        if is_personal(piece):
            return self._pronoun(at, piece, plain, inside)
        if piece.lower_ in _OURS and piece.tag_ in _PRONOUN_TAGS and not _is_numeral(piece):
            return _Word(plain.text, plain.spaced, doubt="" if quoted else _whose(piece, clause))
        if back := _pointing_back(piece, inside):
            doubt = f"'{back}' points back to what the article said before"
            return _Word(plain.text, plain.spaced, doubt=doubt)
        return self._name(at, piece, plain)

    def _speaks_for_itself(self, at: int, clause: Clause) -> bool:
        """Whether a quotation says 'I' or 'we', which only its speaker can say."""
        ours = [
            token
            for token in clause.stated
            if token.lower_ in _OURS and token.tag_ in _PRONOUN_TAGS
        ]
        within = at in self._within
        return clause.kind == "fact" and any(in_quotation(token, within) for token in ours)

    def _raw(self, at: int, token: Token) -> str:
        """The token's own characters in the article, typographic marks and all."""
        start = self._sentences[at].span.start + token.idx
        return self._text[start : start + len(token)]

    def _pronoun(self, at: int, token: Token, plain: _Word, inside: set[int]) -> _Word:
        owner = self._referents.owner(at, token)
        if owner is None:
            return plain
        if owner.mention is None:
            return _Word(plain.text, plain.spaced, doubt=_doubt(token, owner))
        mention = owner.mention
        if owner.here and inside & set(range(mention.start, mention.end)):
            return plain
        name = mention.name
        if not mention.proper and name.split()[0] in {"a", "an", "its", "his", "her", "their"}:
            return _Word(plain.text, plain.spaced, doubt=_doubt(token, owner))
        return _Word(_owned(name) if token.tag_ == "PRP$" else name, plain.spaced, changed=True)

    def _name(self, at: int, token: Token, plain: _Word) -> _Word:
        """A short name written in full where only one person bears it."""
        doc, people = token.doc, self._referents.people
        before = doc[token.i - 1] if token.i else None
        titled = before is not None and is_title(before)
        if is_reached(token):
            return plain
        if token.pos_ != "PROPN" or not people.is_person(token.text):
            return _Word("", False) if _is_courtesy(token, self._referents) else plain
        alone = _is_lone_name(token) if self._headlines[at] else _stands_alone(token, titled)
        if not alone:
            return plain
        gender = title_gender(before) if before is not None and titled else None
        owners = people.full_names(token.text, gender)
        if len(owners) > 1:
            return _Word(plain.text, plain.spaced, doubt=_either(token.text, owners))
        if not owners or _in_full(token, owners[0]):
            return plain
        return _Word(owners[0], plain.spaced, changed=True)


def _joints(pieces: Sequence[Piece]) -> list[bool]:
    """For each piece, whether the next one stood elsewhere, so that a space must be put in."""
    joints = [
        isinstance(left, str) or isinstance(right, str) or right.i != left.i + 1
        for left, right in pairwise(pieces)
    ]
    return [*joints, False]


def _is_courtesy(token: Token, referents: Referents) -> bool:
    """'Mr' before a short name that is written in full instead."""
    if token.i + 1 >= len(token.doc) or title_gender(token) is None:
        return False
    after, people = token.doc[token.i + 1], referents.people
    alone = _stands_alone(after, True) and people.is_person(after.text)
    return alone and len(people.full_names(after.text, title_gender(token))) == 1


def _stands_alone(token: Token, titled: bool) -> bool:
    """Whether a name is a single word, not a part of a longer one."""
    doc = token.doc
    before = token.i > 0 and doc[token.i - 1].pos_ == "PROPN" and not titled
    after = token.i + 1 < len(doc) and doc[token.i + 1].pos_ == "PROPN"
    return not before and not after


def _is_lone_name(token: Token) -> bool:
    """Whether a name in a headline, where any word may be capitalised, is not read in a longer one.

    'Berg Says Dam Is Safe' names Berg; 'Fire on Berg Street' does not.
    """
    read = [entity for entity in token.doc.ents if entity.start <= token.i < entity.end]
    parts = [word for entity in read for word in entity if word.pos_ == "PROPN"]
    return sum(not is_title(word) for word in parts) < 2


def _in_full(token: Token, full: str) -> bool:
    """Whether a name already stands there in full."""
    size = len(full.split())
    around = token.doc[max(0, token.i - size + 1) : token.i + size].text
    return full in around


def _doubt(token: Token, owner: Referent) -> str:
    if not owner.candidates:
        return f"'{token.text}' is not named in the sentences before"
    return _either(token.text, owner.candidates)


def _either(word: str, names: Sequence[str]) -> str:
    listed = list(names[:3])
    if len(listed) == 1:
        return f"'{word}' may be {listed[0]} or another"
    return f"'{word}' may be {', '.join(listed[:-1])} or {listed[-1]}"


def _pointing_back(token: Token, inside: set[int]) -> str:
    """The words that point back where it is 'this' as a subject, or the 'two' of 'the two had met'.

    Nothing for 'the two men', for 'the two who escaped' or 'the latter of the plans', which say of
    whom, and where the claim itself names several before.
    """
    if token.tag_ == "DT" and token.dep_ in _SUBJECTS:
        return token.text
    before = [word for word in token.doc[: token.i] if word.i in inside]
    if _lacks_noun(token) and not any(word.tag_ in {"NNS", "NNPS"} for word in before):
        return token.doc[token.left_edge.i : token.i + 1].text
    if token.lower_ not in _EARLIER or token.dep_ not in _SUBJECTS | {"pobj", "dobj", "poss"}:
        return ""
    articles = [child for child in token.lefts if child.lower_ in {"the", "these", "those"}]
    told = any(child.dep_ in {"relcl", "prep", "acl"} for child in token.rights)
    names = [word for word in before if word.pos_ == "PROPN" and word.dep_ != "compound"]
    several = len(names) > 1 or any(word.dep_ == "conj" for word in before)
    return f"{articles[0].text} {token.text}" if articles and not told and not several else ""


def _unsaid(clause: Clause) -> list[str]:
    """That a clause leaves out its verb, which the article said before: 'the port did not'."""
    worded = [t for t in clause.stated if t.dep_ == "neg" or any(map(str.isalnum, t.text))]
    last = next((token for token in reversed(worded) if token.dep_ != "neg"), None)
    if last is None or last != clause.head or last.lemma_ not in _AUXILIARIES:
        return []
    words = last.doc[last.i : worded[-1].i + 1] if worded[-1].i > last.i else last
    return [f"'{words.text}' leaves unsaid what the article said before"]


def _lacks_noun(token: Token) -> bool:
    """'One was released', 'The other did not', 'sold the last': of what, the article said before.

    Not so with words that say it: 'one of the men', 'the last to leave', 'one in four'.
    """
    told = any(child.dep_ in {"relcl", "prep", "acl", "nummod"} for child in token.rights)
    clause = token.dep_ in _SUBJECTS and token.head.pos_ in {"VERB", "AUX"}
    if told or token.ent_type_ in {"DATE", "TIME"}:
        return False
    if token.lower_ == "one" and token.tag_ == "CD":
        return clause and token.left_edge == token
    placed = token.tag_ == "JJ" or (token.lower_ == "other" and token.tag_ == "NN")
    alone = placed and (clause or token.dep_ == "dobj") and token.lower_ in _ELLIPTIC
    return alone and token.left_edge.lower_ == "the"


def _is_numeral(token: Token) -> bool:
    """Whether an 'I' is part of a name: 'Elizabeth I', 'World War I'; not 'on Monday I left'."""
    before = token.doc[max(token.i - 1, 0)]
    apart = before.dep_ == "pobj" or before.ent_type_ in {"DATE", "TIME"}
    return token.text == "I" and before.pos_ == "PROPN" and not apart


def _whose(token: Token, clause: Clause) -> str:
    if clause.speaker or clause.kind == "statement":
        return f"'{token.text}' stands outside quotation marks: the speaker's word or the writer's"
    return f"'{token.text}' may be the writer or a speaker who is not named"


def _owned(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _joined(written: Sequence[_Word]) -> str:
    parts = [word.text + (" " if word.spaced and word.text else "") for word in written]
    return " ".join("".join(parts).split())


def _sentence(written: Sequence[_Word]) -> str:
    text = _joined(written).strip(" ,;:")
    text = text[:1].upper() + text[1:]
    ended = text.rstrip("\"')\u2019\u201d")[-1:] in _ENDS
    return text if ended else f"{text}."
