"""What the check `attribution` says and proposes, which its cases do not hold."""

from __future__ import annotations

import pytest

from factcheck.checks.attribution import AttributionCheck
from factcheck.records import Flag
from tests.checks import casebook


def _flag(text: str) -> Flag:
    case = casebook.make_case(casebook.Golden("attribution", {"name": "x", "text": text}))
    (flag,) = AttributionCheck().run(case)
    return flag


@pytest.mark.parametrize(
    ("speaker", "correction"),
    [
        ("minister", None),
        ("bishop", None),
        ("goalkeeper", None),
        ("council", "its ward"),
        ("study", "its ward"),
        ("nurses", "their ward"),
    ],
)
def test_a_person_is_no_it(speaker: str, correction: str | None) -> None:
    flag = _flag(f"The {speaker} told parliament that our ward would close in June.")
    assert flag.quotation.text == "our ward"
    assert flag.correction == correction


@pytest.mark.parametrize("relative", ["The mayor, who", "The mayor of Marden, who"])
def test_speakers_are_named_as_within_a_sentence(relative: str) -> None:
    said = "the old bridge over the Tarn would be closed to lorries in June"
    flag = _flag(f"The minister said that {said}. {relative} said {said}, was angry.")
    assert "given to the mayor" in flag.explanation
    assert "and to the minister elsewhere" in flag.explanation
