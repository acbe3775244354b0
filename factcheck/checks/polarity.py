"""The same thing affirmed and denied: 'is still in use' and 'no longer in use', rose and fell.

Two propositions are held against each other when they share their predicate (or its opposite) and
who and what it is about. Only the narrator's own words are held against the narrator's, and a
speaker's against the same speaker's: a denial by one party contradicts no accusation by another.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from factcheck.checks.assertions.casualties import Harm, denied_harm
from factcheck.checks.assertions.parts import Part
from factcheck.checks.assertions.propositions import Proposition, read_propositions
from factcheck.checks.assertions.turned import Turn, turned_sentences
from factcheck.checks.base import Case, Marker
from factcheck.checks.lexicon import lexicon
from factcheck.checks.passages import Passage, article_of, references_of
from factcheck.records import Flag, Span

_LATEST = 12
"""How many propositions of one predicate are looked back on: keeps the cost linear."""
_NEEDED = 2
"""What subject and object must come to together for two propositions to be about one thing."""


_MARK = Marker("polarity", "negation")


class PolarityCheck:
    """Flags what the article affirms in one place and denies in another, or a reference denies."""

    name = "polarity"

    def run(self, case: Case) -> Iterable[Flag]:
        """One flag for each proposition that has its opposite elsewhere."""
        article = article_of(case)
        references = list(references_of(case))
        flagged: set[Span] = set()
        for ours, theirs in _opposed(article, references):
            if ours.span not in flagged and theirs.span not in flagged:
                flagged.add(ours.span)
                yield self._flag(case, ours, theirs)
        for turn in turned_sentences(article, references):
            if not any(turn.quotation.span.overlaps(span) for span in flagged):
                yield self._turn_flag(case, turn)
        for harm in denied_harm(article):
            yield self._harm_flag(case, harm)

    def _flag(self, case: Case, ours: Proposition, theirs: Proposition) -> Flag:
        quotation = ours.passage.quote(ours.span)
        conflict = theirs.passage.quote(theirs.span)
        where = "elsewhere" if theirs.passage.is_article else theirs.passage.name
        what = f" ({ours.sense.about})" if ours.sense.sign != theirs.sense.sign else ""
        return _MARK.flag(
            case.article,
            quotation.span,
            "high",
            min(0.9, 0.4 + 0.12 * _sameness(ours, theirs)),
            f"'{_line(quotation.text)}' says the opposite{what} of '{_line(conflict.text)}', "
            f"{where}, about the same matter.",
            conflict=conflict,
        )

    def _harm_flag(self, case: Case, harm: Harm) -> Flag:
        ours, theirs = case.article.quote(harm.ours), case.article.quote(harm.theirs)
        return _MARK.flag(
            case.article,
            harm.ours,
            "high",
            0.7,
            f"'{_line(ours.text)}' here, '{_line(theirs.text)}' elsewhere.",
            conflict=theirs,
        )

    def _turn_flag(self, case: Case, turn: Turn) -> Flag:
        return _MARK.flag(
            case.article,
            turn.quotation.span,
            "high",
            turn.confidence,
            f"'{turn.ours}' here, '{turn.theirs}' in {turn.where}, in sentences that otherwise "
            "say the same.",
            conflict=turn.conflict,
        )


def _line(words: str) -> str:
    return " ".join(words.split())


def _opposed(
    article: Passage, references: Iterable[Passage]
) -> Iterator[tuple[Proposition, Proposition]]:
    """Pairs that contradict each other, the suspect side first; those with references first."""
    stated = [p for p in read_propositions(article) if _telling(p)]
    keys = {p.sense.key for p in stated}
    known: dict[str, deque[Proposition]] = defaultdict(lambda: deque(maxlen=_LATEST))
    for theirs in (p for passage in references for p in read_propositions(passage, keys)):
        if _telling(theirs):
            known[theirs.sense.key].append(theirs)
    for ours in stated:
        yield from ((ours, other) for other in known[ours.sense.key] if contradict(ours, other))
    seen: dict[str, deque[Proposition]] = defaultdict(lambda: deque(maxlen=_LATEST))
    for ours in stated:
        for other in seen[ours.sense.key]:
            if contradict(ours, other):
                yield (other, ours) if _suspect(other) > _suspect(ours) else (ours, other)
        seen[ours.sense.key].append(ours)


def _suspect(proposition: Proposition) -> tuple[bool, bool, bool]:
    """The likelier slip: a full statement with a negative, in the narrator's voice."""
    full = bool(proposition.subject.words)
    return full and proposition.negated, full, proposition.speaker is None


