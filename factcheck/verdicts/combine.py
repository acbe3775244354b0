"""From what each decider says about each passage to one verdict for a claim.

Support needs one passage that entails the whole claim; refutation needs one that positively
contradicts it. A passage that makes the claim in the same words supports it, whoever reads it
(`factcheck.verdicts.repetition`). Both make `conflicting`, unless the sources differ in date: then
the later one decides and the explanation says so. Neither makes `not_enough_evidence`, with what is
missing named. The labels are those of AVeriTeC (Schlichtkrull et al. 2023).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from factcheck.records import Claim, Evidence, Verdict
from factcheck.text.clauses import stem
from factcheck.text.folding import squeeze
from factcheck.verdicts.repetition import repeats

Stance = Literal["supports", "refutes"]

_MOST_NAMED = 3
"""Absent names and numbers listed in `missing`; more would be noise."""
_SAME_WORDS = 0.97
"""Probability that a claim holds by the passage that makes it in the same words."""
_ABOUT, _ABOUT_WORDS = 0.5, 2
"""Share and number of a claim's common words from which a passage is about it."""
_NO_NAMES = frozenset(
    """
    a an the this that these those he she it they we i you his her its their our in on at by for
    from of to with without within under over above below behind between beyond against among
    about across along around near inside outside through throughout until till upon toward
    towards despite after before during since when while where whether as if though although
    because but and or nor so yet not no none all some any many most much both each every few
    several other another such one two three four five six seven eight nine ten there here then
    now also only even still instead meanwhile however earlier later last next who what which how
    """.split()
)
"""Words that open a sentence with a capital and name nothing."""
_TITLE_CASE = 0.6
"""Share of words with a capital from which a line is a headline and capitals name nothing."""
_NUMBER = (
    r"\d[\d.,:]*(?:%| (?:hundred|thousand|million|billion|trillion|lakh|crore|per cent|percent)\b)?"
)
_NAME_OR_NUMBER = re.compile(
    _NUMBER + r"|(?<![.!?] )(?:[A-Z][\w'\u2019-]+|[A-Z](?:\.[A-Z])+\.?)"
    r"(?: (?:[A-Z][\w'\u2019-]+|(?:of|the|and) (?=[A-Z])))*"
)
_COMMON = re.compile(r"\b(?!(?:hundred|[mb]illion|thousand)\b)[a-z]{3,}\b")
_EMPTY = frozenset(stem(word) for word in (*_NO_NAMES, *"was were had has have been".split()))


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one decider makes of one passage with regard to one claim."""

    stance: Stance
    """Whether the passage supports or refutes the claim; a decider that cannot tell is silent."""
    probability: float
    """Calibrated probability that it does, 0 to 1."""
    evidence_id: str
    """The passage."""
    decided_by: str
    """`verifier`, `check:roles`, `check:words`, `llm:…`."""
    explanation: str = ""
    """One plain sentence of why."""


def combine(claim: Claim, evidence: Sequence[Evidence], opinions: Sequence[Opinion]) -> Verdict:
    """The verdict on `claim`, from opinions on passages of `evidence`.

    Args:
        claim: the claim; one that is not checkable gets that status whatever the opinions.
        evidence: passages looked at, nearest first.
        opinions: only those whose decider was sure enough by its own threshold.
    """
    if not claim.checkable:
        return Verdict(claim.id, "not_checkable", None, None, "none", explanation=claim.reason)
    heard = _with_repetitions(claim, evidence, opinions)
    supports = _strongest_first(heard, "supports")
    refutes = _strongest_first(heard, "refutes")
    if supports and refutes:
        return _resolve(claim, evidence, supports, refutes)
    if refutes:
        return _one_sided(claim, "refuted", refutes)
    if supports:
        return _one_sided(claim, "supported", supports)
    return Verdict(
        claim.id,
        "checked",
        "not_enough_evidence",
        None,
        "none",
        missing=missing_evidence(claim, evidence),
    )


def _with_repetitions(
    claim: Claim, evidence: Sequence[Evidence], opinions: Sequence[Opinion]
) -> list[Opinion]:
    """The opinions, with what the words themselves say of the passages that repeat the claim.

    There a model that reads only weighs what can be seen, so it is not heard against it.
    """
    said = {passage.id: passage for passage in repeats(claim, evidence)}
    others = [o for o in opinions if o.evidence_id not in said or o.decided_by.startswith("check:")]
    return [*others, *(_repetition(passage) for passage in said.values())]


def _repetition(passage: Evidence) -> Opinion:
    source = passage.publisher or passage.title
    why = f"Said in the same words by {source}."
    return Opinion("supports", _SAME_WORDS, passage.id, "check:words", why)


def missing_evidence(claim: Claim, evidence: Sequence[Evidence]) -> str:
    """What would settle the claim: whom it means, or the names and numbers that no passage has."""
    passages = [item for item in evidence if item.quotation.origin == "corpus"]
    if not passages:
        return "No reference bears on it."
    if claim.ambiguous:
        return "It was not read beside references: whom or what it means is unclear."
    read = " ".join(squeeze(item.quotation.text) for item in passages)
    absent = [name for name in _names_and_numbers(claim.text) if not _mentioned(name, read)]
    if not absent and any(_is_about(item.quotation.text, claim) for item in passages):
        return "The nearest references were read; none says it firmly enough."
    if not absent:
        return "No reference found says whether it is so."
    shown = ", ".join(absent[:_MOST_NAMED])
    return f"None of the nearest references mentions {shown}."


def _is_about(passage: str, claim: Claim) -> bool:
    """Whether a passage has enough of the claim's words that are neither names nor numbers."""
    wanted = {stem(word) for word in _COMMON.findall(claim.text)} - _EMPTY
    shared = wanted & {stem(word) for word in _COMMON.findall(passage)}
    return len(shared) >= max(_ABOUT * len(wanted), min(len(wanted), _ABOUT_WORDS), 1)


