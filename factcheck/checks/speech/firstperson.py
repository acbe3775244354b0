"""First and second person outside quotation marks, where the narrator reports others.

'Xi said he supports our effort': somebody's words have slipped into the newspaper's. Pieces in
which the writer speaks as 'I' or 'we' throughout are left alone, and so are the newspaper's own
'told us' and 'our correspondent'. Where nobody is reported a 'we' may be anybody's (a publisher's,
a narrator's, mankind's): there only an 'our' is a slip, of what a newspaper never owns ('our
troops') or, where a piece reports others and says it but once, of anything but the publisher's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from factcheck.checks.amendments import amendments
from factcheck.checks.base import Case
from factcheck.checks.speech.endings import all_quoted, outside, quoted_spans
from factcheck.checks.speech.mankind import is_mankind
from factcheck.checks.speech.quotations import find_quotations
from factcheck.checks.speech.speakers import Memory, Report, reports, subject_of, words
from factcheck.checks.speech.thirdperson import FORMS, PLURAL, SECOND, SINGULAR, in_third_person
from factcheck.records import Span
from factcheck.text.parsing import ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE_NUMERAL = frozenset(
    "war part act type phase stage grade class level title article schedule".split()
)
_ADDRESSING = frozenset("tell ask warn promise urge remind assure".split())
_MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
"""Relations of a reporting verb that may reach beyond what it governs: it heads a main clause."""
_ADJUNCTS = frozenset({"advcl", "npadvmod"})
"""Relations of what only says when, where or why somebody spoke."""
_DUE = frozenset({"should", "must", "ought", "can", "could", "may", "might"})
_FEWEST_REPORTS = 2
"""Acts of reporting in a piece that is about what others say."""
_A_HABIT = 2
"""Sentences with the narrator's own 'we' from which the piece is written in the first person."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A first or second person in the narrator's words."""

    span: Span
    """The pronoun with the noun it owns or the verb it is subject of."""
    person: str
    """`first` or `second`."""
    cue: Span | None
    """Who reports them and how ('Xi replied')."""
    correction: str | None
    """The same words in the third person, where it is evident which."""


@dataclass(frozen=True, slots=True)
class _Found:
    sentence: ParsedSentence
    token: Token
    report: Report | None


def find_slips(case: Case) -> Iterator[Slip]:
    """The slips of an article, in order; none where the writer speaks in the first person."""
    found = list(_pronouns(case))
    narrated = [f for f in found if f.report is None and f.token.lower_ not in SECOND]
    spoken_as_i = any(f.token.lower_ in SINGULAR for f in narrated)
    habit = len({f.sentence.span for f in narrated}) >= _A_HABIT
    if spoken_as_i or habit or any(_is_label(f.token) for f in found):
        return
    alone = len(narrated) == 1 and _reports_others(case) and not _is_own_notice(case)
    generic = any(f.report is None and f.token.lower_ in SECOND for f in found)
    done: Span | None = None
    for one in found:
        if one.token.lower_ in SECOND and (generic or not _is_addressed(one)):
            continue
        if one.report is None and not (_is_partisan(one.token) or (alone and _is_owned(one.token))):
            continue
        if any(_is_earlier(other, one) for other in narrated):
            continue
        slip = _slip(one, case.article.text)
        if done is None or not slip.span.overlaps(done):
            yield slip
        done = slip.span


def _is_partisan(token: Token) -> bool:
    """'our troops': a side's, which a newspaper that reports on it does not make its own."""
    return token.lower_ == "our" and token.head.lemma_.lower() in words("of_a_side")


def _is_owned(token: Token) -> bool:
    """'our finding' in a statement; not 'Take our survey'."""
    return token.lower_ == "our" and not any(_is_request(verb) for verb in token.ancestors)


def _is_request(verb: Token) -> bool:
    """Whether a verb asks the reader to do something ('see our guide')."""
    helped = any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
    main = verb.dep_ == "ROOT" and verb.tag_ in {"VB", "VBP"}
    return main and not helped and subject_of(verb) is None


def _reports_others(case: Case) -> bool:
    """Whether the piece gives the words of others, so that a first person may be theirs."""
    quoted = all_quoted(case.article)
    told = (r for s in case.sentences for r in reports(s, outside(s, quoted)))
    listed = (r for r in told if _is_third_person(r) and _is_speech(r))
    return len(list(islice(listed, _FEWEST_REPORTS))) == _FEWEST_REPORTS


