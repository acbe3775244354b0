"""Predicates by the dependency parse: which words are one, what they stand for, whom they have.

A predicate is a verb, or 'to be' with a state; words of one meaning count as one predicate and
opposites as its denial (data/propositions.toml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.checks.assertions.parts import Part
from factcheck.checks.lexicon import Sense, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_JUDGED = frozenset({"nsubj", "dobj"})
_NEAR = 7
"""Words after a verb among which what completes it is shown."""


def is_infinite(verb: Token) -> bool:
    """'to support it', 'guns delivered', 'that it support': a purpose, an aside or a motion."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in lexicon().words["failing"]:
        return False
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    finite = {"VBD", "VBP", "VBZ", "MD"}
    if verb.tag_ in finite or any(c.tag_ in finite for c in helpers):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return is_infinite(verb.head)
    return verb.dep_ != "ROOT"


def is_predicate(token: Token) -> bool:
    """Whether something is told with it."""
    if token.pos_ in {"VERB", "AUX"}:
        return token.dep_ not in {"aux", "auxpass", "amod"}
    # The parser takes some verbs for nouns ('Our client contests every count').
    return token.dep_ == "ROOT" and lexicon().sense(token.lemma_.casefold()).lasting


def predicate(verb: Token) -> tuple[Sense, list[Token], Part | None]:
    """What a verb stands for with its particle or state, its objects, and what it implies."""
    words = lexicon()
    lemma = verb.lemma_.casefold()
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt"]
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj", "attr", "dative", "oprd"}]
    objects = [c for c in objects if c.pos_ != "ADP"]
    if particles:
        lemma = f"{lemma}_{particles[0]}"
    if verb.lemma_ in {"be", "stay", "remain"}:
        lemma = _state(verb) or lemma
        objects = [c for c in objects if c.dep_ != "attr"] if lemma != "be" else objects
    elif judged := [c for c in states_of(verb) if f"{lemma}_{c.lemma_.casefold()}" in words.senses]:
        sense = words.sense(f"{lemma}_{judged[0].lemma_.casefold()}")
        # of whom: 'found Low guilty', where 'Low was found guilty' has him as its subject
        return sense, [c for c in (*judged[0].children, *objects) if c.dep_ in _JUDGED], None
    elif objects and f"{lemma}_{objects[0].lemma_.casefold()}" in words.senses:
        sense = words.sense(f"{lemma}_{objects[0].lemma_.casefold()}")
        implied = Part(sense.of, words=frozenset({sense.of}), present=True) if sense.of else None
        return sense, [], implied
    else:
        objects += [c for c in verb.children if c.dep_ == "ccomp"]
        for child in verb.children:
            if child.dep_ == "prep" and not objects:
                objects += [c for c in child.children if c.dep_ == "pobj"]
    if verb.lemma_ in words.words["permitting"]:
        objects = [*_permitted(verb), *objects]
    if verb.pos_ == "NOUN":
        objects = [c for c in verb.children if c.dep_ == "appos"]
    return words.sense(lemma), objects, None


def _permitted(verb: Token) -> list[Token]:
    """'open' of 'allows shops to open': what is permitted, before whom it is permitted to."""
    clauses = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp", "advcl"} and c.i > verb.i]
    return [c for c in clauses if any(t.lower_ == "to" and t.dep_ == "aux" for t in c.children)][:1]


def states_of(verb: Token) -> list[Token]:
    """What a verb says somebody or something is: 'open', 'a ruin', '(found) guilty'."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "ADJ"]
    return clauses + [c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}]


def complements(verb: Token) -> list[Token]:
    """The words right of a verb that complete it where it has no object that counts.

    They end with a word that can end a phrase: 'open to girls', not 'open to'.
    """
    kept = {"dobj", "attr", "acomp", "prep"}
    found = {t.i for c in verb.children if c.dep_ in kept and c.i > verb.i for t in c.subtree}
    near = [verb.doc[place] for place in sorted(found) if place < verb.i + _NEAR]
    while near and near[-1].pos_ in {"ADP", "DET", "PUNCT", "CCONJ", "SCONJ", "PART"}:
        near.pop()
    return near


def _state(verb: Token) -> str:
    """'be_in_use', 'be_open': what somebody or something is."""
    for child in verb.children:
        if child.dep_ in {"acomp", "attr"} and child.pos_ in {"ADJ", "NOUN"}:
            return f"be_{child.lemma_.casefold()}"
        if child.dep_ == "prep" and child.i > verb.i:
            for inner in child.children:
                if inner.dep_ == "pobj" and not any(inner.children):
                    return f"be_{child.lower_}_{inner.lemma_.casefold()}"
    return ""


def subject_of(verb: Token, depth: int = 0) -> tuple[Token | None, bool]:
    """The head of a verb's subject and whether the verb is passive."""
    for child in verb.children:
        if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS:
            passive = child.dep_ in PASSIVE_SUBJECTS
            if child.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
                return verb.head, passive
            return child, passive
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"} and depth < 5:
        return subject_of(verb.head, depth + 1)[0], passive
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head, True
    return None, passive


def tense_of(verb: Token) -> str:
    """`past`, `present`, `future`, or `perfect` for what holds of past and present."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in lexicon().words["failing"]:
        return tense_of(verb.head)
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.lower_ in {"will", "'ll", "wo", "shall"} for c in helpers):
        return "future"
    if any(c.lower_ in {"has", "have", "'ve"} for c in helpers):
        return "perfect"
    tags = {t.tag_ for t in (helpers or [verb])}
    return "past" if "VBD" in tags else "present"
