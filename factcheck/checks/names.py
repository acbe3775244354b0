"""Names that change between mentions: offices, first names, spellings, kinds, and places taken.

Held against each other within the article and against the references: who holds an office; the
title, first name and spelling of one person; what kind of thing a name is; and the name in a
passage that otherwise says the same. Two people of one surname are kept apart.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from factcheck.checks.base import Case, Marker
from factcheck.checks.namereferences import rivals
from factcheck.checks.namesakes import shared_surnames, told_apart
from factcheck.checks.naming import (
    Holder,
    Name,
    kind_of,
    offices,
    read_holders,
    read_names,
    years_of,
)
from factcheck.checks.passages import Passage, article_of, references_of
from factcheck.checks.slots import swapped
from factcheck.records import Flag, Quotation, Severity, Span
from factcheck.text.gazetteer import gazetteer

_SHORTEST = 5
"""Shortest name in which another letter is taken for a slip."""


@dataclass(frozen=True, slots=True)
class _Clash:
    ours: Span
    theirs: Quotation
    why: str
    severity: Severity
    confidence: float
    correction: str | None = None


_MARK = Marker("names", "entity")


class NamesCheck:
    """Flags a person, office, thing or place that changes between mentions."""

    name = "names"

    def run(self, case: Case) -> Iterable[Flag]:
        """One flag for each place where a name does not go with another mention."""
        article = article_of(case)
        own = list(read_names(article))
        references = list(references_of(case))
        other = [name for passage in references for name in read_names(passage)]
        taken: list[Span] = []
        found = chain(_clashes(own, other), _given_otherwise(case, article, references))
        for clash in found:
            if not any(clash.ours.overlaps(span) for span in taken):
                taken.append(clash.ours)
                yield self._flag(case, clash)

    def _flag(self, case: Case, clash: _Clash) -> Flag:
        return _MARK.flag(
            case.article,
            clash.ours,
            clash.severity,
            clash.confidence,
            clash.why,
            conflict=clash.theirs,
            correction=clash.correction,
        )


def _given_otherwise(
    case: Case, article: Passage, references: Sequence[Passage]
) -> Iterator[_Clash]:
    """Names in whose place a reference has one that the article lacks."""
    for rival in rivals(article, references, case.article.text):
        place, theirs = rival.passage.name, rival.theirs.text
        alike = len(theirs.split()) == len(rival.written.split())
        yield _Clash(
            rival.ours,
            rival.theirs,
            f"Where the article has '{rival.written}', {place} has '{theirs}'.",
            "medium",
            0.6,
            theirs if alike else None,
        )


def _clashes(own: Sequence[Name], other: Sequence[Name]) -> Iterator[_Clash]:
    yield from _two_holders(own, other)
    yield from _two_offices(own)
    yield from _two_kinds(own)
    yield from _spellings(own, other)
    yield from _first_names(own, other)
    yield from _genders(own)
    for ours, theirs, shared in swapped(own, other):
        place = theirs.passage.name
        yield _Clash(
            ours.span,
            theirs.passage.quote(theirs.span),
            f"'{_shown(ours)}' stands where '{_shown(theirs)}' stands in {place}, in words that"
            " otherwise say the same.",
            "high",
            min(0.85, 0.4 + 0.07 * shared),
            _shown(theirs),
        )


def _two_holders(own: Sequence[Name], other: Sequence[Name]) -> Iterator[_Clash]:
    """One office, two people."""
    known: dict[str, list[Holder]] = defaultdict(list)
    for name in other:
        for holder in read_holders(name):
            known[holder.office].append(holder)
    for name in own:
        for ours in read_holders(name):
            for theirs in known[ours.office][-8:]:
                if _one_institution(ours, theirs) and _two_people(ours.name, theirs.name):
                    yield _Clash(
                        ours.span,
                        theirs.name.passage.quote(theirs.span),
                        f"'{_shown(ours.name)}' is given the office of {ours.written} here and"
                        f" '{_shown(theirs.name)}' in {theirs.name.passage.name}.",
                        "high",
                        0.7,
                    )
            known[ours.office].append(ours)


def _one_institution(one: Holder, other: Holder) -> bool:
    if one.places and other.places and not one.places & other.places:
        return False
    return bool((one.institution & other.institution) - offices()["bodies"])


def _two_people(one: Name, other: Name) -> bool:
    if set(_plain(one)) & set(_plain(other)) - {"of"}:
        return (
            one.surname == other.surname
            and len(one.words) > 1 < len(other.words)
            and (one.words[0][0] != other.words[0][0])
        )
    return True


def _plain(name: Name) -> list[str]:
    return [_bare(word) for word in name.words]


def _bare(word: str) -> str:
    """A word without case and accents."""
    split = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in split if not unicodedata.combining(c))


def _two_offices(own: Sequence[Name]) -> Iterator[_Clash]:
    """'Prime Minister X' here and 'President X' there."""
    known: dict[tuple[str, ...], list[tuple[str, Name, Span]]] = defaultdict(list)
    for name in own:
        if not name.titles:
            continue
        doc = name.passage.sentences[name.sentence].doc
        lead = doc[name.first - len(name.titles) : name.first]
        if {t.lower_ for t in doc[max(0, lead.start - 2) : lead.start]} & offices()["not_now"]:
            continue
        span = name.passage.sentences[name.sentence].span_of([*lead, *name.tokens])
        title = "_".join(name.titles)
        for words, office in ((name.words, title), (name.words[-1:], title)):
            for earlier, theirs, place in known[words][-8:]:
                if not _exclude(office, earlier) or _of_other_years(name, theirs):
                    continue
                if _may_be_one(name, theirs, own):
                    yield _Clash(
                        span,
                        theirs.passage.quote(place),
                        f"'{_shown(name)}' is {office.replace('_', ' ')} here and"
                        f" {earlier.replace('_', ' ')} elsewhere.",
                        "high",
                        0.7,
                        theirs.passage.quote(place).text if len(name.words) == 1 else None,
                    )
                    break
        known[name.words].append((title, name, span))
        if len(name.words) > 1:
            known[name.words[-1:]].append((title, name, span))


def _exclude(one: str, other: str) -> bool:
    return (
        one != other
        and any({one, other} <= set(line.split()) for line in offices()["exclusive"])
        and not any({one, other} <= set(line.split()) for line in offices()["same"])
    )


def _of_other_years(one: Name, other: Name) -> bool:
    first, second = years_of(one), years_of(other)
    return bool(first and second and not first & second)


def _may_be_one(one: Name, other: Name, own: Sequence[Name]) -> bool:
    """Whether the surname belongs to one person only, and nobody speaks of relatives."""
    full = {n.words[0] for n in own if len(n.words) > 1 and n.surname == one.surname}
    return len(full) < 2 and not (_speaks_of_relatives(one) or _speaks_of_relatives(other))


def _speaks_of_relatives(name: Name) -> bool:
    doc = name.passage.sentences[name.sentence].doc
    return any(t.lower_ in offices()["relatives"] for t in doc)


def _two_kinds(own: Sequence[Name]) -> Iterator[_Clash]:
    """'the novel X' here and 'the series X' there."""
    known: dict[tuple[tuple[str, ...], int], tuple[str, Name, Span]] = {}
    if own and _speaks_of_adaptation(own[0].passage):
        return
    for name in own:
        found = kind_of(name)
        if found is None:
            continue
        group, kind, word = found
        words = tuple(w for w in _plain(name) if w != "the")
        span = name.passage.sentences[name.sentence].span_of([word, *name.tokens])
        if (words, group) not in known:
            known[words, group] = (kind, name, span)
        elif known[words, group][0] != kind:
            earlier, theirs, place = known[words, group]
            yield _Clash(
                span,
                theirs.passage.quote(place),
                f"'{_shown(name)}' is called a {kind.split('/')[0]} here and a"
                f" {earlier.split('/')[0]} elsewhere.",
                "high",
                0.65,
            )


def _speaks_of_adaptation(passage: Passage) -> bool:
    words = offices()["adaptation"]
    return any(t.lower_ in words for sentence in passage.sentences for t in sentence.doc)


def _spellings(own: Sequence[Name], other: Sequence[Name]) -> Iterator[_Clash]:
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
            mates = (known[_bare(other)][other] for other in _near(word, known))
            mate = next((mate for mate in mates if _same_bearer(name, mate)), None)
            # Two that meet in one sentence are two: 'Anderson beats Andersen'.
            if mate and not places[word] & places[mate.words[-1]]:
                swap = mate.passage.is_article and counts[mate.words[-1]] < counts[word]
                yield _spelling(mate, name) if swap else _spelling(name, mate)
        for form in _forms(_bare(word)):
            known[form][word] = name


def _opens_as_attribute(name: Name) -> bool:
    """Whether a sentence begins with it and a noun follows: 'Marine surveyor' need be no name."""
    word = name.last_word[0]
    after = word.nbor() if word.i + 1 < len(word.doc) else None
    return word.i == 0 and after is not None and after.pos_ == "NOUN" and after.text.islower()


def _spelling(ours: Name, theirs: Name) -> _Clash:
    one, other = ours.words[-1], theirs.words[-1]
    where = "elsewhere" if theirs.passage.is_article else f"in {theirs.passage.name}"
    sentence = ours.passage.sentences[ours.sentence]
    last = sentence.span_of(ours.last_word)
    mate = theirs.passage.sentences[theirs.sentence]
    marks = _bare(one) == _bare(other)
    return _Clash(
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
    one = _bare(word)
    for other in {w: None for form in _forms(one) for w in known.get(form, ())}:
        two = _bare(other)
        accents = one == two and word.casefold() != other.casefold()
        slip = one[0] == two[0] and _one_slip(one, two) and not gazetteer().state(other)
        if accents or slip:
            yield other


def _forms(bare: str) -> set[str]:
    """The word and all that is left of it without one letter: two words a slip apart share one."""
    return {bare, *(bare[:i] + bare[i + 1 :] for i in range(len(bare)))}


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
    first, second = _plain(one)[:-1], _plain(other)[:-1]
    if first and second:
        return first == second
    return not (one.titles and other.titles) or one.titles == other.titles


def _first_names(own: Sequence[Name], other: Sequence[Name]) -> Iterator[_Clash]:
    """'Tomas Brandt' here and 'Thomas Brandt' there."""
    known: dict[str, list[Name]] = defaultdict(list)
    shared = told_apart(name for name in own if len(name.words) == 2)
    for name in other:
        if len(name.words) == 2:
            known[name.surname].append(name)
    for name in own:
        if len(name.words) != 2 or _speaks_of_relatives(name) or name.surname in shared:
            continue
        for theirs in known[name.surname][:8]:
            one, two = _plain(name)[0], _plain(theirs)[0]
            if one != two and one[0] == two[0] and _is_person(name) and _resemble(one, two):
                yield _Clash(
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


def _is_person(name: Name) -> bool:
    return any(t.ent_type_ == "PERSON" for t in name.tokens)


def _resemble(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 2 and SequenceMatcher(None, one, other).ratio() > 0.75


def _genders(own: Sequence[Name]) -> Iterator[_Clash]:
    """'Mr X' here and 'Ms X' there."""
    lists = offices()
    known: dict[str, tuple[str, Name]] = {}
    shared = shared_surnames(own)
    for name in own:
        for gender in ("courtesy_he", "courtesy_she"):
            if len(name.words) > 1 or not set(name.titles) & lists[gender] - lists["of_wives"]:
                continue
            if name.surname in shared:
                continue
            earlier = known.setdefault(name.surname, (gender, name))
            if earlier[0] != gender and _may_be_one(name, earlier[1], own):
                sentence = name.passage.sentences[name.sentence]
                lead = sentence.doc[name.first - len(name.titles) : name.first]
                place = earlier[1]
                theirs = place.passage.sentences[place.sentence]
                whole = theirs.span_of(theirs.doc[place.first - 1 : place.last + 1])
                quoted = place.passage.quote(whole)
                yield _Clash(
                    sentence.span_of([*lead, *name.tokens]),
                    quoted,
                    f"'{_shown(name)}' is a man in one place and a woman in another.",
                    "medium",
                    0.6,
                    quoted.text,
                )


def _shown(name: Name) -> str:
    return " ".join(name.words)
