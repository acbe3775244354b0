"""Who is who in one article: the names it uses, short or long, and what stands for them.

A party is the set of words of its name, so that a short name goes with the long one: 'Tessel' with
'Tessel Dairies', but 'Joost Tessel' with neither 'Tessel Dairies' nor 'Anna Tessel'.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from factcheck.checks.parties.doers import groups_of
from factcheck.checks.passages import Passage
from factcheck.text.firstnames import borne_by
from factcheck.text.gazetteer import gazetteer
from factcheck.text.names import is_name_word, name_of, run_of

if TYPE_CHECKING:
    from spacy.tokens import Token

Words: TypeAlias = frozenset[str]

_HE = frozenset({"he", "him", "his"})
_SHE = frozenset({"she", "her", "hers"})
_IT = frozenset({"it", "its", "they", "their", "them"})
_MR = frozenset({"mr", "sir", "lord", "father", "monsieur", "herr"})
_MS = frozenset({"ms", "mrs", "miss", "dame", "lady", "madame", "frau"})
_TITLES = frozenset(
    {"cllr", "cllrs", "messrs", "sheriff", "mp", "baroness", "baron", "dc", "pc", "insp"}
)
_JOINING = frozenset({"the", "of", "and", "for", "&", "'s", "\u2019s", "-"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PEOPLED = frozenset("village town city county state port island parish borough district".split())
"""Places that act: 'the village of Asher'."""


@dataclass(frozen=True, slots=True)
class Member:
    """A party as one place of the article names it."""

    words: Words
    """Words of its longest name, lower case."""
    called: str
    """Its name as the article has it at its longest."""
    sure: bool
    """Whether the place names it, so that no pronoun or role had to be resolved."""


def is_one(one: Words, other: Words) -> bool:
    """Whether two names may be one: the shorter has no word that the longer lacks."""
    return bool(one and other) and (one <= other or other <= one)


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place that has a name."""

    sentence: int
    place: int
    words: Words
    called: str
    gender: str


