"""The patterns that the package makes or uses, on lines made to lead them astray.

Run by test_patterns.py in a process of its own, and ended there where a pattern never comes back.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import factcheck

PACKAGE = Path(factcheck.__file__).parent
EXAMPLE = Path(__file__).parents[2] / "eval" / "articles" / "example.txt"
USES = ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")
"""Functions of `re` that take a pattern first."""
LENGTH = 1_000
ASTRAY = 2.0
"""Seconds of the processor for one line; all patterns but those led astray take thousandths."""
UNITS = (
    "1", "a", "A", "Aa", " ", "\n", "-", ".", '"', "1 ", "1,", "a ", "A ", "a, ", "A. ", "a-",
    "a and ", "A and ", "a\u2019s ", "1 and ", "one ", "1.1 ", "10:10 ",
)  # fmt: skip
BEGINNINGS = ("", "<", '"', "(", "1")


def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns that all modules compile, and those that reading the example article uses."""
    found: dict[str, re.Pattern[str]] = {}
    originals: dict[str, Any] = {name: getattr(re, name) for name in USES}

    def recording(name: str) -> Any:
        def use(pattern: Any, *args: Any, **named: Any) -> Any:
            caller = Path(sys._getframe(1).f_code.co_filename)
            if PACKAGE in caller.parents and isinstance(pattern, str):
                flags = args[0] if name == "compile" and args else 0
                found[pattern] = originals["compile"](pattern, named.get("flags", flags))
            return originals[name](pattern, *args, **named)

        return use

    for name in USES:
        setattr(re, name, recording(name))
    for module in pkgutil.walk_packages(factcheck.__path__, "factcheck."):
        importlib.import_module(module.name)
    from factcheck.evaluation.claimchecks import as_passage, check_flags

    text = EXAMPLE.read_text("utf-8")
    check_flags(text, [as_passage(text)])
    for name in USES:
        setattr(re, name, originals[name])
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


def is_led_astray(words: str, pattern: re.Pattern[str]) -> bool:
    """Whether any of the lines takes the pattern long."""
    for line in lines(words):
        began = time.process_time()
        pattern.search(line)
        pattern.fullmatch(line)
        if time.process_time() - began > ASTRAY:
            return True
    return False


def main() -> None:
    """Print how many patterns there are, then those that a line leads astray, one a line."""
    found = patterns()
    print(len(found), flush=True)
    for words, pattern in found.items():
        if is_led_astray(words, pattern):
            print(" ".join(words.split()))


if __name__ == "__main__":
    main()
