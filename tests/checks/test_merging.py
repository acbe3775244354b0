from __future__ import annotations

import pytest

from factcheck.checks.merging import merge_flags
from factcheck.records import Flag, FlagType, Quotation, Severity, Span, content_id

TEXT = "abcdefghij" * 20


def quotation(start: int, end: int) -> Quotation:
    return Quotation("context", "article-1", Span(start, end), TEXT[start:end])


def flag(
    start: int,
    end: int,
    *,
    type: FlagType = "number",
    check: str = "quantities",
    confidence: float = 0.5,
    severity: Severity = "high",
    conflict: tuple[int, int] | None = None,
    correction: str | None = None,
) -> Flag:
    return Flag(
        id=content_id("flag", type, start, end, conflict, check),
        type=type,
        severity=severity,
        quotation=quotation(start, end),
        conflict=quotation(*conflict) if conflict else None,
        explanation="Why.",
        confidence=confidence,
        check=check,
        correction=correction,
    )


def test_flags_on_different_words_stay_apart() -> None:
    flags = [flag(0, 10), flag(20, 30)]
    assert len(merge_flags(flags)) == 2


def test_a_duplicate_goes_and_the_better_confidence_stays() -> None:
    (only,) = merge_flags([flag(0, 10, confidence=0.4), flag(0, 10, confidence=0.7)])
    assert only.confidence == 0.7
    assert only.explanation == "Why."


def test_confidence_of_two_checks_combines_and_is_said() -> None:
    (only,) = merge_flags([flag(0, 10), flag(0, 10, check="verifier", type="contradiction")])
    assert only.check == "quantities"
    assert only.confidence == pytest.approx(0.75)
    assert "verifier" in only.explanation


def test_a_doubt_that_goes_into_the_verdict_makes_no_other_check_surer() -> None:
    doubt = flag(0, 10, check="sources", type="contradiction", confidence=0.9)
    (only,) = merge_flags([flag(0, 10), doubt])
    assert (only.check, only.confidence) == ("quantities", 0.5)
    assert only.explanation == "Why. (Also found by: sources.)"


def test_combined_confidence_never_reaches_certainty() -> None:
    sure = [flag(0, 10, confidence=0.95), flag(0, 10, check="verifier", confidence=0.98)]
    (only,) = merge_flags(sure)
    assert only.confidence == 0.99


def test_a_comparison_of_words_wins_over_a_model() -> None:
    model = flag(0, 10, type="contradiction", check="llm:judge", confidence=0.9, conflict=(50, 60))
    (only,) = merge_flags([model, flag(2, 9, confidence=0.3)])
    assert (only.type, only.check) == ("number", "quantities")


def test_a_flag_that_decides_no_verdict_stands_for_none_that_may() -> None:
    doubt = flag(0, 10, check="sources", type="role_reversal", conflict=(50, 60), confidence=0.9)
    asked = flag(0, 10, check="llm:contradictions", type="contradiction", confidence=0.6)
    (only,) = merge_flags([doubt, asked])
    assert (only.check, only.confidence) == ("llm:contradictions", 0.6)


def test_a_doubt_too_weak_to_be_shown_hides_none_that_is() -> None:
    doubt = flag(0, 10, check="sources", type="contradiction", confidence=0.7)
    weak = flag(0, 10, check="verifier", type="headline", confidence=0.3)
    (only,) = merge_flags([doubt, weak], least=0.5)
    assert (only.check, only.confidence) == ("sources", 0.7)
    assert only.explanation == "Why. (Also found by: verifier.)"


def test_two_that_only_together_are_shown_are_led_by_the_most_telling() -> None:
    weak = flag(0, 10, confidence=0.4)
    model = flag(0, 10, check="verifier", type="contradiction", confidence=0.4)
    (only,) = merge_flags([weak, model], least=0.5)
    assert (only.check, only.confidence) == ("quantities", 0.64)


def test_with_conflict_and_correction_wins_over_without() -> None:
    bare = flag(0, 10, confidence=0.9)
    (only,) = merge_flags([bare, flag(0, 10, conflict=(50, 60), correction="12", check="dates")])
    assert only.correction == "12"


