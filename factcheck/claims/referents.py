"""Whom a pronoun means, and when that cannot be told.

The logic is deliberately modest: a pronoun is resolved when only one candidate fits by number and
gender, or when one is the only subject and the rest stand in the background (subject preference,
Crawley and Stevenson 1990). Anything less clear is reported as ambiguous with the candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.claims.headlines import owners_in_headline
from factcheck.claims.mentions import Mention, Number, find_mentions
from factcheck.claims.names import Gender, People, find_people
from factcheck.claims.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PRONOUNS: dict[str, tuple[Number, Gender | None]] = {
    **dict.fromkeys(("he", "him", "his"), ("person", "male")),
    **dict.fromkeys(("she", "her", "hers"), ("person", "female")),
    **dict.fromkeys(("it", "its"), ("thing", None)),
    **dict.fromkeys(("they", "them", "their", "theirs"), ("group", None)),
}
_WINDOW = 2
_MEMORY = 6
_ECHOED = 3
"""Candidates of an unclear pronoun that count as mentioned by it; more would pile up for ever."""


@dataclass(frozen=True)
class Referent:
    """What is known of a pronoun's owner."""

    mention: Mention | None
    """The one it means; None where that is not clear."""
    here: bool
    """Whether that one is named earlier in the same sentence."""
    candidates: tuple[str, ...]
    """All it could mean, nearest first; empty where nothing fits."""


class Referents:
    """The owners of all third-person pronouns of an article."""

    def __init__(self, docs: Sequence[Doc], headlines: Sequence[bool]) -> None:
        """Read the parsed sentences in order; headlines name nobody outside themselves."""
        body = [doc for doc, headline in zip(docs, headlines, strict=True) if not headline]
        self.people: People = find_people(body)
        self._mentions: list[list[Mention]] = []
        self._owners: dict[tuple[int, int], Referent] = {}
        for index, (doc, headline) in enumerate(zip(docs, headlines, strict=True)):
            self._mentions.append([] if headline else find_mentions(doc, self.people))
            self._read(index, doc, headline)

    def owner(self, sentence: int, token: Token) -> Referent | None:
        """The referent of a pronoun; None for any other word, and for an 'it' that means nothing.

        Args:
            sentence: position of the sentence among those given.
            token: a token of its parse.
        """
        return self._owners.get((sentence, token.i))

    def _read(self, index: int, doc: Doc, headline: bool) -> None:
        for token in doc:
            if is_personal(token) and not _is_empty_it(token):
                within = self._in_headline(token) if headline else None
                found = within or self._find(index, token)
                self._owners[index, token.i] = found
                if within is None:
                    self._mentions[index].extend(_echoes(found, token))

    def _in_headline(self, token: Token) -> Referent | None:
        found = owners_in_headline(token, *_PRONOUNS[token.lower_], self.people)
        names = tuple(dict.fromkeys(mention.name for mention in found))
        return Referent(found[0] if len(names) == 1 else None, True, names) if names else None

    def _find(self, index: int, token: Token) -> Referent:
        here = [
            mention
            for mention in self._mentions[index]
            if mention.end <= token.i and _fits(mention, token) and not _is_partner(mention, token)
        ]
        before = self._before(index, token, _WINDOW)
        if not here:
            return self._chosen(index, token, before, here=False)
        named = [mention for mention in before if mention.proper]
        if all(_is_weak(mention) for mention in here):
            here = [*here, *named]
        elif all(_is_weak(mention) or _only_speaks(mention) for mention in here):
            here = [*here, *(replace(mention, role="subject") for mention in named)]
        elif _is_described(token) and all(m.speaks and not m.proper for m in here):
            here = [*here, *(mention for mention in before if mention.role == "subject")]
        return self._chosen(index, token, _nearest_first(here), here=True)

    def _before(self, index: int, token: Token, count: int) -> list[Mention]:
        found: list[Mention] = []
        partners = {m.name for m in self._mentions[index] if _is_partner(m, token)}
        for earlier in range(index - 1, max(-1, index - 1 - count), -1):
            fitting = [
                mention
                for mention in self._mentions[earlier]
                if _fits(mention, token, near=earlier == index - 1 and mention.role == "subject")
                and (mention.proper or mention.role != "other")
            ]
            found.extend(m for m in _nearest_first(fitting) if m.name not in partners)
        return found

    def _chosen(self, index: int, token: Token, found: list[Mention], here: bool) -> Referent:
        winner = _winner(token, found)
        if winner is not None and (winner.proper or here):
            return Referent(winner, here, (winner.name,))
        same = self._seen_before(index, token)
        return same or Referent(None, here, tuple(self._listed(index, token, found)))

    def _seen_before(self, index: int, token: Token) -> Referent | None:
        """What an unclear pronoun of the same kind in this sentence could mean: this one too."""
        kind = _PRONOUNS[token.lower_]
        for earlier in token.doc[: token.i]:
            owner = self._owners.get((index, earlier.i))
            if owner and owner.mention is None and _PRONOUNS[earlier.lower_] == kind:
                return owner
        return None

    def _listed(self, index: int, token: Token, found: Iterable[Mention]) -> list[str]:
        """Names of the candidates; a description gives way to the one name it could stand for."""
        found = list(found)
        named = list(dict.fromkeys(mention.name for mention in found if mention.proper))
        others = [m.name for m in self._before(index, token, _MEMORY) if m.proper]
        spare = [name for name in dict.fromkeys(others) if name not in named]
        listed: list[str] = []
        for mention in found:
            described = not mention.proper and mention.number == "person"
            alone = described and mention.name.startswith("the ") and len(spare) == 1
            listed.append(spare[0] if alone else mention.name)
        return list(dict.fromkeys(listed))


