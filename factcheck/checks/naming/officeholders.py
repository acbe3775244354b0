"""Offices and titles that do not go together: one office and two people, one person and two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from factcheck.checks.naming.clashes import Clash, may_be_one, plain_words, shown
from factcheck.checks.naming.holders import Holder, read_holders
from factcheck.checks.naming.mentions import Name, offices, years_of
from factcheck.records import Span


def two_holders(own: Sequence[Name], other: Sequence[Name]) -> Iterator[Clash]:
    """One office, two people."""
    known: dict[str, list[Holder]] = defaultdict(list)
    for name in other:
        for holder in read_holders(name):
            known[holder.office].append(holder)
    for name in own:
        for ours in read_holders(name):
            for theirs in known[ours.office][-8:]:
                if _one_institution(ours, theirs) and _two_people(ours.name, theirs.name):
                    yield Clash(
                        ours.span,
                        theirs.name.passage.quote(theirs.span),
                        f"'{shown(ours.name)}' is given the office of {ours.written} here and"
                        f" '{shown(theirs.name)}' in {theirs.name.passage.name}.",
                        "high",
                        0.7,
                    )
            known[ours.office].append(ours)


def _one_institution(one: Holder, other: Holder) -> bool:
    """Whether two hold their office in one place or body, and over the same field of its work."""
    if one.places and other.places and not one.places & other.places:
        return False
    first, second = (held.institution - offices()["bodies"] for held in (one, other))
    if not first & second or not (first <= second or second <= first):
        return False
    return one.fields <= other.institution | other.fields and (
        other.fields <= one.institution | one.fields
    )


def _two_people(one: Name, other: Name) -> bool:
    if set(plain_words(one)) & set(plain_words(other)) - {"of"}:
        return (
            one.surname == other.surname
            and len(one.words) > 1 < len(other.words)
            and (one.words[0][0] != other.words[0][0])
        )
    return True


def two_offices(own: Sequence[Name]) -> Iterator[Clash]:
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
                if may_be_one(name, theirs, own):
                    yield Clash(
                        span,
                        theirs.passage.quote(place),
                        f"'{shown(name)}' is {office.replace('_', ' ')} here and"
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
    """Whether nobody holds both; a rank counts by its last word ('detective inspector')."""
    lists = [word for line in offices()["exclusive"] for word in line.split()]
    one, other = (
        office if office in lists else office.rpartition("_")[2] for office in (one, other)
    )
    return (
        one != other
        and any({one, other} <= set(line.split()) for line in offices()["exclusive"])
        and not any({one, other} <= set(line.split()) for line in offices()["same"])
    )


def _of_other_years(one: Name, other: Name) -> bool:
    first, second = years_of(one), years_of(other)
    return bool(first and second and not first & second)


def one_first_name(own: Sequence[Name]) -> Iterator[Clash]:
    """One office and first name, two surnames: 'the mayor, Peter Lowe', 'Mayor Peter Lane'."""
    known: dict[tuple[str, str], Holder] = {}
    for name in own:
        for ours in read_holders(name) if len(name.words) == 2 else ():
            theirs = known.setdefault((ours.office, name.words[0].casefold()), ours)
            one, other = name.surname, theirs.name.surname
            places = ours.places and theirs.places and not ours.places & theirs.places
            if one != other and one[0] == other[0] and not places:
                yield Clash(
                    name.span,
                    theirs.name.passage.quote(theirs.name.span),
                    f"The {ours.written} is {shown(name)} here and {shown(theirs.name)} elsewhere.",
                    "medium",
                    0.6,
                    shown(theirs.name),
                )
