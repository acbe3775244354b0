"""A model that cannot be found is told at once, before the hub's client tries for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli import modelnames
from factcheck.cli.main import main
from factcheck.cli.modelnames import is_here, require_embedder, require_verifier
from factcheck.errors import ModelError
from tests.cli.test_claims import REFERENCE
from tests.verdicts.test_verifier_crossencoder import make_model

SILENT = "[Errno -2] Name or service not known"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The names that the hub, which does not answer here, is asked for."""
    names: list[str] = []

    def silent(name: str) -> str:
        names.append(name)
        return SILENT

    monkeypatch.setattr(modelnames, "_problem_with_hub", silent)
    monkeypatch.chdir(tmp_path)
    return names


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", ["typo", "", "a/b/c", "./none", "/no/folder", "own er/x", "a/"])
def test_what_names_no_verifier_is_refused_without_asking(asked: list[str], name: str) -> None:
    with pytest.raises(ModelError, match="there is no verifier") as caught:
        require_verifier(name)
    assert (caught.value.hint, asked) == ("factcheck models list", [])


@pytest.mark.parametrize("require", [require_verifier, require_embedder])
def test_a_folder_without_a_model_is_refused_and_one_with_a_model_taken(
    asked: list[str], tmp_path: Path, require: Callable[[str], None]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("{}")
    for name, message in (("empty", "holds no model"), ("file", "is a file")):
        with pytest.raises(ModelError, match=message):
            require(name)
    model = make_model(tmp_path / "tiny", {0: "contradiction", 1: "neutral", 2: "entailment"})
    require(str(model))
    assert is_here(str(model)) and not asked


@pytest.mark.parametrize(
    ("require", "name", "hint"),
    [
        (require_verifier, "nobody/none", "--verifier embedded, or with a network: factcheck mod"),
        (require_embedder, "nobody/none", "--embedder all-MiniLM-L6-v2, or with a network: fact"),
        (require_embedder, "none", "--embedder all-MiniLM-L6-v2, or with a network: fact"),
    ],
)
def test_a_hub_that_is_silent_is_told(
    asked: list[str], require: Callable[[str], None], name: str, hint: str
) -> None:
    with pytest.raises(ModelError, match="the hub cannot be reached") as caught:
        require(name)
    assert SILENT in caught.value.message and caught.value.hint.startswith(hint)
    assert asked[-1] == name


def test_what_was_fetched_is_used_where_the_hub_is_silent(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr(modelnames, "_is_fetched", lambda name: name == "some/model")
    require_verifier("some/model")
    from huggingface_hub import constants

    assert constants.HF_HUB_OFFLINE


def test_a_model_that_the_hub_lacks_is_told(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modelnames, "_problem_with_hub", lambda name: modelnames.ABSENT)
    with pytest.raises(ModelError, match="the hub has no model nobody/none"):
        require_verifier("nobody/none")


def test_a_hub_that_answers_late_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modelnames, "PATIENCE", 0.1)
    monkeypatch.setattr("huggingface_hub.HfApi.model_info", lambda *_, **__: time.sleep(2))
    began = time.monotonic()
    with pytest.raises(ModelError, match=r"no answer in 0\.1 seconds"):
        require_verifier("nobody/none")
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    "options", [("--verifier", "typo"), ("--verifier", "nobody/none"), ("--embedder", "no/ne")]
)
def test_doctor_and_claims_refuse_the_same(
    asked: list[str], tmp_path: Path, options: tuple[str, str]
) -> None:
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "harbour.txt").write_text(REFERENCE)
    (tmp_path / "article.txt").write_text("The wall was rebuilt in 2021.")
    shared = ("--corpus", "refs", *options)
    done, found = run("claims", "article.txt", *shared), run("doctor", *shared)
    assert (done.exit_code, found.exit_code) == (3, 3)
    assert "Try: " in done.stderr and "NOT USABLE" in found.stdout


def test_eval_and_explain_refuse_a_verifier_that_is_none(asked: list[str]) -> None:
    for command in (("claims",), ("articles",), ("retrieval",)):
        result = run("eval", *command, "--verifier", "typo")
        assert result.exit_code == 3
        assert "there is no verifier 'typo'" in result.stderr
