"""What would be said instead if a sentence were wrong: the same words with their sense turned.

A model that reads a passage for one sentence is often misled by all that the two have in common, or
have not. Put to it beside its contrary, which differs in the one thing that is in doubt, the rest
weighs the same on both sides. Each contrary is a change of one kind: two parties of a deed
exchanged, what is affirmed denied, a verb's opposite, a cause denied or exchanged with its effect.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, Any

from factcheck.checks.lexicon import check_table, lexicon
from factcheck.records import FlagType, Span
from factcheck.text.clauses import governor
from factcheck.text.gazetteer import gazetteer, text_table
from factcheck.text.names import is_name_word
from factcheck.text.slots import verb_slots

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

MOST_OF_A_KIND = 4
"""Changes of one kind that are tried; more would cost without telling more."""
PARTIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
"""Labels of names that may act."""
_ACTORS = re.compile(r"(?:er|or|ist|ian|man|woman|people|ant|ee)$")
"""Endings of nouns for those who act."""
_WHOM = ("obj", "dative", "to", "from", "for", "against", "of", "with", "by", "over")
"""Where about a verb the one may stand to whom something is done."""
_CASES = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
_FIRST_CASES = {other: one for one, other in _CASES.items()}
_NEGATIVES = re.compile(r"\b(?:not|never|no longer)\s|n['’]t\b", re.IGNORECASE)
_AUXILIARIES = frozenset(
    "is are was were has have had will would can could did does do must".split()
)
_HELPERS = {"VBD": "did not", "VBZ": "does not", "VBP": "do not"}
_CAUSES = re.compile(
    r"\b(?:led to|brought about|set off|triggered|caused|prompted|sparked|resulted in|forced"
    r"|gave rise to|was caused by|were caused by|was due to|was the result of|was behind|drove"
    r"|provoked|followed from|stemmed from)\b",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"\b(?:because of|because|owing to|due to|thanks to|as a result of|on account of|since|as)\b",
    re.IGNORECASE,
)
_AMBIGUOUS = frozenset({"since", "as"})
_LEADERS = frozenset("the a an its his her their".split())


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


def contraries(sentence: Doc) -> list[Repair]:
    """Changes that turn the sense of `sentence`, at most a few of each kind, the plainest first."""
    kinds = (exchanged(sentence), denied(sentence), opposites(sentence), causes(sentence))
    return [repair for kind in kinds for repair in islice(kind, MOST_OF_A_KIND)]


def exchanged(doc: Doc) -> Iterator[Repair]:
    """Two parties of one deed in each other's place, or 'by' and 'of' after an event."""
    done: set[tuple[int, int]] = set()
    for first, second in (*_parties(doc), *_names(doc)):
        apart = first.end <= second.start and first.text.lower() != second.text.lower()
        inside = any(a <= first.start and second.end <= b for a, b in done)
        if apart and not inside:
            done.add((first.start, second.end))
            yield _exchange(doc, first, second)
    yield from _turned_agents(doc)


def _parties(doc: Doc) -> Iterator[tuple[Phrase, Phrase]]:
    """Who does something and whom it is done to, as phrases in order of the text."""
    chunks = {token.i: chunk for chunk in doc.noun_chunks for token in chunk}
    for verb in doc:
        slots = verb_slots(verb) if verb.pos_ == "VERB" else {}
        patients = [(place, token) for place in _WHOM for token in slots.get(place, ())]
        for agent, (place, patient) in product(slots.get("subj", ()), patients):
            known = agent.i in chunks and patient.i in chunks and not _moves(agent, place, patient)
            if known and _is_party(agent) and _is_party(patient):
                first, second = sorted((agent.i, patient.i))
                yield _whole(chunks[first], chunks), _whole(chunks[second], chunks)


def _whole(chunk: Phrase, chunks: Mapping[int, Phrase]) -> Phrase:
    """A phrase with the 'of' phrase that follows it: 'the council of Keld'."""
    doc, end = chunk.doc, chunk.end
    if end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end].head.i == chunk.root.i:
        following = chunks.get(end + 1)
        if following is not None:
            return doc[chunk.start : following.end]
    return chunk


def _moves(agent: Token, place: str, patient: Token) -> bool:
    """Whether somebody only goes somewhere: 'she flew to Paris'."""
    whither = place in {"to", "from", "for"} and patient.ent_type_ == "GPE"
    return whither and agent.ent_type_ not in {"GPE", "NORP", "ORG"}


def _names(doc: Doc) -> Iterator[tuple[Phrase, Phrase]]:
    """Two names under one verb, whatever they stand for there: 'Dutch boats', 'off Peru'."""
    names = [name for name in doc.ents if name.label_ in PARTIES and not _is_place(name)]
    for first, second in pairwise(names):
        verb = governor(first.root)
        alike = (first.label_ == "NORP") == (second.label_ == "NORP")
        if alike and verb.i == governor(second.root).i and verb.pos_ == "VERB":
            yield first, second


def _is_place(name: Phrase) -> bool:
    """Whether a name only says where: 'in Paris', 'off Iquique'."""
    before = name[0].nbor(-1).lower_ if name.start else ""
    return name.label_ == "GPE" and before in _words("where")


def _exchange(doc: Doc, first: Phrase, second: Phrase) -> Repair:
    between = doc.text[first.end_char : second.start_char]
    ahead, behind = _moved(second), _moved(first)
    if first.start == 0:
        ahead = ahead[:1].upper() + ahead[1:]
    return Repair(
        "role_reversal",
        Span(first.start_char, second.end_char),
        f"{ahead}{between}{behind}",
    )


