"""The report in a terminal: the summary first, then the flags, then the claims by verdict.

Nothing rests on colour or on a symbol alone: flagged words stand between marks, and severity and
verdict are words. What comes from outside is never read as rich markup and cannot carry escape
sequences (`visible`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from factcheck.records import Article, CheckedClaim, Flag, Report
from factcheck.reports.context import NOTHING, Context
from factcheck.reports.cutting import bearing, head, shorten
from factcheck.reports.grounds import deciding, quoted, verdict_grounds
from factcheck.reports.hinges import hinges
from factcheck.reports.reviewing import lines, progress
from factcheck.reports.view import (
    Excerpt,
    Finding,
    findings,
    headline,
    notes,
    outcomes,
    place,
    source,
    tally,
    telling,
    trimmed,
    unflagged,
)
from factcheck.reports.visible import one_line, spaced_line
from factcheck.reports.wording import (
    FLAG_WORDS,
    OUTCOME_WORDS,
    SEVERITY_WORDS,
    flag_grounds,
    listed,
    only_said,
    outcome,
    reason,
    suggestion,
)

_WIDTH = 80
_AROUND = 110
"""Code points shown on either side of quoted words."""
_QUOTED = 240
"""Code points of a claim, or of evidence, shown in the list of claims."""
_STYLES = {
    "high": "bold red",
    "medium": "bold magenta",
    "low": "bold underline",
    "note": "bold",
    "refuted": "bold red",
    "conflicting": "bold magenta",
    "error": "bold magenta",
}
"""Only colours that stand out on white and on black alike."""


def render(
    report: Report, console: Console, brief: bool = False, context: Context = NOTHING
) -> None:
    """Print the report.

    Args:
        report: what to print.
        console: where; its width, colour and encoding are kept to.
        brief: only the summary, and one line for each flag and each refuted claim without one.
        context: reviewers' decisions on it.
    """
    page = _Page(console, context)
    _summary(page, report)
    for finding in findings(report):
        if brief:
            page.line(_glance(page, report.article, finding.number, finding.flag))
        else:
            _flag(page, report, finding)
    if brief:
        numbers = {item.claim.id: number for number, item in enumerate(report.claims, 1)}
        for checked in unflagged(report):
            page.line(_refuted(page, report.article, numbers[checked.claim.id], checked))
    else:
        _claims(page, report)


def render_one(report: Report, target: str, console: Console, context: Context) -> None:
    """Print one flag or claim, by its id, with all that proves it and where it stands."""
    page = _Page(console, context)
    for finding in findings(report):
        if finding.flag.id == target:
            _flag(page, report, finding)
    for number, checked in enumerate(report.claims, 1):
        if checked.claim.id == target:
            key = outcome(checked.verdict)
            page.line()
            page.line(Text(OUTCOME_WORDS[key], style=_STYLES.get(key, "bold")))
            _decided(page, report, [(number, checked)])
            if checked.verdict.missing:
                page.labelled("Missing", checked.verdict.missing)


def glances(article: Article, flags: Iterable[Flag], console: Console) -> list[Text]:
    """A line for each flag, numbered in their order, as `render` makes it where it is brief."""
    page = _Page(console, NOTHING)
    return [_glance(page, article, number, flag) for number, flag in enumerate(flags, 1)]


def to_text(report: Report, context: Context = NOTHING, *, brief: bool = False) -> str:
    """The report as plain text of 80 columns, without colour; `brief` as `render` takes it."""
    file = io.StringIO()
    console = Console(file=file, width=_WIDTH, color_system=None, highlight=False)
    render(report, console, brief, context)
    return file.getvalue()


class _Page:
    """A console that takes outside text only as text, and only what its encoding can carry."""

    def __init__(self, console: Console, context: Context) -> None:
        self.console = console
        self.context = context
        self.encoding = console.encoding
        fancy = self.encoding.lower().startswith("utf")
        self.open, self.close = ("▸", "◂") if fancy else (">>", "<<")
        self.quote, self.unquote = ("“", "”") if fancy else ('"', '"')

    def safe(self, text: str) -> str:
        """One line that moves no cursor and that the console can encode."""
        return one_line(text).encode(self.encoding, "replace").decode(self.encoding)

    def line(self, text: Text | str = "", indent: int = 0) -> None:
        """Print it over as many lines as it takes, each indented, none with blanks at its end."""
        shown = text if isinstance(text, Text) else Text(self.safe(text))
        width = max(1, self.console.width - indent)
        for part in shown.wrap(self.console, width, overflow="fold"):
            part.rstrip()
            self.console.print(Text(" " * indent) + part if part else "", soft_wrap=True)

    def labelled(self, label: str, text: Text | str) -> None:
        body = text if isinstance(text, Text) else Text(self.safe(text))
        self.line(Text.assemble((f"{label}: ", "dim"), body), indent=3)

    def review(self, target: str) -> None:
        for words in lines(self.context, target):
            self.labelled("Review", words)

    def marked(self, found: Excerpt, style: str = "") -> Text:
        """The excerpt with its words between marks."""
        near = trimmed(Excerpt(*map(spaced_line, _parts(found))), _AROUND)
        before, words, after = (self._encodable(part) for part in _parts(near))
        return Text.assemble(before, (f"{self.open}{words}{self.close}", style), after)

    def _encodable(self, text: str) -> str:
        return text.encode(self.encoding, "replace").decode(self.encoding)


def _parts(found: Excerpt) -> tuple[str, str, str]:
    return found.before, found.words, found.after


def _summary(page: _Page, report: Report) -> None:
    article = report.article
    title = article.headline.of(article.text) if article.headline else article.source
    page.line(Text(page.safe(headline(report, page.context)), style="bold"))
    page.line(tally(report))
    if page.context.decisions:
        page.line(progress(report, page.context))
    page.line(Text(page.safe(head(one_line(title), _QUOTED)), style="italic"))
    for note in notes(report):
        page.line(f"Note: {note}")


def _glance(page: _Page, article: Article, number: int, flag: Flag) -> Text:
    words = page.safe(shorten(flag.quotation.text, _AROUND))
    fix = "" if flag.correction is None else f"; suggested: {suggestion(flag.correction)}"
    return Text.assemble(
        f"{number}. ",
        (SEVERITY_WORDS[flag.severity], _STYLES[flag.severity]),
        f", {FLAG_WORDS[flag.type]}, {place(article, flag.quotation.span)}: ",
        f"{page.open}{words}{page.close}{page.safe(fix)}",
    )


def _refuted(page: _Page, article: Article, number: int, checked: CheckedClaim) -> Text:
    words = page.safe(shorten(checked.claim.text, _AROUND))
    return Text.assemble(
        f"Claim {number}. ",
        (OUTCOME_WORDS["refuted"], _STYLES["refuted"]),
        f", {place(article, checked.claim.span)}: {page.open}{words}{page.close}",
    )


def _flag(page: _Page, report: Report, finding: Finding) -> None:
    flag = finding.flag
    style = _STYLES[flag.severity]
    page.line()
    page.line(
        Text.assemble(
            (f"{finding.number}. {SEVERITY_WORDS[flag.severity]}", style),
            (f", {FLAG_WORDS[flag.type]}", "bold"),
            f", {place(report.article, flag.quotation.span)}",
        )
    )
    page.line(page.marked(finding.said, style), indent=3)
    page.labelled("Why", flag.explanation)
    if finding.against and finding.source:
        page.labelled("Against it", page.marked(finding.against, "bold"))
        page.labelled("Source", finding.source.line)
        if finding.source.url:
            page.labelled("Link", finding.source.url)
    if flag.correction is not None:
        page.labelled("Suggested", suggestion(flag.correction))
    page.labelled("Confidence", flag_grounds(flag))
    page.review(flag.id)


def _claims(page: _Page, report: Report) -> None:
    numbered = list(enumerate(report.claims, 1))
    for key, number in outcomes(report).items():
        page.line()
        title = f"{OUTCOME_WORDS[key]} ({number})"
        page.line(Text(title, style=_STYLES.get(key, "bold")))
        kept = [(n, c) for n, c in numbered if outcome(c.verdict) == key]
        if key == "not_enough_evidence":
            _undecided(page, report, kept)
        else:
            _decided(page, report, kept)


def _undecided(page: _Page, report: Report, claims: Iterable[tuple[int, CheckedClaim]]) -> None:
    """Claims that nothing settles; those that are open for the same reason stand together."""
    open_: dict[str, list[tuple[int, CheckedClaim]]] = {}
    for number, checked in claims:
        open_.setdefault(reason(checked.verdict), []).append((number, checked))
    for why, group in open_.items():
        page.line(why, indent=1)
        for number, checked in group:
            page.line(_claim_line(number, checked), indent=3)
            for doubt in checked.claim.ambiguous:
                page.labelled("Unclear", doubt)
            _circumstances(page, checked)
            _hinges(page, report, checked)
            page.review(checked.claim.id)


def _hinges(page: _Page, report: Report, checked: CheckedClaim) -> None:
    """What the entailment model's answer hangs on: the words, and the sentence of the evidence."""
    found = hinges(report, checked)
    if found is None:
        return
    words = [f"{page.open}{page.safe(word)}{page.close}" for word in found.words]
    page.labelled("Hinges on", f"{listed(words) or 'no single word'}; {found.effect}")
    quoted = f"{page.quote}{head(one_line(found.sentence), _QUOTED)}{page.unquote}"
    # The sentence is of the passage that decided, whose source stands above, where one did.
    where = "" if deciding(checked) else f" ({found.source.line})"
    page.labelled("Weighs most", f"{quoted}{where}")


