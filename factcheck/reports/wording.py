"""The words that reports use for labels, kinds and probabilities, in one place.

Probabilities are worded after the calibrated language of the IPCC's Fifth Assessment Report:
Mastrandrea et al. (2010), 'Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on
Consistent Treatment of Uncertainties', table 1. Of the ranges there that hold a probability, the
narrowest gives the words; the number always stands beside them.
"""

from __future__ import annotations

import datetime as dt

from factcheck.records import Claim, Flag, FlagType, Severity, Verdict

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


def decider(name: str) -> str:
    """Who decided, in words, from `Verdict.decided_by` or `Flag.check`."""
    if name == "none":
        return "nothing could decide"
    if name.removeprefix("check:") == "llm":
        return "the language model"
    if name.removeprefix("check:").startswith("verifier"):
        return "the entailment model"
    if name.startswith("check:"):
        return f"the {name.removeprefix('check:')} check"
    if name.startswith("llm:"):
        return f"language model {name.removeprefix('llm:')}"
    return name


def found_by(flag: Flag) -> str:
    """Which check raised the flag, in words."""
    symbolic = not flag.check.startswith(("check:", "llm", "verifier"))
    return decider(f"check:{flag.check}" if symbolic else flag.check)


def plain_date(date: str | None) -> str:
    """An ISO date as people write it ('15 December 2021'); as it is where it is not a full date."""
    if not date:
        return ""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        return date
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: '1 claim', '12 claims'."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(parts: list[str]) -> str:
    """Parts as people list them: 'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


_MONTHS = (
    "January February March April May June July August September October November December"
).split()
