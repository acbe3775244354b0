from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import UsageProblem
from factcheck.settings import Settings, load_settings, require_date


def test_flags_beat_variables_beat_file_beat_defaults(tmp_path: Path) -> None:
    (tmp_path / "factcheck.toml").write_text('top_k = 2\nas_of = "2021-01-01"\nthreads = 1\n')
    environment = {"FACTCHECK_TOP_K": "3", "FACTCHECK_AS_OF": "2022-02-02", "HOME": "/"}
    settings = load_settings({"top_k": 4, "store": None, "silence": ()}, environment, tmp_path)
    assert settings == Settings(top_k=4, as_of="2022-02-02", threads=1)


def test_the_nearest_file_above_the_folder_counts(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.factcheck]\nsilence = ["headline", "quotes"]\n')
    assert load_settings({}, {}, below).silence == ("headline", "quotes")


def test_a_project_without_the_table_is_passed_over(tmp_path: Path) -> None:
    below = tmp_path / "a"
    below.mkdir()
    (tmp_path / "factcheck.toml").write_text("top_k = 7\n")
    (below / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert load_settings({}, {}, below).top_k == 7


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nother = 1", "[project]\nname = 'x'"])
def test_a_project_file_of_another_shape_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert load_settings({}, {}, tmp_path) == Settings()


def test_a_table_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\nfactcheck = 1\n")
    with pytest.raises(UsageProblem, match="is no table"):
        load_settings({}, {}, tmp_path)


def test_a_path_in_a_file_starts_from_the_files_folder(tmp_path: Path) -> None:
    below = tmp_path / "a"
    below.mkdir()
    (tmp_path / "model").mkdir()
    (tmp_path / "factcheck.toml").write_text(
        'llm_prompts = "mine"\nstore = "http://h:8000"\nllm_cache = "none"\n'
        'verifier = "model"\nembedder = "all-MiniLM-L6-v2"\n'
    )
    found = load_settings({}, {}, below)
    assert (found.llm_prompts, found.verifier) == ("../mine", "../model")
    assert (found.store, found.llm_cache) == ("http://h:8000", "none")
    assert found.embedder == "all-MiniLM-L6-v2"
    assert load_settings({}, {}, tmp_path).llm_prompts == "mine"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("TOPK", "TOP_K"), ("EMBEDER", "EMBEDDER"), ("STORES", "STORE"), ("MAX_CALL", "MAX_CALLS")],
)
def test_a_misspelt_variable_is_told(tmp_path: Path, name: str, meant: str) -> None:
    with pytest.raises(UsageProblem, match=f"FACTCHECK_{name}, which factcheck does not know") as e:
        load_settings({}, {f"FACTCHECK_{name}": "3"}, tmp_path)
    assert e.value.hint.startswith(f"did you mean FACTCHECK_{meant}?")


@pytest.mark.parametrize(
    "name", ["LLM_KEY", "DEBUG", "REVIEWS", "REVIEWER", "CHROMIUM", "API_HOST"]
)
def test_a_variable_of_another_part_or_program_is_left_alone(tmp_path: Path, name: str) -> None:
    assert load_settings({}, {f"FACTCHECK_{name}": "x"}, tmp_path) == Settings()


