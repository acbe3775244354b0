"""Every pattern that the package compiles, on lines made to lead it astray.

Run by test_patterns.py in a process of its own: a pattern that takes more than about quadratic time
on them does not come back within hours.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import factcheck

PACKAGE = Path(factcheck.__file__).parent
LENGTH = 1_000
UNITS = (
    "1", "a", "A", "Aa", " ", "\n", "-", ".", '"', "1 ", "1,", "a ", "A ", "a, ", "A. ", "a-",
    "a and ", "A and ", "a\u2019s ", "1 and ", "one ", "1.1 ", "10:10 ",
)  # fmt: skip
BEGINNINGS = ("", "<", '"', "(", "1")
TEXT = """RIGA, Dec. 15, 2021 (Agency) - Ada Roe, 41, said on Monday that 3 of 12 towns, or 25
percent, had paid. "We agreed," she said. The towns denied it on 2 May. Roe was born in 1980.

0
"""


def compiled() -> dict[str, re.Pattern[str]]:
    """The patterns compiled by all modules of the package, and by reading a short article."""
    found: dict[str, re.Pattern[str]] = {}
    original: Any = re.compile

    def recording(pattern: Any, flags: Any = 0) -> Any:
        made = original(pattern, flags)
        caller = Path(sys._getframe(1).f_code.co_filename)
        if PACKAGE in caller.parents and isinstance(pattern, str):
            found[pattern] = made
        return made

    re.compile = recording
    for module in pkgutil.walk_packages(factcheck.__path__, "factcheck."):
        importlib.import_module(module.name)
    from factcheck.evaluation.claimchecks import as_passage, check_opinions

    check_opinions(TEXT, [as_passage(TEXT)])
    re.compile = original
    return found


def lines(pattern: str) -> Iterator[str]:
    """Long lines, some of which begin with or repeat a word of the pattern."""
    words = list(dict.fromkeys(re.findall(r"[A-Za-z]{2,}", pattern)))[:3]
    units = (*UNITS, *(f"{word} " for word in words))
    for begin in (*BEGINNINGS, *(f"{word} " for word in words)):
        for unit in units:
            line = begin + (unit * LENGTH)[:LENGTH]
            yield line
            yield line + "!"


def main() -> None:
    """Try them all; print how many there were."""
    patterns = compiled()
    for words, pattern in patterns.items():
        for line in lines(words):
            pattern.search(line)
            pattern.fullmatch(line)
    print(len(patterns))


if __name__ == "__main__":
    main()
