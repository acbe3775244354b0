"""The report as Markdown, to paste into a ticket, a wiki or a mail.

What comes from outside is escaped for CommonMark and its GitHub dialect: it cannot become markup,
HTML, a link (typed or bare), a heading, a list or a mention. GitHub looks for mails and mentions
after escapes are resolved, so an empty comment, which shows nowhere, parts what they start from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.records import CheckedClaim, Report
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.cutting import bearing, shorten
from factcheck.reports.grounds import quoted, verdict_grounds
from factcheck.reports.hinges import hinges
from factcheck.reports.reviewing import lines, progress
from factcheck.reports.view import (
    Excerpt,
    Finding,
    Source,
    findings,
    headline,
    notes,
    outcomes,
    place,
    source,
    tally,
    telling,
    trimmed,
)
from factcheck.reports.visible import one_line, spaced_line
from factcheck.reports.wording import (
    FLAG_WORDS,
    LIKELIHOOD_SOURCE,
    ORDER_MEANING,
    OUTCOME_WORDS,
    SEVERITY_WORDS,
    flag_grounds,
    listed,
    only_said,
    outcome,
    suggestion,
)

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~@$^!&<>]")
_BARE_LINK = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)|(?<=mailto)(:)|(?<=xmpp)(:)")
_AT = re.compile(r"@(?=\S)")
_LINE_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])")
_NOT_IN_URL = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&*+,;=%]")
_AROUND = 300
_QUOTED = 1200


def to_markdown(report: Report, context: Context = NOTHING) -> str:
    """The whole report as one Markdown document."""
    parts = [*_summary(report, context)]
    if report.flags:
        parts += ["## Findings", *(_finding(report, item, context) for item in findings(report))]
    if report.claims:
        parts += ["## Claims", *_claims(report, context)]
    parts += ["## How this came about", *_provenance(report)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text on one line, as words only, wherever in a Markdown line it is put."""
    shown = _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), one_line(text))
    shown = _BARE_LINK.sub(lambda found: f"\\{found[0]}", shown)
    shown = _AT.sub("@<!-- -->", shown)
    return _LINE_START.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", shown)


def _summary(report: Report, context: Context) -> Iterator[str]:
    article = report.article
    title = article.headline.of(article.text) if article.headline else article.source
    yield f"# Fact check: {escaped(shorten(title, 300))}"
    yield f"**{headline(report, context)}**"
    yield tally(report)
    if context.decisions:
        yield escaped(progress(report, context))
    if said := notes(report):
        yield "\n".join(f"- Note: {escaped(note)}" for note in said)


def _finding(report: Report, item: Finding, context: Context) -> str:
    flag = item.flag
    where = place(report.article, flag.quotation.span)
    parts = [
        f"### {item.number}. {SEVERITY_WORDS[flag.severity]}: {FLAG_WORDS[flag.type]} ({where})",
        f"The article says:\n\n> {_quoted(item.said)}",
    ]
    if item.against and item.source:
        parts.append(f"Against it, {_source(item.source)}:\n\n> {_quoted(item.against)}")
    facts = [f"Why: {escaped(flag.explanation)}"]
    if flag.correction is not None:
        facts.append(f"Suggested: {escaped(suggestion(flag.correction))}")
    facts.append(f"Confidence: {escaped(flag_grounds(flag))}")
    facts += [f"Review: {escaped(words)}" for words in lines(context, flag.id)]
    parts.append("\n".join(f"- {fact}" for fact in facts))
    return "\n\n".join(parts)


def _quoted(found: Excerpt) -> str:
    """The excerpt, its words between marks: emphasis would fail beside some punctuation."""
    near = trimmed(found, _AROUND)
    before, words, after = map(spaced_line, (near.before, near.words, near.after))
    return escaped(f"{before}▸{words}◂{after}")


def _source(found: Source) -> str:
    name = escaped(found.line)
    if not found.url:
        return name
    safe = _NOT_IN_URL.sub(lambda bad: _percent(bad[0]), found.url)
    return f"[{name}]({safe})"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _claims(report: Report, context: Context) -> Iterator[str]:
    numbered = list(enumerate(report.claims, 1))
    for key, number in outcomes(report).items():
        yield f"### {OUTCOME_WORDS[key]} ({number})"
        group = [(n, item) for n, item in numbered if outcome(item.verdict) == key]
        yield "\n".join(line for n, item in group for line in _claim(report, n, item, context))


def _claim(report: Report, number: int, item: CheckedClaim, context: Context) -> Iterator[str]:
    verdict = item.verdict
    which = f"Claim {number} {only_said(item.claim)}".strip()
    yield f"- **{which}.** {escaped(shorten(item.claim.text))}"
    yield from (f"  - Unclear: {escaped(doubt)}" for doubt in item.claim.ambiguous)
    if verdict.explanation:
        yield f"  - Why: {escaped(verdict.explanation)}"
    if verdict.missing:
        yield f"  - Missing: {escaped(verdict.missing)}"
    for evidence in quoted(item):
        found = telling(report, item, evidence)
        words = (
            _quoted(found)
            if found.words
            else escaped(bearing(found.before, item.claim.standalone, _QUOTED))
        )
        yield f"  - Evidence: “{words}” ({_source(source(evidence))})"
    if sure := verdict_grounds(item):
        yield f"  - Confidence: {escaped(sure)}"
    yield from _hinges(report, item)
    for words in lines(context, item.claim.id):
        yield f"  - Review: {escaped(words)}"


def _hinges(report: Report, item: CheckedClaim) -> Iterator[str]:
    """What the entailment model's answer hangs on: the words, and the sentence of the evidence."""
    found = hinges(report, item)
    if found is None:
        return
    words = listed([escaped(f"▸{word}◂") for word in found.words]) or "no single word"
    yield f"  - Hinges on: {words}; {found.effect}"
    yield f"  - Weighs most: “{escaped(found.sentence)}” ({_source(found.source)})"


def _provenance(report: Report) -> Iterator[str]:
    run = report.run
    facts = {
        "article": f"{report.article.source} ({report.article.id})",
        "program": f"{report.tool.name} {report.tool.version}, started {run.started}",
        **{f"model: {name}": value for name, value in run.models.items()},
        **{f"prompt: {name}": value for name, value in run.prompts.items()},
        **{f"references: {name}": value for name, value in run.corpus.items() if value is not None},
        **{f"setting: {name}": value for name, value in run.settings.items()},
    }
    yield "\n".join(f"- {escaped(name)}: {escaped(str(value))}" for name, value in facts.items())
    yield f"Words for probabilities follow the {escaped(LIKELIHOOD_SOURCE)}. {ORDER_MEANING}."
