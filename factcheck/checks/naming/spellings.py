"""One name written in two ways: accents, a slip of the pen, another first name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from factcheck.checks.naming.clashes import Clash, plain_words, speaks_of_relatives, unaccented
from factcheck.checks.naming.mentions import Name
from factcheck.checks.naming.namesakes import told_apart
from factcheck.records import Span
from factcheck.text.gazetteer import gazetteer

_ALIKE = 0.65
"""Share of letters in common (difflib) of surnames that may be one."""
_BEGUN = 3
"""Letters with which two such surnames begin alike."""
_SHORTEST = 5
"""Shortest name in which another letter is taken for a slip."""


def spellings(own: Sequence[Name], other: Sequence[Name]) -> Iterator[Clash]:
    """One name written in two ways."""
    known: dict[str, dict[str, Name]] = defaultdict(dict)
    seen: set[str] = set()
    counts = Counter(name.words[-1] for name in [*other, *own])
    places: dict[str, set[Span]] = defaultdict(set)
    for name in own:
        places[name.words[-1]].add(name.passage.sentences[name.sentence].span)
    for name in [*other, *own]:
        word = name.words[-1]
        if len(word) < _SHORTEST or word in seen or _opens_as_attribute(name):
            continue
        seen.add(word)
        if name.passage.is_article:
            mates = (known[unaccented(other)][other] for other in _near(word, known))
            mate = next((mate for mate in mates if _same_bearer(name, mate)), None)
            # Two that meet in one sentence are two: 'Anderson beats Andersen'.
            if mate and not places[word] & places[mate.words[-1]]:
                swap = mate.passage.is_article and counts[mate.words[-1]] < counts[word]
                yield _spelling(mate, name) if swap else _spelling(name, mate)
        for form in _forms(unaccented(word)):
            known[form][word] = name


def _opens_as_attribute(name: Name) -> bool:
    """Whether a sentence begins with it and a noun follows: 'Marine surveyor' need be no name."""
    word = name.last_word[0]
    after = word.nbor() if word.i + 1 < len(word.doc) else None
    return word.i == 0 and after is not None and after.pos_ == "NOUN" and after.text.islower()


def _spelling(ours: Name, theirs: Name) -> Clash:
    one, other = ours.words[-1], theirs.words[-1]
    where = "elsewhere" if theirs.passage.is_article else f"in {theirs.passage.name}"
    sentence = ours.passage.sentences[ours.sentence]
    last = sentence.span_of(ours.last_word)
    mate = theirs.passage.sentences[theirs.sentence]
    marks = unaccented(one) == unaccented(other)
    return Clash(
        last,
        theirs.passage.quote(mate.span_of(theirs.last_word)),
        f"'{one}' is written '{other}' {where}.",
        "low" if marks else "medium",
        0.5 if marks else 0.6,
        other,
    )


def _near(word: str, known: dict[str, dict[str, Name]]) -> Iterator[str]:
    """Known words that differ from `word` in accents, in one letter, or in two changed places."""
    if gazetteer().state(word):
        return
    one = unaccented(word)
    for other in {w: None for form in _forms(one) for w in known.get(form, ())}:
        two = unaccented(other)
        accents = one == two and word.casefold() != other.casefold()
        slip = one[0] == two[0] and _one_slip(one, two) and not gazetteer().state(other)
        if accents or slip:
            yield other


def _forms(word: str) -> set[str]:
    """The word and all that is left of it without one letter: two words a slip apart share one."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_slip(one: str, other: str) -> bool:
    """One letter put in, left out or changed inside the word, or two neighbours exchanged."""
    if one.startswith(other) or other.startswith(one):
        return False
    if len(one) == len(other):
        apart = [i for i in range(len(one)) if one[i] != other[i]]
        if len(apart) == 1:  # another last letter is an ending: 'Directors', 'Directory'
            ending = apart[0] == len(one) - 1 and (one + other).isalpha()
            return len(one) > _SHORTEST and not ending
        return (
            len(apart) == 2
            and one[apart[0]] == other[apart[1]]
            and (one[apart[1]] == other[apart[0]])
            and apart[1] == apart[0] + 1
        )
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )


def _same_bearer(one: Name, other: Name) -> bool:
    """Whether nothing beside the last words tells the two bearers apart."""
    first, second = plain_words(one)[:-1], plain_words(other)[:-1]
    if first and second:
        return first == second
    return not (one.titles and other.titles) or one.titles == other.titles


def first_names(own: Sequence[Name], other: Sequence[Name]) -> Iterator[Clash]:
    """'Tomas Brandt' here and 'Thomas Brandt' there."""
    known: dict[str, list[Name]] = defaultdict(list)
    shared = told_apart(name for name in own if len(name.words) == 2)
    for name in other:
        if len(name.words) == 2:
            known[name.surname].append(name)
    for name in own:
        if len(name.words) != 2 or speaks_of_relatives(name) or name.surname in shared:
            continue
        for theirs in known[name.surname][:8]:
            one, two = plain_words(name)[0], plain_words(theirs)[0]
            if one != two and one[0] == two[0] and _is_person(name) and _resemble(one, two):
                yield Clash(
                    name.span,
                    theirs.passage.quote(theirs.span),
                    f"The first name is '{name.words[0]}' here and '{theirs.words[0]}' in"
                    f" {theirs.passage.name}.",
                    "medium",
                    0.6,
                    " ".join(theirs.words),
                )
                break
        known[name.surname].append(name)


def unintroduced(own: Sequence[Name]) -> Iterator[Clash]:
    """'Verrin' where only Tomas Verrel has been introduced."""
    full: dict[str, dict[str, Name]] = defaultdict(dict)
    for name in own:
        if len(name.words) > 1 and len(name.surname) >= _SHORTEST and _is_person(name):
            full[name.surname[:_BEGUN]].setdefault(name.surname, name)
    counts = Counter(name.surname for name in own)
    for name in own:
        alone = len(name.words) == 1 and counts[name.surname] == 1 and _speaks(name)
        if not alone or gazetteer().state(name.surname) or speaks_of_relatives(name):
            continue
        near = [one for one in full[name.surname[:_BEGUN]].values() if _alike(name, one)]
        if len(near) == 1:
            yield Clash(
                name.span,
                near[0].passage.quote(near[0].span),
                f"'{name.words[-1]}' is nobody named before; '{' '.join(near[0].words)}' is.",
                "medium",
                0.55,
                near[0].words[-1],
            )


def _alike(name: Name, theirs: Name) -> bool:
    """Whether two surnames share most letters; 'the Quispes' are no slip."""
    one, other = name.surname, theirs.surname
    long = len(one) >= _SHORTEST and not one.startswith(other)
    return long and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _speaks(name: Name) -> bool:
    """Whether it is the subject of a verb, or bears a title, as people do."""
    token = name.last_word[0]
    return bool(name.titles) or (token.dep_ == "nsubj" and token.head.pos_ == "VERB")


def _is_person(name: Name) -> bool:
    return any(t.ent_type_ == "PERSON" for t in name.tokens)


def _resemble(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 2 and SequenceMatcher(None, one, other).ratio() > 0.75
