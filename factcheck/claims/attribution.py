"""Who is reported as saying what: 'X said that …', '…, X said', 'according to X', 'X: "…"'.

A report gives two claims: that it was said, and, where the verb commits the speaker to it, what
was said. Verbs and what they commit to: `data/reporting.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from factcheck.claims.clauses import (
    AUXILIARIES,
    Clause,
    Piece,
    is_finite,
    is_numbering,
    is_sound,
    phrase_of,
    subject_of,
    trimmed,
)
from factcheck.claims.wordlists import ReportingVerb, reporting_verbs, words
from factcheck.text.dates import WEEKDAYS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUESTIONING = frozenset({"whether", "if", "what", "how", "why", "who", "when", "where", "which"})
_COMMA_IN_DATE = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)}), (?:\w+ )?\d|\d, (?:19|20)\d\d\b")
_LONGEST_ASIDE = 14
_LONGEST_LABEL = 10
"""Words before the quotation in 'Jan Pell (Labour, Dorhaven North): "…"', with the marks."""
_LONGEST_TERM = 2
"""Words in quotation marks that may be what a thing is called, and no speech."""
_RELATIVE = frozenset({"WDT", "WP", "WP$"})


@dataclass(frozen=True)
class Report:
    """Somebody's words within a clause."""

    speaker: tuple[Token, ...]
    """The words that name the speaker."""
    cue: Token
    """The word that reports: a verb, 'according', or the colon."""
    verb: ReportingVerb | None
    """What the verb commits to; None for 'according to' and a colon."""
    start: int
    """First token of what was said; equal to `end` where that is no claim of its own."""
    end: int
    """One past its last token."""
    pieces: tuple[Piece, ...] = ()
    """The words of what was said where the report stands in their midst; else empty."""


def find_report(clause: Clause) -> Report | None:
    """The report that a clause consists of, if it is one."""
    return _according(clause) or _aside(clause) or _leading(clause) or _labelled(clause)


def find_addition(clause: Clause, report: Report) -> Report | None:
    """What a speaker goes on to say: '…, the mayor said, adding that 12 people had died'."""
    doc = clause.doc
    for token in doc[report.cue.i + 1 : clause.end - 1]:
        entry = _reporting(token)
        goes_on = token.tag_ == "VBG" and doc[token.i - 1].text == ","
        if entry and entry.content and goes_on and token.nbor(1).lower_ == "that":
            start, end = trimmed(doc, token.i + 2, clause.end)
            if _has_subject(doc, start, end):
                return Report(report.speaker, token, entry, start, end)
    return None


def cites_source(clause: Clause) -> bool:
    """Whether 'according to X' opens or closes a clause, and so holds for all of it."""
    for token in clause.tokens:
        if _names_source(token, clause):
            rest = clause.doc[token.i : clause.end]
            return token.i == clause.start or not any(is_finite(after) for after in rest)
    return False


def _according(clause: Clause) -> Report | None:
    doc = clause.doc
    for token in clause.tokens[:-2]:
        if _names_source(token, clause):
            end = _next_comma(clause, token.i)
            speaker = tuple(doc[token.i + 2 : end])
            return _around(clause, token.i, end, speaker, token, None) if speaker else None
    return None


def _names_source(token: Token, clause: Clause) -> bool:
    """Whether 'according to' says who says so, not by what yardstick: 'sorted according to age'."""
    to = token.doc[min(token.i + 1, len(token.doc) - 1)]
    if token.lower_ != "according" or to.lower_ != "to":
        return False
    if token.i and token.doc[token.i - 1].lower_ in words("clauses", "negators"):
        return False  # 'Not according to the port': nobody says so
    apart = token.i == clause.start or token.doc[token.i - 1].text == ","
    return apart or not any(child.lemma_ in words("clauses", "yardsticks") for child in to.children)


def _next_comma(clause: Clause, start: int) -> int:
    """Where the source ends; a comma within a date ('Tuesday, 15 December') ends none."""
    commas = (t.i for t in clause.tokens if t.text == "," and not _is_within_date(t))
    return next((comma for comma in commas if comma > start), clause.end)


def _is_within_date(comma: Token) -> bool:
    """Whether it stands between a weekday and its date, or between a day and its year."""
    around = comma.doc[max(0, comma.i - 2) : comma.i + 3].text
    return _COMMA_IN_DATE.search(around) is not None


def _aside(clause: Clause) -> Report | None:
    """A report set off by commas, in the midst or at the end of what was said."""
    for verb in clause.tokens:
        entry = _reporting(verb)
        speaker = subject_of(verb)
        if entry is None or not entry.content or speaker is None or not _can_speak(speaker):
            continue
        begin = min(phrase_of(speaker)[0].i, verb.i)
        if begin <= clause.start or not _after_mark(clause.doc, begin):
            continue
        end = _end_of_aside(clause, max(verb.i, phrase_of(speaker)[-1].i))
        if end is not None and end - begin <= _LONGEST_ASIDE:
            report = _around(clause, begin, end, phrase_of(speaker), verb, entry)
            closes = verb.i == clause.end - 1
            return report if report and (closes or _is_said(report, clause, begin)) else None
    return None