def _moved(phrase: Phrase) -> str:
    """A party's words as they stand elsewhere in a sentence, pronouns in the other case."""
    words, first = str(phrase.text), phrase[0]
    if len(phrase) == 1 and first.lower_ in _CASES | _FIRST_CASES:
        return (_CASES | _FIRST_CASES)[first.lower_]
    if first.i == 0 and not is_name_word(first) and first.ent_type_ not in PARTIES:
        return words[:1].lower() + words[1:]
    return words


def _is_party(token: Token) -> bool:
    """Whether a word may be the name or the office of somebody who acts."""
    if token.pos_ == "PRON":
        return token.lower_ in _CASES | _FIRST_CASES
    if token.ent_type_ in PARTIES or (token.pos_ == "PROPN" and is_name_word(token)):
        return token.ent_type_ in PARTIES | {""}
    word = token.lemma_.lower()
    return token.pos_ == "NOUN" and (
        word in _party_nouns() or (word not in _words("not_actors") and bool(_ACTORS.search(word)))
    )


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_lists()["words"][name].split())


@functools.cache
def _lists() -> dict[str, Any]:
    return check_table("contraries.toml")


@functools.cache
def _party_nouns() -> frozenset[str]:
    """Nouns for parties that no ending gives away."""
    listed = [*text_table("deeds.toml")["parties"].values()]
    listed += [
        text_table("actors.toml")["words"]["standing_for_state"],
        check_table("offices.toml")["sole"],
    ]
    bodies = gazetteer().words["bodies"] - _words("not_actors")
    return bodies.union(" ".join(listed).split())


def _turned_agents(doc: Doc) -> Iterator[Repair]:
    """'an invasion by X' made 'an invasion of X', and the other way round."""
    for token in doc:
        if token.lower_ in {"by", "of"} and _follows_noun(token) and _leads_to_name(token):
            words = "of" if token.lower_ == "by" else "by"
            yield Repair("role_reversal", Span(token.idx, token.idx + len(token)), words)


def _follows_noun(token: Token) -> bool:
    """Whether it may belong to a noun; the parser often hangs 'by X' on a verb further off."""
    return token.head.pos_ == "NOUN" or (token.i > 0 and token.nbor(-1).pos_ == "NOUN")


def _leads_to_name(token: Token) -> bool:
    return any(child.ent_type_ in PARTIES for child in token.children)


def denied(doc: Doc) -> Iterator[Repair]:
    """'Not' taken out, or put in where something is stated, main clauses first."""
    for match in _NEGATIVES.finditer(doc.text):
        yield Repair("negation", Span(*match.span()), "")
    for token in doc:
        if token.lower_ == "no" and token.dep_ == "det":
            words = "some" if token.head.tag_ in {"NNS", "NNPS"} else "a"
            yield Repair("negation", Span(token.idx, token.idx + len(token)), words)
    for verb in sorted(doc, key=lambda token: (_depth(token), token.i)):
        yield from _with_not(verb)


def _depth(token: Token) -> int:
    return sum(1 for above in token.ancestors if above.pos_ in {"VERB", "AUX"})


def _with_not(verb: Token) -> Iterator[Repair]:
    """'Not' behind the first helper of a verb that carries a statement, or 'did not' before it."""
    dependents = {child.dep_: child for child in reversed(list(verb.children))}
    if "neg" in dependents or not {"nsubj", "nsubjpass", "expl"} & dependents.keys():
        return
    helper = next((c for c in verb.children if c.lower_ in _AUXILIARIES and c.i < verb.i), None)
    helper = verb if verb.lower_ in _AUXILIARIES else helper
    if helper is not None:
        end = helper.idx + len(helper)
        yield Repair("negation", Span(end, end), " not")
    elif verb.pos_ == "VERB" and verb.tag_ in _HELPERS:
        span = Span(verb.idx, verb.idx + len(verb))
        yield Repair("negation", span, f"{_HELPERS[verb.tag_]} {verb.lemma_}")


def opposites(doc: Doc) -> Iterator[Repair]:
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
    past = str(_lists()["pasts"].get(verb, stem + "ed"))
    return {"VBD": past, "VBN": past, "VBG": stem + "ing", "VBZ": verb + "s"}.get(tag, verb)


def causes(doc: Doc) -> Iterator[Repair]:
    """A reason denied, and cause and effect changed about."""
    for match in _REASONS.finditer(doc.text):
        if _gives_reason(doc, match):
            yield Repair("cause", Span(match.start(), match.start()), "but not ")
            yield from _about(doc.text, match)
    for match in _CAUSES.finditer(doc.text):
        yield from _about(doc.text, match)


def _gives_reason(doc: Doc, match: re.Match[str]) -> bool:
    """Whether 'since' and 'as' stand for 'because', as far as the parse tells."""
    if match.group().lower() not in _AMBIGUOUS:
        return True
    token = next((token for token in doc if token.idx == match.start()), None)
    return token is not None and token.dep_ == "mark" and token.head.dep_ == "advcl"


def _about(text: str, match: re.Match[str]) -> Iterator[Repair]:
    """What stands before and behind a word of cause, changed about."""
    before, behind = text[: match.start()].rstrip(" ,"), text[match.end() :].strip()
    behind, end = behind.rstrip(".!?"), behind[len(behind.rstrip(".!?")) :]
    if before and behind:
        turned = f"{_capital(behind)} {match.group()} {_small(before)}{end}"
        yield Repair("cause", Span(0, len(text)), turned)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _small(words: str) -> str:
    first = words.split(maxsplit=1)[0].lower()
    return words[0].lower() + words[1:] if first in _LEADERS else words
