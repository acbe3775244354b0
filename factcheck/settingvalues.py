"""Values of settings: what each type takes, and how a value is written."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

A_DAY = "2021-12-31"
"""A day as it is to be written."""
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
"""Days before and after a date must be dates as well."""


def convert(kind: str, value: Any) -> Any:
    """The value as the type that a field is annotated with, from a flag, a variable or TOML.

    Raises:
        TypeError, ValueError: it cannot be; the message says what is taken.
    """
    return _CONVERTERS[kind](value)


def day(value: str) -> str:
    """The day as YYYY-MM-DD, from any form of ISO 8601.

    Raises:
        ValueError: it is none, or of a year that no article and no reference is from.
    """
    try:
        read = dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"it takes a date such as {A_DAY}") from None
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise ValueError(f"it takes a date of the years {_FIRST_YEAR} to {_LAST_YEAR}")
    return read.isoformat()


def shown(value: Any) -> str:
    """The value as it is written in TOML."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if not isinstance(value, str):
        raise TypeError("it takes text")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("it takes a number")
    try:
        return float(value)
    except (ValueError, OverflowError):
        raise ValueError("it takes a number") from None


def _whole(value: Any) -> int:
    number = _number(value)
    if not number.is_integer():
        raise ValueError("it takes a whole number")
    return int(number)


def _yes_or_no(value: Any) -> bool:
    found = value if isinstance(value, bool) else _ANSWERS.get(str(value).casefold())
    if found is None:
        raise TypeError("it is true or false")
    return found


def _names(value: Any) -> tuple[str, ...]:
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise TypeError("it takes a list of names")
    return tuple(name.strip() for name in listed if name.strip())


_ANSWERS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_CONVERTERS = {
    "bool": _yes_or_no,
    "str": _text,
    "str | None": _text,
    "int": _whole,
    "float": _number,
    "tuple[str, ...]": _names,
}
