"""What a run got right, item by item, whatever kind of run it is: what comparisons are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from factcheck.errors import UsageProblem
from factcheck.evaluation import retrieval
from factcheck.evaluation.claims import Scored
from factcheck.evaluation.extraction import COVERED, is_atomic
from factcheck.evaluation.items import TASKS
from factcheck.evaluation.judging import read_predictions
from factcheck.evaluation.report import spaced
from factcheck.evaluation.runs import Run


@dataclass(frozen=True, slots=True)
class Result:
    """How one item came out in one run."""

    measure: str
    """What was measured on it; a run can measure several things."""
    id: str
    """The item; the same in every run over the same set."""
    group: str
    """What it shares with others: its article or passage."""
    type: str
    """Its kind."""
    score: float
    """0 to 1, higher is better; mostly one or the other."""
    said: str
    """What the run said of it, in a few words."""
    texts: tuple[tuple[str, str], ...]
    """Label and text of what there is to read of it."""
    about: str = ""
    """The item in its own words: results of one id but of other words are of two items."""


def results_of(run: Run) -> list[Result]:
    """All results of a run.

    Raises:
        UsageProblem: it has no answers yet, they cannot be read, or it is of a kind that cannot be
            compared.
    """
    kind = run.settings["kind"]
    if kind not in _READERS:
        raise UsageProblem(f"{run.folder} is a run of '{kind}', which cannot be compared")
    try:
        found = list(_READERS[kind](run))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageProblem(
            f"the answers in {run.folder} cannot be read: {error!r}",
            hint="run its factcheck eval command again, with --fresh",
        ) from error
    if not found:
        raise UsageProblem(
            f"{run.folder} holds no answers yet", hint="run its factcheck eval command again"
        )
    return found


def _claims(run: Run) -> Iterator[Result]:
    task = TASKS[run.settings["task"]]
    scored = Scored(task, read_predictions(run))
    for place, item in enumerate(scored.items):
        yield Result(
            "accuracy",
            item.unit or item.id,
            item.group,
            spaced(f"{item.label} {item.type}".strip()),
            float(scored.right[place]),
            spaced(f"{task.labels[scored.answers[place]]} {scored.confidence[place]:.2f}"),
            (("truth", spaced(item.label)), ("claim", item.claim), ("evidence", item.evidence)),
            # of several passages for one claim another may speak in another run
            "\n".join((item.label, item.claim, "" if item.unit else item.evidence)),
        )


def _articles(run: Run) -> Iterator[Result]:
    against = run.settings.get("against", "all")
    for row in run.rows():
        for number, item in enumerate(row["planted"]):
            if against != "all" and item["against"] not in against.split(", "):
                continue
            yield Result(
                "planted errors found",
                f"{row['id']}:{number}",
                row["id"],
                spaced(item["type"]),
                float(item["found"]),
                ", ".join(item["flagged"]) or "not flagged",
                (("planted", item["quote"]), ("proved by", item["against"])),
                item["quote"],
            )
        said = "; ".join(flag["quotation"]["text"] for flag in row["clean"])
        yield Result(
            "corrected articles left unflagged",
            f"{row['id']}.clean",
            row["id"],
            "corrected article",
            float(not row["clean"]),
            said or "no flag",
            (),
            "\n".join(item["quote"] for item in row["planted"]),
        )


def _retrieval(run: Run) -> Iterator[Result]:
    rows = run.rows()
    ranks = retrieval.ranking(rows)
    for row in rows:
        texts = (("claim", row["claim"]), ("deciding", ", ".join(row["gold"]) or "nothing"))
        yield Result(
            "verdict right and well cited",
            row["id"],
            row["group"],
            spaced(row["label"]),
            float(retrieval.is_grounded(row)),
            f"{spaced(row['verdict'])}, citing {', '.join(row['cited']) or 'nothing'}",
            texts,
            f"{row['label']}\n{row['claim']}",
        )
        if row["gold"]:
            rank = ranks[row["id"]]["RR"]
            said = f"first at {round(1 / rank)}" if rank else "not found"
            yield Result(
                "reciprocal rank",
                row["id"],
                row["group"],
                spaced(row["label"]),
                rank,
                said,
                texts,
                f"{row['label']}\n{row['claim']}",
            )


def _extraction(run: Run) -> Iterator[Result]:
    for row in run.rows():
        for number, item in enumerate(row["gold"]):
            yield Result(
                "gold claims covered",
                f"{row['id']}:{number}",
                row["id"],
                "gold claim",
                float(item["share"] >= COVERED),
                item["by"] or "nothing",
                (("gold claim", item["claim"]), ("in the article", item["quote"])),
                item["claim"],
            )
        atomic = [is_atomic(claim) for claim in row["claims"]]
        if atomic:
            share = sum(atomic) / len(atomic)
            said = f"{sum(atomic)} of {len(atomic)}"
            yield Result(
                "claims that say one thing",
                row["id"],
                row["id"],
                "article",
                share,
                said,
                (),
                "\n".join(item["claim"] for item in row["gold"]),
            )


_READERS: dict[str, Callable[[Run], Iterator[Result]]] = {
    "claims": _claims,
    "articles": _articles,
    "retrieval": _retrieval,
    "extraction": _extraction,
}
