"""Numbers as news text writes them: digits, words, scales, fractions, dozens and scores.

A small grammar of our own over folded text, so that offsets stay exact: '48,000', 'twenty-two',
'1.5m', 'half a million', 'two and a half billion', 'three dozen', 'two-thirds', 'one in five'.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.records import Span
from factcheck.text.folding import readable

_REMEMBERED = 4_096
"""Texts whose numbers are kept: checks ask for those of the same sentences many times."""
_ONES = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: number * 10
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
UP_TO_TWELVE = "|".join(list(_ONES)[1:13])
"""Pattern of the numbers from one to twelve in words."""
FROM_TEN_ON = rf"(?:{'|'.join(_TENS)})(?:-\w+)?|\w+teen|ten|eleven|twelve"
"""Pattern of the numbers from ten to ninety-nine in words, such as ages."""
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "score": 20.0,
    "lakh": 1e5,
    "crore": 1e7,
}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_MONEY_SCALES = {"b": 1e9, "t": 1e12}
"""Read after a currency sign only: '$4B', but not 'annex 4b'."""
_ROUND_ORDINALS = {"tenth": 10, "hundredth": 100}
_ROUND_ORDINALS |= {f"{word[:-1]}ieth": number for word, number in _TENS.items()}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
ROUND_ORDINALS = "|".join(_ROUND_ORDINALS)
"""Pattern of the ordinals of tens that `ordinal_of` reads."""
_FRACTIONS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_WRITTEN_PARTS = {"1/2": 1 / 2, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 1 / 4, "3/4": 3 / 4}
_WRITTEN_PARTS |= {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4}
_MULTIPLES = {"tens": 10, "hundreds": 100, "thousands": 1000}
_ONE = "|".join(sorted(_ONES, key=len, reverse=True))
_TEN = "|".join(_TENS)
_SCALE = "|".join(_SCALES)
_PART = "|".join(_FRACTIONS)
# Thousands are parted by commas, in India lakhs too ('1,20,000'), or by spaces ('10 000').
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?: \d{3})* 000(?!\d)|\d+(?:\.\d+)?"
)
_SMALL = rf"(?:(?:{_TEN})(?:[- ](?:{_ONE}))?|(?:{_ONE}))"
_WORDS = rf"(?:{_SMALL}|a)(?: (?:hundred|thousand)(?: and)?(?: {_SMALL})?)+|{_SMALL}"
_UNIT = re.compile(r"(?:pc|p|km|cm|mm|kg|ha|[CF])(?!\w)")
"""Units that are written without a space after a number."""
_GOES_ON = re.compile(r"[.,]\d")
_SIGN_BEFORE = re.compile(r"[$£€¥₹] ?$")
# After these 'a third' is a part and not the third of a row ('a third week').
_NO_ORDINAL = (
    r"s?(?: (?:of|more|less|fewer|higher|lower|larger|smaller|as|in|since|on|from|to)\b|[^\w -]|$)"
)
# 'One in five' is a share, 'one in five years' a rate of events, 'one in 2014' neither.
_SHARE = (
    rf"(?:one|1)[- ](?:in|out of)[- ](?:every )?(?P<of>(?:{_SMALL}|\d{{1,3}}(?:,\d{{3}})?)"
    r"(?![\w,.]?\d)(?!\w|[- ](?:year|month|week|day|hour|minute|second|decade|million|billion)))"
)
_NO_SCORE = rf"(?!a score(?! of (?!\d|(?:{_TEN}|{_ONE})\b)))"
"""'A score of people' is twenty; 'a score of 3-2' and 'a score against Chelsea' are none."""
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:"
    rf"(?P<share>{_SHARE})"
    rf"|(?P<half_scale>(?:half an? |a half[- ])(?P<hs>{_SCALE})(?!\w))"
    rf"|(?P<fraction>(?:(?P<top>a|an|one|two|three|four|five|six|seven|eight|nine)[- ])?"
    rf"(?P<part>(?<!first )(?<!second )(?:half(?!-time)|quarter|(?:{_PART})(?={_NO_ORDINAL})))"
    rf"s?(?!\w|[- ]?\d))"
    rf"|(?P<written>[½⅓⅔¼¾]|(?:1/[234]|2/3|3/4)(?= of\b))"
    rf"|(?P<plain>(?P<digits>{_DIGITS})"
    rf"(?:(?P<short>[kmbt]| ?(?:bn|mn|tn))(?!\w)"
    rf"|(?P<rest>[½⅓⅔¼¾]| (?:1/[234]|2/3|3/4)(?![\w/])))?"
    rf"|(?P<words>{_WORDS})(?P<spoken> point(?: (?:{_ONE}))+)?(?!\w))"
    rf"(?P<and_half> and a half)?(?:[- ](?P<scale>{_SCALE})s?(?!\w))?"
    rf"|(?P<a_scale>(?:{_NO_SCORE}a (?P<as>{_SCALE})(?P<as_half> and a half)?"
    rf"|(?:the|its|their) (?P<dozen>dozen))(?!\w))"
    rf"|(?:(?P<times>{'|'.join(_MULTIPLES)}) of )?"
    rf"(?P<plural>(?:dozens|scores|hundreds|thousands|millions|billions)(?!\w))"
    rf")",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A number as written."""

    span: Span
    """Where it stands, in code points of the text it was read from."""
    value: float
    """What it says; for 'dozens' or 'hundreds' the least that it says."""
    step: float
    """Unit of its last significant digit: 1,000 for 48,000, 0.1 for 3.4, 1 for 'eleven'."""
    kind: str
    """`digits`, `words`, `fraction` (of a whole), or `many` ('dozens': two or more of them)."""


