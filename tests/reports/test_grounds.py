from __future__ import annotations

from dataclasses import replace

from factcheck.records import CheckedClaim, Evidence
from factcheck.reports.grounds import quoted
from factcheck.reports.html import to_html
from factcheck.reports.markdown import to_markdown
from factcheck.reports.terminal import to_text
from tests.reports.factory import Draft

FIRST, SHARED, LAST = (
    "The dam was begun in 1955 by the town.",
    "It was finished in 1957 with eight gates.",
    "The flood of 1997 overtopped it.",
)
LOG = f"{FIRST} {SHARED} {LAST}"
CLAIM = "The dam was built in 1957."


def drafted(*passages: str) -> tuple[Draft, tuple[Evidence, ...]]:
    """A report whose one claim these passages of the log decided, in this order."""
    draft = Draft(f"{CLAIM} It leaks.")
    evidence = tuple(draft.evidence(LOG, "Log of the dam", words) for words in passages)
    draft.claim(CLAIM, "supported", *evidence, probability=0.9)
    (item,) = draft.claims
    decided = replace(item.verdict, evidence=tuple(one.id for one in evidence))
    draft.claims[:] = [replace(item, verdict=decided)]
    return draft, evidence


def texts(checked: CheckedClaim) -> list[str]:
    return [item.quotation.text for item in quoted(checked)]


def test_passages_that_share_words_are_one() -> None:
    for passages in ((f"{FIRST} {SHARED}", f"{SHARED} {LAST}"), (f"{SHARED} {LAST}", FIRST, LOG)):
        draft, _ = drafted(*passages)
        (checked,) = draft.claims
        assert texts(checked) == [LOG]


def test_passages_apart_stay_in_their_order() -> None:
    draft, evidence = drafted(LAST, FIRST)
    (checked,) = draft.claims
    assert quoted(checked) == evidence


def test_no_form_shows_a_sentence_twice() -> None:
    draft, _ = drafted(f"{SHARED} {LAST}", f"{FIRST} {SHARED}")
    report = draft.report()
    for text in (to_text(report), to_markdown(report), to_html(report)):
        assert " ".join(text.split()).count("eight gates") == 1
