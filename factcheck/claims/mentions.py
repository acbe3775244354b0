"""Who or what a sentence mentions, as candidates for the pronouns that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from factcheck.claims.names import Gender, People, is_reached, is_title, title_gender
from factcheck.claims.wordlists import reporting_verbs, words
from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Number: TypeAlias = Literal["person", "thing", "group"]
Role: TypeAlias = Literal["subject", "object", "other"]

_NOT_THINGS = frozenset(
    {"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "NORP", "LANGUAGE"}
)
_NON_REFERRING = frozenset({"any", "no", "every", "each", "what", "which"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative"})
_COORDINATED = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "ROOT", "conj"})


@dataclass(frozen=True)
class Mention:
    """One phrase that a later pronoun could point to."""

    name: str
    """How to write it in full: 'Xi Jinping', 'the Kremlin', 'the navy'."""
    number: Number
    """A person, a thing (countries and companies too), or several of either."""
    gender: Gender | None
    """Of a person, where it is known."""
    proper: bool
    """Whether it is a name, and so means the same anywhere in the article."""
    role: Role
    """Its part in its clause."""
    start: int
    """First token."""
    end: int
    """One past the last token."""
    head: int
    """Token of the verb or word that governs it."""
    speaks: bool = False
    """Whether it is the subject of a reporting verb."""
    sure: bool = True
    """False where a pronoun is taken to mean it but may not."""
    perhaps_person: bool = False
    """Whether a name that nothing else tells of a person reads as one."""


def find_mentions(doc: Doc, people: People) -> list[Mention]:
    """Everything a sentence mentions that a pronoun could point to, in order."""
    taken: set[int] = set()
    found: list[Mention] = []
    for phrase in [*_names(doc), *_nouns(doc)]:
        root = _root(phrase)
        if root.i not in taken:
            taken.update(token.i for token in phrase)
            found.append(_mention(phrase, root, people))
    found = [mention for mention in found if not _only_names(mention, found, doc)]
    found = list(_foregrounded(list(_merged(found, doc))))
    found.extend(_groups(found, doc))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _only_names(mention: Mention, found: list[Mention], doc: Doc) -> bool:
    """Whether a name only says which thing is meant: 'Halden' in 'the Halden bridge'."""
    if not mention.proper or doc[mention.end - 1].dep_ != "compound":
        return False
    around = (m for m in found if m.start <= mention.start and mention.end < m.end)
    return any(other.number == "thing" and not other.proper for other in around)


def _names(doc: Doc) -> Iterator[list[Token]]:
    for entity in doc.ents:
        if entity.label_ in _NOT_THINGS and not _is_party(entity.root):
            continue
        tokens = [token for token in entity if token.tag_ != "POS"]
        if tokens and any(token.pos_ == "PROPN" for token in tokens):
            yield tokens
    for token in doc:
        if token.pos_ == "PROPN" and not token.ent_type_ and token.dep_ != "compound":
            yield list(doc[_first_name(token) : token.i + 1])


def _is_party(noun: Token) -> bool:
    """'The Greens' as those who do something; 'Green' is an adjective as often as not."""
    several = noun.ent_type_ == "NORP" and noun.text.endswith("s")
    return several and noun.pos_ == "PROPN" and noun.dep_ in _SUBJECTS


def _first_name(token: Token) -> int:
    start: int = token.i
    while start > 0 and token.doc[start - 1].pos_ == "PROPN" and not token.doc[start - 1].ent_type_:
        start -= 1
    return start


def _nouns(doc: Doc) -> Iterator[list[Token]]:
    """Common noun phrases in the parts of a sentence that pronouns point to."""
    for token in doc:
        core = token.dep_ in _SUBJECTS | _OBJECTS | {"pobj"}
        if token.pos_ == "NOUN" and core and token.ent_type_ not in _NOT_THINGS:
            phrase = list(doc[token.left_edge.i : token.i + 1])
            pointless = phrase[0].lower_ in _NON_REFERRING
            if not pointless and not any(p.tag_ == "PRP$" or p.text == "," for p in phrase):
                yield phrase


def _root(phrase: list[Token]) -> Token:
    return next((token for token in phrase if token.head not in phrase), phrase[-1])


def _mention(phrase: list[Token], root: Token, people: People) -> Mention:
    proper = root.pos_ == "PROPN"
    name, gender = _named(phrase, people) if proper else (_described(phrase), _noun_gender(root))
    return Mention(
        name=name,
        number=_number(phrase, root, name, people),
        gender=gender,
        proper=proper,
        role=_role(root),
        start=phrase[0].i,
        end=phrase[-1].i + 1,
        head=_governor(root),
        speaks=root.dep_ in _SUBJECTS and root.head.lemma_ in reporting_verbs(),
        perhaps_person=root.ent_type_ == "PERSON"
        and people.is_person(name)
        and not is_reached(root),
    )


def _named(phrase: list[Token], people: People) -> tuple[str, Gender | None]:
    """A name in full, with its gender where that is known."""
    bare = phrase
    gender = title_gender(phrase[0].nbor(-1)) if phrase[0].i > 0 else None
    while len(bare) > 1 and is_title(bare[0]):
        gender = gender or title_gender(bare[0])
        bare = bare[1:]
    text = " ".join(token.text for token in bare)
    if text in people.genders:
        return text, people.genders[text] or gender
    owners = people.full_names(text, gender) if len(bare) == 1 else []
    if len(owners) == 1 and people.is_person(text):
        return owners[0], people.genders[owners[0]] or gender
    return _with_article(phrase, text), gender


def _with_article(phrase: list[Token], text: str) -> str:
    if phrase[0].lower_ == "the":
        return "the " + text[4:]
    before = phrase[0].i - 1
    article = before >= 0 and phrase[0].doc[before].lower_ == "the"
    return f"the {text}" if article else text


def _described(phrase: list[Token]) -> str:
    first = phrase[0].text if phrase[0].pos_ == "PROPN" else phrase[0].lower_
    return (first + phrase[0].whitespace_ + "".join(t.text_with_ws for t in phrase[1:])).strip()


def _noun_gender(noun: Token) -> Gender | None:
    lists, lemma = gazetteer().words, noun.lemma_.casefold()
    if lemma in lists["male_nouns"]:
        return "male"
    return "female" if lemma in lists["female_nouns"] else None


def _number(phrase: list[Token], root: Token, name: str, people: People) -> Number:
    if root.pos_ == "PROPN":
        before = [phrase[0].nbor(-1)] if phrase[0].i > 0 else []
        titled = any(title_gender(token) for token in [*before, *phrase[:-1]])
        person = name in people.genders or titled or _acts_as_person(root, people)
        several = (root.tag_ == "NNPS" and root.ent_type_ != "GPE") or _is_party(root)
        return "person" if person else "group" if several else "thing"
    if root.tag_ == "NNS":
        return "group"
    office = root.lemma_.casefold() in words("persons", "person_nouns")
    return "person" if office or _noun_gender(root) else "thing"


def _acts_as_person(root: Token, people: People) -> bool:
    """Whether a lone name that is nowhere given in full says something, as persons do."""
    says = root.dep_ == "nsubj" and root.head.lemma_ in reporting_verbs()
    return says and root.ent_type_ == "PERSON" and people.is_person(root.text)


def _role(root: Token) -> Role:
    if root.dep_ == "conj" and root.head.pos_ in {"NOUN", "PROPN"}:
        return _role(root.head)
    if root.dep_ in _SUBJECTS:
        return "subject"
    return "object" if root.dep_ in _OBJECTS else "other"


def _governor(root: Token) -> int:
    """The verb that a phrase depends on directly or through one preposition."""
    above = root.head
    if root.dep_ == "conj":
        return _governor(above) if above != root else int(above.i)
    return int(above.head.i if above.pos_ == "ADP" else above.i)


def _merged(found: list[Mention], doc: Doc) -> Iterator[Mention]:
    """The mentions, with 'the prime minister, Ilse Moravec,' taken as one person, by name."""
    for mention in found:
        other = next((m for m in found if m.proper and _in_apposition(mention, m, doc)), None)
        if mention.proper or other is None:
            yield mention
        else:
            yield replace(mention, name=other.name, gender=other.gender, proper=True)


def _foregrounded(found: list[Mention]) -> Iterator[Mention]:
    """The mentions, with 'Karl Berg' in 'Karl Berg's lawyer said …' as prominent as the lawyer."""
    speakers = [mention for mention in found if mention.speaks]
    for mention in found:
        inside = any(s is not mention and s.start <= mention.head < s.end for s in speakers)
        yield replace(mention, role="subject") if mention.proper and inside else mention


