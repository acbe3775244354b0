"""The words that reports use for labels, kinds and probabilities, in one place.

Probabilities are worded after the calibrated language of the IPCC's Fifth Assessment Report:
Mastrandrea et al. (2010), 'Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on
Consistent Treatment of Uncertainties', table 1. Of the ranges there that hold a probability, the
narrowest gives the words; the number always stands beside them.

What a comparison of words found has no such probability: each check sets by hand how sure a kind of
finding is, which puts kinds in order and counts nothing. So it is worded as an order, without one
of those words and without a percentage.
"""

from __future__ import annotations

import datetime as dt

from factcheck.records import Claim, Flag, FlagType, Origin, Severity, Verdict
from factcheck.text.dates import MONTH_NAMES

LIKELIHOOD_SOURCE = "IPCC AR5 guidance note on uncertainties (Mastrandrea et al. 2010), table 1"

_LIKELIHOOD = (
    (99, "virtually certain"),
    (90, "very likely"),
    (66, "likely"),
    (33, "about as likely as not"),
    (10, "unlikely"),
    (1, "very unlikely"),
    (0, "exceptionally unlikely"),
)
"""Least percentage, and the words for it."""
_ORDER = ((0.75, "high"), (0.6, "medium"), (0.0, "low"))
"""Least confidence of a comparison, and the word for it."""
ORDER_MEANING = (
    "What was found by comparing has no probability: high, medium and low put the kinds of finding "
    "in order"
)

_MODELS = ("verifier", "llm", "sources")
"""How the names of checks begin that rest on a model's probabilities."""
_DECIDERS = {
    "none": "nothing could decide",
    "llm": "the language model",
    "sources": "the sources check",
}
_COMPARED: dict[Origin, str] = {
    "corpus": "comparing with a reference",
    "context": "comparing two places of the article",
}

SEVERITY_WORDS: dict[Severity, str] = {
    "high": "High",
    "medium": "Medium",
    "low": "Low",
    "note": "Note",
}

SEVERITY_MEANING: dict[Severity, str] = {
    "high": "says something false",
    "medium": "probably wrong",
    "low": "unclear",
    "note": "a matter of form",
}

FLAG_WORDS: dict[FlagType, str] = {
    "role_reversal": "Roles reversed",
    "number": "Number",
    "date": "Date",
    "negation": "Denied or affirmed",
    "entity": "Name",
    "quote": "Quotation",
    "attribution": "Attribution",
    "headline": "Headline",
    "cause": "Cause",
    "contradiction": "Contradiction",
    "unsupported": "Unsupported",
    "furniture": "Page furniture",
}

_OBJECTS = {"he": "him", "she": "her", "they": "them", "i": "me", "we": "us", "who": "whom"}

OUTCOME_WORDS: dict[str, str] = {
    "refuted": "Refuted",
    "conflicting": "Conflicting evidence",
    "not_enough_evidence": "Not enough evidence",
    "supported": "Supported",
    "error": "Check failed",
    "not_checkable": "Not checkable",
}
"""Words for a verdict's label, or its status where it has none; worst first."""


def likelihood(probability: float) -> str:
    """Words for a probability (0 to 1) in calibrated language: those of the number as shown."""
    shown = 0 if probability < 0.01 else round(100 * probability)
    return next(words for least, words in _LIKELIHOOD if shown >= least)


def percent(probability: float) -> str:
    """A probability (0 to 1) as a percentage that never claims certainty: 'under 1%', '83%'."""
    if probability < 0.01:
        return "under 1%"
    return "over 99%" if probability > 0.99 else f"{probability:.0%}"


def confidence(probability: float) -> str:
    """A probability in words and number: 'very likely (94%)'."""
    return f"{likelihood(probability)} ({percent(probability)})"


def compares(name: str) -> bool:
    """Whether it is a check that compares words, from `Verdict.decided_by` or `check:` and a name.

    Its confidence is an order set by hand, no probability.
    """
    return name.startswith("check:") and not name.removeprefix("check:").startswith(_MODELS)


def order(sure: float) -> str:
    """How sure a kind of finding is (0 to 1) that a comparison makes: 'high', 'medium', 'low'."""
    return next(words for least, words in _ORDER if sure >= least)


def grounds(sure: float, name: str, against: Origin | None) -> str:
    """How sure it is and who says so: 'likely (83%), by the entailment model'.

    Args:
        sure: 0 to 1.
        name: as `decider` takes it.
        against: as `decider` takes it.
    """
    words = order(sure) if compares(name) else confidence(sure)
    return f"{words}, by {decider(name, against)}"


def outcome(verdict: Verdict) -> str:
    """The verdict's label, or its status where it has none: a key of `OUTCOME_WORDS`."""
    return verdict.label or verdict.status


def reason(verdict: Verdict) -> str:
    """Why the verdict is what it is, and what evidence would settle it where that is missing."""
    return " ".join(part for part in (verdict.explanation, verdict.missing) if part)


def only_said(claim: Claim) -> str:
    """What to put beside a claim of which only the saying was checked; empty for a plain fact."""
    return "(that it was said)" if claim.kind == "statement" else ""


def verdict_line(claim: Claim, verdict: Verdict) -> str:
    """The verdict, what it is of and why: 'Refuted (that it was said). The minutes deny it.'."""
    words = f"{OUTCOME_WORDS[outcome(verdict)]} {only_said(claim)}".strip()
    return f"{words}. {reason(verdict)}".strip()


def object_form(speaker: str) -> str:
    """A speaker's name, or pronoun as it stands after 'by' and 'according to': 'her' for 'She'."""
    return _OBJECTS.get(speaker.casefold(), speaker)


def suggestion(correction: str) -> str:
    """A correction in words, also where the words are best left out."""
    return correction or "leave it out"


def decider(name: str, against: Origin | None = None) -> str:
    """Who decided, in words, from `Verdict.decided_by` or `Flag.check`.

    Args:
        name: who decided.
        against: where the words stand that a comparison holds against the article's; None where
            it needs no second place.
    """
    check = name.removeprefix("check:")
    if compares(name):
        return f"{_COMPARED[against]} ({check} check)" if against else f"the {check} check"
    if check.startswith("llm:"):
        return f"language model {check.removeprefix('llm:')}"
    if check.startswith("verifier"):
        return "the entailment model"
    return _DECIDERS.get(check, name)


def raised_by(flag: Flag) -> str:
    """Which check raised the flag, named as in `Verdict.decided_by`."""
    return flag.check if flag.check.startswith(("check:", "llm")) else f"check:{flag.check}"


def found_by(flag: Flag) -> str:
    """How the flag was found, in words."""
    return decider(raised_by(flag), flag.conflict.origin if flag.conflict else None)


def flag_grounds(flag: Flag) -> str:
    """How sure the flag is and how it was found: 'high, by comparing with a reference (…)'."""
    against = flag.conflict.origin if flag.conflict else None
    return grounds(flag.confidence, raised_by(flag), against)


def plain_date(date: str | None) -> str:
    """An ISO date as people write it ('15 December 2021'); as it is where it is not a full date."""
    if not date:
        return ""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        return date
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: '1 claim', '12 claims'."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(parts: list[str]) -> str:
    """Parts as people list them: 'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
