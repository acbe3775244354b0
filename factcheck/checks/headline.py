"""A headline that says what the body denies, or names what the body never mentions.

Headlines have a grammar of their own: the present for the past, no articles, a comma for 'and',
single quotation marks for somebody's words. Only what the body plainly says otherwise is flagged,
and nothing where the body also says it as the headline does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.checks.base import Case, Marker
from factcheck.checks.endings import all_quoted, outside
from factcheck.checks.headlinenumbers import find_other_counts, is_borne_out
from factcheck.checks.outcomes import Outcome, outcomes, pairs, words
from factcheck.records import Article, Flag, Span
from factcheck.text.details import MONTHS
from factcheck.text.folding import squeeze
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEAD = 8
"""Body sentences in which what the headline tells is looked for first."""
_STEM = 5
_YEAR = re.compile(r"(?:19|20)\d\d")
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_CONFIDENCE = 0.65
_UNNAMED = 0.45
_TITLE_CASE = 0.6


@dataclass(frozen=True)
class _Body:
    """A body sentence with what is the narrator's in it."""

    parsed: ParsedSentence
    free: list[bool]
    stems: frozenset[str]


_MARK = Marker("headline", "headline")


class HeadlineCheck:
    """Flags headlines that the body contradicts or never takes up."""

    name = "headline"

    def run(self, case: Case) -> Iterable[Flag]:
        """At most one flag: the surest of outcome, actor and patient, number, name.

        A headline that asks asserts nothing and is passed over.
        """
        headline, body = _parts(case)
        if headline is None or not body or headline.parsed.doc[-1].text == "?":
            return []
        finders = (self._outcome, self._turned, self._number, self._unnamed)
        flags = [flag for find in finders for flag in find(case, headline, body)]
        return flags[:1]

    def _outcome(self, case: Case, headline: _Body, body: Sequence[_Body]) -> Iterator[Flag]:
        """'Throws out' where the body has 'refused to strike out'."""
        for pair in pairs():
            told = list(outcomes(headline.parsed.doc, headline.free, pair))
            if len(told) != 1 or told[0].tentative or told[0].of_object:
                continue
            against = _contrary(told[0], headline, body)
            if against is not None:
                sentence, other = against
                yield self._contradicted(
                    case.article, headline, told[0].tokens, sentence.parsed.span_of(other.tokens)
                )

    def _turned(self, case: Case, headline: _Body, body: Sequence[_Body]) -> Iterator[Flag]:
        """'A sues B' where the body has only 'B sued A'."""
        for subject, verb, patient in _events(headline):
            same = [e for s in body for e in _named(s, verb)]
            straight = [e for _, e in same if (_key(e[0]), _key(e[2])) == (subject, patient)]
            turned = [(s, e) for s, e in same if (_key(e[0]), _key(e[2])) == (patient, subject)]
            if turned and not straight:
                sentence, event = turned[0]
                tokens = [t for t in headline.parsed.doc if _key(t) in {subject, patient}]
                yield self._contradicted(
                    case.article, headline, tokens, sentence.parsed.span_of(event)
                )

    def _number(self, case: Case, headline: _Body, body: Sequence[_Body]) -> Iterator[Flag]:
        """'Three schools' where the body has two; the body is at fault if a reference has three."""
        parsed = [s.parsed for s in body]
        texts = [e.quotation.text for found in case.references.values() for e in found]
        for tokens, sentence, others in find_other_counts(headline.parsed, parsed):
            headed, told = headline.parsed.span_of(tokens), sentence.span_of(others)
            numbered = len(others) == len(tokens)
            if numbered and is_borne_out(tokens, texts) and not is_borne_out(others, texts):
                yield self._flag(
                    case.article, told, headed, "The text says '{}', the headline '{}'."
                )
            else:
                yield self._contradicted(case.article, headline, tokens, told)

    def _contradicted(
        self, article: Article, headline: _Body, tokens: Sequence[Token], conflict: Span
    ) -> Flag:
        span = headline.parsed.span_of(tokens)
        return self._flag(article, span, conflict, "The headline says '{}', the text '{}'.")

    def _flag(self, article: Article, span: Span, conflict: Span, explanation: str) -> Flag:
        says, has = (" ".join(s.of(article.text).split()) for s in (span, conflict))
        return _MARK.flag(
            article,
            span,
            "high",
            _CONFIDENCE,
            explanation.format(says, has),
            conflict=article.quote(conflict),
        )

    def _unnamed(self, case: Case, headline: _Body, body: Sequence[_Body]) -> Iterator[Flag]:
        """A name that the body never mentions."""
        if _is_title_case(headline.parsed.span.of(case.article.text)):
            return
        text = squeeze(case.article.text[headline.parsed.span.end :])
        told = [squeeze(e.quotation.text) for found in case.references.values() for e in found]
        initials = _initials([s.parsed.span.of(case.article.text) for s in body])
        for name in _names(headline):
            known = any(
                t.lower_[:4] in there for t in name for there in (text, *told)
            ) or initials & {t.lower_.strip(".") for t in name}
            if not known:
                yield _MARK.flag(
                    case.article,
                    headline.parsed.span_of(name),
                    "medium",
                    _UNNAMED,
                    f"The headline names '{name[-1].text}', which the text never mentions.",
                )


