"""Ordinals of birthdays and anniversaries, in figures or words: '110th', 'twenty-fourth'."""

from __future__ import annotations

from factcheck.text.numbers import count_of, ordinal_of

_ONES = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TENTHS = "twentieth|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth"
_NAMED = {"bicentenary": 200, "bicentennial": 200, "centenary": 100, "centennial": 100}
_NAMED |= {"silver jubilee": 25, "golden jubilee": 50, "diamond jubilee": 60}
_NAMED |= {"sesquicentennial": 150, "tercentenary": 300, "quincentenary": 500, "hundredth": 100}
NAMED = "|".join(sorted(_NAMED, key=len, reverse=True))
"""Anniversaries with names of their own, as alternatives of a pattern."""
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|(?:(?:{_TENS})-)?(?:{'|'.join(_ONES)})|{_TENTHS})"
"""Pattern of the ordinals that `nth` reads."""


def nth(words: str) -> int | None:
    """The number of an ordinal or a named anniversary; None for anything else."""
    low = words.casefold()
    known = _NAMED.get(low) or _ONES.get(low) or ordinal_of(low)
    if known or "-" not in low:
        return known
    tens, _, one = low.partition("-")
    return (count_of(tens) or 0) + _ONES[one] if one in _ONES else None
