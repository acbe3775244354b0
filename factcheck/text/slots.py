"""Where the parties of a verb or an event noun stand in the sentence.

The small parser often hangs a preposition on the wrong word, so places are filled from several
cues: the arcs, and the words that follow directly ('invasion by Ukraine' is by Ukraine whatever
word the parser hangs 'by' on). The understood subject of an infinitive is found by control.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from factcheck.text.eventwords import event_words

if TYPE_CHECKING:
    from spacy.tokens import Token

Slots: TypeAlias = dict[str, list["Token"]]
"""Head tokens by place: subj, obj, dative, poss, adj, or a preposition."""

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_OBJECTS = frozenset({"dobj", "obj", "attr", "oprd"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PARTICLES = frozenset("up out off over down in away back on aside apart".split())
_DEEPEST = 8


def verb_word(verb: Token) -> str:
    """Lemma of a verb, its particle joined with an underscore ('hand_over')."""
    particles = (child.lower_ for child in verb.children if child.dep_ == "prt")
    particle = next((word for word in particles if word in _PARTICLES), "")
    return "_".join(filter(None, [str(verb.lemma_).casefold(), particle]))


def verb_slots(verb: Token) -> Slots:
    """Who and what stands in each place about a verb, the passive turned into the active."""
    slots: Slots = defaultdict(list)
    passive = is_passive(verb)
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            slots["obj"] += spread(child)
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            slots["dative"] += spread(child)
    for preposition in _prepositions(verb):
        for child in preposition.children:
            if child.dep_ == "pobj":
                slots[preposition.lower_] += spread(child)
    surface = surface_slots(verb)
    for place in surface:
        slots[place] = slots[place] or surface[place]
    subjects = surface_subjects(verb)
    if passive:
        slots["subj"] = slots.pop("by", [])
        recipients = slots["obj"] and not slots["dative"]
        slots["dative" if recipients else "obj"] += subjects
    else:
        slots["subj"] += subjects
    if not passive and not slots["obj"] and verb.dep_ == "relcl" and verb.head not in subjects:
        slots["obj"] += spread(verb.head)
    return slots


def noun_slots(noun: Token) -> Slots:
    """Who and what stands in each place about an event noun."""
    slots: Slots = defaultdict(list)
    for child in noun.children:
        if child.dep_ == "poss":
            slots["poss"].append(child)
        elif child.dep_ in {"amod", "compound", "nmod"} and child.text[:1].isupper():
            slots["adj"].append(child)
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    slots[child.lower_] += spread(inner)
    before = noun.i - 1
    if before >= 0 and not slots["adj"] and noun.doc[before].text[:1].isupper():
        slots["adj"].append(noun.doc[before])
    slots.update(surface_slots(noun))
    return slots


def surface_slots(word: Token) -> Slots:
    """What the prepositional phrases directly after a word say, whatever the arcs say."""
    slots: Slots = defaultdict(list)
    doc = word.doc
    index = word.i + 1
    while index < len(doc) and doc[index].pos_ in {"ADP", "SCONJ", "ADV"}:
        heads = [child for child in doc[index].children if child.dep_ == "pobj"]
        if not heads or heads[0].i < index:
            break
        slots[doc[index].lower_] += spread(heads[0])
        index = heads[0].i + 1
    return slots


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, a bare participle after its noun included."""
    dependents = {child.dep_ for child in verb.children}
    if dependents & {"nsubjpass", "auxpass", "csubjpass"}:
        return True
    if verb.tag_ not in {"VBN", "VBD"}:
        return False
    if verb.dep_ == "acl":
        return True
    if verb.dep_ == "conj" and not dependents & _SUBJECTS and verb.head.pos_ == "VERB":
        has_object = bool(dependents & _OBJECTS)
        return verb.tag_ == "VBN" and not has_object and is_passive(verb.head)
    followed = verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "by"
    return followed and verb.tag_ == "VBN" and not dependents & (_SUBJECTS | _OBJECTS)


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the subject of a verb as it stands, or as understood where none stands there."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]
    if own:
        return [head for subject in own for head in _antecedents(subject, verb)]
    if depth > _DEEPEST:
        return []
    return _understood(verb, depth + 1)


