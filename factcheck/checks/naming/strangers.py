"""Somebody or something that an article speaks of as known and has never brought in.

'Ted Denby started collecting' where the article is about Alf Denby; 'the Swede' where everybody is
a Dane or a Norwegian; 'the lime' where a beech is to be felled.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from factcheck.checks.naming.clashes import Clash, speaks_of_relatives, unaccented
from factcheck.checks.naming.mentions import Name, offices
from factcheck.checks.passages import Passage
from factcheck.records import Span
from factcheck.text.firstnames import borne_by, is_first_name
from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONFIDENCE = 0.55
_PEOPLED = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "attr", "dative", "conj"})


def strangers(own: Sequence[Name]) -> Iterator[Clash]:
    """'Ted Denby' used as known, once, where only Alf Denby has been brought in."""
    full: dict[str, dict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    alone = Counter(name.words[0].casefold() for name in own if len(name.words) == 1)
    for name in own:
        if len(name.words) == 2 and _is_person(name):
            full[name.surname][unaccented(name.words[0])].append(name)
    for by_first in full.values():
        ordered = sorted(by_first.items(), key=lambda item: item[1][0].span.start)
        known = ordered[0][1][0]
        for first, others in ordered[1:]:
            other = others[0]
            if len(others) > 1 or alone[first] or _is_brought_in(other):
                continue
            if known.sentence == other.sentence:
                continue
            if not _is_brought_in(known) and not _is_called_so(own, other):
                continue
            if _of_two_sexes(known, other) or speaks_of_relatives(other):
                continue
            if _kin_near(other):
                continue
            yield Clash(
                other.span,
                known.passage.quote(known.span),
                f"'{' '.join(other.words)}' is nobody named before; '{' '.join(known.words)}' is.",
                "medium",
                _CONFIDENCE,
                " ".join(known.words),
            )


def _is_called_so(own: Sequence[Name], other: Name) -> bool:
    """Whether the surname alone follows, as where only one person bears it."""
    return any(
        name.words == other.words[-1:] and name.span.start > other.span.start for name in own
    )


def _is_person(name: Name) -> bool:
    return any(t.ent_type_ == "PERSON" for t in name.tokens) or is_first_name(name.words[0])


def _is_brought_in(name: Name) -> bool:
    """Whether words beside a name say who that is: 'the broker Rita Vaz', 'X, 46, a farmer'."""
    doc = name.passage.sentences[name.sentence].doc
    before = doc[name.first - 1] if name.first else None
    after = doc[name.last + 1] if name.last + 1 < len(doc) else None
    if name.titles or (before is not None and before.pos_ in {"NOUN", "PROPN"}):
        return True
    if before is not None and (before.text in {",", ":", "and"} or before.pos_ == "ADJ"):
        return True
    if before is not None and before.text.endswith("."):
        return True
    return after is not None and after.text in {",", "(", "of", "and", "from"}


def _of_two_sexes(one: Name, other: Name) -> bool:
    genders = {borne_by(name.words[0]) for name in (one, other)} - {""}
    return len(genders) == 2


def _kin_near(name: Name) -> bool:
    """Whether kin is spoken of nearby whom that sentence does not name in full."""
    relatives = offices()["relatives"]
    for sentence in name.passage.sentences[max(0, name.sentence - 3) : name.sentence + 3]:
        for token in sentence.doc:
            named = [c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
            if token.lower_ in relatives and not named:
                return True
    return False


def nationals(own: Sequence[Name]) -> Iterator[Clash]:
    """'The Swede', where nothing is said of Sweden and somebody is a Dane."""
    if not own:
        return
    passage = own[0].passage
    people = _people_by_state(own)
    some = _somebody(passage)
    if not people and some is None:
        return
    mentioned = Counter(state for sentence in passage.sentences for state in _states(sentence.doc))
    for sentence in passage.sentences:
        for token in sentence.doc:
            state = _national(token)
            if state and mentioned[state] == 1 and state not in people:
                if not _follows(people.values(), own, sentence.span_of([token])):
                    continue
                known = next((n.span for n in people.values()), some)
                assert known is not None
                words = [token.nbor(-1), token]
                yield Clash(
                    sentence.span_of(words),
                    passage.quote(known),
                    f"Nobody in the article is said to be of the country of '{token.text}'.",
                    "medium",
                    _CONFIDENCE,
                )


def _follows(people: Iterable[Name], own: Sequence[Name], place: Span) -> bool:
    """Whether the person named last before a place is one whose country was told."""
    known = {name.surname for name in people}
    persons = {name.surname for name in own if _is_person(name)}
    before = [
        name for name in own if name.span.end <= place.start and name.surname in persons | known
    ]
    return not known or (bool(before) and before[-1].surname in known)


def _somebody(passage: Passage) -> Span | None:
    """'A Dutchman of 41': somebody without a name whose country is told."""
    for sentence in passage.sentences:
        for token in sentence.doc[1:]:
            led = token.nbor(-1).lower_ in {"a", "an"} and token.tag_ in {"NN", "NNP"}
            follows = token.i + 1 < len(token.doc) and token.nbor(1).pos_ in {"NOUN", "PROPN"}
            if led and not follows and _demonym(token.text) and _one_person(token):
                return sentence.span_of([token.nbor(-1), token])
    return None


def _states(doc: Iterable[Token]) -> Iterator[str]:
    for token in doc:
        if token.text[:1].isupper():
            found = _demonym(token.text) or _state(token.text)
            if found:
                yield found


@functools.lru_cache(maxsize=4096)
def _state(word: str) -> str:
    state = gazetteer().state(word)
    return state.key if state else ""


@functools.lru_cache(maxsize=4096)
def _demonym(word: str) -> str:
    low = word.casefold()
    for ending in ("man", "woman"):
        low = low.removesuffix(ending) if len(low) > len(ending) + 3 else low
    state = gazetteer().demonym(word) or gazetteer().demonym(low)
    return state.key if state else ""


def _national(token: Token) -> str:
    """The state of 'the Swede', said of one person."""
    if not token.text[:1].isupper() or token.dep_ not in _PEOPLED or token.i == 0:
        return ""
    before = token.nbor(-1)
    led = before.lower_ == "the" or (
        before.pos_ == "ADJ" and before.i and before.nbor(-1).lower_ == "the"
    )
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    alone = after is None or after.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
    single = token.tag_ in {"NN", "NNP"} or token.pos_ == "ADJ"
    return _demonym(token.text) if led and alone and single and _one_person(token) else ""


def _one_person(token: Token) -> bool:
    """Whether it is no people ('the Dutch', 'the French'), nor a language."""
    return not token.lower_.endswith(("ch", "sh", "ese", "s", "ss"))


def _people_by_state(own: Sequence[Name]) -> dict[str, Name]:
    """Those of whom it is said where they are from: 'Danish rider Jeppe Krogh', 'X of Peru'."""
    found: dict[str, Name] = {}
    for name in own:
        if len(name.words) < 2 or not any(t.ent_type_ == "PERSON" for t in name.tokens):
            continue
        doc = name.passage.sentences[name.sentence].doc
        before: list[Token] = []
        for token in reversed(doc[max(0, name.first - 4) : name.first]):
            if token.is_punct:
                break
            before.append(token)
        after = doc[name.last + 1 : name.last + 7]
        told = len(after) > 1 and (
            after[0].lower_ in {"of", "from"} or after[1].lower_ in {"a", "an"}
        )
        for state in _states([*before, *(after if told else ())]):
            found.setdefault(state, name)
    return found


@functools.cache
def _kinds() -> Mapping[str, tuple[frozenset[str], ...]]:
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for line in offices()["siblings"]:
        kind = frozenset(line.split())
        for word in kind:
            found[word].append(kind)
    return {word: tuple(kinds) for word, kinds in found.items()}


def siblings(own: Sequence[Name]) -> Iterator[Clash]:
    """'The lime' where the article has spoken of a beech only."""
    if not own:
        return
    passage = own[0].passage
    seen: dict[str, list[tuple[int, Token]]] = defaultdict(list)
    for index, sentence in enumerate(passage.sentences):
        for token in sentence.doc:
            for word in _things(token):
                seen[word].append((index, token))
    for word, places in seen.items():
        if len(places) == 1 and word in _kinds():
            yield from _sibling(passage, word, *places[0], seen)


def _things(token: Token) -> Iterator[str]:
    if token.pos_ in {"NOUN", "PROPN"}:
        yield token.lemma_.casefold()
        if token.i and token.nbor(-1).lower_ == "sea":
            yield f"sea_{token.lemma_.casefold()}"


def _sibling(
    passage: Passage,
    word: str,
    index: int,
    token: Token,
    seen: Mapping[str, Sequence[tuple[int, Token]]],
) -> Iterator[Clash]:
    if token.tag_ not in {"NN", "NNP"} or not _is_definite(token):
        return
    for kind in _kinds()[word]:
        present = [other for other in kind - {word} if other in seen]
        if len(present) != 1:
            continue
        at, mate = seen[present[0]][0]
        same = any(place == index for place, _ in seen[present[0]])
        if at < index and not same and _is_introduced(mate):
            yield Clash(
                passage.sentences[index].span_of([token]),
                passage.quote(passage.sentences[at].span_of([mate])),
                f"No {token.text.casefold()} was spoken of before; '{mate.text}' was.",
                "medium",
                _CONFIDENCE,
                None,
            )
            return


def _is_introduced(noun: Token) -> bool:
    """Whether a thing is brought in: 'a beech', 'the old beech', but not 'the violin' as such."""
    lead = [child for child in noun.children if child.i < noun.i]
    if noun.dep_ == "appos" or any(child.dep_ == "appos" for child in noun.children):
        return True
    return len(lead) != 1 or lead[0].lower_ != "the" or noun.pos_ == "PROPN"


def _is_definite(noun: Token) -> bool:
    """Whether it is spoken of as known: 'the lime', 'the 24-year-old striker'."""
    comma = noun.i + 1 < len(noun.doc) and noun.nbor(1).text == ","
    told = {"prep", "poss"} if comma else {"prep", "relcl", "acl", "appos", "poss"}
    if any(c.dep_ in told and c.lower_ not in {"on", "until", "by"} for c in noun.children):
        return False
    if noun.i + 1 < len(noun.doc) and noun.nbor(1).pos_ in {"NOUN", "PROPN"}:
        return False
    lead = [child for child in noun.children if child.i < noun.i]
    return any(child.lower_ == "the" for child in lead) and all(
        child.dep_ in {"det", "amod", "nummod", "npadvmod", "punct"} for child in lead
    )