def test_a_list_in_a_variable_is_parted_by_commas(tmp_path: Path) -> None:
    environment = {"FACTCHECK_SILENCE": "headline, quotes"}
    assert load_settings({}, environment, tmp_path).silence == ("headline", "quotes")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("topk = 3", "does not know"),
        ("top_k = 0", "between 1 and 50"),
        ("top_k = 2.5", "whole number"),
        ("top_k = inf", "cannot be inf"),
        ("top_k = true", "takes a number"),
        ("min_confidence = 2", "between 0 and 1"),
        ('as_of = "yesterday"', "a date such as"),
        ("store = 3", "takes text"),
        ("top_k = ", "cannot be read as TOML"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_origin(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "factcheck.toml").write_text(text)
    with pytest.raises(UsageProblem, match=message) as caught:
        load_settings({}, {}, tmp_path)
    assert "factcheck.toml" in caught.value.message


@pytest.mark.parametrize("value", ["2021-02-01", "20210201", "2021-W05-1"])
def test_a_date_in_any_form_becomes_the_usual_one(tmp_path: Path, value: str) -> None:
    assert load_settings({"as_of": value}, {}, tmp_path).as_of == "2021-02-01"
    assert require_date(value, "--date") == "2021-02-01"


@pytest.mark.parametrize(
    ("text", "message", "usable"),
    [
        ("silence = 3", "silence in PLACE cannot be 3: it takes a list of names",
         'silence = ["headline"] in PLACE'),
        ("silence = [1]", "cannot be [1]: it takes a list of names", 'silence = ["headline"] in'),
        ("top_k = [1]", "top_k in PLACE cannot be [1]: it takes a number", "top_k = 5 in PLACE"),
        ('top_k = "many"', 'cannot be "many": it takes a number', "top_k = 5 in PLACE"),
        ("top_k = inf", "it takes a whole number", "top_k = 5 in PLACE"),
        ("top_k = 99", "it lies between 1 and 50", "top_k = 5 in PLACE"),
        ("as_of = 3", "it takes text", 'as_of = "2021-12-31" in PLACE'),
        ("as_of = 2021-12-31T10:00:00", "it takes a date", 'as_of = "2021-12-31" in PLACE'),
        ('as_of = "9999-12-31"', "of the years 1000 to 9000", 'as_of = "2021-12-31" in PLACE'),
        ("explain = 3", "it is true or false", "explain = false in PLACE"),
        ("store = true", "store in PLACE cannot be true: it takes", 'store = "STORE" in PLACE'),
        ("verifier = {a = 1}", "has a table [verifier]", "take the line [verifier] out of PLACE"),
        ("[tool.factcheck]\ntop_k = 3", "[tool.factcheck], which is the form of pyproject.toml",
         "take the line [tool.factcheck] out of PLACE"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_told_in_plain_words(
    tmp_path: Path, text: str, message: str, usable: str
) -> None:
    place = tmp_path / "factcheck.toml"
    place.write_text(text)
    with pytest.raises(UsageProblem) as caught:
        load_settings({}, {}, tmp_path)
    assert message in caught.value.message.replace(str(place), "PLACE")
    assert caught.value.hint.replace(str(place), "PLACE").startswith(usable)


@pytest.mark.parametrize(
    ("flags", "environment", "message", "hint"),
    [
        ({"top_k": 0}, {}, "--top-k cannot be 0: it lies between 1 and 50", "--top-k 5"),
        ({"as_of": "soon"}, {}, '--as-of cannot be "soon": it takes a date', "--as-of 2021-12-31"),
        ({}, {"TOP_K": "99"}, 'FACTCHECK_TOP_K cannot be "99": it lies', "FACTCHECK_TOP_K=5"),
        ({}, {"EXPLAIN": "so"}, 'FACTCHECK_EXPLAIN cannot be "so"', "FACTCHECK_EXPLAIN=false"),
        ({}, {"MAX_COST": "x"}, 'FACTCHECK_MAX_COST cannot be "x"', "FACTCHECK_MAX_COST=0.0"),
    ],
)
def test_a_value_is_named_as_its_user_wrote_it(
    tmp_path: Path, flags: dict[str, Any], environment: dict[str, str], message: str, hint: str
) -> None:
    variables = {f"FACTCHECK_{name}": value for name, value in environment.items()}
    with pytest.raises(UsageProblem) as caught:
        load_settings(flags, variables, tmp_path)
    assert caught.value.message.startswith(message)
    assert caught.value.hint == hint


def test_every_value_that_is_told_to_try_can_be_used(tmp_path: Path) -> None:
    for field in fields(Settings):
        with pytest.raises(UsageProblem) as caught:
            load_settings({}, {}, _written(tmp_path, f"{field.name} = [[]]\n"))
        told = caught.value.hint.partition(" in ")[0]
        load_settings({}, {}, _written(tmp_path, f"{told}\n"))


def _written(folder: Path, text: str) -> Path:
    (folder / "factcheck.toml").write_text(text)
    return folder


def test_a_date_of_toml_is_a_date(tmp_path: Path) -> None:
    assert load_settings({}, {}, _written(tmp_path, "as_of = 2021-12-31\n")).as_of == "2021-12-31"


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    empty = {f"FACTCHECK_{field.name.upper()}": "" for field in fields(Settings)}
    assert load_settings({}, empty, tmp_path) == Settings()
    _written(tmp_path, "top_k = 7\n")
    assert load_settings({}, {**empty, "FACTCHECK_TOPK": " "}, tmp_path).top_k == 7


def test_a_misspelt_name_brings_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "factcheck.toml").write_text("topk = 3")
    with pytest.raises(UsageProblem) as caught:
        load_settings({}, {}, tmp_path)
    assert "top_k" in caught.value.hint


@pytest.mark.parametrize(("text", "means"), [("true", True), ("False", False), ("1", True)])
def test_yes_or_no_comes_from_a_variable_a_file_or_a_flag(
    tmp_path: Path, text: str, means: bool
) -> None:
    assert load_settings({}, {"FACTCHECK_EXPLAIN": text}, tmp_path).explain is means
    (tmp_path / "factcheck.toml").write_text("explain = true\n")
    assert load_settings({}, {}, tmp_path).explain
    assert not load_settings({"explain": False}, {}, tmp_path).explain
    with pytest.raises(UsageProblem, match="true or false"):
        load_settings({}, {"FACTCHECK_EXPLAIN": "perhaps"}, tmp_path)


@pytest.mark.parametrize(
    "name", ["store", "corpus", "local_cache", "llm_cache", "llm_prompts", "embedder"]
)
def test_a_path_may_start_from_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """No shell puts it in for `--store=~/refs`, a variable in quotes, or a file."""
    monkeypatch.setenv("HOME", "/home/ed")
    found = load_settings({name: "~/refs"}, {}, tmp_path)
    assert getattr(found, name) == "/home/ed/refs"
    (tmp_path / "factcheck.toml").write_text(f'{name} = "~/refs"')
    (tmp_path / "below").mkdir()
    assert getattr(load_settings({}, {}, tmp_path / "below"), name) == "/home/ed/refs"
    assert getattr(load_settings({name: "a~/b"}, {}, tmp_path), name) == "a~/b"
