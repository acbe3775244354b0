"""Who says what in records of words: transcripts, minutes, signed letters, reports.

A label before a turn gives it to somebody ('MS HALL: ...'), else the verb of saying does, or who
signed. Only people whom the texts name are speakers.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from factcheck.checks.base import Case
from factcheck.checks.passages import Passage, references_of
from factcheck.checks.speech.speakers import Memory, Speaker, describe, reports, subject_of, words
from factcheck.records import Evidence, Span
from factcheck.text.clauses import content
from factcheck.text.details import NAMED_DAYS
from factcheck.text.gazetteer import gazetteer
from factcheck.text.numbers import number_word
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NAME = r"[A-Z][\w.'\u2019-]*"
_LABEL = re.compile(
    rf"(?:^|(?<=[.?!\"\u201d)\]\u2026] )|(?<=\n))(?P<name>{_NAME}(?: {_NAME}){{0,4}})"
    r"(?: \([^()\n]{1,60}\)|, [^:.?!\n]{1,60})?(?::|(?<=Q)\.|(?<=A)\.)\s"
)
_HEADING = re.compile(r"^.*\n", re.DOTALL)
_DOUBLE = re.compile('["\u201c\u201d]')
_SIGNED = re.compile(
    rf"(?:Yours[\w ]*, )?(?P<name>{_NAME}(?: {_NAME}){{1,3}})(?:, [^.]{{1,60}})?\.?$"
)
_TELLING_VERBS = frozenset(
    "accuse advise beg call commend counsel criticise describe inform object oppose plead put"
    " recommend reject remind speak submit".split()
)
"""Verbs that report words besides those of the list."""
_RUN = 8
"""Words in a row that are enough of a longer quotation."""
_TITLED, _FULL = 100, 5
"""What a name after a title or a first name counts against its mentions as no person's name."""
Document: TypeAlias = list[tuple[ParsedSentence, Passage]]
"""The sentences of a reference with the passages that they are from, in order."""


@dataclass(frozen=True, eq=False)
class Turn:
    """A sentence of a reference and who says what is in it."""

    parsed: ParsedSentence
    """The sentence, parsed."""
    passage: Passage
    """The passage that it is from."""
    owners: tuple[tuple[int, Speaker], ...]
    """Who says it, each with the offset of the name in the sentence; -1 for a label's."""
    labelled: bool
    """Whether a label before the words says so."""
    around: frozenset[str]
    """The words by which somebody who may be saying it could be named, lower case."""
    text: str
    """The sentence as written; a heading before it is blank."""
    words: tuple[str, ...]
    """Its words, lower case."""
    keys: frozenset[str]
    """Stems of its content words."""

    def owner(self, match: Span | None = None) -> Speaker | None:
        """Who says it; of several the one named last before the matching words."""
        if match is None:
            return self.owners[0][1] if self.owners else None
        before = [speaker for place, speaker in self.owners if place < match.start]
        after = [speaker for place, speaker in self.owners if place >= match.end]
        return before[-1] if before else after[0] if after else None

    def find(self, quoted: Sequence[str]) -> Span | None:
        """Where the quoted words stand in the sentence, or enough of them in a row."""
        found = [match for match in _WORD.finditer(self.text)]
        size = min(len(quoted), _RUN)
        runs = {tuple(quoted[at : at + size]) for at in range(len(quoted) - size + 1)}
        for at in range(len(self.words) - size + 1):
            if self.words[at : at + size] in runs:
                return Span(found[at].start(), found[at + size - 1].end())
        return None


def spoken_words(text: str) -> tuple[str, ...]:
    """The words of a text, lower case, with straight apostrophes."""
    return tuple(w.casefold().replace("\u2019", "'") for w in _WORD.findall(text))


def keys_of(tokens: Sequence[Token]) -> frozenset[str]:
    """What the content words and the figures of a sentence stand for."""
    figures = (number_word(token.lower_) for token in tokens)
    digits = {f"#{t.text}" for t in tokens if t.text.isdigit()}
    spelt = {f"#{figure}" for figure in figures if figure is not None and figure > 2}
    return content(tokens) | digits | spelt


