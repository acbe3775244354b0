"""Taking a long sentence apart into the statements it makes.

Coordinated clauses and predicates, adverbial clauses that are presented as true, relative clauses
and appositions each give a clause of their own, with the subject supplied where the sentence
leaves it out. The small parser errs often, so every cut must leave sound pieces on both sides;
where one would not be sound, the stretch stays whole.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from factcheck.claims.clauses import (
    AUXILIARIES,
    Clause,
    Piece,
    balanced,
    is_finite,
    is_sound,
    opened,
    phrase_of,
    plain_clause,
    subject_of,
)
from factcheck.claims.wordlists import hedge_words, reporting_verbs, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CONJUNCTIONS = frozenset({"and", "but", "or", "yet"})


def segments(doc: Doc, start: int, end: int) -> list[Clause]:
    """The coordinated clauses and predicates of a stretch, or the stretch as one clause."""
    parts = [
        part for piece in _at_semicolons(doc, start, end) for part in _coordinated(doc, *piece)
    ]
    return parts or [plain_clause(doc, start, end, head_of(doc, start, end))]


def head_of(doc: Doc, start: int, end: int) -> Token:
    """The main verb of a stretch as the parser sees it, or the token that heads it."""
    tops = [
        token for token in doc[start:end] if not start <= token.head.i < end or token.head == token
    ]
    return next((token for token in tops if is_finite(token)), tops[0] if tops else doc[start])


def _at_semicolons(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch cut at semicolons, if every piece is a clause with a verb of its own."""
    marks = [token.i for token in doc[start:end] if token.text == ";"]
    edges = [start, *(mark + 1 for mark in marks), end]
    pieces = [opened(doc, left, right) for left, right in pairwise(edges)]
    sound = all(
        left < right and is_sound(list(doc[left:right])) and _has_clause(doc, left, right)
        for left, right in pieces
    )
    return pieces if marks and sound else [opened(doc, start, end)]


def _has_clause(doc: Doc, start: int, end: int) -> bool:
    return any(
        is_finite(token) and (subject := subject_of(token)) is not None and subject.i >= start
        for token in doc[start:end]
    )


def _coordinated(doc: Doc, start: int, end: int) -> list[Clause]:
    """The stretch cut where verbs of equal standing are joined; whole if any cut is unsound."""
    if start >= end:
        return []
    head = head_of(doc, start, end)
    whole = plain_clause(doc, start, end, head)
    if any(token.lower_ in words("clauses", "suspending") for token in doc[start:end]):
        return [whole]
    cuts = [
        (verb, cut)
        for verb in _joined_verbs(head, start, end)
        if (cut := _cut_before(verb, head)) is not None
    ]
    parts = _parts(doc, start, end, head, cuts)
    return parts if parts and all(_stands(part) for part in parts) else [whole]


def _joined_verbs(head: Token, start: int, end: int) -> list[Token]:
    """Verbs after `head` in the stretch that are joined to it as equals."""
    return [
        token
        for token in head.doc[max(start, head.i + 1) : end]
        if token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} and _anchor(token, head) == head
    ]


def _anchor(verb: Token, head: Token) -> Token | None:
    """The verb that `verb` is joined to, past any that it cannot equal in form.

    The parser hangs 'blamed' in 'denied plans to attack Ukraine and blamed …' on 'attack'; a verb
    with tense cannot be joined to an infinitive, so the search goes on upwards.
    """
    if _may_be_infinitive(verb, head):
        return None
    above = verb.head
    while above not in (head, above.head):
        equal = above.dep_ == "conj" and above.pos_ in {"VERB", "AUX"}
        if not equal and is_finite(above) and not _leaves_report(verb, above):
            return None
        if not equal and not is_finite(verb):
            return None
        above = above.head
    if above == head and _leaves_report(verb, head):
        return None
    fits = is_finite(verb) if is_finite(head) else verb.tag_ == head.tag_
    return above if above == head and (fits or _shares_auxiliary(verb, head)) else None


