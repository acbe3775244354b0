"""Every error factcheck raises on purpose.

    FactcheckError            exit 3 unless a subclass says otherwise
    ├── UsageProblem          exit 2: the command or a setting is wrong
    ├── ArticleError          exit 3: the article cannot be read or checked
    ├── CorpusError           exit 3: the reference documents cannot be read
    ├── ReportError           exit 3: a saved report cannot be read
    ├── ReviewError           exit 3: the store of reviewers' decisions cannot be used
    ├── StoreError            exit 3: the reference store cannot be opened, read or written
    │   └── StoreMismatch     exit 3: the store was made with another embedder or chunker
    ├── ModelError            exit 3: a model is missing, damaged or unreachable
    └── Unfinished            exit 4: it stopped part of the way; what is done is kept

A message says what was tried and what went wrong; `hint` is the next command to try. Only the
command line prints them: `message`, then `hint` on a line of its own.
"""

from __future__ import annotations

import shlex
from pathlib import Path


class FactcheckError(Exception):
    """Base of the tree; `str(error)` is the message without the hint."""

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message and the next thing to try.

        Args:
            message: what was tried and what went wrong, one sentence.
            hint: a command or action that mends it; empty where there is none.
        """
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageProblem(FactcheckError):
    """An option, argument or setting that cannot be used."""

    exit_code = 2


class ArticleError(FactcheckError):
    """An article that cannot be read or holds nothing to check."""


class CorpusError(FactcheckError):
    """Reference documents that cannot be read."""


class ReportError(FactcheckError):
    """A saved report that cannot be read."""


class ReviewError(FactcheckError):
    """A store of reviewers' decisions that cannot be opened, read or written."""


class StoreError(FactcheckError):
    """A reference store that cannot be opened, read or written."""


class StoreMismatch(StoreError):
    """A reference store made with another embedder or chunker than the one asked for."""


class ModelError(FactcheckError):
    """A model that is missing, damaged or unreachable."""


class Unfinished(FactcheckError):
    """Work that stopped part of the way; what is done is kept, and the same command goes on."""

    exit_code = 4


def editing(path: Path, line: int | None = None) -> str:
    """The command that opens a file in the reader's editor, at a line where one is named."""
    place = f"+{line} " if line else ""
    return f"${{EDITOR:-vi}} {place}{shlex.quote(str(path))}"
