"""A run's folder: what was asked for, what came out, and the figures made of it.

    settings.json      what was measured, on what, with digests; decides whether a run goes on
    predictions.jsonl  one answer a line, written as they come
    metrics.json       the figures
    report.html        the figures to look at

The same settings lead to the same folder, so that an interrupted run goes on where it stopped and
a finished one is only measured again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from factcheck.errors import UsageProblem

DEFAULT_ROOT = Path("eval/runs")
SETTINGS, PREDICTIONS, METRICS, REPORT = (
    "settings.json",
    "predictions.jsonl",
    "metrics.json",
    "report.html",
)
_REQUIRED = ("kind", "set", "system")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9.+-]+")


@dataclass(frozen=True)
class Run:
    """An open run."""

    folder: Path
    """Where it lies."""
    settings: Mapping[str, Any]
    """What was asked for; `kind` says what was measured."""

    @classmethod
    def open(cls, root: Path, settings: Mapping[str, Any], *, fresh: bool = False) -> Run:
        """The run with these settings below `root`, begun or gone on with.

        Args:
            root: folder of all runs.
            settings: must have `kind`, `set` and `system`, which the folder is named after.
            fresh: forget what an earlier run with the same settings answered.

        Raises:
            UsageProblem: the folder cannot be written.
        """
        kind, name_of_set, system = (settings[name] for name in _REQUIRED)
        parts = (kind, name_of_set, Path(system).name)
        name = "-".join(_NOT_IN_NAME.sub("-", str(part)) for part in parts)
        folder = root / f"{name}-{_key(settings)}"
        run = cls(folder, settings)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if fresh:
                for old in (PREDICTIONS, METRICS, REPORT):
                    (folder / old).unlink(missing_ok=True)
            run.write_json(SETTINGS, settings)
        except OSError as error:
            raise UsageProblem(
                f"{folder} cannot be written: {error.strerror}", hint="--runs FOLDER"
            ) from error
        return run

    @classmethod
    def read(cls, folder: Path) -> Run:
        """A run that lies there.

        Raises:
            UsageProblem: it is no run's folder.
        """
        try:
            settings = json.loads((folder / SETTINGS).read_text("utf-8"))
            if not isinstance(settings, dict):
                raise ValueError(f"{SETTINGS} is no object")
            for name in _REQUIRED:
                if not isinstance(settings.get(name), str):
                    raise ValueError(f"{SETTINGS} names no '{name}'")
            return cls(folder, settings)
        except (OSError, ValueError, RecursionError) as error:
            raise UsageProblem(
                f"{folder} is no folder of a run: {error}", hint=f"ls {DEFAULT_ROOT}"
            ) from error

    def rows(self) -> list[dict[str, Any]]:
        """The answer of each whole line of predictions.jsonl, the last one where an id has several.

        Raises:
            UsageProblem: a line is no answer.
        """
        path = self.folder / PREDICTIONS
        data = path.read_bytes() if path.exists() else b""
        # not splitlines(): an answer may hold U+2028 and its like as they are
        lines = data[: _whole(data)].split(b"\n")
        found: dict[str, dict[str, Any]] = {}
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    row = json.loads(line)
                    found[row["id"]] = row
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise UsageProblem(
                    f"the answers in {self.folder} cannot be read: line {number} of {PREDICTIONS} "
                    "is no answer",
                    hint="run its factcheck eval command again, with --fresh",
                ) from error
        return list(found.values())

    def append(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add lines to predictions.jsonl, after its last whole one."""
        with (self.folder / PREDICTIONS).open("a+b") as file:
            _drop_cut_off(file)
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")

    def metrics(self) -> dict[str, Any]:
        """The figures.

        Raises:
            UsageProblem: the run has none yet, or they cannot be read.
        """
        path, again = self.folder / METRICS, "run the same factcheck eval command again"
        if not path.exists():
            raise UsageProblem(f"{self.folder} has no figures yet", hint=again)
        try:
            found = json.loads(path.read_text("utf-8"))
            if not isinstance(found, dict):
                raise ValueError("it is no object")
        except (OSError, ValueError, RecursionError) as error:
            raise UsageProblem(f"{path} cannot be read: {error}", hint=again) from error
        return found

    def write_json(self, name: str, data: Mapping[str, Any]) -> None:
        """Write one of the run's JSON files."""
        self.write(name, json.dumps(data, indent=2, ensure_ascii=False) + "\n")

    def write(self, name: str, text: str) -> None:
        """Write one of the run's files, whole or not at all."""
        path = self.folder / name
        scratch = path.with_name(f".{name}.part")
        scratch.write_text(text, "utf-8")
        scratch.replace(path)


def _whole(data: bytes) -> int:
    """How many bytes of lines there are, without a last one that was cut off."""
    return data.rfind(b"\n") + 1


def _drop_cut_off(file: BinaryIO) -> None:
    if file.seek(0, os.SEEK_END):
        file.seek(-1, os.SEEK_END)
        if file.read(1) != b"\n":
            file.seek(0)
            file.truncate(_whole(file.read()))


def _key(settings: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:8]


def digest_of(texts: Iterable[str]) -> str:
    """SHA-256 over texts in their order: of the items of a set, so that another set is noticed."""
    found = hashlib.sha256()
    for text in texts:
        found.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()