def test_a_against_b_and_b_against_a_are_one_problem() -> None:
    (only,) = merge_flags([flag(0, 10, conflict=(50, 60)), flag(50, 60, conflict=(0, 10))])
    assert only.conflict is not None


def test_two_corrections_of_different_kinds_in_one_place_both_stay() -> None:
    flags = [
        flag(0, 10, correction="12"),
        flag(0, 10, type="entity", check="names", correction="Xi"),
    ]
    assert len(merge_flags(flags)) == 2


def test_a_slight_overlap_is_another_place() -> None:
    assert len(merge_flags([flag(0, 10), flag(9, 30)])) == 2


def test_the_same_offsets_of_another_source_are_another_place() -> None:
    one = flag(0, 10, conflict=(50, 60))
    assert len(merge_flags([one, flag(50, 60, conflict=(70, 80))])) == 2


def test_the_order_is_by_severity_then_confidence() -> None:
    flags = [
        flag(0, 5, severity="note"),
        flag(20, 25, confidence=0.3),
        flag(40, 45, confidence=0.8),
    ]
    assert [f.quotation.span.start for f in merge_flags(flags)] == [40, 20, 0]


def test_the_order_of_arrival_changes_nothing() -> None:
    flags = [
        flag(0, 10),
        flag(5, 15, check="dates", type="date"),
        flag(0, 12, check="verifier", type="contradiction"),
    ]
    assert merge_flags(flags) == merge_flags(flags[::-1])


def test_mirrored_flags_of_two_types_are_one_problem() -> None:
    body = flag(0, 10, conflict=(50, 60), correction="four")
    headline = flag(50, 60, conflict=(0, 10), type="headline", check="headline", confidence=0.65)
    (only,) = merge_flags([body, headline])
    assert (only.check, only.correction) == ("quantities", "four")
    assert only.confidence == pytest.approx(0.825)


def test_a_denial_and_a_cause_that_mirror_it_are_one_problem() -> None:
    denial = flag(0, 20, conflict=(50, 70), type="negation", check="polarity")
    (only,) = merge_flags(
        [denial, flag(48, 66, conflict=(2, 20), type="cause", check="cause", confidence=0.8)]
    )
    assert only.type == "cause"


def test_mirrored_flags_with_a_correction_each_stay() -> None:
    flags = [
        flag(0, 10, conflict=(50, 60), correction="12"),
        flag(50, 60, conflict=(0, 10), type="date", check="dates", correction="May"),
    ]
    assert len(merge_flags(flags)) == 2


def test_flags_of_two_types_against_one_place_stay() -> None:
    flags = [
        flag(0, 10, conflict=(50, 60)),
        flag(80, 90, conflict=(50, 60), type="headline", check="headline"),
    ]
    assert len(merge_flags(flags)) == 2


def test_one_repair_that_two_checks_propose_is_one_problem() -> None:
    number = flag(0, 10, conflict=(50, 60), correction="18 months", confidence=0.6)
    date = flag(
        0, 10, conflict=(50, 60), correction="18 months", type="date", check="dates", confidence=0.6
    )
    (only,) = merge_flags([date, number])
    assert (only.type, only.correction) == ("number", "18 months")
    assert only.explanation == "Why. (Also found by: dates.)"


def test_two_that_compare_the_same_words_with_the_same_words_count_once() -> None:
    flags = [
        flag(0, 10, conflict=(50, 60), correction="12", confidence=0.5),
        flag(0, 10, conflict=(50, 60), correction="12", type="date", check="dates", confidence=0.6),
    ]
    (only,) = merge_flags(flags)
    assert only.confidence == 0.6


def test_a_repair_of_a_part_and_of_the_whole_that_come_to_the_same_are_one() -> None:
    part = flag(3, 5, conflict=(50, 52), correction="12")
    whole = flag(0, 10, conflict=(48, 58), correction="abc12fghij", type="date", check="dates")
    assert len(merge_flags([part, whole])) == 1


def test_two_repairs_of_overlapping_words_stay() -> None:
    part = flag(3, 5, conflict=(50, 52), correction="12")
    whole = flag(0, 10, conflict=(48, 58), correction="abc13fghij", type="date", check="dates")
    assert len(merge_flags([part, whole])) == 2