class Cast:
    """The parties of an article, found by name, role or pronoun."""

    def __init__(self, passage: Passage) -> None:
        """Learn the names of an article and what it says of them."""
        self._passage = passage
        self._mentions = [m for i in range(len(passage.sentences)) for m in self._names_in(i)]
        self._longest = self._join()
        self._roles = self._described()
        self._genders = self._sexes()
        self._alone = {gender: self._only_one(gender) for gender in ("he", "she")}
        self._of_words = self._by_word()

    def who(self, head: Token, index: int) -> Member | None:
        """The party that the phrase headed by `head` stands for; None where it cannot be told.

        Args:
            head: head of the phrase.
            index: which sentence it stands in.
        """
        if is_name_word(head) and not _is_adjective_of_people(head):
            return self._member(_words(run_of(head)), True)
        if head.lower_ in _HE | _SHE:
            return self._person(head, index)
        if head.lower_ in _IT:
            return self._thing(head, index)
        if head.pos_ == "NOUN":
            return self._noun(head)
        return None

    def roles(self) -> Iterator[tuple[str, Member, int]]:
        """What the article calls its parties ('publisher', 'new_owner'), and where."""
        for role, places in self._roles.items():
            for words, index in places.items():
                member = self._member(words, True)
                if member:
                    yield role, member, index

    def _names_in(self, index: int) -> Iterator[_Mention]:
        doc = self._passage.sentences[index].doc
        place = 0
        while place < len(doc):
            if not is_name_word(doc[place]) or _is_adjective_of_people(doc[place]):
                place += 1
                continue
            run = run_of(doc[place])
            words = _words(run)
            if words:
                yield _Mention(index, run[0].i, words, name_of(run), _gender(run))
            place = max(place, run[-1].i) + 1

    def _join(self) -> dict[Words, tuple[Words, str]]:
        """For each name the longest that it may be short for; itself where there are several."""
        known: dict[Words, str] = {}
        for mention in self._mentions:
            known.setdefault(mention.words, mention.called)
        by_word: dict[str, set[Words]] = defaultdict(set)
        for words in known:
            for word in words:
                by_word[word].add(words)
        longest = {}
        for given, called in known.items():
            words = given
            if len(words) == 1 and (one := next(iter(words))).removesuffix("s") in by_word:
                words = frozenset({one.removesuffix("s")})  # 'the Pettigrews'
            above = {w for w in by_word[next(iter(words))] if words < w}
            best = above.pop() if len(above) == 1 else words
            longest[words] = (best, known.get(best, called))
            longest[given] = longest[words]
        return longest

    def _member(self, words: Words, sure: bool) -> Member | None:
        if not words:
            return None
        best, called = self._longest.get(words, (words, " ".join(sorted(words)).title()))
        return Member(best, called, sure)

    def _described(self) -> dict[str, dict[Words, int]]:
        """Names by what is said to be theirs: 'the publisher, Marlowe Dunn', 'X, a printer'."""
        found: dict[str, dict[Words, int]] = defaultdict(dict)
        for index, sentence in enumerate(self._passage.sentences):
            for token in sentence.doc:
                for noun, name in _pairs(token):
                    words = _words(run_of(name))
                    for role in _roles_of(noun) if words else ():
                        found[role].setdefault(self._longest.get(words, (words, ""))[0], index)
        return found

    def _noun(self, head: Token) -> Member | None:
        """'the publisher', where the article calls one name so; 'the Haddad family'."""
        for child in head.children:
            if child.dep_ == "appos" and is_name_word(child):
                return self._member(_words(run_of(child)), True)
        name = _named_by(head)
        if name is not None:
            return self._member(_words(run_of(name)), True)
        if not any(child.lower_ == "the" for child in head.children):
            return None
        lemma = head.lemma_.casefold()
        narrow = [child for child in head.children if child.dep_ in {"amod", "compound"}]
        places = self._called(head, narrow)
        if len(places) == 1:
            return self._member(next(iter(places)), False)
        plain = not narrow or (len(narrow) == 1 and narrow[0].dep_ == "compound")
        return self._body(lemma) if plain and not places else None

    def _called(self, head: Token, narrow: list[Token]) -> dict[Words, int]:
        """The names that are given a role; with the word before it, where one stands there."""
        role = _joint(narrow[0], head) if len(narrow) == 1 else head.lemma_.casefold()
        return self._roles.get(role, {}) if len(narrow) < 2 else {}

    def _body(self, lemma: str) -> Member | None:
        """'the county' of 'Tallow County'; 'the council', where the text names none."""
        if lemma not in groups_of() and lemma not in _PEOPLED:
            return None
        named = self._of_words.get(lemma, set())
        if len(named) > 1:
            return None
        if named:
            return self._member(next(iter(named)), True)
        return Member(frozenset({f"the {lemma}"}), f"the {lemma}", True)

    def _sexes(self) -> dict[Words, str]:
        told: dict[Words, set[str]] = defaultdict(set)
        for mention in self._mentions:
            if mention.gender:
                told[self._longest[mention.words][0]].add(mention.gender)
        return {words: next(iter(sexes)) for words, sexes in told.items() if len(sexes) == 1}

    def _person(self, pronoun: Token, index: int) -> Member | None:
        """The only man or woman of the article that a pronoun can mean."""
        gender = "he" if pronoun.lower_ in _HE else "she"
        alone = self._alone[gender]
        if alone is None:
            return self._subject_before(pronoun, index, gender)
        words, first = alone
        return self._member(words, False) if first < (index, pronoun.i) else None

    def _only_one(self, gender: str) -> tuple[Words, tuple[int, int]] | None:
        """The only man or woman of the article, by the longest name, and where first named."""
        fits = [words for words, told in self._genders.items() if told == gender]
        longest = max(fits, key=len, default=frozenset())
        if not fits or not all(words <= longest for words in fits):
            return None
        places = [(m.sentence, m.place) for m in self._mentions if is_one(m.words, longest)]
        return longest, min(places)

    def _by_word(self) -> dict[str, set[Words]]:
        """The longest names of more than one word, by each of their words."""
        found: dict[str, set[Words]] = defaultdict(set)
        for words, _ in self._longest.values():
            for word in words if len(words) > 1 else ():
                found[word].add(words)
        return found

    def _subject_before(self, pronoun: Token, index: int, gender: str) -> Member | None:
        """The person who is the subject before 'he' or 'she', if that can be."""
        doc = pronoun.doc
        heads = [t for t in reversed(doc[: pronoun.i]) if t.dep_ in _SUBJECTS]
        heads = [t for t in heads if t.pos_ != "PRON"][:1]
        if not heads and index:
            before = self._passage.sentences[index - 1].doc
            heads = [t for t in before if t.dep_ in _SUBJECTS and t.head.dep_ == "ROOT"][:1]
        if not heads or not is_name_word(heads[0]):
            return None
        member = self._member(_words(run_of(heads[0])), False)
        is_person = heads[0].ent_type_ == "PERSON"
        if member is None or not is_person or self._genders.get(member.words, gender) != gender:
            return None
        return member

    def _thing(self, pronoun: Token, index: int) -> Member | None:
        """The subject before 'it' or 'its': in its sentence, or else of the sentence before."""
        doc = pronoun.doc
        own = [t for t in reversed(doc[: pronoun.i]) if t.dep_ in _SUBJECTS]
        for subject in own:
            if subject.lower_ in _IT:
                continue
            member = self._named(subject)
            return Member(member.words, member.called, True) if member else None
        if not index:
            return None
        before = self._passage.sentences[index - 1].doc
        main = [t for t in before if t.dep_ in _SUBJECTS and t.head.dep_ == "ROOT"]
        member = self._named(main[0]) if main else None
        return Member(member.words, member.called, False) if member else None

    def _named(self, head: Token) -> Member | None:
        """A body's name or role; no person is meant by 'it'."""
        if is_name_word(head) or head.pos_ == "NOUN":
            member = self.who(head, 0) if head.lower_ not in _IT else None
            return None if member is None or self._genders.get(member.words) else member
        return None