def _names_and_numbers(text: str) -> list[str]:
    words = text.split()
    if sum(word[0].isupper() for word in words) > _TITLE_CASE * len(words):
        return []
    found = list(_NAME_OR_NUMBER.finditer(text))
    kept = [match.group().rstrip(".,:") for match in found if not _only_opens(match, text)]
    return list(dict.fromkeys(name for name in kept if _says_something(name)))


def _only_opens(match: re.Match[str], text: str) -> bool:
    """Whether its capital may be that of a sentence's first word: 'Tempers', 'Nobody'."""
    word = match.group()
    return (
        not text[: match.start()].strip(" \"'\u201c\u2018") and " " not in word and word.isalpha()
    )


def _says_something(name: str) -> bool:
    """Whether it is a name, or a number of more than a digit, or one of thousands and more."""
    return name.casefold() not in _NO_NAMES and not (name.isdigit() and len(name) == 1)


def _mentioned(name: str, read: str) -> bool:
    """Whether the passages have the number however it is set, or the last word of the name."""
    if name[0].isdigit():
        digits = _digits(name)
        return any(_digits(match.group()) == digits for match in re.finditer(_NUMBER, read))
    last = squeeze(name).removesuffix("'s").split()[-1]
    return re.search(rf"(?<!\w){re.escape(last)}(?!\w)", read) is not None


def _digits(number: str) -> str:
    """What a number is made of: '640' for '6.40' and for '0640', '1 million' for '1 million'."""
    return re.sub(r"[.,:]", "", number).lstrip("0")


def _strongest_first(opinions: Sequence[Opinion], stance: Stance) -> list[Opinion]:
    kept = [opinion for opinion in opinions if opinion.stance == stance]
    return sorted(kept, key=lambda opinion: -opinion.probability)


def _one_sided(
    claim: Claim, label: Literal["supported", "refuted"], opinions: Sequence[Opinion]
) -> Verdict:
    first = opinions[0]
    return Verdict(
        claim.id,
        "checked",
        label,
        first.probability,
        first.decided_by,
        evidence=tuple(dict.fromkeys(opinion.evidence_id for opinion in opinions)),
        explanation=first.explanation,
    )


def _resolve(
    claim: Claim,
    evidence: Sequence[Evidence],
    supports: Sequence[Opinion],
    refutes: Sequence[Opinion],
) -> Verdict:
    """A verdict where passages disagree: the later source where dates tell them apart.

    The article itself is no source: its date says nothing about a reference's.
    """
    dates = {item.id: item.date for item in evidence if item.quotation.origin == "corpus"}
    latest_for = max(dates.get(o.evidence_id) or "" for o in supports)
    latest_against = max(dates.get(o.evidence_id) or "" for o in refutes)
    if latest_for and latest_against and latest_for != latest_against:
        label: Literal["supported", "refuted"]
        label, winners, earlier = (
            ("supported", supports, latest_against)
            if latest_for > latest_against
            else ("refuted", refutes, latest_for)
        )
        verdict = _one_sided(claim, label, winners)
        note = f"A source of {earlier} says otherwise; the later one of "
        note += f"{max(latest_for, latest_against)} is followed."
        return replace(verdict, explanation=f"{verdict.explanation} {note}".strip())
    return Verdict(
        claim.id,
        "checked",
        "conflicting",
        min(supports[0].probability, refutes[0].probability),
        refutes[0].decided_by,
        evidence=(refutes[0].evidence_id, supports[0].evidence_id),
        explanation="One passage supports it and another contradicts it.",
    )
