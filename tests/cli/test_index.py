from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from factcheck.cli.main import main


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def documents(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        title = f"The {name} treaty"
        (folder / f"{name}.txt").write_text(f"{title}\n\nThe {name} treaty was signed in 1921.\n")
    return folder


def test_a_store_from_the_first_document_to_the_last(tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store")
    corpus = documents(tmp_path / "corpus", "riga", "kars")
    assert "2 added" in run("index", "sync", corpus, *store).stderr
    assert "2 unchanged" in run("index", "sync", corpus, *store).stderr

    listed = run("index", "list", *store).stdout.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["kars", "riga"]

    extra = documents(tmp_path / "extra", "tartu")
    assert "1 added" in run("index", "add", extra / "tartu.txt", *store).stderr
    assert "documents        3" in run("index", "info", *store).stdout

    assert run("index", "remove", "kars", *store).exit_code == 0
    unknown = run("index", "remove", "kars", *store)
    assert unknown.exit_code == 3
    assert "kars" in unknown.stderr

    assert "1 added, 0 changed, 1 removed" in run("index", "sync", corpus, *store).stderr


def test_what_stands_in_a_document_drives_no_terminal(tmp_path: Path) -> None:
    corpus = documents(tmp_path / "corpus")
    (corpus / "bridge.txt").write_text(
        "Bridge \x1b]0;pwned\x07\x1b[31mred\n\nThe bridge was opened in 1931.\n"
    )
    store = ("--store", tmp_path / "store")
    assert run("index", "sync", corpus, *store).exit_code == 0
    listed = run("index", "list", *store).stdout
    assert "\x1b" not in listed and "\x07" not in listed
    assert listed.endswith("\tBridge ⟨ESC⟩]0;pwned⟨BEL⟩⟨ESC⟩[31mred\n")
