"""Dates, weekdays, durations, ages and the order of events, against one another.

Within a sentence: `factcheck.checks.times.intervals`. Across sentences:
`factcheck.checks.times.chronology`. Against the references: `factcheck.checks.times.references`.
Relative dates count from the article's own date, or from the day of its dateline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from factcheck.checks.amendments import standing
from factcheck.checks.base import Case
from factcheck.checks.findings import Finding, flag_of
from factcheck.checks.times import chronology
from factcheck.checks.times.ages import ages
from factcheck.checks.times.anniversaries import anniversaries
from factcheck.checks.times.birthdays import birthdays
from factcheck.checks.times.centuries import centuries
from factcheck.checks.times.clockspans import clock_spans
from factcheck.checks.times.clocktimes import clock_times
from factcheck.checks.times.eras import eras
from factcheck.checks.times.eventorder import event_order
from factcheck.checks.times.gaps import gaps
from factcheck.checks.times.intervals import sentence_rules
from factcheck.checks.times.lifefacts import life_facts
from factcheck.checks.times.lifetimes import lifetimes
from factcheck.checks.times.openings import openings
from factcheck.checks.times.references import dates_against
from factcheck.checks.times.relativedays import relative_days
from factcheck.checks.times.rounds import rounds
from factcheck.checks.times.spells import spells
from factcheck.checks.times.stretches import stretches_told
from factcheck.checks.times.terms import terms
from factcheck.checks.times.timeline import DatedLine, moments, read_timeline
from factcheck.checks.times.turned import turned_lengths
from factcheck.checks.times.weekdaypairs import weekday_pairs
from factcheck.records import Article, Flag, Span
from factcheck.text.dates import Anchor, anchor_of


class DatesCheck:
    """Flags dates that the calendar, the article's date or the rest of the article rule out."""

    name = "dates"

    def run(self, case: Case) -> Iterable[Flag]:
        """One flag for each date or duration that cannot be right beside another."""
        anchor = _anchor(case.article)
        lines = read_timeline(case.article.text, standing(case), anchor)
        seen: list[Span] = []
        found = chain(findings(lines, anchor), dates_against(case, standing(case)))
        for finding in found:
            if not any(finding.span.overlaps(known) for known in seen):
                seen.append(finding.span)
                yield flag_of(case.article, finding, self.name, "date")


def findings(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """What the rules find, rule by rule; calendars are not read."""
    lines = [line for line in lines if not line.is_calendar]
    dated = moments(lines)
    yield from sentence_rules(lines, anchor)
    yield from relative_days(lines, anchor)
    yield from weekday_pairs(lines, anchor)
    yield from clock_times(lines)
    yield from clock_spans(lines)
    yield from stretches_told(lines, anchor)
    yield from lifetimes(lines, anchor)
    yield from anniversaries(lines, anchor)
    yield from birthdays(lines)
    yield from centuries(lines)
    yield from terms(lines)
    yield from gaps(lines, anchor)
    yield from chronology.waits(lines, dated, anchor)
    yield from ages(lines, anchor)
    yield from spells(lines, anchor)
    yield from turned_lengths(lines, anchor)
    yield from life_facts(lines, anchor)
    yield from rounds(lines, anchor)
    yield from eras(lines, anchor)
    yield from openings(lines)
    yield from event_order(lines)
    yield from chronology.stray_weekdays(lines)
    yield from chronology.twice_dated(dated)


def _anchor(article: Article) -> Anchor | None:
    datelines = " ".join(s.text for s in article.sentences if s.role == "dateline")
    return anchor_of(article.date, datelines)
