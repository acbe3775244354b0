"""Relations that the article itself tells with the two parties exchanged.

A telling is held against all that the article says of the same two parties: other tellings by
whatever word, what follows from them ('borrowed from' and 'will write off what it owes'), scores
and votes, and what only one of the two does or is called ('the champion', 'ran aground').
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.findings import Finding
from factcheck.checks.parties.cast import Cast, Member, is_one
from factcheck.checks.parties.relationlists import lists
from factcheck.checks.parties.relations import Sign, Told, joined, read_relations
from factcheck.checks.parties.results import read_results
from factcheck.checks.parties.retellings import at_one_time, own_years
from factcheck.checks.passages import Passage
from factcheck.records import Quotation
from factcheck.text.details import NAMED_DAYS, times_of
from factcheck.text.eventwords import event_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ONE_MORE = frozenset(
    "a an another other second third further later earlier previous subsequent new fresh".split()
)
_AT_ANOTHER_TIME = re.compile(
    r"\b(?:days?|weeks?|months?|years?|decades?|century|centuries)"
    r" (?:later|earlier|before|afterwards?|ago)\b",
    re.IGNORECASE,
)
_COMMON = frozenset("own also back later then each again too".split())
"""Words of such lists that stand in many sentences: 'family-owned'."""
_REACH = 12
"""Words to either side of a telling that may say it is of another occasion."""
_COMMONEST = 60
"""A relation told more often tells nothing: keeps the cost linear."""
_UNSURE, _RESULT, _SIGN, _MOST = 0.7, 1.5, 0.5, 0.9
"""What counts a telling with a pronoun, a score, a sign, and all signs of one side together."""
_BLAMING = frozenset({"accusation", "criticism"})
"""Relations of which one side's words tell enough."""
_LEAST = 0.5
"""What must speak against a telling."""
_SURER, _LESS_SURE = 0.65, 0.55


@dataclass(frozen=True, slots=True)
class _Case:
    """A telling with what speaks against it and for it."""

    told: Told
    against: tuple[Told, ...]
    signs: tuple[Sign, ...]
    score: float
    """What speaks for it less what speaks against it."""
    both: bool = False
    """Whether what is said of either party is against it."""


def crossed(article: Passage) -> Iterator[Finding]:
    """Tellings whose parties the rest of the article has the other way round."""
    cast = Cast(article)
    tellings: dict[str, list[Told]] = defaultdict(list)
    signs: dict[str, list[Sign]] = defaultdict(list)
    for one in (*read_relations(article, cast), *read_results(article, cast)):
        if isinstance(one, Told):
            tellings[one.relation.name].append(one)
        else:
            signs[one.relation.name].append(one)
    for name, listed in signs.items():
        tellings[name] += joined(listed[:_COMMONEST])
    for name, told in tellings.items():
        if len(told) <= _COMMONEST:
            yield from _odd_ones(told, signs[name][:_COMMONEST], article)


def _odd_ones(told: Sequence[Told], signs: Sequence[Sign], article: Passage) -> Iterator[Finding]:
    cases = [_weigh(one, told, signs, article) for one in told]
    scores = {id(case.told): case.score for case in cases}
    for case in cases:
        ours = case.told
        if ours.implied or ours.token is None or case.score > -_LEAST:
            continue
        if not _is_told(ours) and not (case.both and case.score <= -1.0):
            continue
        worse = [o for o in case.against if scores[id(o)] < case.score]
        even = [o for o in case.against if scores[id(o)] == case.score and o.span > ours.span]
        if not worse and not even:
            yield _finding(case, article)


def _weigh(ours: Told, told: Sequence[Told], signs: Sequence[Sign], article: Passage) -> _Case:
    against, score = [], 0.0
    for other in told:
        if other is ours or other.span.overlaps(ours.span):
            continue
        if _crossed(ours, other) and _of_one_occasion(ours, other, article):
            against.append(other)
            score -= _weight(other)
        elif is_one(ours.agent.words, other.agent.words) and is_one(
            ours.patient.words, other.patient.words
        ):
            score += _weight(other)
    heard = {other.sentence for other in against}
    signs = [s for s in signs if s.sentence not in heard] if ours.token is not None else []
    signs = [s for s in signs if _is_telling(s, ours, article)]
    turned = [s for s in signs if _bears(s, ours, True)]
    straight = [s for s in signs if _bears(s, ours, False)]
    both = {s.side for s in turned} == {"agent", "patient"}
    one_way = not ours.relation.returns or ours.relation.name in _BLAMING
    if not against and (straight or not (both or one_way)):
        return _Case(ours, (), (), score)
    score += _sum(straight) - _sum(turned)
    return _Case(ours, tuple(against), tuple(turned), score, both)


def _is_told(told: Told) -> bool:
    """Whether both parties are named, or both a pronoun: 'she had invited him'."""
    return told.sure or not (told.agent.sure or told.patient.sure)


