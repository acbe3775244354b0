from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from factcheck.reports.markdown import escaped, to_markdown
from tests.reports import factory

GOLDEN = Path(__file__).parent / "data"
NOTHING = "<!-- -->"
"""An empty comment: it shows nowhere."""
HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) ![y](z)",
    "# heading\n\n## other",
    "- item\n1. one\n> quote",
    "1) one",
    "+ plus",
    "=== \n ---",
    "`code` **bold** _em_ ~~gone~~ $x$ | a | b |",
    "http://evil.example www.evil.example a@evil.example @team",
    "&lt;b&gt; &#60;i&#62;",
    "\\[x](y) \\<b>",
    "[^1] [ref]: http://x",
    "<http://evil.example>",
    "    indented",
]


@pytest.mark.parametrize("name", ["small", "quiet"])
def test_reads_as_agreed(name: str) -> None:
    assert to_markdown(getattr(factory, name)()) == (GOLDEN / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_outside_text_is_only_words(text: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html = reader.render(escaped(text))
    assert re.findall(r"<[^>]*>", html.replace(NOTHING, "")) == ["<p>", "</p>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_outside_text_reads_as_it_was(text: str) -> None:
    tokens = MarkdownIt("commonmark").parseInline(escaped(text))
    shown = "".join(child.content for child in tokens[0].children or [])
    assert shown.replace(NOTHING, "") == " ".join(text.split())


def test_bare_addresses_do_not_link() -> None:
    shown = escaped("http://evil.example www.evil.example")
    assert "http://" not in shown
    assert "www." not in shown


@pytest.mark.parametrize(
    "text", ["tips@example.com", "mailto:a@b.example", "xmpp:a@b.example/x", "See @team.", "a@@b.c"]
)
def test_mails_and_mentions_are_parted(text: str) -> None:
    html = MarkdownIt("commonmark").render(escaped(text))
    parts = html.split(NOTHING)
    assert len(parts) > 1
    assert not any(re.search(r"@\w", part) for part in parts)


def test_the_only_links_are_http() -> None:
    for make in (factory.realistic, factory.hostile):
        html = MarkdownIt("commonmark").render(to_markdown(make()))
        tags = set(re.findall(r"<(\w+)", html))
        assert tags <= {"h1", "h2", "h3", "p", "strong", "ul", "li", "blockquote", "a"}
        assert all(url.startswith("https://") for url in re.findall(r'href="([^"]*)', html))


def test_a_link_cannot_break_out_of_its_brackets() -> None:
    draft = factory.Draft("One claim here.")
    found = draft.evidence("Words.", "](http://a) [b", url="https://example.org/a) [x](http://evil")
    draft.claim("One claim here.", "refuted", found)
    html = MarkdownIt("commonmark").render(to_markdown(draft.report()))
    assert re.findall(r'href="([^"]*)"', html) == [
        "https://example.org/a%29%20%5Bx%5D%28http://evil"
    ]
