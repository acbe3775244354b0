"""Small changes to a sentence, each of one kind: which of them would put it right?

Where a model holds that a sentence is contradicted, each of these changes is put to it as well.
The one after which the model is content tells what kind of error it was, and how to mend it. The
new words come from the passage that contradicts (another number, name, day), or from the sentence
itself (two names exchanged, 'not' put in or taken out, cause and effect changed about).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING

from factcheck.checks.lexicon import lexicon
from factcheck.checks.speech import words as speech_words
from factcheck.records import FlagType, Span
from factcheck.text.dates import MONTHS, WEEKDAYS
from factcheck.text.folding import readable
from factcheck.text.quantities import TIME_UNITS, Quantity, comparable, quantities

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Entity

MOST_OF_A_KIND = 4
"""Changes of one kind that are tried; more would cost without telling more."""
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_PLACES = frozenset({"GPE", "NORP", "LOC"})
_CAUSES = r"""
    led to|brought about|set off|triggered|caused|prompted|sparked|resulted in|forced|gave rise to
    |was caused by|were caused by|was due to|was the result of|because of|because|owing to|thanks to
    |as a result of|was behind|drove|provoked|followed from|stemmed from
"""
_CAUSE = re.compile(
    rf"\b(?:{''.join(_CAUSES.split(chr(10))).replace('    ', '')})\b", re.IGNORECASE
)
_MONTH_NAMES = [name for name in MONTHS if len(name) > 3 or name == "may"]
_DAY_PARTS = {
    "weekday": re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b"),
    "month": re.compile(rf"\b(?:{'|'.join(name.capitalize() for name in _MONTH_NAMES)})\b"),
    "year": re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
}
_ORDER = {"before": "after", "after": "before", "earlier": "later", "later": "earlier"}
_ORDER_WORD = re.compile(rf"\b(?:{'|'.join(_ORDER)})\b", re.IGNORECASE)
_NEGATIVES = re.compile(r"\b(?:not|never|no longer)\s|n['’]t\b", re.IGNORECASE)
_PASTS = dict(
    rise="rose", fall="fell", win="won", lose="lost", shut="shut", leave="left", quit="quit",
    cut="cut", hold="held", drop="dropped", ban="banned", forbid="forbade", deny="denied",
)  # fmt: skip
_LEADERS = frozenset("the a an its his her their".split())
_AUXILIARIES = frozenset(
    "is are was were has have had will would can could did does do must".split()
)


@dataclass(frozen=True, slots=True)
class Repair:
    """One change to a sentence."""

    type: FlagType
    """The kind of error that it would mend."""
    span: Span
    """The words that it replaces, in the sentence."""
    words: str
    """What stands in their place; may be empty."""

    def applied(self, sentence: str) -> str:
        """The sentence with the change made."""
        changed = sentence[: self.span.start] + self.words + sentence[self.span.end :]
        return re.sub(r" {2,}", " ", changed)


def repairs(sentence: Doc, others: Sequence[Doc]) -> list[Repair]:
    """Changes to `sentence` that might make it agree with `others`, at most a few of each kind.

    Args:
        sentence: the sentence in doubt.
        others: sentences that speak against it.
    """
    kinds = (
        _exchanged(sentence),
        _turned_agent(sentence),
        _numbers(sentence.text, [other.text for other in others]),
        _days(sentence.text, [other.text for other in others]),
        _order(sentence.text),
        _names(sentence, others),
        _negation(sentence),
        _opposites(sentence),
        _causes(sentence.text),
    )
    return [repair for kind in kinds for repair in islice(kind, MOST_OF_A_KIND)]


def _entities(doc: Doc) -> list[Entity]:
    return [entity for entity in doc.ents if entity.label_ in _NAMES]


def _span(entity: Entity) -> Span:
    return Span(entity.start_char, entity.end_char)


def _exchanged(doc: Doc) -> Iterator[Repair]:
    """Two parties of one sentence in each other's place."""
    parties = [*_entities(doc), *_plain_parties(doc)]
    parties.sort(key=lambda party: party.start)
    for one, other in combinations(parties, 2):
        if one.end > other.start or one.text == other.text or other.start - one.end > 12:
            continue
        between = doc.text[one.end_char : other.start_char]
        words = other.text + between + one.text
        yield Repair("role_reversal", Span(one.start_char, other.end_char), words)


def _plain_parties(doc: Doc) -> Iterator[Entity]:
    """Subjects and objects that are no names: 'the company', 'his landlord'."""
    for chunk in doc.noun_chunks:
        role = chunk.root.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}
        if role and chunk[0].dep_ in {"det", "poss"} and not any(t.ent_type_ for t in chunk):
            yield chunk


def _turned_agent(doc: Doc) -> Iterator[Repair]:
    """'an invasion by X' made 'an invasion of X', and the other way round."""
    for token in doc:
        if token.lower_ in {"by", "of"} and _follows_noun(token) and _leads_to_name(token):
            words = "of" if token.lower_ == "by" else "by"
            yield Repair("role_reversal", Span(token.idx, token.idx + len(token)), words)


