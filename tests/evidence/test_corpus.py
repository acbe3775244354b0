from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.errors import CorpusError
from factcheck.evidence import Document, corpus_digest, read_corpora, read_corpus

ROOT = Path(__file__).parents[2]
ROW = {"id": "a", "path": "a.txt", "title": "A", "date": "2021-01-02", "publisher": "P"}


def folder_with(folder: Path, *rows: object) -> Path:
    (folder / "a.txt").write_text("A\n\nThe text of a.\n")
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / "manifest.jsonl").write_text("\n".join(lines))
    return folder


def test_a_manifest_gives_the_metadata(tmp_path: Path) -> None:
    (document,) = read_corpus(folder_with(tmp_path, ROW))
    assert (document.id, document.publisher, document.date) == ("a", "P", "2021-01-02")
    assert document.text == "A\n\nThe text of a.\n"


def test_a_folder_without_one_reads_title_and_source(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("The title\nSource: The Navy, 2025-09-08\nText.\n")
    (tmp_path / "c.md").write_text("# Another title\n\nText.\n")
    (tmp_path / "ignored.csv").write_text("x")
    another, titled = read_corpus(tmp_path)
    assert (titled.id, titled.title, titled.publisher) == ("sub/b", "The title", "The Navy")
    assert titled.date == "2025-09-08"
    assert (another.id, another.title, another.date) == ("c", "Another title", None)


def test_a_first_line_that_is_the_whole_text_is_no_title(tmp_path: Path) -> None:
    (tmp_path / "wire.txt").write_text("The river rose again on Monday. " * 500)
    assert read_corpus(tmp_path)[0].title == "wire"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 1: no JSON"),
        ("[1]", "line 1: not an object"),
        ({"path": "a.txt", "title": "A"}, "line 1: the field 'id'"),
        (ROW | {"title": " "}, "the field 'title'"),
        (ROW | {"date": "last week"}, "'date' is 'last week'"),
        (ROW | {"url": 3}, "'url' is not text"),
        (ROW | {"path": "../../etc/passwd"}, "leads out of the folder"),
        (ROW | {"path": "/etc/hostname"}, "leads out of the folder"),
        (ROW | {"path": "."}, "cannot be read"),
        (ROW | {"title": "\ud800"}, "'title' holds half a surrogate pair"),
        (ROW | {"path": "none.txt"}, "none.txt .named in .*line 1. cannot be read"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: object, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        read_corpus(folder_with(tmp_path, row))


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="line 2: the id 'a' stands in line 1 already"):
        read_corpus(folder_with(tmp_path, ROW, ROW))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"text\0with nul"])
def test_what_is_not_text_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    with pytest.raises(CorpusError, match=r"x\.txt is (not UTF-8|binary)"):
        read_corpus(tmp_path)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<html><body><p>Words.</p></body></html>", "a web page's source"),
        ("<!-- saved -->\n<div class='x'>Words.</div>", "a web page's source"),
        ("%PDF-1.4 words", "a PDF"),
        ("{\\rtf1 words}", "an RTF file"),
        (" \n", "empty"),
    ],
)
def test_what_no_reader_would_see_so_is_no_reference(tmp_path: Path, text: str, kind: str) -> None:
    (tmp_path / "x.txt").write_text(text)
    with pytest.raises(CorpusError, match=rf"x\.txt is {kind}") as caught:
        read_corpus(tmp_path)
    assert caught.value.hint


def test_a_link_to_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The text of a.\n")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(CorpusError, match=r"b\.txt cannot be read"):
        read_corpus(tmp_path)


def test_a_folder_that_cannot_be_read_is_not_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("The text of a.\n")
    (tmp_path / "sub").mkdir()
    listed = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(CorpusError, match="sub cannot be read: Permission denied"):
        read_corpus(tmp_path)


def test_line_ends_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("A\r\n\r\nThé text.\r\n".encode())
    assert read_corpus(tmp_path)[0].text == "A\r\n\r\nThé text.\r\n"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("secret")
    folder = tmp_path / "corpus"
    folder.mkdir()
    folder_with(folder, ROW)
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(tmp_path / "outside.txt")
    with pytest.raises(CorpusError, match="leads out of the folder"):
        read_corpus(folder)


def test_a_line_separator_in_a_title_does_not_end_the_line(tmp_path: Path) -> None:
    row = json.dumps(ROW | {"title": "A\u2028B"}, ensure_ascii=False)
    assert read_corpus(folder_with(tmp_path, row))[0].title == "A\u2028B"


def test_two_files_that_would_have_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "a.md").write_text("A")
    with pytest.raises(CorpusError, match="would have the same id 'a'"):
        read_corpus(tmp_path)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no documents"):
        read_corpus(tmp_path)
    with pytest.raises(CorpusError, match="no reference documents at"):
        read_corpus(tmp_path / "none")


def test_the_digest_does_not_depend_on_order_but_on_content() -> None:
    one, two = Document("a", "x", "A"), Document("b", "y", "B")
    assert corpus_digest([one, two]) == corpus_digest([two, one])
    assert corpus_digest([one]) != corpus_digest([Document("a", "x", "A", date="2021-01-01")])


