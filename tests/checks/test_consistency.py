"""The verifier's reading of an article against itself: the logic, and what the shipped model sees.

The form of reading/cases.toml is that of cases/FORMAT.md. A small model does not see every case,
so there are floors for both kinds, raised when it gets better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from factcheck.articles import parse_article
from factcheck.checks.base import Case
from factcheck.checks.consistency import CONTEXT_SENTENCES, ConsistencyCheck
from factcheck.checks.doubt.suspicion import Weights, log_odds
from factcheck.evidence.related import related
from factcheck.records import Flag
from factcheck.text.parsing import load_parser
from factcheck.verdicts.verifier import EMBEDDED, Entailment, load_verifier
from tests.checks.casebook import Golden, make_case, read_cases

CASES = Path(__file__).parent / "reading" / "cases.toml"
WEIGHTS = Weights(constant=-2.0, refuted=1.5, least=0.5, mending=0.3)
SURE, OPEN = Entailment(0.02, 0.95, 0.03), Entailment(0.05, 0.05, 0.9)
CONTENT = Entailment(0.95, 0.02, 0.03)


@dataclass
class Scripted:
    """A reader that answers by a rule and remembers what it was asked."""

    rule: Callable[[str, str], Entailment]
    asked: int = 0

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        self.asked += len(pairs)
        return [self.rule(passage, sentence) for passage, sentence in pairs]


def case(text: str) -> Case:
    article = parse_article(text, "a.txt", language="en")
    parser = load_parser()
    sentences = tuple(parser.parse(text, [s.span for s in article.prose]))
    near = related([s.text for s in article.prose])
    return Case(article, sentences, (), parser, related=dict(enumerate(near)))


def run(rule: Callable[[str, str], Entailment], text: str) -> list[Flag]:
    return list(ConsistencyCheck(Scripted(rule), weights=WEIGHTS).run(case(text)))


STORY = (
    "The ferry left Bergen on Monday with 40 people. The ferry sank on Monday night. "
    "All 60 people on the ferry were saved."
)


def counts(passage: str, sentence: str) -> Entailment:
    """Refutes 60 where 40 is told; content with 40."""
    if "60" in sentence and "40" in passage:
        return SURE
    return CONTENT if "40" in sentence and "40" in passage else OPEN


def test_a_contradicted_sentence_is_flagged_with_what_speaks_against_it() -> None:
    (flag,) = run(counts, STORY)
    assert flag.quotation.text == "All 60 people on the ferry were saved."
    assert flag.conflict is not None
    assert flag.conflict.text == "The ferry left Bergen on Monday with 40 people."


def test_the_change_that_mends_it_names_the_kind_and_the_correction() -> None:
    (flag,) = run(counts, STORY)
    assert flag.type == "number"
    assert flag.correction == "All 40 people on the ferry were saved."
    assert "'40' for '60'" in flag.explanation


def test_without_such_a_change_it_is_a_contradiction() -> None:
    def stubborn(passage: str, sentence: str) -> Entailment:
        return SURE if "saved" in sentence else OPEN

    (flag,) = run(stubborn, STORY)
    assert (flag.type, flag.correction) == ("contradiction", None)


def test_a_contradicted_headline_is_a_flag_on_the_headline() -> None:
    body = "The ferry sank on Monday night. The ferry carried 40 people."
    text = f"All 60 saved as ferry sinks\n\n{body}"
    (flag,) = run(counts, text)
    assert flag.type == "headline"


def test_a_headline_is_read_against_the_beginning_of_the_body() -> None:
    asked: list[tuple[str, str]] = []

    def noting(passage: str, sentence: str) -> Entailment:
        asked.append((passage, sentence))
        return OPEN

    body = " ".join(f"The ferry number {n} left Bergen on Monday." for n in range(20))
    reader = Scripted(noting)
    check = ConsistencyCheck(reader, "headline", WEIGHTS)
    assert list(check.run(case(f"All ferries stay in port\n\n{body}"))) == []
    ((passage, sentence),) = asked
    assert sentence == "All ferries stay in port"
    assert passage.startswith("The ferry number 0") and "number 5" in passage
    assert "number 6" not in passage


def test_what_will_not_be_shown_is_not_read_again() -> None:
    shown, hidden = Scripted(counts), Scripted(counts)
    (mended,) = ConsistencyCheck(shown, weights=WEIGHTS).run(case(STORY))
    (bare,) = ConsistencyCheck(hidden, weights=WEIGHTS, shown=0.999).run(case(STORY))
    assert (mended.type, bare.type, bare.correction) == ("number", "contradiction", None)
    assert (bare.confidence, bare.conflict) == (mended.confidence, None)
    once = len(ConsistencyCheck(Scripted(counts), weights=WEIGHTS).suspects(case(STORY)))
    assert hidden.asked == once < shown.asked


def test_of_two_sentences_that_contradict_each_other_the_surer_is_flagged() -> None:
    def mutual(passage: str, sentence: str) -> Entailment:
        if "60" in sentence and "40" in passage:
            return SURE
        return Entailment(0.1, 0.8, 0.1) if "40" in sentence and "60" in passage else OPEN

    (flag,) = run(mutual, STORY)
    assert "60" in flag.quotation.text


def test_two_sentences_that_one_contradicts_are_both_flagged() -> None:
    story = f"{STORY} The harbour master counted 60 survivors of the ferry."
    found = run(counts, story)
    assert {flag.conflict.text for flag in found if flag.conflict} == {
        "The ferry left Bergen on Monday with 40 people."
    }
    assert len(found) == 2


def test_doubt_below_the_threshold_raises_nothing() -> None:
    assert run(lambda passage, sentence: Entailment(0.3, 0.45, 0.25), STORY) == []


def test_the_number_of_questions_grows_with_the_length_of_the_article() -> None:
    def asked(sentences: int) -> int:
        reader = Scripted(lambda passage, sentence: OPEN)
        text = " ".join(f"The ferry number {n} left Bergen on Monday." for n in range(sentences))
        list(ConsistencyCheck(reader, weights=WEIGHTS).run(case(text)))
        return reader.asked

    assert asked(40) == 40
    assert asked(80) == 80


def test_a_sentence_is_read_against_few_others() -> None:
    lengths: list[int] = []

    def noting(passage: str, sentence: str) -> Entailment:
        lengths.append(passage.count("."))
        return OPEN

    text = " ".join(f"The ferry number {n} left Bergen on Monday." for n in range(30))
    run(noting, text)
    assert max(lengths) == CONTEXT_SENTENCES


def test_a_sentence_is_read_against_those_beside_it() -> None:
    passages: dict[str, str] = {}

    def noting(passage: str, sentence: str) -> Entailment:
        passages[sentence] = passage
        return OPEN

    ferries = [f"The ferry number {n} left Bergen on Monday." for n in range(30)]
    run(noting, " ".join(ferries))
    for before, sentence, after in zip(ferries, ferries[1:], ferries[2:], strict=False):
        assert before in passages[sentence]
        assert after in passages[sentence]


@pytest.mark.parametrize(("probability", "odds"), [(0.5, 0.0), (0.9, 2.197), (0.1, -2.197)])
def test_log_odds(probability: float, odds: float) -> None:
    assert log_odds(probability) == pytest.approx(odds, abs=0.001)


def golden() -> list[Golden]:
    return list(read_cases(CASES))


def test_there_are_cases_of_both_kinds() -> None:
    wrong = sum(bool(one.expected) for one in golden())
    assert min(wrong, len(golden()) - wrong) >= 12


DOUBTED = 0.5
"""P(refuted) from which an article is doubted."""
SEEN, MARGIN = 5, 1
"""Wrong articles doubted, and by how many more than right ones: floors over the 14 cases of each.

The model shipped first on 26 November 2026 doubts 8 wrong ones and 4 right ones, the one shipped
last that day 6 and 4. The shipped model is not asked about the body by default; this does ask it.
"""


@pytest.mark.slow
def test_the_shipped_model_doubts_the_wrong_articles_more_than_the_right_ones() -> None:
    reader = load_verifier(EMBEDDED)
    assert reader is not None, "this checkout has no verifier: make verifier"
    check = ConsistencyCheck(reader)
    wrong = right = 0
    for one in golden():
        made = make_case(one)
        near = related([s.text for s in made.article.prose])
        suspects = check.suspects(replace(made, related=dict(enumerate(near))))
        doubted = any(suspect.refuted >= DOUBTED for suspect in suspects)
        wrong += bool(one.expected and doubted)
        right += bool(not one.expected and doubted)
    assert wrong >= SEEN
    assert wrong - right >= MARGIN
