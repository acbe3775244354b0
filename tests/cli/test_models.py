"""`factcheck models`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli.main import main
from factcheck.verdicts.verifier import EMBEDDED, load_verifier
from tests.verdicts.test_verifier_crossencoder import make_model


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["models", *args])
    return result.exit_code, result.stdout, result.stderr


def test_the_list_names_the_shipped_model_and_how_to_fetch_others() -> None:
    code, out, _ = run("list")
    assert code == 0
    assert out.startswith("embedded ")
    assert "factcheck models pull cross-encoder/nli-deberta-v3-base" in out


def test_info_says_what_the_outputs_of_a_model_are_taken_for(tmp_path: Path) -> None:
    labels = {0: "contradiction", 1: "neutral", 2: "entailment"}
    folder = make_model(tmp_path / "tiny", labels)
    code, out, _ = run("info", str(folder))
    assert code == 0
    assert "contradiction (refuted), neutral (not_enough), entailment (supported)" in out
    assert "Not fitted" in out


def test_the_names_of_outputs_drive_no_terminal(tmp_path: Path) -> None:
    labels = {0: "contradiction", 1: "neutral\x1b[2J", 2: "entailment"}
    code, out, _ = run("info", str(make_model(tmp_path / "tiny", labels)))
    assert code == 0
    assert "neutral⟨ESC⟩[2J (not_enough)" in out
    assert "\x1b" not in out


@pytest.mark.skipif(load_verifier(EMBEDDED) is None, reason="this checkout has no verifier")
def test_info_on_the_shipped_model_gives_its_origin() -> None:
    code, out, _ = run("info", "embedded")
    assert code == 0
    assert "all-mpnet-base-v2" in out
    assert "precision" in out


def test_a_model_that_is_nowhere_gets_the_command_that_fetches_it() -> None:
    code, _, err = run("info", "nobody/no-such-model")
    assert code == 3
    assert "factcheck models pull nobody/no-such-model" in err


def test_a_folder_without_a_usable_model_gets_a_command_that_works(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "config.json").write_text("{}")
    for name in ("empty", "damaged"):
        code, _, err = run("info", str(tmp_path / name))
        assert code == 3
        assert err.endswith("Try: factcheck models list\n")


def test_a_hub_out_of_reach_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> str:
        raise OSError("no network here")

    monkeypatch.setattr("huggingface_hub.snapshot_download", refuse)
    code, _, err = run("pull", "some/model")
    assert code == 3
    assert "no network here" in err