def _claim_line(number: int, checked: CheckedClaim) -> str:
    which = f"Claim {number} {only_said(checked.claim)}".strip()
    return f"{which}. {head(one_line(checked.claim.text), _QUOTED)}"


def _circumstances(page: _Page, checked: CheckedClaim) -> None:
    """When and where, by the words of the sentence that say so."""
    for label, words in (("When", checked.claim.time), ("Where", checked.claim.place)):
        if words:
            page.labelled(label, shorten(words.text, _QUOTED))


def _decided(page: _Page, report: Report, claims: Iterable[tuple[int, CheckedClaim]]) -> None:
    for number, checked in claims:
        verdict = checked.verdict
        page.line(_claim_line(number, checked), indent=1)
        _circumstances(page, checked)
        if verdict.explanation:
            page.labelled("Why", verdict.explanation)
        for item in quoted(checked)[:2]:
            where = page.safe(f"({source(item).line})")
            words = _telling(page, telling(report, checked, item), checked.claim.standalone)
            page.labelled("Evidence", Text.assemble(page.quote, words, page.unquote, " ", where))
        if sure := verdict_grounds(checked):
            page.labelled("Confidence", sure)
        _hinges(page, report, checked)
        page.review(checked.claim.id)


def _telling(page: _Page, found: Excerpt, claim: str) -> Text:
    """The passage around its telling words, or around the sentence nearest to the claim."""
    if found.words:
        return page.marked(found)
    return Text(page.safe(one_line(bearing(found.before, claim, _QUOTED))))
