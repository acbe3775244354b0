from __future__ import annotations

import time
from dataclasses import replace

import pytest

from factcheck.records import Claim, Evidence, Quotation, Span
from factcheck.verdicts.combine import Opinion, combine
from factcheck.verdicts.repetition import repeats

BEAT = "Tarn Rovers beat Halden Town 2-1 at Millfield on 24 August 2024"


def claim(text: str, restated: str = "", ambiguous: tuple[str, ...] = ()) -> Claim:
    return Claim("c", 0, Span(0, len(text)), text, "fact", restated or text, ambiguous=ambiguous)


def passage(text: str, origin: str = "corpus", date: str | None = None) -> Evidence:
    quotation = Quotation(origin, "a", Span(0, len(text)), text)  # type: ignore[arg-type]
    return Evidence(text, quotation, title="", publisher="Northern League", date=date)


def said(text: str, *found: Evidence, restated: str = "") -> bool:
    return any(repeats(claim(text, restated), found))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (BEAT, f"It rained. {BEAT}. Joe Abara scored."),
        ("Orme\u2019s team won the cup \u2013 twice at Tarn",
         "Orme's team  won the Cup - twice at Tarn."),
        ("The Port Ellery wall fell", "PORT ELLERY, 10 May 2021 \u2014 The Port Ellery wall fell."),
        ("the Halden bridge cost 4 million", "The Halden bridge cost 4 million; it opened late."),
        ("Ann Pye won the Varley seat", "Tom Roe lost, and Ann Pye won the Varley seat."),
        ("The work on Gannet Pier will cost 4 million",
         "The work on Gannet Pier will cost 4 million and take 18 months."),
        ("The Ellery council voted to rebuild its wall",
         "The Ellery council voted to rebuild its wall."),
    ],
)  # fmt: skip
def test_a_claim_in_the_same_words_is_found(words: str, read: str) -> None:
    assert said(words, passage(read))


@pytest.mark.parametrize(
    "read",
    [
        "Ann Brody said the Halden bridge cost 4 million.",
        "If, as they say; the Halden bridge cost 4 million.",
        "It is not so; the Halden bridge cost 4 million.",
        '"The Halden bridge cost 4 million," said Ann Brody.',
        '"I was there. The Halden bridge cost 4 million. I paid it," said Ann Brody.',
        "ANN BRODY: Thank you.\nThe Halden bridge cost 4 million.",
        "Perhaps the Halden bridge cost 4 million.",
        "The Halden bridge cost 4 million. That is false.",
        "The Halden bridge cost 4 million and a half.",
        "Has the Halden bridge cost 4 million?",
        "The Halden bridge cost 4 millions.",
    ],
)
def test_words_that_something_governs_are_not_the_references_own(read: str) -> None:
    assert not said("The Halden bridge cost 4 million", passage(read))


def test_a_second_predicate_counts_with_its_subject() -> None:
    read = passage("The Tarn Pier work will cost 4 million and take 18 months.")
    context = passage("The Tarn Pier will be long.", "context")
    whole = "The Tarn Pier work will take 18 months."
    assert said("take 18 months", read, context, restated=whole)
    denied = passage("The Tarn Pier work will not start and take 18 months.")
    assert not said("take 18 months", denied, context, restated=whole)


def test_a_pronoun_counts_only_with_its_owner_in_the_sentence_before() -> None:
    whole = "Oakfield School's head is Margaret Illing."
    right = passage("Oakfield School is small. Its head is Margaret Illing.")
    wrong = passage("Elmfield School is small. Its head is Margaret Illing.")
    assert said("Its head is Margaret Illing", right, restated=whole)
    assert not said("Its head is Margaret Illing", wrong, restated=whole)
    assert not said("Its head is Margaret Illing", right)
    assert not said("Our head is Margaret Illing", passage("Our head is Margaret Illing."))


@pytest.mark.parametrize(
    ("words", "ours", "theirs", "same"),
    [
        ("The Tarn Pier closed yesterday", "2024-05-02", "2024-05-02", True),
        ("The Tarn Pier closed yesterday", "2024-05-02", "2024-05-03", False),
        ("The Tarn Pier closed yesterday", "2024-05-02", None, False),
        ("The Tarn Pier closed on Monday", "2024-05-14", "2024-05-15", True),
        ("The Tarn Pier closed on Monday", "2024-05-14", "2024-05-07", False),
        ("The Tarn Pier closed on Monday, 13 May 2024", "2024-05-14", None, True),
        ("The Tarn Pier closed this year", "2024-05-14", "2024-01-14", True),
        ("The Tarn Pier closed on 3 May", "2024-05-14", "2023-05-14", False),
        ("The Tarn Pier closed on 3 May", None, "2023-05-14", True),
    ],
)
def test_words_for_a_time_must_mean_the_same_day(
    words: str, ours: str | None, theirs: str | None, same: bool
) -> None:
    own = passage("The pier is old.", "context", ours)
    assert said(words, passage(f"{words}.", date=theirs), own) == same


def test_a_sentence_that_names_nobody_needs_the_same_matter() -> None:
    read = passage("At Tarn Rovers all was well. The attendance was 3,417. Nobody was injured.")
    context = passage("On Saturday Tarn Rovers won.", "context")
    assert said("The attendance was 3,417", read, context)
    assert not said("The attendance was 3,417", read, passage("In May Ellery won.", "context"))
    assert not said("Nobody was injured", read, context)


def test_ambiguous_claims_are_not_held_to_words() -> None:
    unclear = replace(claim(BEAT), ambiguous=("'It' may be either",))
    assert not any(repeats(unclear, [passage(f"{BEAT}.")]))


def test_the_words_decide_on_their_passage_and_another_source_makes_a_conflict() -> None:
    read, other = passage(f"{BEAT}."), passage("Tarn Rovers lost.")
    misread = Opinion("refutes", 0.9, read.id, "verifier")
    verdict = combine(claim(BEAT), [read, other], [misread])
    assert (verdict.label, verdict.decided_by) == ("supported", "check:words")
    assert verdict.evidence == (read.id,)
    against = Opinion("refutes", 0.9, other.id, "verifier")
    assert combine(claim(BEAT), [read, other], [misread, against]).label == "conflicting"


def test_hostile_lines_take_no_longer() -> None:
    text = "A" + ", A(" * 40_000 + ". " + '" ' * 40_000
    started = time.perf_counter()
    assert not said(BEAT, passage(text))
    assert time.perf_counter() - started < 2