def people_of(sentences: Sequence[ParsedSentence]) -> frozenset[str]:
    """The surnames of the people whom the texts name; none that is a common word, too."""
    forms = words("male") | words("female")
    titles = gazetteer().titles | forms
    plain = {t.text for sentence in sentences for t in sentence.doc if t.text.islower()}
    votes: Counter[str] = Counter()
    for token in chain.from_iterable(sentence.doc for sentence in sentences):
        name = token.lower_
        if not token.text[:1].isupper() or name in titles or name in words("offices"):
            continue
        before = token.nbor(-1).lower_.rstrip(".") if token.i else ""
        if before in titles and token.pos_ == "PROPN":
            votes[name] += _TITLED if before in forms or name not in plain else 0
        elif name not in plain:
            full = token.i > 0 and token.nbor(-1).ent_type_ == "PERSON"
            votes[name] += (_FULL if full else 1) if token.ent_type_ == "PERSON" else -1
    return frozenset(name for name, count in votes.items() if count > 0)


def labelled_people(article: str, documents: Sequence[Document]) -> frozenset[str]:
    """The surnames that stand in capitals as labels, and elsewhere as names only."""
    texts = [article, *(p.quote(s.span).text for document in documents for s, p in document)]
    every = {word for text in texts for word in _WORD.findall(text)}
    labels = [match["name"].split() for text in texts for match in _LABEL.finditer(text)]
    return frozenset(
        name[-1].casefold()
        for name in labels
        if all(part.isupper() for part in name)
        and (name[-1].title() in every or len(name) > 1)
        and name[-1].casefold() not in every
    )


def _person(sentence: ParsedSentence, head: Token, people: frozenset[str]) -> Speaker | None:
    """The person whom a noun phrase names; None for offices, bodies and pronouns."""
    if head.lower_ in words("offices"):
        head = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), head)
    named = describe(sentence, head)
    if named.key not in people or (not named.name[:1].isupper() and head.pos_ != "PROPN"):
        return None
    parts = named.name.split()
    while len(parts) > 1 and (parts[0].islower() or parts[0].casefold() in NAMED_DAYS):
        del parts[0]
    return replace(named, name=" ".join(parts), person=True)


def tellers_of(
    sentence: ParsedSentence, free: Sequence[bool], people: frozenset[str]
) -> list[tuple[int, Speaker]]:
    """The persons who are said to say something, each with the offset of the name."""
    subjects = [r.subject for r in reports(sentence, free) if r.subject is not None]
    for token in sentence.doc:
        if free[token.i] and token.lemma_.lower() in _TELLING_VERBS and token.pos_ == "VERB":
            subjects += [s for s in [subject_of(token)] if s is not None]
    found = [(t.idx, p) for t in subjects if (p := _person(sentence, t, people)) is not None]
    return sorted(found, key=lambda item: item[0])


def documents_of(case: Case) -> list[Document]:
    """The sentences of each reference in order, each once."""
    found: dict[str, dict[int, tuple[ParsedSentence, Passage]]] = defaultdict(dict)
    for passage in references_of(case):
        if isinstance(passage.source, Evidence):
            known = found[passage.source.quotation.source_id]
            for sentence in passage.sentences:
                known.setdefault(sentence.span.start, (sentence, passage))
    return [[known[start] for start in sorted(known)] for known in found.values()]


