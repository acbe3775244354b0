"""Example reports, made by hand so that these tests need no other stage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.decisions import Action, Decision, machine_says
from factcheck.records import (
    SCHEMA_VERSION,
    Article,
    CheckedClaim,
    Claim,
    ClaimKind,
    Evidence,
    Flag,
    FlagType,
    Label,
    Quotation,
    Report,
    Run,
    Sentence,
    Severity,
    Span,
    Summary,
    Tool,
    Verdict,
    content_id,
    order_flags,
)
from factcheck.reports.context import Context, with_decisions

_SENTENCE = re.compile(r"[^\n.!?]+[.!?”]*")

DAM = (Path(__file__).parent / "data" / "dam.txt").read_text("utf-8")
VOTE = (
    "The council of Harlow met on 4 March 2024 with all eleven members present. "
    "The second phase of repairs to the dam was approved by eight votes to three. "
    "The minutes name Ruiz, Hale and Brandt as those against."
)
COSTS = (
    "The second phase is budgeted at 31 million crowns. "
    "Half of it comes from the national government, a quarter from the region and a quarter "
    "from the town."
)
DAMS = (
    "Harlow Dam was completed in 1957 and is a gravity dam of concrete. "
    "It supplies about 84,000 people. "
    "The flood of July 1997 overtopped it and tore out forty metres of the spillway wall."
)


@dataclass
class Draft:
    """A report in the making: places are named by the words that stand there."""

    text: str
    source: str = "article.txt"
    headline: str | None = None
    date: str | None = None
    claims: list[CheckedClaim] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.id = content_id("article", self.text)
        self.sentences = tuple(self._sentences())

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def quote(self, words: str) -> Quotation:
        return Quotation("context", self.id, self.span(words), words)

    def evidence(
        self, document: str, title: str, words: str | None = None, url: str | None = None
    ) -> Evidence:
        text = words or document
        start = document.index(text)
        quotation = Quotation(
            "corpus", content_id("doc", document), Span(start, start + len(text)), text
        )
        return Evidence(
            content_id("evidence", quotation), quotation, title, "Town of Harlow", "2024-03-05", url
        )

    def claim(
        self,
        words: str,
        label: Label | None,
        *evidence: Evidence,
        probability: float | None = None,
        by: str = "verifier",
        why: str = "",
        missing: str = "",
        speaker: str | None = None,
        restated: str | None = None,
        time: str | None = None,
        place: str | None = None,
    ) -> Claim:
        span = self.span(words)
        index = next(s.index for s in self.sentences if s.span.overlaps(span))
        kind: ClaimKind = "statement" if speaker else "fact"
        claim = Claim(
            content_id("claim", self.id, span, kind, len(self.claims)),
            index,
            span,
            words,
            kind,
            restated,
            speaker,
            time=self.quote(time) if time else None,
            place=self.quote(place) if place else None,
            checkable=label is not None,
            reason="A fact that can be looked up." if label else "An opinion.",
        )
        verdict = Verdict(
            claim.id,
            "checked" if label else "not_checkable",
            label,
            probability,
            by if label else "none",
            tuple(item.id for item in evidence[:1]),
            why,
            missing,
        )
        self.claims.append(CheckedClaim(claim, evidence, verdict))
        return claim

    def flag(
        self,
        kind: FlagType,
        severity: Severity,
        words: str,
        conflict: Quotation | None,
        why: str,
        sure: float,
        correction: str | None = None,
        *,
        claim: Claim | None = None,
    ) -> None:
        quotation = self.quote(words)
        names = {"role_reversal": "roles", "number": "quantities", "date": "dates"}
        self.flags.append(
            Flag(
                content_id("flag", kind, quotation, conflict),
                kind,
                severity,
                quotation,
                conflict,
                why,
                sure,
                names.get(kind, kind),
                correction,
                claim.id if claim else None,
            )
        )

    def report(self) -> Report:
        article = Article(
            self.id,
            self.source,
            self.text,
            self.sentences,
            self.span(self.headline) if self.headline else None,
            date=self.date,
        )
        outcomes = [item.verdict.label or item.verdict.status for item in self.claims]
        severities = [flag.severity for flag in self.flags]
        return Report(
            SCHEMA_VERSION,
            Tool("factcheck", "0.1.0"),
            RUN,
            article,
            tuple(sorted(self.claims, key=lambda item: item.claim.span)),
            order_flags(self.flags),
            Summary(
                len(outcomes),
                sum(item.claim.checkable for item in self.claims),
                {key: outcomes.count(key) for key in dict.fromkeys(outcomes)},
                {key: severities.count(key) for key in dict.fromkeys(severities)},
            ),
            self.warnings,
        )

    def _sentences(self) -> Iterable[Sentence]:
        paragraph = 0
        for index, match in enumerate(_SENTENCE.finditer(self.text)):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            words = match[0].strip()
            if index and "\n\n" in self.text[:start]:
                paragraph = self.text[:start].count("\n\n")
            role = "headline" if words == self.headline else "body"
            role = "furniture" if words.isdigit() else role
            yield Sentence(index, paragraph, Span(start, start + len(words)), words, role)  # type: ignore[arg-type]


RUN = Run(
    settings={"top_k": 5, "as_of": None, "min_confidence": 0.5},
    models={"verifier": "embedded sha256:" + "4f" * 32, "parser": "en_core_web_sm 3.8.0"},
    prompts={},
    corpus={"location": "shipped", "digest": "ab" * 32, "documents": 131, "passages": 402},
    packages={"python": "3.11.2", "spacy": "3.8.7"},
    started="2024-03-05T09:00:00+00:00",
    timings={"reading": 0.21, "claims": 0.05},
)


def small() -> Report:
    """One flag, two claims: what golden files are made of."""
    draft = Draft(
        "Dam Repaired\n\nThe dam was built in 1957. It holds nine gates.", headline="Dam Repaired"
    )
    document = "The dam has eight gates. It was finished in 1957."
    gates = draft.evidence(document, "Gates of the dam", url="https://example.org/gates")
    draft.claim(
        "The dam was built in 1957.", "supported", gates, probability=0.93, why="It says the same."
    )
    claim = draft.claim(
        "It holds nine gates.",
        "refuted",
        gates,
        probability=0.88,
        by="check:quantities",
        why="Nine gates here, eight there.",
        restated="The dam holds nine gates.",
    )
    eight = Quotation("corpus", gates.quotation.source_id, Span(12, 23), "eight gates")
    draft.flag(
        "number",
        "high",
        "nine gates",
        eight,
        "Nine is not eight.",
        0.88,
        "eight gates",
        claim=claim,
    )
    return draft.report()


def quiet() -> Report:
    """Nothing wrong at all."""
    draft = Draft("The dam was built in 1957.")
    gates = draft.evidence("It was finished in 1957.", "Gates of the dam")
    draft.claim("The dam was built in 1957.", "supported", gates, probability=0.93)
    return draft.report()


def realistic() -> Report:
    """An item of news with eight flags and twenty-five claims."""
    draft = Draft(
        DAM,
        "harlow-dam.txt",
        "Harlow Dam Repair Runs Over Budget as Council Approves Second Phase",
        "2024-03-04",
        warnings=("2 references have no date and were not used.",),
    )
    vote = draft.evidence(VOTE, "Minutes of the council", url="https://example.org/minutes")
    costs = draft.evidence(COSTS, "Budget of the repair", url="https://example.org/budget")
    dams = draft.evidence(DAMS, "Dams of the region")
    voted = _first_claims(draft, vote, dams)
    sued, shares, flood = _further_claims(draft, costs, dams)
    _flags(draft, {"vote": vote, "costs": costs, "dams": dams}, (voted, sued, shares, flood))
    return draft.report()


def _first_claims(draft: Draft, vote: Evidence, dams: Evidence) -> Claim:
    missing = "a record of the inspection"
    voted = draft.claim(
        "The town council voted nine to two on Monday to approve the second phase of repairs to "
        "the Harlow Dam",
        "refuted",
        vote,
        dams,
        probability=0.94,
        by="check:quantities",
        why="The minutes give eight votes to three, not nine to two.",
    )
    draft.claim(
        "a concrete structure built in 1957",
        "supported",
        dams,
        probability=0.97,
        why="Completed in 1957, of concrete.",
        restated="The Harlow Dam is a concrete structure built in 1957.",
    )
    draft.claim(
        "supplies drinking water to 84,000 people",
        "supported",
        dams,
        probability=0.91,
        why="The passage gives the same number.",
    )
    draft.claim(
        "Mayor Ines Calder said the work could not wait.",
        "not_enough_evidence",
        vote,
        probability=0.71,
        missing="what Calder said in the chamber",
        speaker="Ines Calder",
    )
    draft.claim("The concrete is older than most of us in this room", None)
    draft.claim(
        "Engineers found cracks along the spillway during an inspection in October.",
        "not_enough_evidence",
        dams,
        probability=0.8,
        missing=missing,
        time="during an inspection in October",
        place="along the spillway",
    )
    draft.claim(
        "Regional inspectors then ordered the reservoir lowered by four metres",
        "not_enough_evidence",
        probability=0.77,
        missing=missing,
    )
    draft.claim(
        "the water company complied within a week",
        "not_enough_evidence",
        missing=missing,
        by="none",
    )
    draft.claim(
        "a lawsuit against the council by the farmers",
        "conflicting",
        vote,
        probability=0.55,
        why="One passage supports it and another contradicts it.",
    )
    return voted


def _further_claims(draft: Draft, costs: Evidence, dams: Evidence) -> tuple[Claim, Claim, Claim]:
    for words in (
        "The first phase cost 18 million crowns, two million more than planned.",
        "Treasurer Paul Odum denied that taxes would rise.",
        "the region has promised a loan",
        "The cooperative denies that it owes anything.",
        "A hearing is planned for Tuesday, 14 March",
        "Work on the spillway is due to begin in May",
        "Only one other dam in the region, at Venn, is older.",
        "“We asked for three offers and saw one,” said Councillor Marta Ruiz",
        "all three offers had been published in November",
        "The river authority called the repair plan sound.",
    ):
        draft.claim(
            words, "not_enough_evidence", costs, probability=0.74, missing="a passage about this"
        )
    draft.claim(
        "The second phase is expected to cost 31 million",
        "supported",
        costs,
        probability=0.96,
        why="The budget gives the same sum.",
    )
    draft.claim("the national government pays half", "supported", costs, probability=0.9)
    draft.claim("The town’s beautiful valley deserves no less.", None)
    sued = draft.claim(
        "The council sued the farmers’ cooperative in January",
        "not_enough_evidence",
        costs,
        missing="the court's register",
    )
    shares = draft.claim(
        "of which the national government pays half and the council 12 million",
        "refuted",
        costs,
        probability=0.83,
        why="A quarter is 7.75 million.",
    )
    flood = draft.claim(
        "The dam survived the flood of 1997 without damage",
        "refuted",
        dams,
        probability=0.89,
        why="The flood tore out part of the wall.",
    )
    return sued, shares, flood


def _flags(draft: Draft, sources: dict[str, Evidence], claims: tuple[Claim, ...]) -> None:
    voted, sued, shares, flood = claims

    def reference(name: str, words: str) -> Quotation:
        held = sources[name].quotation
        start = held.span.start + held.text.index(words)
        return Quotation("corpus", held.source_id, Span(start, start + len(words)), words)

    draft.flag(
        "number",
        "high",
        "nine to two",
        reference("vote", "eight votes to three"),
        "The article counts nine votes to two; the minutes count eight to three.",
        0.94,
        "eight to three",
        claim=voted,
    )
    draft.flag(
        "role_reversal",
        "high",
        "a lawsuit against the council by the farmers",
        draft.quote("The council sued the farmers’ cooperative"),
        "Here the farmers sue the council; elsewhere the council sues them.",
        0.81,
        "a lawsuit by the council against the farmers",
        claim=sued,
    )
    draft.flag(
        "contradiction",
        "high",
        "The dam survived the flood of 1997 without damage",
        reference("dams", "tore out forty metres of the spillway wall"),
        "The reference says that the flood tore out part of the spillway wall.",
        0.89,
        None,
        claim=flood,
    )
    draft.flag(
        "number",
        "medium",
        "the council 12 million",
        reference("costs", "a quarter from the town"),
        "A quarter of 31 million is 7.75 million, not 12 million.",
        0.68,
        None,
        claim=shares,
    )
    draft.flag(
        "date",
        "medium",
        "Tuesday, 14 March",
        None,
        "14 March 2024 is a Thursday, not a Tuesday.",
        0.9,
        "Thursday, 14 March",
    )
    draft.flag(
        "cause",
        "low",
        "welcomed the decision because taxes will fall",
        draft.quote("denied that taxes would rise"),
        "Nothing in the article says that taxes will fall.",
        0.57,
    )
    draft.flag(
        "quote",
        "note",
        "“The concrete is older than most of us in this room, she told the chamber.",
        None,
        "The quotation is never closed.",
        0.97,
        "“The concrete is older than most of us in this room,” she told the chamber.",
    )
    draft.flag("furniture", "note", "0\n142", None, "Two stray counters of a web page.", 0.99, "")


HOSTILE = (
    "<script>alert(1)</script> [link](javascript:alert(2)) # Head\n\n"
    "The [bold red]council[/] <img src=x onerror=alert(3)> said \x1b[31mred\x1b]0;title\x07 "
    "and \u202egnp.exe\u202c went\x00 on. "
    + "W"
    * 20_000
    + " ended. مرحبا بالعالم 你好世界。 See http://evil.example/x and www.evil.example, "
    "'\" onmouseover=alert(4) x='. 1. one\n\n- item\n\n&lt;b&gt; </article></style> {{ 7*7 }}."
)


def hostile() -> Report:
    """An article and references that try to be anything but text."""
    draft = Draft(HOSTILE, "<img src=x onerror=alert(5)>\x1b[2J.txt")
    evil = "[red]<script>alert(6)</script>[/red] \x1b[2J\u202e says ](javascript:alert(7))"
    bad = draft.evidence(evil, "<b onclick=alert(8)>Title</b>", url="javascript:alert(9)")
    long = "W" * 20_000
    draft.claim("<script>alert(1)</script>", "refuted", bad, probability=0.9, why=evil)
    draft.claim(long, "conflicting", bad, why=evil)
    draft.claim(
        "said \x1b[31mred",
        "not_enough_evidence",
        bad,
        missing=evil,
        speaker="<i>x</i>",
        time="<img src=x onerror=alert(3)> said \x1b[31mred",
        place=long,
    )
    words = bad.quotation
    draft.flag("contradiction", "high", "<script>alert(1)</script>", words, evil, 0.9, evil)
    draft.flag("number", "medium", long, None, evil, 0.7)
    draft.flag("entity", "low", "\u202egnp.exe\u202c went\x00", words, evil, 0.6)
    draft.flag("quote", "note", "<img src=x onerror=alert(3)> said \x1b[31mred", words, evil, 0.6)
    return draft.report()


ASTRAL = "🌊 Dam 🏗 Repaired\n\nThe 𝒟am was built in 1957. It holds “nine 🚪 gates”."
"""Characters outside the Basic Multilingual Plane before and within what is marked."""


def astral() -> Report:
    """A report where code points, UTF-16 units and bytes all differ."""
    draft = Draft(ASTRAL, "dämme/harlow dam.txt", "🌊 Dam 🏗 Repaired", "2024-03-04")
    claim = draft.claim("The 𝒟am was built in 1957.", "not_enough_evidence", missing="A record.")
    draft.flag(
        "number", "medium", "nine 🚪 gates", draft.quote("1957"), "Odd [x](1) {0}.", 0.7, "8",
        claim=claim,
    )  # fmt: skip
    return draft.report()


def decided(
    report: Report, target: str, action: Action, answer: str | None = None, note: str = ""
) -> Decision:
    """A decision that Ana made on 6 March 2024."""
    says = machine_says(report)[target]
    identity = content_id("decision", target, action, answer, note)
    at = "2024-03-06T08:30:00.000+00:00"
    return Decision(identity, at, "Ana", report.article.id, target, action, says, answer, note)


def reviewed(report: Report) -> Context:
    """The first flag rejected, the first claim accepted, the second changed where there is one."""
    decisions = [decided(report, report.claims[0].claim.id, "accept", note="=Seen.")]
    if len(report.claims) > 1:
        second = report.claims[1].claim.id
        decisions.append(decided(report, second, "change", "conflicting", "Two minutes differ."))
    if report.flags:
        decisions.append(decided(report, report.flags[0].id, "reject", note="A quotation."))
    return with_decisions(report, decisions)


RIGHT_TO_LEFT = (
    "مجلس هارلو يوافق على المرحلة الثانية من إصلاح السد\n\n"
    "صوّت المجلس بتسعة أصوات مقابل صوتين (9–2) يوم الاثنين. "
    "قالت العمدة إن العمل لا يمكن أن ينتظر.\n\n"
    "ועדת העיר אישרה את התקציב ב-4 במרץ 2024. הסכר נבנה ב-1957.\n\n"
    "哈洛镇议会星期一以九票对二票通过了大坝维修的第二阶段。大坝建于1957年。市长说工程不能等待。\n\n"
    "ハーロウ町議会は月曜日、ダム修復の第二段階を可決した。"
)
"""Arabic, Hebrew, Chinese and Japanese in one article."""


def other_scripts() -> Report:
    """A report on an article in scripts that run from right to left or without spaces."""
    draft = Draft(RIGHT_TO_LEFT, "أخبار.txt", RIGHT_TO_LEFT.partition("\n")[0], "2024-03-04")
    minutes = draft.evidence(
        "صوّت ثمانية أعضاء لصالح القرار وثلاثة ضده. 议会以八票对三票通过。", "محضر المجلس"
    )
    claim = draft.claim(
        "صوّت المجلس بتسعة أصوات مقابل صوتين (9–2) يوم الاثنين.", "refuted", minutes,
        probability=0.9, by="check:quantities", why="ثمانية مقابل ثلاثة في المحضر.",
    )  # fmt: skip
    draft.claim("大坝建于1957年", "supported", minutes, probability=0.8)
    held = minutes.quotation
    eight = Quotation("corpus", held.source_id, Span(5, 18), held.text[5:18])
    draft.flag(
        "number", "high", "بتسعة أصوات مقابل صوتين", eight, "9 ≠ 8", 0.9, "ثمانية", claim=claim
    )
    draft.flag("date", "medium", "星期一", None, "2024年3月4日是星期一。", 0.7)
    return draft.report()


def long(claims: int = 500) -> Report:
    """Sentences by the hundred, one claim each, every fifth refuted and flagged."""
    words = [f"Gate {n} of the dam was closed for {n + 2} days in 2023." for n in range(claims)]
    text = "\n\n".join(" ".join(words[at : at + 5]) for at in range(0, claims, 5))
    draft = Draft(text, "long.txt")
    log = draft.evidence("Every gate of the dam was closed for one day in 2023.", "Log of the dam")
    for number, sentence in enumerate(words):
        label: Label = "refuted" if number % 5 == 0 else "not_enough_evidence"
        claim = draft.claim(sentence, label, log, probability=0.8, why="One day.", missing="A log.")
        if label == "refuted":
            days = f"{number + 2} days in 2023"
            at = draft.text.index(sentence) + sentence.index(days)
            quotation = Quotation("context", draft.id, Span(at, at + len(days)), days)
            flag = Flag(
                content_id("flag", number), "number", "high", quotation, log.quotation,
                "The log gives one day.", 0.8, "quantities", "one day in 2023", claim.id,
            )  # fmt: skip
            draft.flags.append(flag)
    return draft.report()