def test_the_shipped_corpus_is_sound() -> None:
    documents = read_corpus(ROOT / "corpus")
    assert len(documents) >= 80
    lines = (ROOT / "corpus/manifest.jsonl").read_text("utf-8").splitlines()
    listed = {json.loads(line)["path"] for line in lines}
    there = {str(p.relative_to(ROOT / "corpus")) for p in (ROOT / "corpus").rglob("*.txt")}
    assert listed == there
    for document in documents:
        words = len(document.text.split())
        assert 80 <= words <= 400, (document.id, words)
        assert document.text.startswith(document.title + "\n"), document.id
        assert document.publisher and document.record and document.topic and document.date


def test_a_first_line_that_is_a_sentence_is_text_and_no_title(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text("The bridge was opened in 1931.\nIt is red.\n")
    (tmp_path / "heading.md").write_text("# The bridge was opened in 1931.\n\nIt is red.\n")
    (tmp_path / "sourced.txt").write_text("It opened.\nSource: Council, 2021-05-03\nIt is red.\n")
    (tmp_path / "marks.txt").write_text("###\n\nIt is red.\n")
    titles = {document.id: document.title for document in read_corpus(tmp_path)}
    assert titles == {
        "bridge": "bridge",
        "heading": "The bridge was opened in 1931.",
        "sourced": "It opened.",
        "marks": "marks",
    }


def test_a_reference_has_no_characters_that_show_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ca\u00adse\n\nHe was held for 1\u200b8 months.\n")
    (document,) = read_corpus(tmp_path)
    assert document.text == "The case\n\nHe was held for 18 months.\n"


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "notes.md").write_text("hidden")
    (tmp_path / "._a.txt").write_bytes(b"\0\5\x16\7")
    (tmp_path / "a.txt").write_text("A")
    assert [document.id for document in read_corpus(tmp_path)] == ["a"]
    folder = tmp_path / ".notes"
    folder.mkdir()
    (folder / "b.txt").write_text("B")
    assert [document.id for document in read_corpus(folder)] == ["b"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
@pytest.mark.skipif(shutil.which("iconv") is None, reason="the hint is for iconv")
def test_the_way_out_of_another_encoding_works(tmp_path: Path, encoding: str) -> None:
    folder = tmp_path / "my documents"
    folder.mkdir()
    (folder / "a.txt").write_bytes("A café".encode(encoding))
    with pytest.raises(CorpusError, match="is not UTF-8 text") as caught:
        read_corpus(folder)
    subprocess.run(caught.value.hint, shell=True, check=True)
    assert [document.text for document in read_corpus(folder)] == ["A café"]


@pytest.mark.skipif(sys.platform != "linux", reason="the hint is for split of GNU")
def test_the_way_out_of_a_large_file_works(tmp_path: Path) -> None:
    folder = tmp_path / "my documents"
    folder.mkdir()
    (folder / "a.txt").write_text("The wall was rebuilt.\n" * 250_000)
    with pytest.raises(CorpusError, match="larger than 5 MB") as caught:
        read_corpus(folder)
    subprocess.run(caught.value.hint, shell=True, check=True)
    parts = read_corpus(folder)
    assert sum(len(part.text) for part in parts) == 22 * 250_000
    assert parts[0].id == "a-aa"


@pytest.mark.parametrize("path", ["a\0b", "ring/x"])
def test_a_path_that_cannot_be_followed_is_named(tmp_path: Path, path: str) -> None:
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    with pytest.raises(CorpusError, match="line 1: the path cannot be followed"):
        read_corpus(folder_with(tmp_path, ROW | {"path": path}))


def test_a_line_nested_without_end_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="line 1: no JSON"):
        read_corpus(folder_with(tmp_path, "[" * 200_000))


def test_a_place_that_cannot_be_looked_at_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read: File name too long"):
        read_corpus(tmp_path / ("n" * 300))


def test_documents_of_several_places_have_ids_of_their_own(tmp_path: Path) -> None:
    for folder, text in (("one", "A"), ("two", "B"), ("three", "A")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(text)
    places = [tmp_path / "one" / "x.txt", tmp_path / "three"]
    assert [document.id for document in read_corpora(places)] == ["x"]
    with pytest.raises(CorpusError, match=r"one.*two.* both have a document with the id 'x'"):
        read_corpora([tmp_path / "one", tmp_path / "two" / "x.txt"])


def test_what_is_left_out_and_not_understood_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Title\nSource: Council, 2021-02-30\n\nIt is red.\n")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4")
    (document,) = read_corpus(tmp_path)
    assert (document.title, document.publisher, document.date) == ("Title", "Council", None)
    told = capsys.readouterr().err
    assert "2 .pdf" in told and "pdftotext" in told and "2021-02-30" in told


def test_unknown_fields_of_a_manifest_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read_corpus(folder_with(tmp_path, ROW | {"authors": "A"}))
    assert "'authors'" in capsys.readouterr().err


def test_linked_folders_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.txt").write_text("It is red.")
    (tmp_path / "own" / "link").symlink_to(tmp_path / "far")
    (tmp_path / "far" / "ring").symlink_to(tmp_path / "far")
    assert [document.id for document in read_corpus(tmp_path / "own")] == ["link/a"]


def test_an_empty_manifest_is_named_as_the_cause(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It is red.")
    (tmp_path / "manifest.jsonl").write_text("\n")
    with pytest.raises(CorpusError, match="lists no documents"):
        read_corpus(tmp_path)
