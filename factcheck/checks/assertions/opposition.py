"""Whether two propositions cannot both be so, and what excuses two that only look like it."""

from __future__ import annotations

from factcheck.checks.assertions.propositions import Proposition
from factcheck.checks.assertions.sameness import ENOUGH, match, sameness
from factcheck.checks.lexicon import lexicon


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
    always = (_other_figures, _unplaced, _on_other_terms, _denied_in_part)
    if any(excuse(one, other) for excuse in (*excuses, *always)):
        return False
    if not _one_voice(one, other):
        return False
    if one.sense.lasting and one.object.present and other.object.present:
        return sameness(one, other) >= 1
    return sameness(one, other) >= ENOUGH


def _of_no_case(one: Proposition, other: Proposition) -> bool:
    """Whether one of them asserts nothing of any case in particular: 'wearing no helmet'."""
    return one.general or other.general


def _of_others(one: Proposition, other: Proposition) -> bool:
    """Whether subjects or objects share a word only: 'those of that age', 'minors of any age'."""
    pairs = ((one.subject, other.subject), (one.object, other.object))
    return not one.sense.lasting and any(
        a.words and b.words and match(a, b) < ENOUGH for a, b in pairs
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
    if one.ongoing or other.ongoing:
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
    if any(a.present and b.present and match(a, b) < ENOUGH for a, b in pairs):
        return False
    least = 1 if one.universal or other.universal else 2
    return sum(match(a, b) >= ENOUGH for a, b in pairs) >= least


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


def _on_other_terms(one: Proposition, other: Proposition) -> bool:
    """Whether one of them is so on a condition that the other does not have."""
    if one.terms is None or other.terms is None:
        return one.terms is not other.terms
    return not one.terms.same_as(other.terms)


def _denied_in_part(one: Proposition, other: Proposition) -> bool:
    """Whether what is denied is narrower than what is affirmed: 'not at once', 'not under ten'."""
    if one.negated == other.negated:
        return False
    denied, affirmed = (one, other) if one.negated else (other, one)
    doc = affirmed.passage.sentences[affirmed.sentence].doc
    return not denied.limits <= {word for t in doc for word in (t.lower_, t.lemma_.casefold())}


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
        return not (one.tense == other.tense and (one.sense.lasting or _taken_back(one, other)))
    return one.tense != other.tense and "perfect" not in {one.tense, other.tense}


def _taken_back(one: Proposition, other: Proposition) -> bool:
    """Whether what was done on a day of the week is plainly denied further on, of whatever day.

    The other way round the text may tell how it came to be done after all, and of a month or year
    it tells what happened before.
    """
    denied, affirmed = (one, other) if one.negated else (other, one)
    if affirmed.negated or denied.times or affirmed.sentence >= denied.sentence:
        return False
    if not all(time.endswith(("day", "night", "morning", "evening")) for time in affirmed.times):
        return False
    if denied.object.present:
        return bool(denied.object.head) and denied.object.head == affirmed.object.head
    return affirmed.object.words <= {time.casefold() for time in affirmed.times}
