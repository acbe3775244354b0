"""Figures computed by hand on a pair of made-up twins."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest

from factcheck.articles import parse_article
from factcheck.errors import CorpusError
from factcheck.evaluation.articlepage import details
from factcheck.evaluation.articlerows import outcome_of
from factcheck.evaluation.articles import Outcome, score
from factcheck.evaluation.intervals import bootstrap
from factcheck.evaluation.twinfiles import load_twins
from factcheck.evaluation.twins import half
from factcheck.records import Flag, FlagType

FLAWED = "Nine men left. Twelve men came. On Tuesday it rained. We saw it."
CLEAN = "Nine men left. Nine men came. On Monday it rained. We saw it."


def write_twins(folder: Path, name: str = "101") -> None:
    def marked(quote: str) -> dict[str, object]:
        start = FLAWED.index(quote)
        return {"quote": quote, "start": start, "end": start + len(quote), "why": ""}

    gold = {
        "planted": [
            marked("Twelve men")
            | {
                "type": "number",
                "against": "article",
                "fix": "Nine men",
                "conflicts_with": ["Nine men left"],
            },
            marked("Tuesday") | {"type": "date", "against": "corpus"},
        ],
        "distractors": [marked("Nine men"), marked("We saw it")],
        "claims": [],
    }
    (folder / f"{name}.txt").write_text(FLAWED)
    (folder / f"{name}.clean.txt").write_text(CLEAN)
    (folder / f"{name}.gold.json").write_text(json.dumps(gold))


def flag(text: str, quote: str, kind: FlagType) -> Flag:
    article = parse_article(text)
    start = text.index(quote)
    span = article.sentences[0].span.__class__(start, start + len(quote))
    return Flag(f"{kind}-{start}", kind, "high", article.quote(span), None, "Why.", 0.9, "test")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_twins(tmp_path)
    return tmp_path


def test_recall_false_flags_look_alikes_and_precision(folder: Path) -> None:
    twins = load_twins(folder)[0]
    flawed = (
        flag(FLAWED, "Twelve", "number"),
        flag(FLAWED, "Tuesday", "contradiction"),
        flag(FLAWED, "We saw", "attribution"),
    )
    scores = score([Outcome(twins, flawed, (flag(CLEAN, "We saw", "attribution"),))])
    assert scores.recall_strict.value == 0.5
    assert scores.recall_lenient.value == 1.0
    assert scores.by_type == {"date": (0, 1, 1), "number": (1, 1, 1)}
    assert scores.by_against["article"].value == 1.0
    assert scores.by_against["corpus"].value == 0.0
    assert scores.false_per_clean.value == 1.0
    assert scores.look_alikes.value == 0.5
    assert scores.precision.value == pytest.approx(2 / 3)


def test_a_flag_on_an_error_that_is_not_asked_about_is_no_false_one(folder: Path) -> None:
    (twins,) = load_twins(folder)
    flags = [flag(FLAWED, "Twelve", "number"), flag(FLAWED, "We saw", "attribution")]
    row = {"flawed": [asdict(one) for one in flags], "clean": []}
    only = score([outcome_of(row, twins, ["corpus"])])
    assert only.by_type == {"date": (0, 0, 1)}
    assert only.precision.value == score([outcome_of(row, twins)]).precision.value == 0.5


def test_an_error_is_read_with_its_proof_and_its_correction(folder: Path) -> None:
    number, date = load_twins(folder)[0].planted
    assert (number.fix, number.proof) == ("Nine men", ("Nine men left",))
    assert (date.fix, date.proof) == ("", ())


def test_a_flag_of_another_type_is_no_hit_but_no_false_alarm_either(folder: Path) -> None:
    twins = load_twins(folder)[0]
    scores = score([Outcome(twins, (flag(FLAWED, "Twelve", "date"),), ())])
    assert scores.recall_lenient.value == 0.0
    assert scores.precision.value == 1.0


def test_nothing_flagged_has_no_precision(folder: Path) -> None:
    scores = score([Outcome(load_twins(folder)[0], (), ())])
    assert scores.precision.value is None
    assert str(scores.precision) == "–"
    assert scores.recall_strict.value == 0.0


def test_halves_by_number(folder: Path) -> None:
    write_twins(folder, "102")
    write_twins(folder, "example")
    twins = load_twins(folder)
    assert [pair.id for pair in half(twins, "odd")] == ["101"]
    assert [pair.id for pair in half(twins, "even")] == ["102"]
    assert len(half(twins, "all")) == 3


@pytest.mark.parametrize(
    ("right", "wrong"), [('"number"', '"nubmer"'), ('"against": "article"', '"against": "Article"')]
)
def test_an_error_of_no_known_kind_is_refused(folder: Path, right: str, wrong: str) -> None:
    gold = folder / "101.gold.json"
    gold.write_text(gold.read_text().replace(right, wrong))
    with pytest.raises(CorpusError, match="is none of"):
        load_twins(folder)


def test_furniture_is_no_error_that_could_be_missed(folder: Path) -> None:
    gold = folder / "101.gold.json"
    gold.write_text(gold.read_text().replace('"number"', '"furniture"'))
    (twins,) = load_twins(folder)
    found = Outcome(twins, (), ())
    assert score([found]).by_type == {"date": (0, 0, 1)}
    assert [line for line in details([found]) if "furniture" in line] == []


def test_a_span_that_does_not_quote_is_refused(folder: Path) -> None:
    (folder / "101.txt").write_text("X" + FLAWED)
    with pytest.raises(CorpusError, match="is not 'Twelve men'"):
        load_twins(folder)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no articles"):
        load_twins(Path("x" * 300))
    with pytest.raises(CorpusError, match="no articles in twins"):
        load_twins(tmp_path)


MARKED = """=== 2001
Council {{rejects||approves||headline}} bridge

