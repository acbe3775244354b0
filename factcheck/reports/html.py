"""The report as one HTML file that needs nothing else and asks nothing of any network.

Jinja2 escapes everything; active characters become visible marks; a Content Security Policy lets
only this report's own style and script run, by their digests. Without JavaScript it is a plain
document with working links.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from factcheck.records import SEVERITIES, CheckedClaim, Claim, Report
from factcheck.reports import view, wording
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.marking import blocks
from factcheck.reports.visible import pieces

_AROUND = 400
"""Code points shown on either side of quoted words."""
_TEMPLATE = "report.html.j2"
_NOT_IN_ANCHOR = re.compile(r"[^\w-]", re.ASCII)


def to_html(report: Report, context: Context = NOTHING) -> str:
    """The whole report as one HTML document."""
    return _template().render(
        report=report,
        article=report.article,
        blocks=blocks(report),
        findings=list(view.findings(report)),
        claims=list(enumerate(report.claims, 1)),
        headline=view.headline(report),
        severities=view.severities(report),
        outcomes=view.outcomes(report),
        notes=_notes(report),
        provenance=_provenance(report),
        flag_anchors=[anchor(flag.id) for flag in report.flags],
        claim_anchors=[anchor(item.claim.id) for item in report.claims],
    )


def shown(text: str) -> Markup:
    """The text escaped, with each active character as a visible mark of its own."""
    return Markup("").join(
        Markup('<span class="active">{}</span>').format(words) if active else escape(words)
        for words, active in pieces(text)
    )


def anchor(identity: str) -> str:
    """An id for use in HTML and in links to it."""
    return _NOT_IN_ANCHOR.sub("-", identity)


def others(item: CheckedClaim) -> list[view.Source]:
    """Sources of the passages that were looked at and did not decide, each once."""
    used = set(item.verdict.evidence)
    found = (view.source(evidence) for evidence in item.evidence if evidence.id not in used)
    return list(dict.fromkeys(found))


def reads_otherwise(claim: Claim) -> bool:
    """Whether the restatement has other words than the article, not only a capital or full stop."""
    restated = claim.restated or claim.text
    return restated.rstrip(" .").casefold() != claim.text.rstrip(" .").casefold()


def _notes(report: Report) -> list[str]:
    withheld = report.summary.withheld_references
    later = f"{wording.counted(withheld, 'later reference was', 'later references were')} not used."
    return [*([later] if withheld else []), *report.warnings]


def _provenance(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    run = report.run
    article = report.article
    groups: list[tuple[str, dict[str, Any]]] = [
        ("Article", {"source": article.source, "id": article.id, "encoding": article.encoding}),
        ("Run", {"program": f"{report.tool.name} {report.tool.version}", "started": run.started}),
        ("Models", run.models),
        ("Prompts", run.prompts),
        ("References", run.corpus),
        ("Settings", run.settings),
        ("Packages", run.packages),
        ("Seconds taken", run.timings),
    ]
    return [
        (name, [(key, _value(value)) for key, value in facts.items()])
        for name, facts in groups
        if facts
    ]


def _value(value: object) -> str:
    if value is None or value == "":
        return "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@cache
def _template() -> Template:
    style, script = _asset("report.css"), _asset("report.js")
    environment = Environment(
        loader=DictLoader({_TEMPLATE: _asset(_TEMPLATE)}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": shown, "percent": wording.percent}
    environment.globals |= {
        "style": Markup(style),
        "script": Markup(script),
        "style_digest": _digest(style),
        "script_digest": _digest(script),
        "words": wording,
        "deciding": view.deciding,
        "telling": view.telling,
        "others": others,
        "reads_otherwise": reads_otherwise,
        "source_of": view.source,
        "shorten": view.shorten,
        "near": lambda excerpt: view.trimmed(excerpt, _AROUND),
        "place": view.place,
        "all_severities": SEVERITIES,
    }
    return environment.get_template(_TEMPLATE)


def _asset(name: str) -> str:
    """A file of the templates folder, its line ends as browsers read them."""
    file = resources.files("factcheck.reports") / "templates" / name
    return file.read_text("utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
