"""Quantities: a number with its unit, its vagueness, and what it counts.

`quantities` reads numbers with currency, percent signs and units, and the words that make them
vague ('about', 'nearly', 'at least', 'up to', 'between … and …'). `counted` tells from a parse
what a bare number counts. Years and clock times are no quantities; see `factcheck.text.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.records import Span
from factcheck.text.dates import COUNTED
from factcheck.text.folding import readable
from factcheck.text.numbers import Number, numbers

_CURRENCIES = {
    "$": "dollar",
    "us$": "dollar",
    "usd": "dollar",
    "£": "pound",
    "gbp": "pound",
    "€": "euro",
    "eur": "euro",
    "rs": "rupee",
    "rs.": "rupee",
    "¥": "yen",
    "₹": "rupee",
}
_UNITS = {
    "percent": "percent,per cent,%,pc(?!\\w)",
    "light year": "light[- ]years?",
    "pence": "pence,p(?!\\.?m)",
    "point": "percentage points?,percentage-points?,points?,pp",
    "basis point": "basis points?",
    "dollar": "dollars?,us dollars?,usd,\\$(?!\\d)",
    "euro": "euros?,eur,€(?!\\d)",
    "pound": "pounds?,gbp,£(?!\\d)",
    "cent": "cents?",
    "rouble": "roubles?,rubles?",
    "yen": "yen",
    "crown": "crowns?,kronor,kroner,krona,krone",
    "franc": "francs?",
    "rupee": "rupees?",
    "kilometre": "kilometres?,kilometers?,km",
    "metre": "metres?,meters?",
    "centimetre": "centimetres?,centimeters?,cm",
    "millimetre": "millimetres?,millimeters?,mm",
    "mile": "miles?",
    "foot": "feet,foot",
    "tonne": "tonnes?,tons?",
    "kilogram": "kilograms?,kilogrammes?,kilos?,kg",
    "gram": "grams?,grammes?,g(?=[\\s,.;)])",
    "milligram": "milligrams?,milligrammes?,mg",
    "microgram": "micrograms?,microgrammes?,mcg,\u00b5g",
    "square kilometre": "square kilometres?,square kilometers?,sq km,km2,km\u00b2",
    "square metre": "square metres?,square meters?,sq m,m2,m\u00b2",
    "square mile": "square miles?,sq miles?",
    "hectare": "hectares?,ha",
    "acre": "acres?",
    "litre": "litres?,liters?",
    "millilitre": "millilitres?,milliliters?,ml",
    "kilowatt": "kilowatts?,kw",
    "barrel": "barrels?",
    "megawatt": "megawatts?,mw",
    "gigawatt": "gigawatts?,gw",
    "degree": "degrees?(?: (?:celsius|fahrenheit))?,\u00b0[cf]",
    "year": "years?,years?-old,years? old",
    "month": "months?",
    "week": "weeks?",
    "day": "days?",
    "hour": "hours?",
    "minute": "minutes?",
    "second": "seconds",
    "decade": "decades?",
}
MONEY = frozenset("dollar euro pound rouble yen crown franc rupee".split())
TIME_UNITS = frozenset("year month week day hour minute second decade".split())
_SIZES = {  # how many of the first unit of its family one of them makes
    "millimetre": ("metre", 0.001),
    "centimetre": ("metre", 0.01),
    "metre": ("metre", 1.0),
    "foot": ("metre", 0.3048),
    "kilometre": ("metre", 1000.0),
    "mile": ("metre", 1609.344),
    "microgram": ("kilogram", 1e-9),
    "milligram": ("kilogram", 1e-6),
    "gram": ("kilogram", 0.001),
    "kilogram": ("kilogram", 1.0),
    "tonne": ("kilogram", 1000.0),
    "square metre": ("hectare", 0.0001),
    "acre": ("hectare", 0.4047),
    "hectare": ("hectare", 1.0),
    "square kilometre": ("hectare", 100.0),
    "square mile": ("hectare", 259.0),
    "millilitre": ("litre", 0.001),
    "litre": ("litre", 1.0),
    "kilowatt": ("megawatt", 0.001),
    "megawatt": ("megawatt", 1.0),
    "gigawatt": ("megawatt", 1000.0),
}
_UNIT = re.compile(
    "[ -]?(?:of a |of one |a )?(?:"
    + "|".join(
        f"(?P<{name.replace(' ', '_')}>(?:{forms.replace(',', '|')})"
        + (")" if name == "percent" else r")(?!\w)")
        for name, forms in sorted(_UNITS.items(), key=lambda item: -len(item[1]))
    )
    + ")",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r"(?:(?:us\$|a\$|c\$|[$£€¥₹]) ?|\b(?:usd|gbp|eur) |\brs\.? ?)$", re.IGNORECASE
)
_VAGUE = {
    "about": "about around roughly approximately some circa nearly_enough an_estimated close_to"
    " in_the_region_of or_so",
    "under": "almost nearly just_under close_on just_short_of not_quite a_little_under"
    " slightly_less_than",
    "over": "more_than over above upwards_of just_over well_over in_excess_of a_little_over"
    " slightly_more_than exceeding",
    "least": "at_least no_fewer_than no_less_than not_fewer_than not_less_than a_minimum_of",
    "most": "up_to at_most no_more_than not_more_than not_exceeding as_many_as fewer_than less_than"
    " under below a_maximum_of as_much_as",
}
_VAGUE_WORDS = {
    words.replace("_", " "): bound for bound, listed in _VAGUE.items() for words in listed.split()
}
_BEFORE = re.compile(
    rf"\b({'|'.join(sorted(_VAGUE_WORDS, key=len, reverse=True))})"
    r"(?: an?)?(?: estimated)?(?: (?:the|its|their|another))? ?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r" or (?P<what>so|more|fewer|less)\b", re.IGNORECASE)
_RANGE = re.compile(r"^(?: to | and |-|\u2013| or )$", re.IGNORECASE)
_RATES = re.compile(r"^ (?:a|an|per|each|every) (?!half\b)\w+", re.IGNORECASE)
_MONTH = (
    r"(?:jan|febr?|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ch|il|ust|ember|tember"
    r"|ober)?\.?"
)
_DATE_AFTER = re.compile(
    rf"^(?:(?:-| to | and | or )\d{{1,2}})?(?:st|nd|rd|th)?(?: of)? {_MONTH}(?!\w)", re.IGNORECASE
)
_DATE_BEFORE = re.compile(rf"(?<!\w){_MONTH} (?:\d{{1,2}}-)?$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:1[4-9]|20)\d{2}[-\u2013](?:\d{2}-)?$")
"""Before '45' in '1939-45' and the parts of '2023-12-05'."""
_COUNTED = re.compile(rf" (?:{COUNTED})\b", re.IGNORECASE)
_IN = re.compile(r"\bin $", re.IGNORECASE)
_CLOCK = re.compile(r"^(?:[.:]\d{2})? ?(?:am|pm|a\.m|p\.m|o'clock|gmt)\b|^[:/]\d", re.IGNORECASE)
_AT_TIME = re.compile(
    r"\b(?:at|by|until|from|before|after) (?:[01]?\d|2[0-3])\.[0-5]\d$", re.IGNORECASE
)
_CODE_BEFORE = re.compile(
    r"(?:\bno\. ?|\bnumber |#|\barticle |\bresolution |\bsection |\bchapter |\bpage |\bflight "
    r"|\bround |\bday |\bphase |[:/])$",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"[$£€] ?\d[\d.,]*(?: to |-|\u2013)$")
"""Before '5m' in '$3-5m'."""
_DEGREES = re.compile(r"[CF](?!\w)")
"""Right behind a number: '31.4C'."""
_METRES = re.compile(r"\dm$", re.IGNORECASE)
"""'200m' without a currency sign: metres or millions, nobody can tell."""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, as the text gives it."""

    span: Span
    """From the currency sign or number to the unit; without the words that make it vague."""
    number: Span
    """The number alone."""
    low: float
    """Its value, or the lower end of a range, in `unit`."""
    high: float
    """The upper end; the same as `low` where there is no range."""
    step: float
    """Unit of the last significant digit."""
    bound: str
    """`exact`, `about`, `under` (nearly), `over`, `least` or `most`."""
    unit: str
    """`percent`, `point`, a currency, a measure; empty for a bare number, which counts things."""
    kind: str
    """As in `Number.kind`: `digits`, `words`, `fraction` or `many`."""
    rate: str = ""
    """What it is per ('a year', 'per head'), as written; empty for a plain amount."""

    @property
    def value(self) -> float:
        """The value, or the middle of the range."""
        return (self.low + self.high) / 2

    @property
    def interval(self) -> tuple[float, float]:
        """The values it leaves open: rounding, vagueness and range taken together."""
        low, high = self.low, self.high
        slack = self.step / 2 if self.step != 1 or high >= 100 else 0.0
        if self.kind == "many":
            return low, self.step * 1000
        if self.bound == "about":
            slack = max(slack, 0.1 * high)
        if self.bound == "under":
            return min(low * 0.9, low - slack), high + slack
        if self.bound in {"over", "least"}:
            return low - slack, float("inf")
        if self.bound == "most":
            return 0.0, high + slack
        return low - slack, high + slack


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether both can be true of one thing: one unit (or family of units), values that meet."""
    if one.unit != other.unit:
        first, second = _SIZES.get(one.unit), _SIZES.get(other.unit)
        if not first or not second or first[0] != second[0]:
            return False
        one, other = _scaled(one, first[1] * 0.97), _scaled(other, second[1])
        one = replace(one, bound="about" if one.bound == "exact" else one.bound)
    (low, high), (other_low, other_high) = one.interval, other.interval
    near = 1e-9 * max(abs(one.high), abs(other.high))
    return low <= other_high + near and other_low <= high + near


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether the two measure in one unit or in units of one family."""
    return family(one.unit) == family(other.unit) and "many" not in {one.kind, other.kind}