def numbers(text: str) -> Iterator[Number]:
    """The numbers in `text`, in order. Ordinals ('third place', '3rd') are none."""
    return iter(_numbers(text))


@functools.lru_cache(_REMEMBERED)
def _numbers(text: str) -> tuple[Number, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(readable(text)):
        number = _number(match)
        if number and not _glued(text, match):
            yield number


def number_word(word: str) -> int | None:
    """The value of one word such as 'eleven'; None if it is no number below a hundred."""
    low = word.casefold()
    if low in _ONES or low in _TENS:
        return _ONES.get(low, _TENS.get(low))
    tens, _, ones = low.partition("-")
    return _TENS[tens] + _ONES[ones] if tens in _TENS and ones in _ONES else None


def in_words(count: int) -> str:
    """'six' for 6; in digits from 21 on."""
    words = (*_ONES, "twenty")
    return words[count] if count < len(words) else str(count)


def count_of(word: str) -> int | None:
    """A whole number in digits, or in one word as `number_word` reads it."""
    return int(word) if word.isdigit() else number_word(word)


def ordinal_of(word: str) -> int | None:
    """'52nd' as 52, 'fiftieth' as 50; None for other words, and for those between the tens."""
    low = word.casefold()
    written = _ORDINAL.fullmatch(low)
    return int(written[1]) if written else _ROUND_ORDINALS.get(low)


def _glued(text: str, match: re.Match[str]) -> bool:
    """Whether the number is part of a word or a code, such as '3rd', '1990s' or '3.11.2'."""
    if match["digits"] and _GOES_ON.match(text, match.end()):
        return True
    if (match["short"] or "").lower() in _MONEY_SCALES:
        return not _SIGN_BEFORE.search(text, max(0, match.start() - 2), match.start())
    after = text[match.end() : match.end() + 1]
    return (after.isalnum() or after == "_") and not _UNIT.match(text, match.end())


def _number(match: re.Match[str]) -> Number | None:
    span = Span(match.start(), match.end())
    if match["share"] or match["written"]:
        return _share(match, span)
    if match["half_scale"]:
        scale = _SCALES[match["hs"].lower()]
        return Number(span, scale / 2, scale / 10, "words")
    if match["fraction"]:
        return _fraction(match, span)
    if match["a_scale"]:
        scale = _SCALES[(match["as"] or match["dozen"]).lower()]
        half = 1.5 if match["as_half"] else 1.0
        return Number(span, scale * half, 1.0 if scale < 100 else scale, "words")
    if match["plural"]:
        singular = match["plural"].lower()[:-1]
        scale = _SCALES[singular] * _MULTIPLES.get((match["times"] or "").lower(), 1)
        return Number(span, 2 * scale, scale, "many")
    return _plain(match, span)


def _share(match: re.Match[str], span: Span) -> Number | None:
    """'One in five' as a fifth, '1/3' as a third."""
    if match["written"]:
        return Number(span, _WRITTEN_PARTS[match["written"]], 0.02, "fraction")
    written = match["of"]
    of = number_word(written) or int(re.sub(r"\D", "", written) or 0)
    return Number(span, 1 / of, min(0.02, 0.1 / of), "fraction") if of > 1 else None


def _fraction(match: re.Match[str], span: Span) -> Number | None:
    """A fraction; a bare 'third' or 'tenth' is an ordinal, only a bare 'half' is one."""
    part, top = match["part"].lower(), (match["top"] or "").lower()
    if not top and part != "half":
        return None
    upper = 1 if top in {"", "a", "an"} else _ONES[top]
    if upper > 1 and not match["fraction"].lower().endswith("s"):
        return None
    value = upper / _FRACTIONS[part]
    return Number(span, value, 0.02, "fraction") if value < 1 else None


def _plain(match: re.Match[str], span: Span) -> Number:
    scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
    short = (match["short"] or "").strip().lower()
    scale *= (_SHORT_SCALES | _MONEY_SCALES).get(short, 1.0)
    if match["digits"]:
        value, step = _digits(match["digits"])
    else:
        value, step = _spoken(match["words"], match["spoken"] or "")
    if match["and_half"]:
        value, step = value + 0.5, 0.1
    if match["rest"]:
        value, step = value + _WRITTEN_PARTS[match["rest"].strip()], 0.1
    if scale == 1.0 and step == 1.0:
        step = _last_digit(value)
    kind = "digits" if match["digits"] else "words"
    return Number(span, value * scale, step * scale if scale not in {12.0, 20.0} else 1.0, kind)


def _digits(written: str) -> tuple[float, float]:
    _, _, decimals = written.partition(".")
    return float(re.sub("[, ]", "", written)), 10.0 ** -len(decimals)


def _spoken(words: str, decimals: str) -> tuple[float, float]:
    """'Three point five' as 3.5, with the unit of its last digit."""
    digits = "".join(str(_ONES[word]) for word in decimals.casefold().split()[1:])
    return float(f"{_words(words)}.{digits or 0}"), 10.0 ** -len(digits)


def _last_digit(value: float) -> float:
    """Unit of the last digit that is not zero, for whole numbers from 100 up; else 1."""
    step = 1.0
    while value >= 100 and value % (step * 10) == 0:
        step *= 10
    return step


@functools.cache
def _words(written: str) -> int:
    total = current = 0
    for word in re.split(r"[- ]", written.casefold()):
        if word in {"and", ""}:
            continue
        if word == "hundred":
            current = max(current, 1) * 100
        elif word == "thousand":
            total, current = total + max(current, 1) * 1000, 0
        else:
            current += 1 if word == "a" else _ONES.get(word, _TENS.get(word, 0))
    return total + current
