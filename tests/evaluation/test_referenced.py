"""Articles with references become pairs of claim and passage, labelled by what was planted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.verifier.data import REFERENCED, referenced_items, split_of
from eval.verifier.referenced import CASES, case_items, load_case, write_twins
from factcheck.evaluation.twinfiles import load_twins

PLANTED = {
    "type": "role_reversal",
    "fix": "The council of Keld sold the old mill to Ada Holm",
    "quote": "Ada Holm sold the old mill to the council of Keld",
    "doc": "deed",
    "proof": "The buyer is Ada Holm.",
    "why": "Ada Holm bought it.",
}
CASE: dict[str, object] = {
    "id": "007",
    "topic": "a mill sold",
    "clean": "Council sells mill\n\nThe council of Keld sold the old mill to Ada Holm on Monday. "
    "The mill was built by monks in 1840 beside the stone bridge.",
    "planted": [PLANTED],
    "refs": {
        "deed": "Deed of sale\nSource: Keld registry, 2024-03-01\nThe seller of the old mill is "
        "the council of Keld. The buyer is Ada Holm.",
        "guide": "A walk in Keld\nSource: Keld guide, 2020-05-01\nBy the stone bridge stands the "
        "mill that monks built in 1840.",
    },
}


def written(folder: Path, case: dict[str, object]) -> Path:
    path = folder / "007.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    return path


def test_a_wrong_claim_is_refuted_by_its_proof_and_its_twin_is_not(tmp_path: Path) -> None:
    items = {item.id: item for item in case_items(load_case(written(tmp_path, CASE)))}
    wrong = [item for item in items.values() if item.label == "REFUTED"]
    assert wrong
    for item in wrong:
        assert item.claim.startswith("Ada Holm sold the old mill")
        assert "The buyer is Ada Holm." in item.evidence
        twin = items[item.twin or ""]
        assert (twin.label, twin.twin, twin.evidence) == ("NOT_REFUTED", item.id, item.evidence)
        assert twin.claim.startswith("The council of Keld sold the old mill")


def test_claims_without_an_error_are_refuted_by_no_passage(tmp_path: Path) -> None:
    items = list(case_items(load_case(written(tmp_path, CASE))))
    mill = [item for item in items if "1840" in item.claim]
    assert mill
    assert {item.label for item in mill} == {"NOT_REFUTED"}
    assert {item.passage for item in items} == {"ref-007"}
    assert {item.source for item in items} == {REFERENCED}


@pytest.mark.parametrize(
    ("part", "value", "told"),
    [
        ("fix", "the", "does not stand there just once"),
        ("fix", "nowhere", "does not stand there just once"),
        ("proof", "nowhere", "is not in deed"),
    ],
)
def test_what_cannot_be_planted_or_proved_is_told(
    tmp_path: Path, part: str, value: str, told: str
) -> None:
    case = {**CASE, "planted": [{**PLANTED, part: value}]}
    with pytest.raises(ValueError, match=told):
        load_case(written(tmp_path, case))


def test_a_case_can_be_measured_as_articles_in_twins(tmp_path: Path) -> None:
    case = load_case(written(tmp_path, CASE))
    folder = tmp_path / "twins"
    folder.mkdir()
    write_twins(case, folder)
    (twins,) = load_twins(folder)
    assert (twins.flawed, twins.clean) == (case.flawed, case.clean)
    (planted,) = twins.planted
    assert (planted.against, planted.fix) == ("corpus", PLANTED["fix"])
    assert twins.references is not None
    assert {path.stem for path in twins.references.glob("*.txt")} == {"deed", "guide"}


def test_the_shipped_cases_can_be_read_and_have_their_items() -> None:
    cases = [load_case(path) for path in sorted(CASES.glob("*.json"))]
    items = referenced_items()
    assert {item.passage for item in items} == {f"ref-{case.id}" for case in cases}
    assert len({item.id for item in items}) == len(items)
    by_id = {item.id: item for item in items}
    for item in items:
        assert item.twin is None or by_id[item.twin].twin == item.id
        assert item.label in {"REFUTED", "NOT_REFUTED"}
    assert {split_of(item) for item in items} == {"train", "test", "dev", "calibration"}
