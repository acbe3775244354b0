"""Addresses (RFC 3986) for things that formats want to point at and that may have none."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from urllib.parse import quote

from factcheck.records import Article
from factcheck.reports.view import safe_url

_SAFE_IN_PATH = "/-._~!$&'()*+,;=@"


def article_address(article: Article) -> str:
    """Where the article is: its web address, a file address, a relative path, or `urn:` for none.

    A path keeps its form; only what an address cannot hold is escaped.
    """
    found = safe_url(article.source)
    if found:
        return quote(found, safe=":/?#[]@!$&'()*+,;=%~")
    if article.source in {"", "-"}:
        return article_name(article)
    path = PurePath(article.source)
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix().encode("utf-8", "replace"), safe=_SAFE_IN_PATH)


def article_name(article: Article) -> str:
    """A name for the article's text itself, the same wherever it was read from."""
    return f"urn:factcheck:{article.id}"


def unique_name(identity: str) -> str:
    """A `urn:uuid:` (RFC 4122, version 5) that depends on nothing but the identity."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:factcheck:{identity}").urn