def _in_apposition(left: Mention, right: Mention, doc: Doc) -> bool:
    first, second = doc[left.end - 1], doc[right.end - 1]
    linked = "appos" in {first.dep_, second.dep_}
    return linked and (first.head == second or second.head == first) and left.number == right.number


def _groups(found: list[Mention], doc: Doc) -> Iterator[Mention]:
    """'Putin and Xi', or 'Britain, Canada and the U.S.', as one mention of several."""
    ordered = sorted((m for m in found if m.number != "group"), key=lambda m: m.start)
    run: list[Mention] = []
    for mention in ordered:
        between = [token.lower_ for token in doc[run[-1].end : mention.start]] if run else []
        if not run or not _is_joint(between) or mention.role != run[-1].role:
            run = [mention]
            continue
        run.append(mention)
        if "and" in between and doc[run[0].end - 1].dep_ in _COORDINATED:
            yield _joint(run)


def _is_joint(between: list[str]) -> bool:
    return bool(between) and set(between) <= {",", "and", "the"} and between != ["the"]


def _joint(run: list[Mention]) -> Mention:
    names = [mention.name for mention in run]
    return replace(
        run[0],
        name=f"{', '.join(names[:-1])} and {names[-1]}",
        number="group",
        gender=None,
        proper=all(mention.proper for mention in run),
        end=run[-1].end,
    )
