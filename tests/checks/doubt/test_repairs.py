"""Changes that might put a sentence right."""

import pytest

from factcheck.checks.doubt.contraries import Repair
from factcheck.checks.doubt.repairs import repairs
from factcheck.text.parsing import load_parser


def changed(sentence: str, *others: str) -> dict[str, set[str]]:
    """The changed sentences by the kind of error that each change would mend."""
    parser = load_parser()
    doc = parser.parse_text(sentence)[0].doc
    found: dict[str, set[str]] = {}
    for repair in repairs(doc, [parser.parse_text(other)[0].doc for other in others]):
        found.setdefault(repair.type, set()).add(repair.applied(sentence))
    return found


@pytest.mark.parametrize(
    ("sentence", "other", "kind", "wanted"),
    [
        (
            "Germany sued Poland over the pipeline.",
            "Warsaw went to court.",
            "role_reversal",
            "Poland sued Germany over the pipeline.",
        ),
        (
            "The West wants to stop a possible invasion by Ukraine.",
            "The Kremlin denied any plans to invade its neighbour.",
            "role_reversal",
            "The West wants to stop a possible invasion of Ukraine.",
        ),
        (
            "The lifeboat came fifty minutes later.",
            "The lifeboat needed thirty minutes.",
            "date",
            "The lifeboat came thirty minutes later.",
        ),
        (
            "About 980 people work there.",
            "The works employs 890 people.",
            "number",
            "About 890 people work there.",
        ),
        (
            "The vote was on Saturday.",
            "The chamber voted late on Sunday.",
            "date",
            "The vote was on Sunday.",
        ),
        ("It fell before the vote.", "It fell.", "date", "It fell after the vote."),
        (
            "The minister was in Paris on Monday.",
            "She flew to Berlin.",
            "entity",
            "The minister was in Berlin on Monday.",
        ),
        (
            "Tolley told the court that the joint was old.",
            "Kamil Zak, a restorer, saw the joint.",
            "attribution",
            "Kamil Zak told the court that the joint was old.",
        ),
        (
            "The batch is no longer in use.",
            "There was no reason to withdraw it.",
            "negation",
            "The batch is in use.",
        ),
        (
            "The club had ruled out a sale.",
            "The chairman would sell.",
            "negation",
            "The club had not ruled out a sale.",
        ),
        ("Prices rose in May.", "Prices fell.", "negation", "Prices fell in May."),
        (
            "The slump led to the loss of the contract.",
            "Investors ran.",
            "cause",
            "The loss of the contract led to the slump.",
        ),
    ],
)
def test_the_change_that_mends_it_is_among_them(
    sentence: str, other: str, kind: str, wanted: str
) -> None:
    assert wanted in changed(sentence, other).get(kind, set())


def test_a_number_that_agrees_is_left_alone() -> None:
    assert "number" not in changed("She lost 3,000 tonnes.", "Some 3,000 tonnes were lost.")


def test_there_are_only_a_few_of_each_kind() -> None:
    many = " and ".join(f"{n} cats" for n in range(11, 40))
    found = repairs_of("He saw 5 cats, 6 dogs and 7 cats.", f"There were {many}.")
    assert sum(repair.type == "number" for repair in found) == 4


def repairs_of(sentence: str, other: str) -> list[Repair]:
    parser = load_parser()
    doc = parser.parse_text(sentence)[0].doc
    return repairs(doc, [parser.parse_text(other)[0].doc])
