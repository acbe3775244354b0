"""Whether a chat model that is measured could be asked to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.errors import Unfinished, UsageProblem
from factcheck.llm.usage import IN_WORDS, PASSING

if TYPE_CHECKING:
    from factcheck.assistance import Assistant


def unanswered(assistant: Assistant | None) -> int:
    """Questions without an answer that could be used, so far; 0 without a model."""
    return sum(assistant.caller.ledger.failed.values()) if assistant else 0


def require_finished(assistant: Assistant | None) -> None:
    """Nothing, unless a question has no answer for a reason that is not the model's.

    What a model cannot do is a result; a limit, a timeout or a server that went away is none, and
    nothing that was found then may stand in a run as if it had been asked.

    Raises:
        Unfinished: there is such a question.
    """
    failed = sorted(PASSING & set(assistant.caller.ledger.failed)) if assistant else []
    if failed:
        raise Unfinished(
            f"the measurement stopped: the model gave no answer: {IN_WORDS[failed[0]]}",
            hint="the same command goes on where it stopped"
            + (", with a larger limit" if "budget" in failed else ""),
        )


def require_one_job(assistant: Assistant | None, jobs: int) -> None:
    """Nothing, unless several processes were each to keep to the limits of one run.

    Raises:
        UsageProblem: they were.
    """
    if assistant and jobs > 1:
        raise UsageProblem(
            "--max-calls and --max-cost hold for one process, so --llm takes no --jobs",
            hint="llm_concurrency in factcheck.toml, for more requests at once",
        )