def _is_said(report: Report, clause: Clause, begin: int) -> bool:
    """Whether the rest of a clause can be what was said: more than 'In May' or 'When he was 12'."""
    doc = clause.doc
    said = [piece for piece in report.pieces if not isinstance(piece, str)]
    quoted = any(token.text == '"' for token in doc[clause.start : begin])
    return quoted or any(map(_is_main, said or doc[report.start : report.end]))


def _is_main(token: Token) -> bool:
    """Whether a verb carries tense and stands in no adverbial or relative clause."""
    return is_finite(token) and token.dep_ not in {"advcl", "relcl"}


def _after_mark(doc: Doc, index: int) -> bool:
    """Whether a comma, or a closing quotation after a comma, stands before a token."""
    before = doc[index - 1].text
    return before == "," or (before == '"' and index > 1 and doc[index - 2].text in {",", "?", "!"})


def _end_of_aside(clause: Clause, last: int) -> int | None:
    """Where an aside ends: the comma after it, or the end of the clause if no verb follows."""
    after = list(clause.doc[last + 1 : clause.end])
    comma = next((token.i for token in after if token.text in {",", '"'}), clause.end)
    if clause.doc[comma - 1].text == ":":
        return comma
    inside = [token for token in after if token.i < comma]
    if any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} or token.dep_ == "mark" for token in inside):
        return None
    rest = [token for token in after if token.i >= comma]
    about_speaker = len(rest) > 1 and rest[1].tag_ in _RELATIVE
    if about_speaker or not any(is_finite(token) for token in rest):
        return clause.end
    return comma


def _around(
    clause: Clause,
    begin: int,
    end: int,
    speaker: tuple[Token, ...],
    cue: Token,
    verb: ReportingVerb | None,
) -> Report | None:
    """The report that takes up tokens `begin` to `end`, the rest being what was said.

    After a colon, only what follows is: 'In a letter, she said: "…"'.
    """
    doc = clause.doc
    before, after = trimmed(doc, clause.start, begin), trimmed(doc, end, clause.end)
    has_after = after[0] < after[1]
    has_before = before[0] < before[1] and not (has_after and doc[end - 1].text == ":")
    if has_before and has_after and _runs_on(doc, before, after):
        opening = doc[before[0]].pos_ in {"ADP", "ADV", "SCONJ"} and doc[before[1]].text == ","
        pieces = (*doc[before[0] : before[1] + opening], *doc[after[0] : after[1]])
        return Report(speaker, cue, verb, clause.start, clause.end, pieces)
    if not has_before and not has_after:
        return None
    start, stop = before if has_before else after
    return Report(speaker, cue, verb, start, stop)


def _runs_on(doc: Doc, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether what stands after a report goes on with what stands before it."""
    first, rest = doc[after[0]], doc[after[0] : after[1]]
    if first.tag_ in _RELATIVE | {"VBG"}:
        return False
    describes = first.pos_ in {"DET", "PROPN", "NOUN", "PRON"} or first.tag_ == "VBN"
    complete = any(map(_is_main, doc[before[0] : before[1]])) and not any(map(_is_main, rest))
    if describes and complete and all(token.text != '"' for token in rest):
        return False
    closed = doc[before[1] - 1].text == '"' or doc[before[0]].text == '"'
    quoted = any(token.text == '"' for token in doc[after[0] : after[1]])
    return quoted or not closed


def _leading(clause: Clause) -> Report | None:
    """A report whose verb is the main verb and has what was said as its object."""
    verb = clause.head
    entry = _reporting(verb)
    speaker = subject_of(verb)
    if entry is None or not _is_actual(verb, clause):
        return None
    named = phrase_of(speaker) if speaker is not None else _supplied_subject(clause)
    if not named or (speaker is not None and not _can_speak(speaker)) or _is_nobody(named):
        return None
    content = _content_of(verb, clause) if entry.content else None
    start, end = content or (clause.end, clause.end)
    if content is None and entry.content and not _speaks(verb, clause):
        return None
    return Report(named, _innermost(verb), entry, start, end)


def _supplied_subject(clause: Clause) -> tuple[Token, ...]:
    """The subject that segmentation supplied, without the shared auxiliaries."""
    helpers = _shared_helpers(clause)
    supplied = (token for token in clause.stated if token.i < clause.start)
    return tuple(token for token in supplied if token not in helpers)


def _shared_helpers(clause: Clause) -> list[Token]:
    """The auxiliaries, negations and adverbs that segmentation supplied beside the subject."""
    supplied = [token for token in clause.stated if token.i < clause.start]
    return [
        token
        for token in supplied
        if token.dep_ in AUXILIARIES | {"neg", "advmod"} and token.head not in supplied
    ]


def _innermost(verb: Token) -> Token:
    """'saying' in 'replied by saying that …', else the verb itself."""
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pcomp" and _reporting(inner):
                    return inner
    return verb


def _content_of(verb: Token, clause: Clause) -> tuple[int, int] | None:
    """The token range of what was said after or before the verb."""
    for child in _innermost(verb).children:
        if child.dep_ != "ccomp" or not is_finite(child) or child.left_edge.i < clause.start:
            continue
        if child.i < verb.i:
            found: tuple[int, int] | None = trimmed(
                clause.doc, clause.start, child.right_edge.i + 1
            )
        else:
            found = _after_verb(child, verb, clause)
        if found and _has_subject(clause.doc, *found):
            return found
    return _after_colon(verb, clause) or _after_say(verb, clause)


def _after_colon(verb: Token, clause: Clause) -> tuple[int, int] | None:
    """The quotation that a colon after the verb opens."""
    for token in clause.doc[verb.i + 1 : clause.end - 2]:
        if token.text == ":" and token.nbor(1).text == '"':
            return trimmed(clause.doc, token.i + 1, clause.end)
    return None


def _has_subject(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch is sound and names something before its first verb."""
    tokens = list(doc[start:end])
    verb = next((token.i for token in tokens if token.pos_ in {"VERB", "AUX"}), end)
    before = [token for token in tokens if token.i < verb]
    return is_sound(tokens) and any(
        token.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "DET"} for token in before
    )