def _is_own_notice(case: Case) -> bool:
    """Whether the piece is a body's own announcement: 'Pelham Tile today reports revenue of'."""
    for sentence, known in zip(case.sentences, case.article.prose, strict=True):
        if known.role != "body":
            continue
        verbs = [t for t in sentence.doc if t.dep_ == "ROOT" and t.tag_ in {"VBZ", "VBP"}]
        return any(v.lemma_.lower() in words("of_notices") for v in verbs)
    return False


def _is_earlier(one: _Found, other: _Found) -> bool:
    """Whether both stand in one sentence, `one` first: its writer is then known to say 'we'."""
    return one.sentence is other.sentence and one.token.i < other.token.i


def _is_label(token: Token) -> bool:
    """'Our view: ...'."""
    end = token.head.i + 1
    return token.dep_ == "poss" and end < len(token.doc) and token.doc[end].text == ":"


def _pronouns(case: Case) -> Iterator[_Found]:
    """First and second persons outside quotation marks in the body."""
    quotations = find_quotations(case.article)
    quoted = quoted_spans(case.article, quotations.passages)
    notes = amendments(case.article)
    memory = Memory()
    for sentence, known in zip(case.sentences, case.article.prose, strict=True):
        if known.role != "body" or known.paragraph in notes or _is_transcript(known.text):
            continue
        free = _unclaimed(sentence, outside(sentence, quoted), quotations.strays)
        told = [r for r in reports(sentence, free) if _is_third_person(r) and _is_speech(r)]
        for token in sentence.doc:
            if not free[token.i] or not _is_slip_word(token):
                continue
            report = _report_of(token, told)
            if not is_mankind(token, report):
                yield _Found(sentence, token, report)
        memory.read(sentence, free)


def _is_transcript(text: str) -> bool:
    """Whether a line is a question or an answer of an interview, or a quoted block."""
    return text.startswith(("Q:", "A:", "Q.", "Q ", ">", "\u2014", "\u2013 ", "\u2015"))


def _unclaimed(sentence: ParsedSentence, free: list[bool], strays: Sequence[int]) -> list[bool]:
    """`free`, without the words before a closing mark whose opening is missing."""
    inside = [s for s in strays if sentence.span.start <= s < sentence.span.end]
    if not inside:
        return free
    last = inside[-1] - sentence.span.start
    return [ok and t.idx > last for ok, t in zip(free, sentence.doc, strict=True)]


def _is_third_person(report: Report) -> bool:
    """Whether neither who speaks nor who is told ('they tell me that') is a first person."""
    told = (c for c in report.verb.children if c.dep_ in {"dobj", "dative", "obj"})
    parties = {t.lower_ for t in (report.subject, *told) if t is not None}
    return not parties & (PLURAL | SINGULAR | SECOND)


def _is_speech(report: Report) -> bool:
    """Whether the words report; not 'the terms were announced', 'played according to the rules'.

    Nor does 'they should ask', which nobody has done.
    """
    verb, subject = report.verb, report.subject
    if verb.lower_ == "according":
        return verb.i == 0 or verb.nbor(-1).is_punct
    if any(c.lower_ in _DUE for c in verb.children):
        return False
    passive = subject is not None and subject.dep_ == "nsubjpass"
    return not (_is_request(verb) or (passive and verb.lemma_ not in _ADDRESSING))


def _is_slip_word(token: Token) -> bool:
    word = token.lower_
    if word not in FORMS or token.text == "US" or not token.tag_.startswith("PRP"):
        return False
    return not (_is_name(token) or _is_own_voice(token))


def _is_name(token: Token) -> bool:
    """'We Company', 'World War I', 'Our Lady', 'My Lai'."""
    before = token.nbor(-1) if token.i else None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if token.text == "I":
        numbered = before is not None and (
            before.pos_ == "PROPN" or before.lower_ in _BEFORE_NUMERAL
        )
        return numbered or (after is not None and after.text in {".", ",", "-"})
    if token.text[0].isupper() and before is not None and not before.is_punct:
        return True
    return token.text[0].isupper() and after is not None and after.text[0].isupper()