def _pairs(token: Token) -> Iterator[tuple[Token, Token]]:
    """A noun and the name that it describes."""
    if token.dep_ == "appos":
        if token.pos_ == "NOUN" and is_name_word(token.head):
            yield token, token.head
        elif is_name_word(token) and token.head.pos_ == "NOUN":
            yield token.head, token
    if token.pos_ == "NOUN" and token.i + 1 < len(token.doc):
        after = token.nbor(1)
        if is_name_word(after) and token.head.i in {t.i for t in run_of(after)}:
            yield token, after
        elif (name := _named_by(token)) is not None:
            yield token, name
    if token.dep_ == "attr" and token.pos_ == "NOUN" and token.head.lemma_ in {"be", "remain"}:
        for child in token.head.children:
            if child.dep_ == "nsubj" and is_name_word(child):
                yield token, child


def _named_by(noun: Token) -> Token | None:
    """The name that makes a party of a noun: 'the Haddad family', 'the village of Asher'."""
    lemma = noun.lemma_.casefold()
    if lemma not in groups_of() and lemma not in _PEOPLED:
        return None
    for child in noun.children:
        if child.dep_ == "compound" and child.i + 1 == noun.i and is_name_word(child):
            return child
        if child.lower_ == "of" and lemma in _PEOPLED:
            for inner in child.children:
                if inner.dep_ == "pobj" and is_name_word(inner):
                    return inner
    return None


def _roles_of(noun: Token) -> Iterator[str]:
    yield noun.lemma_.casefold()
    for child in noun.children:
        if child.dep_ in {"amod", "compound"} and child.i < noun.i and not is_name_word(child):
            yield _joint(child, noun)


def _joint(modifier: Token, noun: Token) -> str:
    return f"{modifier.lower_}_{noun.lemma_.casefold()}"


def _words(run: list[Token]) -> Words:
    words = {t.lower_.rstrip(".") for t in run if t.lower_ not in _JOINING}
    return frozenset(words - gazetteer().titles - _TITLES)


def _gender(run: list[Token]) -> str:
    first = run[0]
    before = first.nbor(-1).lower_.rstrip(".") if first.i else ""
    if before in _MR:
        return "he"
    if before in _MS:
        return "she"
    return borne_by(first.text) if first.ent_type_ == "PERSON" or len(run) > 1 else ""


@functools.lru_cache(maxsize=4096)
def _is_demonym(word: str) -> bool:
    return gazetteer().demonym(word) is not None and gazetteer().names.get(word.casefold()) is None


def _is_adjective_of_people(token: Token) -> bool:
    return _is_demonym(token.text)
