"""Courtesy titles that do not go together: 'Mr X' and 'Ms X', 'Ms Pryce' of Desmond Pryce."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.checks.naming.clashes import Clash, may_be_one, shown
from factcheck.checks.naming.mentions import Name, offices
from factcheck.checks.naming.namesakes import shared_surnames
from factcheck.text.firstnames import borne_by


def genders(own: Sequence[Name]) -> Iterator[Clash]:
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
            if earlier[0] != gender and may_be_one(name, earlier[1], own):
                sentence = name.passage.sentences[name.sentence]
                lead = sentence.doc[name.first - len(name.titles) : name.first]
                place = earlier[1]
                theirs = place.passage.sentences[place.sentence]
                whole = theirs.span_of(theirs.doc[place.first - 1 : place.last + 1])
                quoted = place.passage.quote(whole)
                yield Clash(
                    sentence.span_of([*lead, *name.tokens]),
                    quoted,
                    f"'{shown(name)}' is a man in one place and a woman in another.",
                    "medium",
                    0.6,
                    quoted.text,
                )


def titles_of_others(own: Sequence[Name]) -> Iterator[Clash]:
    """'Ms Pryce' of Desmond Pryce, where nobody else of the article bears the surname."""
    lists = offices()
    shared = shared_surnames(own)
    full = {name.surname: name for name in reversed(own) if len(name.words) > 1}
    for name in own:
        theirs = full.get(name.surname)
        if theirs is None or len(name.words) > 1 or name.surname in shared:
            continue
        told = next((told for word in theirs.words[:-1] if (told := borne_by(word))), "")
        wrong = lists["courtesy_she" if told == "he" else "courtesy_he"] if told else frozenset()
        said = set(name.titles) & wrong - lists["of_wives"]
        if not said or not may_be_one(name, theirs, own):
            continue
        sentence = name.passage.sentences[name.sentence]
        lead = sentence.doc[name.first - len(name.titles) : name.first]
        yield Clash(
            sentence.span_of([*lead, *name.tokens]),
            theirs.passage.quote(theirs.span),
            f"'{shown(theirs)}' bears a {'man' if told == 'he' else 'woman'}'s first name.",
            "medium",
            0.6,
            f"{'Mr' if told == 'he' else 'Ms'} {shown(name)}",
        )
