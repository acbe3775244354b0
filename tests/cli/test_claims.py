"""The command as a user meets it: what it prints where, and what it exits with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli.main import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "eval" / "articles" / "example.txt"
REFERENCE = """Harbour wall of Port Ellery
Source: Port Ellery council, 2021-05-03

The council of Port Ellery voted on 3 May 2021 to rebuild the harbour wall. The work costs 4
million euros and is paid for by the county.
"""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "harbour.txt").write_text(REFERENCE)
    return folder


def run(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


def saved(folder: Path, data: bytes | str, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (bytes(range(256)) * 9, "binary"),
        (b"Word after word after word. " * 800_000, "larger than 2 MB"),
        (
            "Le président a déclaré hier que la France ne participerait pas aux négociations "
            "prévues la semaine prochaine à Genève avec les autres pays membres.",
            "another language than English (fr)",
        ),
    ],
    ids=["empty", "binary", "huge", "french"],
)
def test_what_cannot_be_checked(
    tmp_path: Path, corpus: Path, data: bytes | str, message: str
) -> None:
    result = run("claims", saved(tmp_path, data), "--corpus", corpus)
    assert result.exit_code == 3
    assert message in result.stderr
    assert "Try: " in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_a_missing_article(tmp_path: Path) -> None:
    result = run("claims", tmp_path / "none.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "there is no file" in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--top-k", "0"], "between 1 and 50"),
        (["--as-of", "yesterday"], "a date such as"),
        (["--silence", "nonsense"], "no check 'nonsense'"),
        (["--date", "tomorrow"], "a date such as"),
        (["-o", "/no/such/folder/x.html"], "there is no folder"),
        (["-f", "docx"], "is not one of"),
        (["-o", "report.docx"], "Try: -f terminal | html | json"),
        (["--brief", "-f", "json"], "json has no brief form"),
        (["--brief", "-o", "report.html"], "html has no brief form"),
    ],
)
def test_wrong_usage(tmp_path: Path, corpus: Path, options: list[str], message: str) -> None:
    article = saved(tmp_path, "The wall was rebuilt in 2021.")
    result = run("claims", article, "--corpus", corpus, *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_an_article_without_claims_is_done_and_says_so(tmp_path: Path, corpus: Path) -> None:
    article = saved(tmp_path, "Why is it always raining here? What shall we do?")
    result = run("claims", article, "--corpus", corpus, "-f", "json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["summary"]["checkable"] == 0
    assert "No checkable claim was found in the article." in report["warnings"]


def test_brief_is_brief_in_a_file_too(tmp_path: Path, corpus: Path) -> None:
    article = saved(tmp_path, "The wall was rebuilt in 2021. It cost 4 million euros.")
    brief, whole = tmp_path / "brief.txt", tmp_path / "whole.txt"
    shared = ("claims", article, "--corpus", corpus, "--verifier", "none")
    assert run(*shared, "-o", whole).exit_code == 0
    assert run(*shared, "-o", brief, "--brief").exit_code == 0
    assert whole.read_text().startswith(brief.read_text().rstrip())
    assert "Claim 2. It cost 4 million euros" in whole.read_text()
    assert "Claim 2" not in brief.read_text()


def test_one_long_line_from_standard_input(corpus: Path) -> None:
    line = "Port Ellery rebuilt its harbour wall in 2021. The county paid 4 million euros. " * 20
    result = run("claims", "-", "--corpus", corpus, "-f", "json", given=line.encode())
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["article"]["text"] == line
    for item in report["claims"]:
        span = item["claim"]["span"]
        assert line[span["start"] : span["end"]] == item["claim"]["text"]


def test_a_language_may_be_written_in_capitals(tmp_path: Path, corpus: Path) -> None:
    article = saved(tmp_path, "Le président a déclaré hier que la France partirait demain.")
    done = run(
        "claims",
        article,
        "--corpus",
        corpus,
        "--verifier",
        "none",
        "--language",
        "EN",
        "-f",
        "json",
    )
    assert done.exit_code == 0
    assert json.loads(done.stdout)["article"]["language"] == "en"


def test_a_store_that_cannot_be_written(tmp_path: Path, corpus: Path) -> None:
    blocker = saved(tmp_path, "a file", "blocker")
    article = saved(tmp_path, "The wall was rebuilt in 2021.")
    result = run("claims", article, "--store", blocker / "store", "--corpus", corpus)
    assert result.exit_code == 3
    assert "Try: " in result.stderr
    assert "Traceback" not in result.output


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    result = run("index", "info", "--store", tmp_path / "none")
    assert result.exit_code == 3
    assert "factcheck index sync" in result.stderr


@pytest.mark.parametrize(
    ("store", "next_step"), [("none", "factcheck index sync"), ("localhost:8000", "http://")]
)
def test_a_misspelt_store_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: str, next_step: str
) -> None:
    article = saved(tmp_path, "It was rebuilt in 2021.")
    monkeypatch.chdir(tmp_path)
    result = run("claims", article, "--store", store)
    assert result.exit_code == 3
    assert f"there is no reference store at {store}" in result.stderr
    assert next_step in result.stderr
    assert not (tmp_path / store).exists()


def test_a_corrupted_store(tmp_path: Path, corpus: Path) -> None:
    store = tmp_path / "store"
    assert run("index", "sync", corpus, "--store", store).exit_code == 0
    database = next(store.rglob("chroma.sqlite3"))
    database.write_bytes(b"no database at all" * 1000)
    result = run("claims", saved(tmp_path, "It was rebuilt in 2021."), "--store", store)
    assert result.exit_code == 3
    assert "Try: " in result.stderr
    assert database.read_bytes().startswith(b"no database")


def test_a_report_in_a_file_leaves_standard_output_empty(tmp_path: Path, corpus: Path) -> None:
    article = saved(tmp_path, "Port Ellery rebuilt its harbour wall in 2021.")
    output = tmp_path / "report.html"
    result = run("claims", article, "--corpus", corpus, "-o", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_text("utf-8").startswith("<!doctype html>")


def test_the_same_input_gives_the_same_report(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing is kept between runs, where results are, and where they cannot be."""
    article = saved(tmp_path, "Port Ellery rebuilt its harbour wall in 2021, the mayor said.")
    notes = saved(tmp_path, "Notes of mine.", "notes.txt")
    kept = tmp_path / "kept.sqlite3"
    reports = []
    for place in ("none", kept, kept, notes):
        monkeypatch.setenv("FACTCHECK_LOCAL_CACHE", str(place))
        result = run("claims", article, "--corpus", corpus, "-f", "json")
        assert ("notes.txt cannot be used: file is not a database" in result.stderr) is (
            place == notes
        )
        report = json.loads(result.stdout)
        del report["run"]["started"], report["run"]["timings"]
        assert report["run"]["settings"].pop("local_cache") == str(place)
        reports.append(report)
        assert kept.exists() is (place != "none")
    assert all(report == reports[0] for report in reports)
    assert notes.read_text() == "Notes of mine."


