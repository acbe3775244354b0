"""Each set is read from the form in which its makers publish it; the samples are made up."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from eval.verifier import data as verifier_data
from factcheck.errors import CorpusError, UsageProblem
from factcheck.evaluation.items import Item, task_of
from factcheck.evaluation.sets import SETS, load_set
from factcheck.evaluation.sets.own import split_of

SAMPLES = Path(__file__).parent / "data" / "sets"


def load(name: str, split: str | None = None) -> list[Item]:
    return load_set(name, SAMPLES / name, split)


@pytest.mark.parametrize(
    ("name", "labels", "groups", "task"),
    [
        ("fever-symmetric", {"supported": 1, "refuted": 1}, 1, "supported or refuted"),
        ("fool-me-twice", {"refuted": 1}, 1, "supported or refuted"),
        (
            "healthver",
            {"supported": 1, "refuted": 1, "not_enough_evidence": 1},
            2,
            "three-way",
        ),
        (
            "climate-fever",
            {"supported": 1, "refuted": 1, "not_enough_evidence": 1},
            1,
            "three-way",
        ),
        ("scifact", {"supported": 1, "refuted": 1, "not_enough_evidence": 1}, 1, "three-way"),
        ("averitec", {"refuted": 1, "conflicting": 1, "not_enough_evidence": 1}, 3, "four-way"),
        ("wice", {"unsupported": 2, "supported": 1}, 2, "supported or not"),
        ("summedits", {"supported": 1, "unsupported": 1}, 1, "supported or not"),
        ("hans", {"supported": 1, "unsupported": 1}, 2, "supported or not"),
        ("anli", {"supported": 1, "refuted": 1, "not_enough_evidence": 1}, 1, "three-way"),
        ("faithbench", {"unsupported": 1, "supported": 2}, 1, "supported or not"),
        ("llm-aggrefact", {"supported": 1, "unsupported": 1}, 2, "supported or not"),
    ],
)
def test_published_forms(name: str, labels: dict[str, int], groups: int, task: str) -> None:
    items = load(name)
    assert Counter(item.label for item in items) == labels
    assert len({item.group for item in items}) == groups
    assert len({item.id for item in items}) == len(items)
    assert task_of(item.label for item in items).name == task
    assert all(item.claim and item.evidence for item in items)


def test_every_set_says_where_it_is_on_what_terms_and_in_what_form() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(SETS) - {"common"}
    for one in SETS.values():
        assert one.published and one.licence and one.labels and one.form.endswith((".", ":"))


def test_older_files_of_fever_symmetric_name_their_evidence_otherwise() -> None:
    file = SAMPLES / "fever-symmetric" / "fever_symmetric_old.jsonl"
    assert [item.evidence for item in load_set("fever-symmetric", file)] == [
        "Lake Orrin is a freshwater lake ."
    ]


def test_evidence_is_put_together_as_it_was_given() -> None:
    assert load("fool-me-twice")[0].evidence == "The mill burnt down in 1872. It was never rebuilt."
    by_document = {item.id: item for item in load("scifact")}
    assert by_document["5:103"].label == "not_enough_evidence"
    assert by_document["5:101"].evidence == (
        "Protein A in cell line B. We studied protein A. It sped up growth."
    )
    assert load("averitec")[0].evidence == (
        "Was a ban passed? No The council voted it down.\nWho proposed it? A resident."
    )


def test_chunks_of_one_claim_are_one_unit() -> None:
    assert Counter(item.unit for item in load("wice")) == {"dev00001": 2, "dev00002": 1}


def test_parts_and_types_are_kept() -> None:
    assert {(item.part, item.type) for item in load("hans")} == {
        ("subsequence", "sn_PP_on_subject"),
        ("lexical_overlap", "le_passive"),
    }
    assert load("hans")[0].evidence == 'The baker near the "judge" slept .'
    assert {item.part for item in load("anli")} == {"R1", "R3"}
    assert {item.part for item in load("summedits")} == {"news"}


def test_our_own_items_are_split_by_passage() -> None:
    everything = load("own", "all")
    assert {item.group for item in everything} == {"geo-007", "suf-003"}
    split = split_of("geo-007")
    assert [item.id for item in load("own", split)][:2] == ["geo-007-1", "geo-007-2"]
    assert everything[0].part == "geo"
    assert everything[0].twin == "geo-007-2"


def test_the_split_keeps_its_shares() -> None:
    shares = Counter(split_of(f"x-{n}") for n in range(4000))
    for split, share in {"test": 0.14, "dev": 0.08, "calibration": 0.04, "train": 0.74}.items():
        assert shares[split] / 4000 == pytest.approx(share, abs=0.02)


def test_the_common_form(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "claim": "c", "evidence": "e", "label": "NOT_REFUTED", "subcase": "x"},
        {"id": 2, "claim": "c", "evidence": "f", "label": "REFUTED", "group": "g"},
    ]
    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    one, two = load_set("common", file)
    assert (one.label, one.type, one.unit) == ("not_refuted", "x", "")
    assert (two.label, two.unit, two.group) == ("refuted", "g", "g")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 1, "claim": "c", "evidence": "e"}', r"line 2 is not in the published form.*label"),
        ('{"id": 1, "claim": "c", "evidence": "e", "label": "MAYBE"}', "'MAYBE' is none of"),
        ("{", "cannot be read: line 2, column 2: Expecting property name"),
        ("[" * 100_000, "cannot be read: line 2: maximum recursion depth"),
        ('{"id": 1, "claim": null, "evidence": "e", "label": "NEI"}', "2 .*'claim' is no text"),
        (
            '{"id": 1, "claim": "c", "evidence": "\\ud800", "label": "NEI"}',
            "line 2 .*'evidence' holds half of a character",
        ),
        ("[]", "2 is not an object"),
    ],
)
def test_a_row_that_is_not_in_the_form_is_named(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"id": 0, "claim": "c", "evidence": "e", "label": "NEI"}\n' + line)
    with pytest.raises(CorpusError, match=reason):
        load_set("common", file)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("common", "mine.jsonl"),
        ("healthver", "healthver_dev.csv"),
        ("averitec", "dev.json"),
        ("hans", "heuristics_evaluation_set.txt"),
    ],
)
def test_a_mark_of_byte_order_is_no_part_of_a_file(tmp_path: Path, name: str, file: str) -> None:
    common = '{"id": "1", "claim": "c", "evidence": "e", "label": "NEI"}\n'
    published = SAMPLES / name / file
    text = published.read_text("utf-8") if published.exists() else common
    plain, marked = tmp_path / file, tmp_path / "marked" / file
    marked.parent.mkdir()
    plain.write_text(text, "utf-8")
    marked.write_text(text, "utf-8-sig")
    assert load_set(name, marked) == load_set(name, plain)


def common(file: Path, *rows: dict[str, str]) -> Path:
    usual = {"claim": "c", "evidence": "e", "label": "SUPPORTED"}
    file.write_text("\n".join(json.dumps({**usual, **row}) for row in rows))
    return file


def test_each_item_has_an_id_of_its_own(tmp_path: Path) -> None:
    file = common(tmp_path / "a.jsonl", {"id": "1"}, {"id": "2", "claim": "d"}, {"id": "1"})
    assert [item.id for item in load_set("common", file)] == ["1", "2"]
    common(file, {"id": "1"}, {"id": "1", "label": "REFUTED"})
    with pytest.raises(CorpusError, match="two different items with the id '1'"):
        load_set("common", file)


@pytest.mark.parametrize(
    ("labels", "fits"),
    [
        ("SUPPORTED REFUTED NEI CONFLICTING", True),
        ("SUPPORTED UNSUPPORTED", True),
        ("REFUTED NOT_REFUTED", True),
        ("SUPPORTED REFUTED UNSUPPORTED", False),
        ("SUPPORTED NOT_REFUTED", False),
        ("UNSUPPORTED NOT_REFUTED", False),
    ],
)
def test_labels_that_one_question_cannot_tell_apart(
    tmp_path: Path, labels: str, fits: bool
) -> None:
    rows = [{"id": label, "label": label} for label in labels.split()]
    file = common(tmp_path / "a.jsonl", *rows)
    if fits:
        assert len(load_set("common", file)) == len(rows)
        return
    with pytest.raises(CorpusError, match="which no one question can tell apart"):
        load_set("common", file)


def test_one_claim_has_one_label(tmp_path: Path) -> None:
    rows = [{"id": "1", "group": "g"}, {"id": "2", "group": "g", "evidence": "f"}]
    assert len(load_set("common", common(tmp_path / "a.jsonl", *rows))) == 2
    rows[1]["label"] = "REFUTED"
    with pytest.raises(CorpusError, match="the one claim 'g' several labels"):
        load_set("common", common(tmp_path / "a.jsonl", *rows))


def test_a_split_is_never_taken_for_another(tmp_path: Path) -> None:
    file = common(tmp_path / "a.jsonl", {"id": "1"})
    assert load_set("common", file, "all") == load_set("common", file)
    with pytest.raises(UsageProblem, match="has no splits, so 'dev'"):
        load_set("common", file, "dev")
    with pytest.raises(CorpusError, match=r"holds no fever_symmetric_tset\.jsonl"):
        load_set("fever-symmetric", SAMPLES / "fever-symmetric", "tset")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="there is no set 'wise'"):
        load_set("wise", None)
    with pytest.raises(UsageProblem, match=r"published at github\.com/ryokamoi/wice"):
        load_set("wice", None)
    with pytest.raises(CorpusError, match=r"holds no dev\.jsonl"):
        load_set("wice", tmp_path)
    with pytest.raises(CorpusError, match="there is no"):
        load_set("wice", tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="there is no xxx"):
        load_set("wice", Path("x" * 300))
    shutil.copytree(SAMPLES / "own", tmp_path / "own")
    with pytest.raises(CorpusError, match="no items of the split 'nonsense'"):
        load_set("own", tmp_path / "own", "nonsense")


def test_the_trainer_splits_our_items_in_the_same_way() -> None:
    items = verifier_data.own_items()
    assert {item.id: verifier_data.split_of(item) for item in items} == {
        item.id: split
        for split in ("train", "dev", "calibration", "test")
        for item in load_set("own", verifier_data.OWN_PARTS.parent, split)
    }
