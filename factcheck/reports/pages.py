"""The templates of HTML pages, and what they can rely on: everything is escaped and visible."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from factcheck.records import SEVERITIES, CheckedClaim, Claim
from factcheck.reports import cutting, grounds, view, wording
from factcheck.reports.hinges import hinges
from factcheck.reports.visible import one_line, pieces

_AROUND = 400
"""Code points shown on either side of quoted words."""
_NUMBER = re.compile(r"(?<=\d) ")


@cache
def template(name: str) -> Template:
    """A template of this package by its file name."""
    return _environment().get_template(name)


@cache
def asset(name: str) -> str:
    """A file of the templates folder, its line ends as browsers read them."""
    file = resources.files("factcheck.reports") / "templates" / name
    return file.read_text("utf-8").replace("\r\n", "\n")


def digest(text: str) -> str:
    """The source expression by which a Content Security Policy lets just this text run."""
    found = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(found).decode('ascii')}'"


def safe(text: str) -> Markup:
    """Text of this package's own files, which needs no escaping."""
    return Markup(text)


def shown(text: str) -> Markup:
    """The text escaped, with each active character as a visible mark of its own."""
    return Markup("").join(
        Markup('<span class="active">{}</span>').format(words) if active else escape(words)
        for words, active in pieces(text)
    )


def others(item: CheckedClaim) -> list[view.Source]:
    """Sources that were looked at, none that decided nor the article itself, each once."""
    decided = {evidence.quotation.source_id for evidence in grounds.deciding(item)}
    found = [
        view.source(evidence)
        for evidence in item.evidence
        if evidence.quotation.source_id not in decided
    ]
    return list(dict.fromkeys(source for source in found if not source.own))


def reads_otherwise(claim: Claim) -> bool:
    """Whether the restatement has other words than the article, not only a capital or full stop."""
    restated = claim.restated or claim.text
    return restated.rstrip(" .").casefold() != claim.text.rstrip(" .").casefold()


def tied(text: str) -> str:
    """The text with each number tied to the word after it, so that no line ends between them."""
    return _NUMBER.sub("\N{NO-BREAK SPACE}", text)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": shown,
        "percent": wording.percent,
        "one_line": one_line,
    }
    environment.globals |= {
        "words": wording,
        "quoted": grounds.quoted,
        "decided_by": grounds.decided_by,
        "telling": view.telling,
        "others": others,
        "hinges_of": hinges,
        "reads_otherwise": reads_otherwise,
        "source_of": view.source,
        "shorten": cutting.shorten,
        "bearing": cutting.bearing,
        "near": lambda excerpt: view.trimmed(excerpt, _AROUND),
        "place": view.place,
        "all_severities": SEVERITIES,
    }
    return environment