def _telling(proposition: Proposition) -> bool:
    return proposition.sense.key not in lexicon().words["general"] and bool(
        proposition.subject.present or proposition.object.present
    )


def contradict(one: Proposition, other: Proposition) -> bool:
    """Whether the two cannot both be so, by the same word of the same narrator or speaker."""
    if one.positive == other.positive or one.sense.key != other.sense.key:
        return False
    inside = other.passage.is_article
    within = (
        _of_no_case,
        _of_others,
        _of_a_rival,
        _contrasted,
        _apart_in_time,
        _other_settings,
    )
    excuses = within if inside else (_another_matter,)
    if any(excuse(one, other) for excuse in (*excuses, _other_figures, _unplaced)):
        return False
    if not _one_voice(one, other):
        return False
    if one.sense.lasting and one.object.present and other.object.present:
        return _sameness(one, other) >= 1
    return _sameness(one, other) >= _NEEDED


def _of_no_case(one: Proposition, other: Proposition) -> bool:
    """Whether one of them asserts nothing of any case in particular: 'wearing no helmet'."""
    return one.general or other.general


def _of_others(one: Proposition, other: Proposition) -> bool:
    """Whether subjects or objects share a word only: 'those of that age', 'minors of any age'."""
    pairs = ((one.subject, other.subject), (one.object, other.object))
    return not one.sense.lasting and any(
        a.words and b.words and _match(a, b) < _NEEDED for a, b in pairs
    )


def _of_a_rival(one: Proposition, other: Proposition) -> bool:
    """Whether only one of the two sentences tells of another thing of the kind: 'a rival plan'."""
    told = (p.passage.sentences[p.sentence].doc for p in (one, other))
    first, second = ({t.lower_ for t in doc} & lexicon().words["rival"] for doc in told)
    return one.sentence != other.sentence and first != second


def _unplaced(one: Proposition, other: Proposition) -> bool:
    """Whether nothing tells of what place or thing each is, and both may be so of two."""
    return one.sense.placed and not (one.object.present and other.object.present)


def _another_matter(one: Proposition, other: Proposition) -> bool:
    """Whether article and reference may speak of two events, or not in clauses of their own.

    A document tells of far more than the article does, often in the same words.
    """
    if one.infinite or other.infinite or one.shifting or other.shifting:
        return True
    in_turn = one.sense.undone and not (one.negated or other.negated)
    if in_turn and not (one.times & other.times or one.numbers & other.numbers):
        return True
    if (one.tense == "future") != (other.tense == "future"):
        return True
    return not (one.sense.lasting or _both_told(one, other))


def _both_told(one: Proposition, other: Proposition) -> bool:
    """Whether subject and object agree as far as told.

    A plain 'not' denies one event, of which both must be told; 'no parcel' and 'never' deny every
    one.
    """
    pairs = ((one.subject, other.subject), (one.object, other.object))
    if one.sense.themed and not all(part.present for pair in pairs for part in pair):
        return True
    if any(a.present and b.present and _match(a, b) < _NEEDED for a, b in pairs):
        return False
    least = 1 if one.universal or other.universal else 2
    return sum(_match(a, b) >= _NEEDED for a, b in pairs) >= least