def _weight(told: Told) -> float:
    return _RESULT if told.token is None else 1.0 if told.sure else _UNSURE


def _sum(signs: Sequence[Sign]) -> float:
    sides = [sum(_SIGN for s in signs if s.side == side) for side in ("agent", "patient")]
    return sum(min(value, _MOST) for value in sides)


def _crossed(one: Told, other: Told) -> bool:
    return is_one(one.agent.words, other.patient.words) and is_one(
        one.patient.words, other.agent.words
    )


def _is_telling(sign: Sign, told: Told, article: Passage) -> bool:
    """Whether a sign is of the telling's occasion, and of one party in a sentence without both."""
    if sign.token is None:
        return True
    years, own = (
        own_years(sign.token),
        own_years(told.token) if told.token is not None else frozenset(),
    )
    if years and not years & own:
        return False
    words = {t.lower_ for t in article.sentences[sign.sentence].doc}
    both = words & told.agent.words and words & told.patient.words
    return not (both and sign.half) and not (told.nominal and _is_one_more(told))


def _bears(sign: Sign, told: Told, turned: bool) -> bool:
    """Whether a sign is of a party of the telling, against it or for it, from another sentence."""
    if sign.sentence == told.sentence:
        return False
    agent, patient = (told.patient, told.agent) if turned else (told.agent, told.patient)
    member: Member = agent if sign.side == "agent" else patient
    return is_one(sign.member.words, member.words)


def _of_one_occasion(one: Told, other: Told, article: Passage) -> bool:
    """Whether two tellings can be of one occasion: what goes by turns needs a sign of that."""
    told = [t for t in (one, other) if t.token is not None]
    docs = [article.sentences[t.sentence].doc for t in told]
    years = [{w for w in times_of(doc) if w not in NAMED_DAYS} for doc in docs]
    tokens = [t.token for t in told if t.token is not None]
    if len(tokens) == 2 and not at_one_time(*tokens):
        return False
    if any(_is_one_more(t) for t in told):
        return False
    if not one.relation.returns:
        dated = {any(word.isdigit() for word in words) for words in years}
        return len(dated) == 1 or bool(_things(told[0]) & _things(told[-1]))
    if len(told) == 2 and one.relation.name in _BLAMING and not (one.nominal or other.nominal):
        return False
    if years[0] != (years[1] if len(years) == 2 else set()):
        return False
    return not (_tell_other_figures(docs) or any(_is_of_another(t) for t in told))


def _tell_other_figures(docs: Sequence[Doc]) -> bool:
    """Whether two sentences have figures of which none is in both: two payments, each its own."""
    figures = [{re.sub(r"\D", "", t.text) for t in doc} - {""} for doc in docs]
    return len(figures) == 2 and all(figures) and figures[0].isdisjoint(figures[1])


def _things(told: Told) -> set[str]:
    """The things that the sentence of a telling names beside the parties."""
    assert told.token is not None
    parties = told.agent.words | told.patient.words
    return {t.lemma_ for t in told.token.doc if t.pos_ == "NOUN" and t.lower_ not in parties}


def _is_one_more(told: Told) -> bool:
    """Whether it is told as a second one of its kind: 'another takeover', 'sued in turn'."""
    assert told.token is not None
    if told.nominal and any(child.lower_ in _ONE_MORE for child in told.token.lefts):
        return True
    near = _near(told.token)
    returns = event_words().lists["in_return"] - _COMMON
    return any(t.lemma_.casefold() in returns for t in near) or bool(
        _AT_ANOTHER_TIME.search(" ".join(t.text for t in near))
    )


def _is_of_another(told: Told) -> bool:
    """Whether words near a telling are of another occasion: 'had beaten', 'in the first leg'."""
    assert told.token is not None
    near, spans = _near(told.token), lists().spans
    last = any(t.lower_ in {"last", "first"} and t.nbor(1).lower_ in spans for t in near[:-1])
    past = any(child.lower_ == "had" for child in told.token.children)
    return past or last or any(t.lower_ in lists().another for t in near)


def _near(token: Token) -> Sequence[Token]:
    return list(token.doc[max(0, token.i - _REACH) : token.i + _REACH + 1])


def _finding(case: _Case, article: Passage) -> Finding:
    ours = case.told
    here = f"Here {_who(ours.agent)} is the one {ours.relation.doing} {_who(ours.patient)}"
    other = max(case.against, key=_weight, default=None)
    conflict: Quotation
    if other is not None:
        conflict = article.quote(other.span)
        there = f"elsewhere it is the other way round: '{conflict.text}'"
    else:
        conflict = article.quote(case.signs[0].span)
        there = f"what is said of the two elsewhere is the other way round: '{conflict.text}'"
    sure = case.score <= -1.0
    return Finding(ours.span, conflict, f"{here}, but {there}.", _SURER if sure else _LESS_SURE)


def _who(member: Member) -> str:
    return f"'{member.called}'"