def _is_own_voice(token: Token) -> bool:
    """'told us', 'our correspondent', 'we reported', 'let us'; 'our planet', 'what we know'."""
    head = token.head
    if token.lower_ in {"our", "my"}:
        owned = {head.lemma_.lower(), *(c.lower_ for c in head.children if c.i > token.i)}
        return bool(owned & (words("own_voice") | words("of_mankind")))
    if token.lower_ in {"us", "me"}:
        verb = head.head if head.pos_ == "ADP" else head
        heard = head.lower_ == "to" and verb.lemma_.lower() in words("verbs")
        return heard or verb.lemma_.lower() in words("own_voice_verbs") | {"let"}
    if token.lower_ == "we" and _is_aside(head):
        return True
    if token.lower_ == "we" and head.lemma_ == "know":
        return any(c.lower_ == "what" for c in head.children)
    return token.lower_ == "we" and head.lemma_.lower() in words("own_voice_acts")


def _is_aside(verb: Token) -> bool:
    """Whether a clause only says when a quotation was given: '"No," she said when we asked'."""
    said = verb.head
    if verb.dep_ != "advcl" or said.i > verb.i or said.lemma_ not in words("verbs"):
        return False
    opened = any(c.dep_ in {"mark", "advmod"} for c in verb.children)
    before = said.doc[max(0, said.i - 3) : said.i]
    return opened and any(t.text in {'"', "\u201d", "\u2019", "'"} for t in before)


def _report_of(token: Token, told: Iterable[Report]) -> Report | None:
    """The act of reporting whose words the token belongs to."""
    reaching = [r for r in told if _reaches(r, token)]
    governing = [r for r in reaching if r.verb.is_ancestor(token) and r.verb.lower_ != "according"]
    before = [r for r in reaching if r.verb.i < token.i]
    for group in (governing, before, reaching):
        if group:
            return min(group, key=lambda r: abs(r.verb.i - token.i))
    return None


def _reaches(report: Report, token: Token) -> bool:
    """Whether the token may belong to what is reported, by its place in the sentence."""
    verb, subject = report.verb, report.subject
    if subject is not None and token in subject.subtree:
        return False
    if verb.is_ancestor(token):
        return _is_content(verb, token)
    if verb.lower_ == "according":
        return True
    if verb.i < token.i:
        return verb.dep_ in _MAIN
    joined = verb.dep_ == "conj" and verb.head.is_ancestor(token)
    return subject is not None and joined


def _is_content(verb: Token, token: Token) -> bool:
    """Whether what hangs on a reporting verb is what it reports, and no adjunct of it.

    'In a house we saw, the firm claimed rent' and 'the team responded well to win us the cup'
    report nothing of ours; 'the minister said he would go because we lost' may.
    """
    top = next(t for t in (token, *token.ancestors) if t.head == verb)
    if top.dep_ == "prep" and top.i < verb.i:
        return False
    return top.dep_ not in _ADJUNCTS or any(
        c.dep_ == "ccomp" and c.i < token.i for c in verb.children
    )


def _is_addressed(found: _Found) -> bool:
    """Whether a 'you' stands for those who are told, and not for anybody ('she will tell you')."""
    if found.report is None or found.report.verb.lemma_ not in _ADDRESSING:
        return False
    if any(c.tag_ == "MD" for c in found.report.verb.children):
        return False
    return any(c.dep_ in {"dobj", "dative", "obj"} for c in found.report.verb.children)


def _slip(found: _Found, text: str) -> Slip:
    tokens = _phrase(found.token)
    report = found.report
    cue = None
    if report and report.subject is not None:
        cue = found.sentence.span_of([report.subject, report.verb])
    return Slip(
        span=found.sentence.span_of(tokens),
        person="second" if found.token.lower_ in SECOND else "first",
        cue=cue,
        correction=in_third_person(tokens, report, text),
    )


def _phrase(token: Token) -> list[Token]:
    """The pronoun with the noun that it owns, or with its verb, where that is near."""
    head = token.head
    if token.lower_ in {"our", "my", "your"} and 0 < head.i - token.i <= 4:
        return list(token.doc[token.i : head.i + 1])
    if token.dep_ in {"nsubj", "nsubjpass"} and 0 < head.i - token.i <= 4:
        return list(token.doc[token.i : head.i + 1])
    return [token]