def _contrasted(one: Proposition, other: Proposition) -> bool:
    """Whether one sentence sets them against each other on purpose.

    'Not this; he denied that' by one word, 'he joined it and left it' without a negative.
    """
    if one.sentence != other.sentence:
        return False
    return one.sense.sign == other.sense.sign or not (one.negated or other.negated)


def _other_figures(one: Proposition, other: Proposition) -> bool:
    """Whether they give different numbers or different years, so that they are two matters."""
    first, second = ({t for t in p.times if t.isdigit()} for p in (one, other))
    return any(
        bool(a and b and not a & b) for a, b in ((one.numbers, other.numbers), (first, second))
    )


def _other_settings(one: Proposition, other: Proposition) -> bool:
    """Whether one preposition brings other things to each: 'in the relay', 'in the marathon'."""
    common = one.settings.keys() & other.settings.keys()
    return any(
        bool(a and b and not a & b)
        for a, b in ((one.settings[word], other.settings[word]) for word in common)
    )


def _one_voice(one: Proposition, other: Proposition) -> bool:
    if one.speaker is None and other.speaker is None:
        return True
    if other.passage.is_article:
        if one.sense.lasting:  # to say that somebody disputes it, for him, is to dispute it
            return one.speaker is None or other.speaker is None
        return one.speaker == other.speaker != "?"
    if one.speaker and one.speaker in other.passage.voices:
        return other.speaker in {None, one.speaker}
    return one.speaker is None and other.speaker is None


def _apart_in_time(one: Proposition, other: Proposition) -> bool:
    """Whether the two may both have been so, one after the other."""
    if one.shifting or other.shifting:
        return True
    if one.sense.lasting:
        first, second = (one, other) if one.positive else (other, one)
        if first.tense == "past" and second.tense == "present":
            return False
    if (one.times or other.times) and not one.times & other.times:
        return not (one.sense.lasting and one.tense == other.tense)
    return one.tense != other.tense and "perfect" not in {one.tense, other.tense}


def _sameness(one: Proposition, other: Proposition) -> int:
    """How surely two propositions are about one thing; negative where they are not."""
    if one.sense.themed and not (one.object.present and other.object.present):
        theirs, ours = other.object, one.object  # 'it is in use', 'withdraw it'
        if ours.present != theirs.present:
            one_theme = ours if ours.present else one.subject
            return _match(one_theme, theirs if theirs.present else other.subject)
    subject, matter = _match(one.subject, other.subject), _match(one.object, other.object)
    if not one.sense.about and {
        one.subject.maybe,
        other.subject.maybe,
        one.object.maybe,
        other.object.maybe,
    } != {frozenset()}:
        subject, matter = min(subject, 1), min(matter, 1)
    if subject < 0 or matter < 0:
        return -1
    if not one.sense.lasting and subject == 0 and one.subject.words and other.subject.words:
        return -1  # a name and a word that nothing ties to it: 'Harbour Air', 'Northwind'
    if one.sense.sign != other.sense.sign and not one.negated and not other.negated:
        for mine, theirs in ((one.subject, other.subject), (one.object, other.object)):
            if mine.words and theirs.words and _match(mine, theirs) < _NEEDED:
                return -1
        return -1 if one.subject.words != other.subject.words else subject + matter
    return subject + matter


def _match(one: Part, other: Part) -> int:
    """3: one phrase; 2: one head; 1: a word in common; 0: cannot be told; -1: different."""
    if not one.words or not other.words:
        maybe, known = one.maybe | other.maybe, one if one.words else other
        return 2 if known.head in maybe else int(bool(known.words & maybe))
    shared = one.words & other.words
    if one.names and other.names and not one.names & other.names:
        return -1
    if one.head and one.head == other.head:
        if one.is_noun and shared == {one.head} and one.words > shared < other.words:
            return -1  # 'the theft charge', 'the fraud charge'
        return 3 if one.words == other.words else 2
    if shared:
        return 1
    return 0 if bool(one.names) != bool(other.names) else -1