def _after_say(verb: Token, clause: Clause) -> tuple[int, int] | None:
    """What follows a plain 'say' or 'verb that', where the parser missed that it is a clause."""
    after = verb.i + 1
    if after >= clause.end or clause.doc[after].text in {",", '"'}:
        return None
    that = clause.doc[after].lower_ == "that"
    start, end = trimmed(clause.doc, after + 1 if that else after, clause.end)
    told = [token for token in clause.doc[start:end] if token.pos_ in {"VERB", "AUX", "NOUN"}]
    plain = verb.lemma_ == "say" and clause.doc[after].pos_ in {"DET", "PROPN", "PRON", "NOUN"}
    sound = end - start > 3 and len(told) > 1 and is_sound(list(clause.doc[start:end]))
    return (start, end) if sound and (that or plain) else None


def _after_verb(child: Token, verb: Token, clause: Clause) -> tuple[int, int] | None:
    start = max(child.left_edge.i, verb.i + 1)
    start, end = trimmed(clause.doc, start, clause.end)
    if start >= end or clause.doc[start].lower_ in _QUESTIONING:
        return None
    if clause.doc[start].lower_ == "that" and clause.doc[start].dep_ in {"mark", "det", "nsubj"}:
        marks = clause.doc[start].dep_ == "mark"
        start = start + 1 if marks else start
    return start, end


def _is_actual(verb: Token, clause: Clause) -> bool:
    """Whether something was said, not only might, should or did not get said."""
    own = [child for child in verb.children if child.i < verb.i]
    return not any(
        token.dep_ == "neg" or token.tag_ == "MD" or token.lower_ in words("clauses", "negators")
        for token in [*own, *_shared_helpers(clause)]
    )


def _is_nobody(speaker: Sequence[Token]) -> bool:
    """Whether a subject says that nobody spoke: 'no study', 'few', but not 'No 10'."""
    first = speaker[0]
    return first.lower_ in words("clauses", "negators") and not is_numbering(first)


def _speaks(verb: Token, clause: Clause) -> bool:
    """Whether a content verb without a clause still reports speech: it has a quotation.

    One or two words in quotation marks, as in 'found a "small" bomb', are none, except right after
    the verb.
    """
    marks = [token.i for token in clause.tokens if token.text == '"']
    long = any(right - left > _LONGEST_TERM + 1 for left, right in pairwise(marks))
    return long or len(marks) == 1 or any(mark == verb.i + 1 for mark in marks)


def _labelled(clause: Clause) -> Report | None:
    """'Putin: "We want guarantees"': a name, a colon and a quotation."""
    doc, colon = clause.doc, None
    for token in clause.tokens[1:_LONGEST_LABEL]:
        if token.text in {":", "):"}:  # the latter is an emoticon to the parser
            colon = token
            break
    if colon is None or colon.i + 2 >= clause.end or doc[colon.i + 1].text != '"':
        return None
    speaker = tuple(doc[clause.start : colon.i])
    speaker = tuple(takewhile(lambda token: token.text != "(", speaker))  # 'Pell (Labour): "…"'
    if not speaker:
        return None
    named = speaker[-1].pos_ == "PROPN" and not any(is_finite(token) for token in speaker)
    start, end = trimmed(doc, colon.i + 1, clause.end)
    return Report(speaker, colon, None, start, end) if named and start < end else None


def _reporting(token: Token) -> ReportingVerb | None:
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    return reporting_verbs().get(token.lemma_.casefold())


def _can_speak(subject: Token) -> bool:
    """Whether a subject names somebody who speaks, not one who is spoken to ('he was told')."""
    if subject.tag_ in {"WP", "WDT", "EX"} or subject.lower_ in {"this", "that"}:
        return False
    return subject.dep_ == "nsubj"