def _follows_noun(token: Token) -> bool:
    """Whether it may belong to a noun; the parser often hangs 'by X' on a verb further off."""
    return token.head.pos_ == "NOUN" or (token.i > 0 and token.nbor(-1).pos_ == "NOUN")


def _leads_to_name(token: Token) -> bool:
    return any(child.ent_type_ in _NAMES for child in token.children)


def _numbers(text: str, others: Iterable[str]) -> Iterator[Repair]:
    """Another number of the same unit from the passage."""
    found = [(quantity, other) for other in others for quantity in quantities(other)]
    for ours in quantities(text):
        for theirs, other in found:
            if _may_replace(ours, theirs):
                kind: FlagType = "date" if ours.unit in TIME_UNITS else "number"
                yield Repair(kind, ours.number, theirs.number.of(readable(other)))


def _may_replace(ours: Quantity, theirs: Quantity) -> bool:
    return comparable(ours, theirs) and ours.low != theirs.low


def _days(text: str, others: Sequence[str]) -> Iterator[Repair]:
    """Another weekday, month or year from the passage."""
    for pattern in _DAY_PARTS.values():
        theirs = dict.fromkeys(m.group() for other in others for m in pattern.finditer(other))
        for match in pattern.finditer(text):
            for word in theirs:
                if word != match.group():
                    yield Repair("date", Span(*match.span()), word)


def _order(text: str) -> Iterator[Repair]:
    """'Before' for 'after', and the other way round."""
    for match in _ORDER_WORD.finditer(text):
        yield Repair("date", Span(*match.span()), _ORDER[match.group().lower()])


def _names(doc: Doc, others: Iterable[Doc]) -> Iterator[Repair]:
    """Another name of the same kind from the passage."""
    theirs = [entity for other in others for entity in _entities(other)]
    for ours in _entities(doc):
        kind: FlagType = "attribution" if _speaks(ours.root) else "entity"
        for name in dict.fromkeys(e.text for e in theirs if _alike(ours, e)):
            if name not in doc.text and ours.text not in name:
                yield Repair(kind, _span(ours), name)


def _alike(one: Entity, other: Entity) -> bool:
    return one.label_ == other.label_ or {one.label_, other.label_} <= _PLACES


def _speaks(token: Token) -> bool:
    """Whether something is reported as that party's words or view."""
    if token.dep_ == "poss":
        return token.head.lemma_ in speech_words("statement_nouns")
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return token.head.lemma_ in speech_words("verbs")
    return (
        token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according"
    )


def _negation(doc: Doc) -> Iterator[Repair]:
    """'Not' taken out, or put in behind an auxiliary."""
    for match in _NEGATIVES.finditer(doc.text):
        yield Repair("negation", Span(*match.span()), "")
    for token in doc:
        if token.lower_ in _AUXILIARIES and not any(c.dep_ == "neg" for c in _of_clause(token)):
            end = token.idx + len(token)
            yield Repair("negation", Span(end, end), " not")


def _of_clause(token: Token) -> Iterator[Token]:
    yield from token.children
    if token.dep_ in {"aux", "auxpass"}:
        yield from token.head.children


def _opposites(doc: Doc) -> Iterator[Repair]:
    """A verb in whose place its opposite is put, in the same form."""
    for token in doc:
        opposite = _opposite_of(token) if token.pos_ == "VERB" else None
        if opposite:
            yield Repair("negation", Span(token.idx, token.idx + len(token)), opposite)


def _opposite_of(token: Token) -> str | None:
    sense = lexicon().senses.get(token.lemma_.lower())
    if sense is None or not sense.about:
        return None
    side = (w for w, s in lexicon().senses.items() if s.key == sense.key and s.sign == -sense.sign)
    word = next((w for w in side if "_" not in w), None)
    return _in_form(word, token.tag_) if word else None


def _in_form(verb: str, tag: str) -> str:
    """A verb in the form of a Penn tag; near enough for a model to read."""
    stem = verb[:-1] if verb.endswith("e") else verb
    past = _PASTS.get(verb, stem + "ed")
    return {"VBD": past, "VBN": past, "VBG": stem + "ing", "VBZ": verb + "s"}.get(tag, verb)


def _causes(text: str) -> Iterator[Repair]:
    """What stands before and behind a word of cause, changed about."""
    for match in _CAUSE.finditer(text):
        before, behind = text[: match.start()].rstrip(), text[match.end() :].strip()
        behind, end = behind.rstrip(".!?"), behind[len(behind.rstrip(".!?")) :]
        if before and behind:
            turned = f"{_capital(behind)} {match.group()} {_small(before)}{end}"
            yield Repair("cause", Span(0, len(text)), turned)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _small(words: str) -> str:
    is_article = words.split(maxsplit=1)[0].lower() in {
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
    }
    return words[0].lower() + words[1:] if is_article else words
