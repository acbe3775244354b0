"""Numbers that contradict one another, within the article or against its references.

Sums are checked by `factcheck.checks.numbers.arithmetic`; two figures for one thing by
`factcheck.checks.numbers.sameness` and, where a reference gives one of them, by
`factcheck.checks.numbers.references`; votes against those of a reference by
`factcheck.checks.numbers.tallies`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from factcheck.checks.amendments import standing
from factcheck.checks.base import Case
from factcheck.checks.findings import Finding, flag_of
from factcheck.checks.numbers import arithmetic, sameness
from factcheck.checks.numbers.averages import averages
from factcheck.checks.numbers.ballots import votes
from factcheck.checks.numbers.changes import changes
from factcheck.checks.numbers.derived import derived
from factcheck.checks.numbers.enumeration import enumerations
from factcheck.checks.numbers.exchanged import exchanged
from factcheck.checks.numbers.figures import Line, read_lines
from factcheck.checks.numbers.groups import groups
from factcheck.checks.numbers.limits import limits
from factcheck.checks.numbers.margins import margins
from factcheck.checks.numbers.moves import moves
from factcheck.checks.numbers.multiples import multiples
from factcheck.checks.numbers.ordinals import ordinals_against
from factcheck.checks.numbers.partitions import partitions
from factcheck.checks.numbers.portions import portions
from factcheck.checks.numbers.products import products
from factcheck.checks.numbers.proportions import proportions
from factcheck.checks.numbers.references import against
from factcheck.checks.numbers.remainders import remainders
from factcheck.checks.numbers.restated import restatements
from factcheck.checks.numbers.scales import scales
from factcheck.checks.numbers.shares import shares_told
from factcheck.checks.numbers.spots import reference_lines
from factcheck.checks.numbers.tallies import tallies
from factcheck.checks.numbers.totals import totals
from factcheck.records import Flag, Quotation, Span
from factcheck.text.quantities import Quantity, quantities

_RULES = (
    arithmetic.sums,
    arithmetic.shares,
    changes,
    enumerations,
)


class QuantitiesCheck:
    """Flags totals, shares, changes and margins that do not come out, and rival figures."""

    name = "quantities"

    def run(self, case: Case) -> Iterable[Flag]:
        """One flag for each figure that another contradicts; the explanation shows the sum."""
        lines = read_lines(case.article.text, standing(case), case.article.headline)
        known = reference_lines(case)
        seen: list[Span] = []
        further = [q for evidence in case.further for q in quantities(evidence.quotation.text)]
        for finding in findings(lines, known, further):
            if not any(finding.span.overlaps(known) for known in seen):
                seen.append(finding.span)
                yield flag_of(case.article, finding, self.name, "number")


def findings(
    lines: list[Line], known: list[tuple[Line, Quotation]], further: Sequence[Quantity] = ()
) -> Iterator[Finding]:
    """What the rules find, rule by rule; tables are not read."""
    lines = [line for line in lines if not line.is_table]
    for line in lines:
        for rule in _RULES:
            yield from rule(line)
    yield from votes(lines)
    yield from margins(lines)
    yield from scales(lines)
    yield from remainders(lines)
    yield from partitions(lines)
    yield from products(lines)
    yield from derived(lines)
    yield from shares_told(lines)
    yield from portions(lines)
    yield from proportions(lines)
    yield from moves(lines)
    yield from totals(lines)
    yield from multiples(lines)
    yield from averages(lines)
    yield from limits(lines)
    yield from restatements(lines)
    figures = [figure for line, _ in known for figure in line.figures]
    yield from sameness.rivals(sameness.mentions(lines), figures)
    yield from groups(lines)
    yield from exchanged(lines)
    yield from tallies(lines, known)
    yield from against(lines, known, further)
    yield from ordinals_against(lines, known)