def read_turns(document: Document, people: frozenset[str]) -> Iterator[Turn]:
    """The sentences of one reference with their speakers."""
    labels = _Labels(people)
    memory = Memory()
    texts = [passage.quote(sentence.span).text for sentence, passage in document]
    bodies = [_HEADING.sub(lambda match: " " * len(match.group()), text) for text in texts]
    every = [spoken_words(text) for text in bodies]
    author = _signed(bodies[-1], people) if texts else None
    quoting, last = False, list[tuple[int, Speaker]]()
    for at, (sentence, passage) in enumerate(document):
        labels.read(texts[at])
        free = _free(sentence, bodies[at], quoting)
        near = [every[at]]
        owners: list[tuple[int, Speaker]] = []
        if labels.speaking:
            cites = not labels.quoted and not all(free)
            owners = [(-1, labels.speaker)] if labels.speaker is not None and not cites else []
            near.append(labels.words)
        else:
            owners = tellers_of(sentence, free, people)
            if not owners:
                near = every[max(0, at - 2) : at + 2]
                owners = _resumed(sentence, free, memory)
            if not owners and quoting:
                owners = [(-1, speaker) for _, speaker in last[-1:]]
            elif not owners and author is not None and all(free):
                owners = [(-1, author)]
            memory.read(sentence, free)
        quoting ^= len(_DOUBLE.findall(bodies[at])) % 2 == 1
        last = owners
        keys = keys_of([t for t in sentence.doc if not bodies[at][t.idx : t.idx + 1].isspace()])
        around = frozenset(word for few in near for word in few)
        known = tuple((place, owner) for place, owner in owners if owner.key in people)
        yield Turn(sentence, passage, known, labels.speaking, around, bodies[at], every[at], keys)


def _free(sentence: ParsedSentence, text: str, quoting: bool) -> list[bool]:
    """For each token, whether it stands outside double quotation marks and the heading."""
    marks = [match.start() for match in _DOUBLE.finditer(text)]
    return [(bisect.bisect_right(marks, token.idx) + quoting) % 2 == 0 for token in sentence.doc]


def _resumed(
    sentence: ParsedSentence, free: Sequence[bool], memory: Memory
) -> list[tuple[int, Speaker]]:
    """'... she said', with the person whom the pronoun means."""
    for report in reports(sentence, free):
        if report.speaker is not None and report.subject is not None:
            speaker = memory.follow(report.speaker)
            if speaker is not None and speaker.guessed:
                return [(report.subject.idx, speaker)]
    return []


def _signed(last: str, people: frozenset[str]) -> Speaker | None:
    """Who signs a letter or note in its last line."""
    match = _SIGNED.match(last.rpartition("\n")[2])
    if match is None or match["name"].split()[-1].casefold() not in people:
        return None
    name = match["name"]
    return Speaker(name.split()[-1].casefold(), name, Span(*match.span("name")), "", person=True)


class _Labels:
    """Who has the word in a record with a label before each turn ('MS HALL: ...').

    'A:' is whoever stood before the first 'Q:' of the row; who asks is not looked for.
    """

    def __init__(self, people: frozenset[str]) -> None:
        """Start before the first label, with the surnames of the people who may speak."""
        self._people = people
        self.speaker: Speaker | None = None
        self.speaking = False
        self.words: tuple[str, ...] = ()
        self.quoted = False
        self._answers: Speaker | None = None
        self._last = ""

    def read(self, text: str) -> None:
        """Take in the labels of a sentence; the last of them holds from there on."""
        for match in _LABEL.finditer(text):
            name = match["name"]
            low = name.casefold().rstrip(".")
            if low in {"q", "question"}:
                self._answers = self.speaker if self._last == "name" else self._answers
                self.speaker, self._last = None, "q"
            elif low in {"a", "answer"}:
                self.speaker, self._last = self._answers, "a"
            elif name.isupper() or self._person(match) is not None:
                self.speaker, self._last = self._person(match), "name"
                self._answers = None
            else:
                continue
            self.speaking = True
            self.words = spoken_words(match.group())
            self.quoted = bool(_DOUBLE.match(text, match.end()))

    def _person(self, match: re.Match[str]) -> Speaker | None:
        parts = match["name"].split()
        titles = gazetteer().titles | words("male") | words("female")
        titled = parts[0].casefold().rstrip(".") in titles
        last = parts[-1].casefold()
        if last in titles or last in words("offices"):
            return None
        shouted = match["name"].isupper()
        if not (last in self._people and (titled or shouted)) and not (shouted and len(parts) > 1):
            return None
        shown = match["name"].title() if shouted else match["name"]
        return Speaker(last, shown, Span(*match.span("name")), "", person=True)
