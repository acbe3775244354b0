"""Facts that a sentence states in passing: adverbial and relative clauses, appositions.

'After Russia annexed Crimea, …' takes the annexation for granted; 'Norway, which is mediating, …'
says that Norway mediates; 'Karen Donfried, the assistant secretary, …' says who she is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.claims.clauses import (
    Clause,
    is_finite,
    is_sound,
    phrase_of,
    plain_clause,
    subject_of,
    trimmed,
)
from factcheck.claims.segmentation import head_of
from factcheck.claims.wordlists import reporting_verbs, words
from factcheck.text.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHORTEST = 3
_PAST = frozenset({"VBD"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "FAC", "LOC"})


def subordinates(clause: Clause) -> list[Clause]:
    """The clauses within a clause that state facts of their own, in order of the sentence."""
    if any(token.lower_ in words("clauses", "suspending") for token in clause.tokens):
        return []
    found = [*_adverbials(clause), *_relatives(clause), *_appositions(clause)]
    return sorted(found, key=lambda inner: inner.start)


def _adverbials(clause: Clause) -> Iterator[Clause]:
    for token in clause.tokens:
        if not _opens_fact(token) or _is_doubted(token.head, clause, token.lower_ == "because"):
            continue
        end = _end_of_adverbial(token, clause)
        start, end = trimmed(clause.doc, token.i + 1, end)
        if end - start >= _SHORTEST and _is_told(clause, start, end, token.lower_):
            yield plain_clause(clause.doc, start, end, head_of(clause.doc, start, end), "adverbial")


def _opens_fact(token: Token) -> bool:
    presupposing = words("clauses", "presupposing") | words("clauses", "presupposing_past")
    if token.lower_ not in presupposing or token.tag_ not in {"IN", "WRB"} or _compares(token):
        return False
    return token.dep_ in {"mark", "advmod"} or token.is_sent_start is True


def _compares(token: Token) -> bool:
    """Whether a word is part of 'as though' or 'as if', which open what is not so."""
    before, after = token.doc[max(token.i - 1, 0)], token.doc[min(token.i + 1, len(token.doc) - 1)]
    return (token.lower_ == "though" and before.lower_ == "as") or (
        token.lower_ == "as" and after.lower_ in {"though", "if"}
    )


def _is_doubted(verb: Token, clause: Clause, because: bool = False) -> bool:
    """Whether the clause of `verb` hangs on what is denied, alleged or negated.

    'She denied that he fled after he shot the guard' does not say that he shot the guard. A plain
    'did not flee after he shot the guard' does; but 'not because' may deny the cause, too.
    """
    above = [token for token in verb.ancestors if clause.start <= token.i < clause.end]
    verbs = (at for at, token in enumerate(above, 1) if token.pos_ in {"VERB", "AUX"})
    own = next(verbs, len(above))
    doubting = words("clauses", "doubting")
    doubted = any(token.lemma_.casefold() in doubting for token in above[own:])
    negated = any(map(_is_negated, above if because else above[own:]))
    return doubted or negated or any(map(_is_alleged, above))


def _is_alleged(word: Token) -> bool:
    """Whether an adverb with a word leaves it open whether it is so: 'allegedly fled'."""
    adverbs = (child for child in word.children if child.dep_ == "advmod")
    return any(adverb.lower_ in words("clauses", "doubting") for adverb in adverbs)


def _is_negated(word: Token) -> bool:
    """Whether a word is negated, by itself or through its subject ('no court found that …')."""
    subject = subject_of(word)
    first = {child.lower_ for child in word.lefts} | {subject.left_edge.lower_ if subject else ""}
    negated = any(child.dep_ == "neg" for child in word.children)
    return negated or bool(first & words("clauses", "negators"))


def _end_of_adverbial(opener: Token, clause: Clause) -> int:
    """Where the clause after `opener` ends: at the comma if it comes first, else by the parse."""
    if opener.i == clause.start:
        commas = (token.i for token in clause.tokens if token.text == ",")
        return next((i for i in commas if _has_verb(clause, opener.i + 1, i)), opener.i)
    end = min(opener.head.right_edge.i + 1, clause.end)
    joined = (t.i for t in clause.doc[opener.i : end] if t.text == "," and _joins_on(t))
    return min([end, *joined])


def _joins_on(comma: Token) -> bool:
    """Whether a comma is followed by 'and', 'but' or 'or', with which a new clause may begin."""
    return comma.i + 1 < len(comma.doc) and comma.nbor(1).tag_ == "CC"


def _has_verb(clause: Clause, start: int, end: int) -> bool:
    return any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in clause.doc[start:end])


def _is_told(clause: Clause, start: int, end: int, opener: str) -> bool:
    """Whether a subordinate stretch is a sound clause in a tense that tells a fact."""
    tokens = list(clause.doc[start:end])
    tensed = [token for token in tokens if token.tag_ in {"VBD", "VBZ", "VBP", "MD"}]
    if not tensed or not is_sound(tokens) or any(token.tag_ == "MD" for token in tensed):
        return False
    if opener == "as" and tokens[-1].lemma_ in reporting_verbs():
        return False
    if opener in words("clauses", "presupposing_past") and tensed[0].tag_ not in _PAST:
        return False
    before = [token for token in tokens if token.i < tensed[0].i]
    return any(token.pos_ in {"NOUN", "PROPN", "PRON"} for token in before)


def _relatives(clause: Clause) -> Iterator[Clause]:
    for verb in clause.tokens:
        if verb.dep_ == "relcl" and is_finite(verb) and not _is_doubted(verb, clause):
            found = _relative(clause, verb)
            if found is not None:
                yield found


def _relative(clause: Clause, verb: Token) -> Clause | None:
    doc, subject = clause.doc, subject_of(verb)
    pronoun = next((t for t in doc[verb.left_edge.i : verb.i] if t.tag_ in {"WDT", "WP"}), None)
    if pronoun is None or subject is None or not _own_facts(clause, pronoun, verb):
        return None
    if pronoun.lower_ == "which" and verb.lemma_ in words("clauses", "summing_up"):
        return None
    owner = _owner(pronoun, verb)
    end = trimmed(doc, pronoun.i, min(verb.right_edge.i + 1, clause.end))[1]
    if (
        owner is None
        or end <= verb.i
        or owner[0].i < clause.start
        or not is_sound(list(doc[pronoun.i : end]))
    ):
        return None
    pieces = (*owner, *doc[pronoun.i + 1 : end]) if subject == pronoun else doc[owner[0].i : end]
    return Clause(doc, owner[0].i, end, verb, tuple(pieces), "relative")


def _own_facts(clause: Clause, pronoun: Token, verb: Token) -> bool:
    """Whether a relative clause adds a fact, rather than saying which thing is meant."""
    if any(child.tag_ == "MD" for child in verb.children):
        return False
    if clause.doc[pronoun.i - 1].text == ",":
        return True
    inside = clause.doc[pronoun.i : verb.right_edge.i + 1]
    return any(token.pos_ == "NUM" for token in inside) and _is_specific(verb.head)


def _is_specific(noun: Token) -> bool:
    """Whether a noun means certain things, not all of a kind, none, or one that is wanted."""
    first = noun.left_edge
    general = first.lower_ in words("clauses", "unspecific") or (
        first == noun and noun.tag_ == "NNS"
    )
    return not general and noun.head.lemma_ not in words("clauses", "wanting")


def _owner(pronoun: Token, verb: Token) -> tuple[Token, ...] | None:
    """The noun phrase that a relative pronoun stands for, if it is plain which."""
    noun, doc = verb.head, verb.doc
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.i >= pronoun.i:
        return None
    if _is_set_apart(noun) or (noun.dep_ == "conj" and not _shows_singular(verb)):
        return None
    before = pronoun.i - 1
    while before > noun.i and doc[before].text in {",", "(", "\u2013", "\u2014"}:
        before -= 1
    phrase = doc[noun.left_edge.i : before + 1]
    if any(token.text == "," or token.tag_ in {"WDT", "WP"} for token in phrase):
        phrase = doc[phrase_of(noun)[0].i : noun.i + 1] if before == noun.i else doc[0:0]
    fits = len(phrase) > 0 and _agrees(noun, verb) and not any(is_finite(token) for token in phrase)
    return tuple(phrase) if fits else None


def _is_set_apart(noun: Token) -> bool:
    """'Holm' in 'It was Berg, not Holm, who signed': of whom it is said that he is not meant."""
    first, apart = noun.left_edge.i, words("clauses", "setting_apart")
    before = (noun.doc[max(first - size, 0) : first].text.casefold() for size in (1, 2))
    return any(child.dep_ == "neg" for child in noun.children) or any(w in apart for w in before)


def _shows_singular(verb: Token) -> bool:
    """Whether a verb has one subject, not both in 'She and Mr Holm, who had not met before'."""
    shown = [verb, *(child for child in verb.children if child.dep_ in {"aux", "auxpass"})]
    return any(token.tag_ == "VBZ" or token.lower_ == "was" for token in shown)


def _agrees(noun: Token, verb: Token) -> bool:
    """Whether a noun can be the subject of a verb by number; a verb that shows none always may."""
    plural = noun.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in noun.children)
    shown = [verb, *(child for child in verb.children if child.dep_ in {"aux", "auxpass"})]
    for token in shown:
        if token.tag_ == "VBZ" or token.lower_ == "was":
            return not plural
        if token.tag_ == "VBP" or token.lower_ == "were":
            return plural
    return True


def _appositions(clause: Clause) -> Iterator[Clause]:
    for token in clause.tokens:
        if token.dep_ == "appos" and token.head.i < token.i and _is_aside(clause, token):
            found = _apposition(clause, token)
            if found is not None:
                yield found


def _is_aside(clause: Clause, noun: Token) -> bool:
    """Whether an apposition stands between commas (or ends the clause) and is no list."""
    start, end = noun.left_edge.i, phrase_of(noun)[-1].i + 1
    closed = end >= clause.end or clause.doc[end].text in {",", ".", ";"}
    lone = not any(child.dep_ in {"conj", "cc", "appos"} for child in noun.children)
    return clause.doc[start - 1].text == "," and closed and lone


def _apposition(clause: Clause, noun: Token) -> Clause | None:
    left = [token for token in phrase_of(noun.head) if token.i < noun.left_edge.i - 1]
    right = list(phrase_of(noun))
    if not left or left[-1].i != noun.left_edge.i - 2 or right[-1].i >= clause.end:
        return None
    described = _is_description(left) != _is_description(right)
    if noun.pos_ == "NUM" and left[0].lower_ in {"a", "an"}:
        return None  # 'a man, 34': that he is 34 says nothing of anybody
    if left[0].i < clause.start or not described or not is_sound([*left, *right]):
        return None
    if not _go_together(noun.head, noun):
        return None
    verb = "are" if noun.tag_ == "NNS" else "is"
    return Clause(clause.doc, left[0].i, right[-1].i + 1, noun, (*left, verb, *right), "apposition")


def _go_together(left: Token, right: Token) -> bool:
    """Whether a name and a description are of one sort: a person's name with an office."""
    name, described = (left, right) if left.pos_ == "PROPN" else (right, left)
    office = words("persons", "person_nouns") | words("persons", "offices")
    office |= gazetteer().words["male_nouns"] | gazetteer().words["female_nouns"]
    if name.ent_type_ == "PERSON":
        return described.pos_ == "PROPN" or described.lemma_.casefold() in office
    return described.lemma_.casefold() not in words("clauses", "summing_up_nouns")


def _is_description(phrase: list[Token]) -> bool:
    """Whether a phrase says what somebody or something is, rather than naming it."""
    named = phrase[-1].ent_type_ in _NAMED and phrase[0].pos_ not in {"DET", "PRON"}
    owned = any(token.tag_ in {"PRP$", "POS"} for token in phrase)
    office = phrase[0].pos_ == "NOUN" and phrase[0].lemma_ in words("persons", "person_nouns")
    return office or (not named and (phrase[0].pos_ == "DET" or owned))