def _parts(case: Case) -> tuple[_Body | None, list[_Body]]:
    """The headline and the body sentences, read."""
    quoted = all_quoted(case.article)
    headline: _Body | None = None
    body: list[_Body] = []
    for known, parsed in zip(case.article.prose, case.sentences, strict=True):
        read = _Body(parsed, outside(parsed, quoted), frozenset(_stems(parsed.doc)))
        if known.role == "body":
            body.append(read)
        elif known.span == case.article.headline:
            headline = read
    return headline, body


def _stems(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.pos_ in _CONTENT and len(token.text) > 2:
            yield token.lower_[:_STEM].rstrip("s")


def _contrary(
    told: Outcome, headline: _Body, body: Sequence[_Body]
) -> tuple[_Body, Outcome] | None:
    """The first plain outcome to the contrary; None where the body also bears the headline out."""
    about = _anchors(told, headline)
    found: tuple[_Body, Outcome] | None = None
    for place, sentence in enumerate(body):
        for other in outcomes(sentence.parsed.doc, sentence.free, told.pair):
            if told.side == 0 and _is_beating(other, about):
                return None
            if not _bears_on(other, sentence, about, told) or _of_other_thing(
                other, told, headline
            ):
                continue
            if other.side == told.side and not other.tentative:
                return None
            apart = _is_apart(other, headline) or (place > 0 and _goes_back(other, headline))
            is_new = found is None and place < _LEAD and not apart
            if is_new and other.side != told.side and not other.tentative:
                found = sentence, other
    return found


def _subjects(outcome: Outcome) -> list[Token]:
    return [c for t in outcome.tokens for c in t.children if c.dep_ in {"nsubj", "nsubjpass"}]


def _of_other_thing(other: Outcome, told: Outcome, headline: _Body) -> bool:
    """Whether an outcome befalls what the headline does not name: a suit, of a will upheld."""
    if told.pair.direction:
        return False
    heads = [c for t in other.tokens for c in t.children if c.dep_ in {"dobj", "nsubjpass"}]
    befallen = set(_stems(t for head in heads for t in _phrase(head)))
    return bool(befallen) and befallen.isdisjoint(headline.stems)


def _phrase(noun: Token) -> Iterator[Token]:
    """A noun with what tells which one it is, clauses and owners left out."""
    yield noun
    for child in noun.children:
        if child.dep_ in {"compound", "amod", "nmod", "prep", "pobj", "appos"}:
            yield from _phrase(child)


def _is_beating(other: Outcome, about: frozenset[str]) -> bool:
    """Whether those of the headline beat others: 'Rovers beat City' under 'Rovers win derby'."""
    return other.of_object and not other.negated and bool(about & set(_stems(_subjects(other))))


def _is_apart(other: Outcome, headline: _Body) -> bool:
    """Whether an outcome befell some only or others: 'one survived', 'cases among children'."""
    headed = {t.lower_ for t in headline.parsed.doc}
    near = {c.lower_ for t in _subjects(other) for c in t.children}
    counts = {c.lower_ for t in _subjects(other) for c in t.children if c.like_num}
    return bool(near & words("of_others") or counts - headed)


def _goes_back(other: Outcome, headline: _Body) -> bool:
    """Whether an outcome is told of another time than the headline's: 'had fallen in January'."""
    if any(c.lower_ == "had" for t in other.tokens for c in t.children):
        return True
    return bool(_dates(other.tokens[0].doc) - _dates(headline.parsed.doc))


def _dates(doc: Doc) -> set[str]:
    """The months and years that a sentence names after 'in', and 'ago'."""
    inside = {t.lower_ for t in doc[1:] if t.nbor(-1).lower_ == "in"}
    dates = {word for word in inside if word in MONTHS or _YEAR.fullmatch(word)}
    return dates | ({"ago"} & {t.lower_ for t in doc})


def _anchors(told: Outcome, headline: _Body) -> frozenset[str]:
    """What the outcome is of: for a movement the thing that moves, else all the headline names."""
    doc = headline.parsed.doc
    used = {t.i for t in told.tokens}
    if told.pair.beaten:
        return frozenset(_stems(doc[: min(used)]))
    if not told.pair.direction:
        return frozenset(_stems(t for t in doc if t.i not in used))
    last = max(used)
    following = doc[last + 1 : last + 2]
    if told.tokens[0].tag_ == "VBG" and len(following):
        return frozenset(_stems(following))
    subject = [c for t in told.tokens for c in t.children if c.dep_ == "nsubj"]
    return frozenset(s for t in subject for s in _stems([*t.children, t]))


def _bears_on(other: Outcome, sentence: _Body, about: frozenset[str], told: Outcome) -> bool:
    """Whether an outcome in the body is of what the headline speaks of."""
    doc = sentence.parsed.doc
    first, last = other.tokens[0].i, other.tokens[-1].i
    if other.of_object:
        return bool(about & set(_stems(doc[last + 1 : last + 5])))
    before = set(_stems(doc[:first]))
    if told.pair.direction or told.pair.beaten:
        subjects = [t for t in doc if t.dep_ == "nsubj" and t.i < first]
        return bool(about & set(_stems(subjects)))
    named = about & (before | set(_stems(doc[last + 1 : last + 6])))
    pronoun = any(t.dep_ == "nsubj" and t.lower_ in {"he", "she"} for t in doc[:first])
    return bool(named) or (pronoun and other.negated)


_Event = tuple[object, str, object]


def _events(sentence: _Body) -> Iterator[tuple[str, str, str]]:
    """Who did what to whom, of named parties, in the headline."""
    for token in sentence.parsed.doc:
        for _, (one, verb, other) in _named(sentence, token.lemma_.lower()):
            if verb.i == token.i and _key(one) != _key(other):
                yield _key(one), token.lemma_.lower(), _key(other)


def _named(sentence: _Body, lemma: str) -> Iterator[tuple[_Body, tuple[Token, Token, Token]]]:
    for verb in sentence.parsed.doc:
        if verb.pos_ != "VERB" or verb.lemma_.lower() != lemma or not sentence.free[verb.i]:
            continue
        parties = _parties(verb)
        if parties is not None and all(t.pos_ == "PROPN" for t in parties):
            yield sentence, (parties[0], verb, parties[1])


def _parties(verb: Token) -> tuple[Token, Token] | None:
    """The doer and the one it is done to, of an active or passive verb."""
    child = {c.dep_: c for c in verb.children}
    if "nsubj" in child and "dobj" in child:
        return child["nsubj"], child["dobj"]
    by = next((c for c in child.get("agent", verb).children if c.dep_ == "pobj"), None)
    if "nsubjpass" in child and "agent" in child and by is not None:
        return by, child["nsubjpass"]
    return None


def _key(token: Token) -> str:
    return str(token.lower_).removesuffix("'s")


def _is_title_case(text: str) -> bool:
    listed = [w for w in re.findall(r"[^\W\d_]+", text)[1:] if len(w) > 3]
    return not listed or sum(w[0].isupper() for w in listed) >= _TITLE_CASE * len(listed)


def _names(headline: _Body) -> Iterator[list[Token]]:
    """Names of people and places, all their words, that the text can be expected to have.

    None in the first word, which is capital anyway, or in a word all in capitals.
    """
    for entity in headline.parsed.doc.ents:
        if entity.label_ not in {"PERSON", "GPE"} or not headline.free[entity.start]:
            continue
        name = [t for t in entity if t.pos_ == "PROPN" and len(t.text) > 2]
        plain = all(t.text[0].isupper() and not t.text.isupper() for t in name)
        if name and plain and entity.start > 0 and not words("metonyms") & {t.lower_ for t in name}:
            yield name


def _initials(sentences: Sequence[str]) -> frozenset[str]:
    """Abbreviations that the names in the text would make."""
    made = set()
    for text in sentences:
        for run in re.findall(r"(?:[A-Z][\w'\u2019-]+(?:\s(?:of|for|the|and)\s|\s)?){2,}", text):
            made.add("".join(w[0] for w in run.split() if w[0].isupper()).lower())
    return frozenset(made)