def family(unit: str) -> str:
    """The unit by which those of one kind are told: 'metre' for kilometres and miles."""
    return _SIZES.get(unit, (unit, 1.0))[0]


def size_of(unit: str) -> float:
    """How many of the unit of its family one of a unit makes."""
    return _SIZES.get(unit, (unit, 1.0))[1]


def scaled(quantity: Quantity) -> float:
    """The value in the unit of its family."""
    return quantity.value * size_of(quantity.unit)


def quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, in order; ranges are one quantity.

    Left out: years, dates, clock times, ordinals, codes such as 'No. 7', and 'one' as a pronoun.
    """
    folded = readable(text)
    found = [
        _quantity(folded, number) for number in numbers(text) if not _other_number(folded, number)
    ]
    return list(_ranges(folded, found))


def _scaled(quantity: Quantity, by: float) -> Quantity:
    return replace(
        quantity, low=quantity.low * by, high=quantity.high * by, step=quantity.step * by
    )


def _other_number(text: str, number: Number) -> bool:
    """Whether the number is part of a date, a time or a code, or no number at all ('one of')."""
    start, end = number.span.start, number.span.end
    before, after = text[max(0, start - 16) : start], text[end : end + 24]
    written = number.span.of(text)
    if _DATE_AFTER.match(after) or _DATE_BEFORE.search(before) or _CLOCK.match(after):
        return number.value < 2100 and number.kind == "digits"
    if _AT_TIME.search(before + written) and not _UNIT.match(after):
        return True
    if written.isdigit() and len(written) == 2 and _YEAR_BEFORE.search(before):
        return True
    money = _CURRENCY.search(before) or _MONEY_BEFORE.search(before)
    if not money and (_is_year(before, written, after) or _METRES.search(written)):
        return True
    if _CODE_BEFORE.search(before):
        return True
    return written.casefold() == "one" and not _UNIT.match(after)


def _is_year(before: str, written: str, after: str) -> bool:
    counts = _COUNTED.match(after) and not _IN.search(before)
    return (
        not counts
        and len(written) == 4
        and written.isdigit()
        and 1400 <= int(written) < 2100
        and not _UNIT.match(after)
    )


def _quantity(text: str, number: Number) -> Quantity:
    start, end = number.span.start, number.span.end
    unit = ""
    money = _CURRENCY.search(text[max(0, start - 4) : start])
    measure = _UNIT.match(text[end : end + 24])
    if money:
        start -= len(money.group())
        unit = _CURRENCIES.get(money.group().strip().casefold(), "dollar")
    elif measure and measure.lastgroup:
        end += measure.end()
        unit = measure.lastgroup.replace("_", " ")
    elif number.kind == "digits" and _DEGREES.match(text, end):
        end, unit = end + 1, "degree"
    rate = _RATES.match(text[end : end + 24])
    return Quantity(
        span=Span(start, end),
        number=number.span,
        low=number.value,
        high=number.value,
        step=number.step,
        bound=_bound(text, start, end, unit),
        unit=unit,
        kind=number.kind,
        rate=rate.group().split()[-1].lower() if rate else "",
    )


def _bound(text: str, start: int, end: int, unit: str) -> str:
    before = _BEFORE.search(text[max(0, start - 40) : start])
    if before and not (unit in TIME_UNITS and before[1].lower() == "over"):  # 'over two years'
        return _VAGUE_WORDS[" ".join(before[1].lower().split())]
    after = _AFTER.match(text[end : end + 12])
    if after:
        return {"so": "about", "more": "least"}.get(after["what"].lower(), "most")
    return "exact"


def _ranges(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities with '14 to 20' and 'between 14 and 20 percent' each made one."""
    waiting: Quantity | None = None
    for quantity in found:
        if waiting and _is_range(text, waiting, quantity):
            low = waiting.low * (quantity.step if _shares_scale(waiting, quantity) else 1.0)
            yield replace(
                quantity,
                span=Span(waiting.span.start, quantity.span.end),
                number=Span(waiting.number.start, quantity.number.end),
                low=low,
                bound=waiting.bound,
                unit=quantity.unit or waiting.unit,
            )
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = quantity
    if waiting:
        yield waiting


def _shares_scale(one: Quantity, other: Quantity) -> bool:
    """Whether '14' in '14 to 20 million' means 14 million."""
    return one.high < other.high / 1000 and other.step >= 1000


def _shared_sign(one: Quantity, other: Quantity) -> bool:
    """Whether the sign in '$3-5' or '$3 to 5 million' stands for both."""
    signed = one.span.start < one.number.start and one.span.end == one.number.end
    hyphened = other.span.start == one.span.end + 1
    return signed and not other.unit and (hyphened or _shares_scale(one, other))


def _is_range(text: str, one: Quantity, other: Quantity) -> bool:
    between = text[one.span.end : other.span.start]
    if not _RANGE.match(between):
        return False
    if one.unit not in {"", other.unit} and not _shared_sign(one, other):
        return False
    if other.low <= one.high and not _shares_scale(one, other):
        return False
    lead = text[max(0, one.span.start - 10) : one.span.start].casefold()
    if between.casefold() == " and ":
        return lead.endswith("between ")
    if between.casefold() == " to ":
        return not lead.endswith("from ") and one.kind == other.kind
    return True