It approved the bridge on Monday.
# 'approved' proves it

=== 2002
Nine men left. {{Twelve||Nine||number}} men came.
"""


def test_texts_with_marked_errors_are_twins_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MARKED)
    one, other = load_twins(tmp_path)
    assert (one.id, one.flawed.splitlines()[0]) == ("2001", "Council rejects bridge")
    assert one.clean == "Council approves bridge\n\nIt approved the bridge on Monday.\n"
    assert [(p.type, p.quote, p.fix) for p in other.planted] == [("number", "Twelve", "Nine")]
    for twins in (one, other):
        assert all(p.span.of(twins.flawed) == p.quote for p in twins.planted)
    assert half((one, other), "odd") == (one,)


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [("||number}}", "}}", "2002 has a mark"), ("||number}}", "||nubmer}}", "is none of")],
)
def test_a_broken_mark_is_refused(tmp_path: Path, right: str, wrong: str, why: str) -> None:
    (tmp_path / "a.txt").write_text(MARKED.replace(right, wrong))
    with pytest.raises(CorpusError, match=why):
        load_twins(tmp_path)


def opened_by(hint: str) -> str:
    """What an editor is started with by the command that a message offers."""
    environment = os.environ | {"EDITOR": "echo"}
    done = subprocess.run(
        hint, shell=True, check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout.strip()


def refused(folder: Path) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        load_twins(folder)
    return caught.value


def test_the_hint_on_a_broken_mark_opens_the_file_at_its_article(tmp_path: Path) -> None:
    path = tmp_path / "of a newspaper.txt"
    path.write_text(MARKED.replace("||number}}", "}}"))
    assert opened_by(refused(tmp_path).hint) == f"+7 {path}"


def test_a_gold_file_that_is_no_json_is_opened_where_it_breaks(folder: Path) -> None:
    gold = folder / "101.gold.json"
    gold.write_text("{\n\n  'planted': []\n}")
    error = refused(folder)
    assert "is not JSON (line 3, column 3: " in error.message
    assert opened_by(error.hint) == f"+3 {gold}"


def test_a_gold_file_that_lacks_something_says_what(folder: Path) -> None:
    gold = folder / "101.gold.json"
    gold.write_text("{}")
    error = refused(folder)
    assert error.message.endswith("cannot be used: it lacks 'planted'")
    assert opened_by(error.hint) == str(gold)


def test_a_text_that_is_missing_is_named(folder: Path) -> None:
    (folder / "101.clean.txt").unlink()
    error = refused(folder)
    assert error.message == "101.gold.json needs 101.clean.txt beside it"
    assert error.hint == f"ls {folder}"


def test_misquoted_words_are_found_in_the_text_and_in_the_file(folder: Path) -> None:
    (folder / "101.txt").write_text("X" + FLAWED)
    error = refused(folder)
    start = FLAWED.index("Twelve men") + 1
    assert f"which stands at {start} to {start + 10}" in error.message
    place, _, path = opened_by(error.hint).partition(" ")
    assert path == str(folder / "101.gold.json")
    assert "Twelve men" in Path(path).read_text().splitlines()[int(place) - 1]


def test_intervals_are_repeatable_and_hold_the_figure() -> None:
    def mean(some: object) -> float:
        values = list(some)  # type: ignore[call-overload]
        return float(sum(values) / len(values))

    one = bootstrap([0, 0, 1, 1, 1, 0, 1, 0, 1, 1], mean)
    assert one == bootstrap([0, 0, 1, 1, 1, 0, 1, 0, 1, 1], mean)
    assert one.low is not None and one.high is not None and one.value is not None
    assert one.low < one.value < one.high
    same = bootstrap([1, 1, 1], mean)
    assert (same.low, same.value, same.high) == (1.0, 1.0, 1.0)