def _may_be_infinitive(verb: Token, head: Token) -> bool:
    """Whether 'cut' in 'plans to close the plant and cut jobs' may be part of the plan.

    It reads the same in the tense that the parser takes it for.
    """
    planned = any(token.tag_ == "TO" for token in verb.doc[head.i : verb.i])
    return planned and _has_one_form(verb)


def _has_one_form(verb: Token) -> bool:
    """Whether a verb without a subject of its own is spelled like the infinitive."""
    return verb.tag_ in {"VBD", "VBP"} and verb.lower_ == verb.lemma_ and subject_of(verb) is None


def _leaves_report(verb: Token, said: Token) -> bool:
    """Whether a verb with tense goes on with the reporter, not with what was said.

    'She said ties would be reviewed but stopped short of threats': it is she who stopped short.
    'She said the army had won and thanked it': to thank is to speak, and it is she who speaks.
    'The court ruled that the law was invalid and ordered …': a law that is invalid orders nothing.
    """
    if said.dep_ != "ccomp" or subject_of(verb) is not None:
        return False
    helpers = {child.lemma_ for child in said.children if child.dep_ in AUXILIARIES}
    modal = any(child.tag_ == "MD" for child in said.children)
    resumes = is_finite(verb) and not any(child.tag_ == "MD" for child in verb.children)
    if not resumes or _is_past_perfect(verb):
        return False
    return modal or (_is_speech(verb) and ("have" in helpers or _cannot_act(said)))


def _is_past_perfect(verb: Token) -> bool:
    """'Had never paid': a tense that reports what was said, and does not go on with the story."""
    return any(child.dep_ in AUXILIARIES and child.lower_ == "had" for child in verb.children)


def _cannot_act(said: Token) -> bool:
    """'The law was invalid': what is said of a thing, which does not speak itself."""
    subject = subject_of(said)
    thing = subject is not None and subject.tag_ == "NN" and subject.ent_type_ == ""
    person = thing and subject is not None and subject.lemma_ in words("persons", "person_nouns")
    return said.lemma_ == "be" and thing and not person


def _is_speech(verb: Token) -> bool:
    return verb.lemma_ in reporting_verbs() or verb.lemma_ in words("clauses", "speech_acts")


def _shares_auxiliary(verb: Token, head: Token) -> bool:
    own = any(child.dep_ in AUXILIARIES for child in verb.children)
    return not own and verb.tag_ == head.tag_ and bool(_auxiliaries(head))


def _auxiliaries(verb: Token) -> list[Token]:
    return [
        child
        for child in verb.children
        if child.i < verb.i and (child.dep_ in AUXILIARIES or child.dep_ == "neg")
    ]


def _cut_before(verb: Token, head: Token) -> int | None:
    """The conjunction or comma before a joined verb, or None where there is no safe cut."""
    doc, first = verb.doc, _first_of(verb, head)
    before = first - 1
    if before <= head.i:
        return None
    joint = doc[before].lower_
    if joint in _CONJUNCTIONS:
        negated = any(child.dep_ == "neg" for child in head.children)
        if negated and subject_of(verb) is None and _takes_auxiliaries(verb, head):
            contrasted = joint == "but" and verb.tag_ != "VB"
            return before if joint == "or" or contrasted else None
        return None if joint == "or" else before
    return before if doc[before].text == "," and _later_conjunction(verb) else None


def _first_of(verb: Token, head: Token) -> int:
    """Where the clause of `verb` begins: its leftmost word after the nearest conjunction."""
    first = max(verb.left_edge.i, head.i + 1)
    for token in verb.doc[first : verb.i]:
        if token.lower_ in _CONJUNCTIONS and token.head in {verb, verb.head}:
            first = token.i + 1
    return first


def _later_conjunction(verb: Token) -> bool:
    """Whether the verb is a middle member of 'did A, did B and did C'."""
    return any(child.dep_ == "conj" for child in verb.children) or any(
        child.dep_ == "conj" and child.i > verb.i for child in verb.head.children
    )


