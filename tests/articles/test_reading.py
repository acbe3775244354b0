from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.articles import MAX_BYTES, read_article
from factcheck.errors import ArticleError

TEXT = "Le Pen met Müller\n\nThe café in Zürich was “closed” on Monday. The mayor said so.\n"


def saved(folder: Path, data: bytes, name: str = "article.txt") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, data: bytes, encoding: str) -> None:
    article = read_article(saved(tmp_path, data))
    assert article.text == TEXT
    assert article.encoding == encoding


def test_words_are_whole_where_a_reader_sees_them_whole(tmp_path: Path) -> None:
    hidden = TEXT.replace("closed", "clo\u00adsed\u200b").replace(
        "Monday", "\u202aMon\u200dday\u202c"
    )
    article = read_article(saved(tmp_path, hidden.encode()))
    assert article.text == TEXT
    assert article.unseen == 5
    assert read_article(saved(tmp_path, TEXT.encode())).unseen == 0


def test_line_ends_stay_as_they_were_read(tmp_path: Path) -> None:
    text = "Headline here\r\n\r\nFirst sentence. Second one.\r\n"
    article = read_article(saved(tmp_path, text.encode()))
    assert article.text == text
    assert [s.text for s in article.prose] == ["Headline here", "First sentence.", "Second one."]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \r\n \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x00\x01\x02\xff" * 100, "is binary"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04....", "a Word or zip file"),
        (b"<!DOCTYPE html><html><p>Hello</p></html>", "web page's source"),
        (b"<!-- saved -->\n<head><script>x</script></head>", "web page's source"),
        (b"<div class='story'>Hello</div>", "web page's source"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html><p>Hello</p></html>", "web page's source"),
        ("<html><p>Hello</p></html>".encode("utf-16"), "web page's source"),
        ("<?xml version='1.0'?><a>Hello</a>".encode("utf-32"), "web page's source"),
        (b"\xef\xbb\xbfThe mayor\0 spoke.", "is binary"),
        ("The mayor\0 spoke.".encode("utf-16"), "is binary"),
        ("\x01\x02 spoke.".encode("utf-16"), "is binary"),
        (b"\xef\xbb\xbf{\\rtf1 Hello}", "an RTF file"),
        (b' {"claims": [], "text": "Hello"}', "is JSON"),
        (b'[{"text": "Hello"}]', "is JSON"),
        (b'{"text": "Hello"}\n{"text": "there"}\n', "is JSON"),
        (b"x" * (MAX_BYTES + 1), "larger than 2 MB"),
        (b"\xff\xfea", "not valid utf-16"),
    ],
)
def test_what_is_no_article_says_so_and_what_to_do(
    tmp_path: Path, data: bytes, message: str
) -> None:
    with pytest.raises(ArticleError, match=message) as caught:
        read_article(saved(tmp_path, data))
    assert caught.value.hint


@pytest.mark.parametrize(
    "text", ["[1] The mayor spoke.", "[Reuters] It rained.", "{} was said.", "[" * 100_000]
)
def test_text_that_opens_with_a_bracket_is_read(tmp_path: Path, text: str) -> None:
    assert read_article(saved(tmp_path, text.encode())).text == text


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="there is no file"):
        read_article(str(tmp_path / "none.txt"))
    with pytest.raises(ArticleError, match="is a folder"):
        read_article(str(tmp_path))
    with pytest.raises(ArticleError, match="is no path"):
        read_article("nul\0byte")