def is_personal(token: Token) -> bool:
    """Whether a token is a third-person pronoun."""
    return token.lower_ in _PRONOUNS and token.pos_ in {"PRON", "DET"}


def _fits(mention: Mention, token: Token, near: bool = True) -> bool:
    """Whether a pronoun can mean a mention; one that only reads as a person's, if it is near."""
    number, gender = _PRONOUNS[token.lower_]
    unsure = mention.number == "person" and mention.gender is None
    perhaps = near and number == "person" and mention.number == "thing" and mention.perhaps_person
    either = (number == "thing" and unsure and mention.proper) or perhaps
    if mention.number != number and not either:
        return False
    return gender is None or mention.gender in {None, gender}


def _is_partner(mention: Mention, token: Token) -> bool:
    """Whether a mention and a pronoun are parts of one verb, so that they cannot be the same."""
    possessive = token.tag_ == "PRP$"
    above = token.head.head if token.head.pos_ == "ADP" else token.head
    return not possessive and mention.head == above.i


def _is_weak(mention: Mention) -> bool:
    """Whether a mention is of several things that neither have a name nor speak."""
    return mention.number == "group" and not mention.proper and not mention.speaks


def _only_speaks(mention: Mention) -> bool:
    """Whether a mention may just tell of another: 'the judge said he …', 'the report said it …'."""
    document = mention.name.split()[-1].casefold() in words("persons", "documents")
    return mention.speaks and not mention.proper and (mention.number == "person" or document)


def _is_described(token: Token) -> bool:
    """Whether an 'it' does nothing itself: 'the maker says it is safe' may tell of the drug."""
    if token.lower_ != "it":
        return False
    passive = any(child.dep_ == "auxpass" for child in token.head.children)
    return token.dep_ != "nsubj" or passive or token.head.lemma_ == "be"


def _nearest_first(mentions: Iterable[Mention]) -> list[Mention]:
    """Subjects before the rest, and later ones before earlier ones."""
    return sorted(mentions, key=lambda m: (m.role != "subject", -m.start))


def _winner(token: Token, found: Sequence[Mention]) -> Mention | None:
    """The only candidate, or the only subject among candidates in the background."""
    names = {mention.name for mention in found}
    if len(names) == 1:
        known = found[0].sure and found[0].number == _PRONOUNS[token.lower_][0]
        known = known and not (found[0].number == "thing" and found[0].perhaps_person)
        return found[0] if known else None
    owner = _owner_of_object(token, found)
    if owner is not None:
        return owner
    leading = {mention.name for mention in found if mention.role != "other"}
    subjects = [m for m in found if m.role == "subject" and m.number != "thing"]
    personal = _PRONOUNS[token.lower_][0] == "person"
    clear = personal and len(leading) == 1 and subjects and token.dep_ in {"nsubj", "nsubjpass"}
    return subjects[0] if clear else None


def _owner_of_object(token: Token, found: Iterable[Mention]) -> Mention | None:
    """'Peru' for the 'its' of 'Peru … raised its tax': the subject of the verb it is object of."""
    if token.tag_ != "PRP$" or token.head.dep_ != "dobj":
        return None
    verb = token.head.head.i
    return next((m for m in found if m.role == "subject" and m.head == verb), None)


def _echoes(found: Referent, token: Token) -> Iterator[Mention]:
    """What a pronoun mentions in its turn, for the pronouns after it: the likeliest few."""
    number, gender = _PRONOUNS[token.lower_]
    role = "subject" if token.dep_ in {"nsubj", "nsubjpass"} else "other"
    for name in found.candidates[:_ECHOED]:
        proper = name.removeprefix("the ")[:1].isupper()
        yield Mention(
            name, number, gender, proper, "subject" if role == "subject" else "other",
            token.i, token.i + 1, token.head.i, sure=found.mention is not None,
        )  # fmt: skip


def _is_empty_it(token: Token) -> bool:
    """'It' that stands for nothing: 'it is likely that …', 'it rained'."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if token.dep_ == "expl" or verb.lemma_ in {"rain", "snow", "seem", "appear", "happen"}:
        return True
    complement = any(child.dep_ in {"ccomp", "csubj", "xcomp"} for child in verb.children)
    judged = [child for child in verb.children if child.dep_ in {"acomp", "attr"}]
    if verb.lemma_ == "be" and any(map(_is_cleft, judged)):
        return True
    inner = any(c.dep_ in {"ccomp", "xcomp", "csubj"} for child in judged for c in child.children)
    return verb.lemma_ == "be" and bool(judged) and (complement or inner)


def _is_cleft(noun: Token) -> bool:
    """'It was Berg, not Holm, who signed': the 'it' only puts Berg first."""
    asides = [child for child in noun.children if child.dep_ in {"appos", "conj"}]
    clauses = [c for part in (noun, *asides) for c in part.children if c.dep_ == "relcl"]
    return any(token.lower_ == "who" for clause in clauses for token in clause.lefts)
