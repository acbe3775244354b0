"""What the cases in cases/dates.toml cannot say; those run in test_cases.py."""

from __future__ import annotations

from factcheck.checks.dates import DatesCheck
from tests.checks import casebook


def test_a_dateline_without_a_year_still_counts_months() -> None:
    text = (
        "LISBON, March 13 - Police arrested him last September at a farm. In the eleven months"
        " since his arrest he has lived under guard."
    )
    case = casebook.make_case(casebook.Golden("dates", {"name": "dateline", "text": text}))
    (flag,) = casebook.flags_of(DatesCheck(), case)
    assert flag.quotation.text == "eleven months"
    assert "six months" in flag.explanation


def test_an_unknown_year_tells_no_weekday() -> None:
    text = "LISBON, March 13 - The court ruled on Friday, March 12."
    case = casebook.make_case(casebook.Golden("dates", {"name": "no year", "text": text}))
    assert casebook.flags_of(DatesCheck(), case) == []