@pytest.mark.parametrize("options", [["--explain"], []])
def test_explanations_are_there_only_where_they_are_asked_for(
    tmp_path: Path, corpus: Path, options: list[str]
) -> None:
    article = saved(tmp_path, "The council of Port Ellery never voted to rebuild the harbour wall.")
    fixed = ["--corpus", corpus, "--verifier", "fake", "-f", "json"]
    report = json.loads(run("claims", article, *fixed, *options).stdout)
    assert report["run"]["settings"]["explain"] is bool(options)
    found = [item["occlusion"] for item in report["claims"]]
    assert any(found) is bool(options)
    if options:
        assert any(word["text"] == "never" for one in found if one for word in one["words"])


@pytest.mark.slow
@pytest.mark.xdist_group("shipped index")
def test_the_example_shows_what_is_planted_and_fail_on_sees_it() -> None:
    result = run("claims", EXAMPLE, "-f", "json", "--fail-on", "high")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    gold = json.loads(EXAMPLE.with_suffix(".gold.json").read_text("utf-8"))
    planted = next(item for item in gold["planted"] if item["type"] == "role_reversal")
    reversed_roles = [flag for flag in report["flags"] if flag["type"] == "role_reversal"]
    assert any(
        flag["quotation"]["span"]["start"] < planted["end"]
        and planted["start"] < flag["quotation"]["span"]["end"]
        for flag in reversed_roles
    )


@pytest.mark.parametrize(
    ("wanted", "code"),
    [(("high",), 0), (("medium",), 1), (("refuted",), 1), (("high", "refuted"), 1)],
)
def test_fail_on_looks_at_flags_or_at_verdicts(
    tmp_path: Path, wanted: tuple[str, ...], code: int
) -> None:
    folder = tmp_path / "refs"
    folder.mkdir()
    (folder / "vote.txt").write_text(
        "Council votes on the wall\nSource: Port Ellery council, 2021-05-03\n\nThe Port Ellery "
        "council voted on 3 May 2021 to rebuild the harbour wall. The work will cost 4.2 million "
        "pounds and take 18 months.\n"
    )
    article = saved(
        tmp_path,
        "Port Ellery council to rebuild harbour wall\n\nPORT ELLERY, 10 May 2021 — The Port Ellery "
        "council voted on 3 May 2021 to rebuild the harbour wall. The work will cost 4.2 million "
        "pounds and take 28 months.\n",
    )
    options = [word for each in wanted for word in ("--fail-on", each)]
    result = run(
        "claims", article, "--corpus", folder, "--verifier", "none", "-f", "json", *options
    )
    report = json.loads(result.stdout)
    assert [flag["severity"] for flag in report["flags"]] == ["medium"]
    assert report["summary"]["verdicts"]["refuted"] == 1
    assert result.exit_code == code


def test_an_unexpected_failure_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, corpus: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the sky fell")

    monkeypatch.setattr("factcheck.articles.read_article", broken)
    result = run("claims", saved(tmp_path, "Some text."), "--corpus", corpus)
    assert result.exit_code == 3
    assert "the sky fell" in result.stderr
    assert "Traceback" not in result.output


def test_an_interruption_exits_130(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, corpus: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("factcheck.articles.read_article", interrupted)
    assert run("claims", saved(tmp_path, "Some text."), "--corpus", corpus).exit_code == 130