def _understood(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ in {"acl", "relcl"}:
        return _from_noun(verb, head, depth)
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return surface_subjects(head, depth)
    if verb.dep_ in {"xcomp", "advcl", "ccomp"} and head.pos_ in {"VERB", "AUX"}:
        return _controller(verb, head, depth)
    if verb.dep_ == "xcomp" and head.pos_ in {"NOUN", "ADJ"}:
        return _planner(head, depth)
    return _through_preposition(verb, depth) if verb.dep_ == "pcomp" else []


def _from_noun(verb: Token, noun: Token, depth: int) -> list[Token]:
    """The noun that a participle or relative clause hangs on; for an infinitive, the planner."""
    if verb.dep_ == "acl" and verb.tag_ not in {"VBG", "VBN", "VBD"}:
        return _planner(noun, depth)
    return [] if verb.tag_ == "VBG" and _is_event(noun) else spread(noun)


def _controller(verb: Token, governor: Token, depth: int) -> list[Token]:
    if governor.lemma_ in event_words().lists["object_control"] and verb.dep_ != "advcl":
        objects = [child for child in governor.children if child.dep_ in _OBJECTS | {"dative"}]
        if objects:
            return spread(objects[0])
    if verb.dep_ == "ccomp" and verb.tag_ != "VBG" and not _is_infinitive(verb):
        return []
    for child in governor.children:
        if child.dep_ in _OBJECTS and child.lemma_ in event_words().lists["plan_nouns"]:
            return _planner(child, depth)
    return surface_subjects(governor, depth)


def _planner(noun: Token, depth: int) -> list[Token]:
    """Whose plan it is: 'its plan to …', 'the plan by X to …', 'X denied plans to …'."""
    for child in noun.children:
        if child.dep_ == "poss":
            return [child]
        if child.dep_ in {"amod", "compound"} and child.text[:1].isupper():
            return [child]
        if child.dep_ == "prep" and child.lower_ in {"by", "of"}:
            return [inner for inner in child.children if inner.dep_ == "pobj"]
    governor = noun.head
    if governor.dep_ in {"prep", "dobj"} and governor.pos_ in {"NOUN", "ADP"}:
        governor = governor.head
    if governor.pos_ not in {"VERB", "AUX"} or noun.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS:
        return []
    if governor.lemma_ in event_words().lists["others_plans"]:
        return []
    return surface_subjects(governor, depth)


def _through_preposition(verb: Token, depth: int) -> list[Token]:
    """'accused X of attacking', 'X was blamed for attacking', 'plans for attacking'."""
    governor = verb.head.head
    if governor.pos_ in {"VERB", "AUX"}:
        objects = [child for child in governor.children if child.dep_ in _OBJECTS]
        if objects and governor.lemma_ in event_words().lists["object_control"]:
            return spread(objects[0])
        return surface_subjects(governor, depth)
    if governor.pos_ == "NOUN":
        return _planner(governor, depth)
    return []


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _is_event(noun: Token) -> bool:
    return noun.lemma_ in event_words().nouns


def _antecedents(subject: Token, verb: Token) -> list[Token]:
    """'who' and 'which' stand for the noun that their clause hangs on."""
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return [verb.head]
    return spread(subject)


def _prepositions(verb: Token) -> Iterator[Token]:
    """Prepositions of a verb, and those that the parser hung on its object instead."""
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} or (child.dep_ == "dative" and child.pos_ == "ADP"):
            yield child
        elif child.dep_ in _OBJECTS and not _is_event(child):
            for inner in child.children:
                if inner.dep_ == "prep" and inner.lower_ in {"to", "from", "against", "by"}:
                    yield inner


def spread(head: Token) -> list[Token]:
    """A head and what is joined to it by 'and' or 'or'."""
    found = [head]
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            found += spread(child)
    return found