def _parts(
    doc: Doc, start: int, end: int, head: Token, cuts: list[tuple[Token, int]]
) -> list[Clause]:
    if not cuts:
        return []
    edges = [start, *(cut for _, cut in cuts), end]
    verbs = [head, *(verb for verb, _ in cuts)]
    parts: list[Clause] = []
    for verb, left, right in zip(verbs, edges, edges[1:], strict=False):
        begin, stop = opened(doc, left, right)
        contrasted = doc[left].lower_ == "but"
        supplied = _supplied(verb, head, begin, contrasted)
        at = _after_opening(verb, begin) if supplied else begin
        pieces = (*doc[begin:at], *supplied, *doc[at:stop])
        parts.append(Clause(doc, begin, stop, verb, pieces))
    return parts


def _after_opening(verb: Token, begin: int) -> int:
    """Where a subject can be put in: after an opening such as 'three minutes later,'."""
    commas = [token.i for token in verb.doc[begin : verb.i] if token.text == ","]
    return commas[-1] + 1 if commas else begin


def _supplied(verb: Token, head: Token, begin: int, contrasted: bool) -> tuple[Piece, ...]:
    """The subject, shared auxiliaries and hedging adverbs that a joined predicate leaves unsaid.

    A negation is shared too ('did not pay or resign'), unless 'but' sets the predicate against it.
    """
    own = subject_of(verb)
    if verb == head or (own is not None and own.i >= begin):
        return ()
    subject = subject_of(head)
    if subject is None or subject.dep_ == "expl" or subject.i > head.i:
        return ()
    shared = _auxiliaries(head) if _takes_auxiliaries(verb, head) else []
    kept = [token for token in shared if not (contrasted and token.dep_ == "neg")]
    supplied = [*_subject_phrase(subject, head), *kept, *_hedging_adverbs(head)]
    return tuple(sorted(set(supplied), key=lambda token: token.i))


def _hedging_adverbs(head: Token) -> list[Token]:
    """'Allegedly' and the like before a verb, which hold for the verbs joined to it as well."""
    return [
        child
        for child in head.children
        if child.dep_ == "advmod" and child.i < head.i and child.lower_ in hedge_words()
    ]


def _subject_phrase(subject: Token, head: Token) -> tuple[Token, ...]:
    """The words of a subject, without what is set off by commas, which may be cut short."""
    whole = subject.doc[subject.left_edge.i : min(subject.right_edge.i, head.i - 1) + 1]
    plain = phrase_of(subject) if any(token.text == "," for token in whole) else tuple(whole)
    return tuple(token for token in plain if token.i < head.i)


def _takes_auxiliaries(verb: Token, head: Token) -> bool:
    """Whether a joined verb needs the auxiliaries of the first one."""
    return not is_finite(verb) or _goes_on_perfect(verb, head) or _goes_on_modal(verb, head)


def _goes_on_perfect(verb: Token, head: Token) -> bool:
    """'signed' in 'has sold two and signed three', which the parser reads as a past tense."""
    perfect = any(child.lemma_ == "have" for child in _auxiliaries(head))
    passive = any(child.dep_ == "auxpass" for child in _auxiliaries(head))
    bare = verb.tag_ == "VBD" and not any(child.dep_ in AUXILIARIES for child in verb.children)
    return bare and perfect and not passive and verb.text.endswith("ed")


def _goes_on_modal(verb: Token, head: Token) -> bool:
    """'cut' in 'will close the plant and cut jobs', 'left' in 'may have sunk it and left'."""
    helpers = _auxiliaries(head)
    if not any(helper.tag_ == "MD" for helper in helpers):
        return False
    perfect = any(helper.lemma_ == "have" for helper in helpers)
    bare = verb.tag_ == "VBD" and subject_of(verb) is None
    return _has_one_form(verb) or (perfect and bare)


def _stands(part: Clause) -> bool:
    """Whether a cut piece is a clause: sound at both ends, with a subject, its own or supplied."""
    if part.start >= part.end or not is_sound(part.tokens):
        return False
    has_subject = subject_of(part.head) is not None or part.completed
    supplied = len(part.stated) - len(part.tokens)
    return has_subject and supplied <= 25 and balanced(part.stated)
