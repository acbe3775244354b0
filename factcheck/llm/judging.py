"""The chain *judge*: a claim, its context and numbered passages to a verdict with its grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.llm.answers import Certainty, Cited, Judged
from factcheck.llm.calling import Caller
from factcheck.llm.injection import addresses_model
from factcheck.llm.prompts import Prompt
from factcheck.llm.questions import Answer, Question
from factcheck.llm.shown import Shown, numbered, show
from factcheck.llm.usage import IN_WORDS, Failure
from factcheck.llm.windows import NOTHING, Readable, tidy
from factcheck.records import Claim, Evidence, Label

_AT_MOST: dict[Certainty, int] = {"certain": 100, "very_likely": 95, "likely": 80, "unsure": 60}
"""The highest number that goes with each word; a model that says both is held to the lower."""
_NEEDED: dict[Label, frozenset[str]] = {
    "supported": frozenset({"supports"}),
    "refuted": frozenset({"contradicts"}),
    "conflicting": frozenset({"supports", "contradicts"}),
    "not_enough_evidence": frozenset(),
}
"""What the quotations of a verdict must do between them."""
_FEWEST_WORDS = 2
"""A single word stands in nearly every passage."""
_PRECEDENCE: tuple[Label, ...] = ("refuted", "conflicting", "supported", "not_enough_evidence")
"""Between a claim's two wordings the first of these decides: an error in either is one."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model makes of one claim."""

    claim_id: str
    """The claim."""
    label: Label | None
    """The verdict; None where there is no answer that can be used."""
    probability: float = 0.0
    """The model's own probability of it, 0 to 1, not calibrated."""
    supports: tuple[str, ...] = ()
    """Ids of passages with words that support it, each quotation checked."""
    refutes: tuple[str, ...] = ()
    """Ids of passages with words that contradict it, each quotation checked."""
    explanation: str = ""
    """The model's reason, one sentence."""
    missing: str = ""
    """For `not_enough_evidence`: what a passage would have to say."""
    failure: Failure | None = None
    """Why there is no verdict."""

    @property
    def failed_in_words(self) -> str:
        """Why there is no verdict, to follow 'The model gave no answer: '."""
        return IN_WORDS[self.failure] if self.failure else ""


@dataclass(frozen=True, slots=True)
class Case:
    """One wording of one claim with the passages it is judged by."""

    claim: Claim
    """The claim."""
    wording: str
    """Its raw words, or its restatement."""
    passages: tuple[tuple[Evidence, Shown], ...]
    """The passages, in the order of their numbers, each as it is shown."""


def judge(
    caller: Caller,
    prompt: Prompt,
    article: Readable,
    claims: Sequence[Claim],
    evidence: Mapping[str, Sequence[Evidence]],
) -> dict[str, Judgement]:
    """What the model makes of each claim, by claim id.

    Every claim has questions of its own, one for its raw words and one for a restatement that
    differs from them. Passages of the corpus only: an article cannot vouch for itself. A claim
    without a passage that can be shown is not asked about.

    Raises:
        ModelError: the model cannot be asked at all.
    """
    cases = cases_of(caller, claims, evidence)
    answers = caller.ask([question_of(prompt, article, case) for case in cases])
    return judgements_of(caller, cases, answers)


def judgements_of(
    caller: Caller, cases: Sequence[Case], answers: Sequence[Answer[Judged]]
) -> dict[str, Judgement]:
    """The judgements, by claim id, that the answers to the cases amount to."""
    found: dict[str, list[Judgement]] = {}
    for case, answer in zip(cases, answers, strict=True):
        found.setdefault(case.claim.id, []).append(_judgement(caller, case, answer))
    return {claim_id: _of_both(judgements) for claim_id, judgements in found.items()}


def cases_of(
    caller: Caller, claims: Sequence[Claim], evidence: Mapping[str, Sequence[Evidence]]
) -> list[Case]:
    """One case for each wording of each claim that has a passage to show."""
    return [case for claim in claims for case in _cases(caller, claim, evidence.get(claim.id, ()))]


def _cases(caller: Caller, claim: Claim, evidence: Sequence[Evidence]) -> list[Case]:
    held = [item for item in evidence if item.quotation.origin == "corpus"]
    safe = [item for item in held if not addresses_model(item.quotation.text)]
    for _ in range(len(held) - len(safe)):
        caller.ledger.drop("passage that is addressed to a language model")
    passages = tuple((item, show(item.quotation.text, item.quotation.span.start)) for item in safe)
    if not passages:
        return []
    wordings = dict.fromkeys(" ".join(text.split()) for text in (claim.text, claim.standalone))
    return [Case(claim, wording, passages) for wording in wordings]


def question_of(prompt: Prompt, article: Readable, case: Case) -> Question[Judged]:
    """What to ask about a case."""
    around = article.lines(article.around(case.claim.sentence))
    headed = (
        (number, _headed(item, shown)) for number, (item, shown) in enumerate(case.passages, 1)
    )
    values = {
        "context": around or NOTHING,
        "passages": numbered(headed),
        "claim": show(case.wording).text,
    }
    return Question(prompt, values, Judged)


def _headed(item: Evidence, shown: Shown) -> Shown:
    """The passage with its publisher and date in front, which tell sources apart."""
    source = ", ".join(part for part in (item.publisher, item.date) if part)
    if not source:
        return shown
    head = f"({show(source).text}) "
    return Shown(head + shown.text, (-1,) * len(head) + shown.origins)


def _judgement(caller: Caller, case: Case, answer: Answer[Judged]) -> Judgement:
    said = answer.data
    if said is None:
        return Judgement(case.claim.id, None, failure=answer.failure)
    held = [(cited, item) for cited in said.quotations if (item := _holder(caller, case, cited))]
    if not _NEEDED[said.verdict] <= {cited.bears for cited, _ in held}:
        caller.ledger.fail("unproven")
        return Judgement(case.claim.id, None, failure="unproven")
    bearing = {
        bears: tuple(dict.fromkeys(item.id for cited, item in held if cited.bears == bears))
        for bears in ("supports", "contradicts")
    }
    needed = _NEEDED[said.verdict]
    return Judgement(
        case.claim.id,
        said.verdict,
        min(said.probability, _AT_MOST[said.certainty]) / 100,
        bearing["supports"] if "supports" in needed else (),
        bearing["contradicts"] if "contradicts" in needed else (),
        tidy(said.reason),
        tidy(said.missing) if said.verdict == "not_enough_evidence" else "",
    )


def _holder(caller: Caller, case: Case, cited: Cited) -> Evidence | None:
    """The passage that holds the quotation; None, and counted, where none of that number does."""
    if not 1 <= cited.passage <= len(case.passages):
        caller.ledger.drop("passage number that was not shown")
        return None
    if len(cited.words.split()) < _FEWEST_WORDS:
        caller.ledger.drop("quotation too short to prove anything")
        return None
    item, shown = case.passages[cited.passage - 1]
    if shown.find(cited.words) is None:
        caller.ledger.drop("quotation that does not stand in its passage")
        return None
    return item


def _of_both(judgements: Sequence[Judgement]) -> Judgement:
    """One judgement of a claim from those of its wordings; one failure is the claim's."""
    failed = next((one for one in judgements if one.label is None), None)
    if failed:
        return failed

    def place(one: Judgement) -> tuple[int, float]:
        return _PRECEDENCE.index(one.label or "not_enough_evidence"), -one.probability

    return min(judgements, key=place)
