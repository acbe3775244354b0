"""'The 19th-century bridge' beside 'finished in 1768'; 'in the 1970s, when we began' beside 1983.

Centuries, decades and periods by name, against the years in which the things of the article were
made, wherever they stand. A period in which any of those years lies is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.checks.findings import Finding
from factcheck.checks.times.days import Day, days
from factcheck.checks.times.ordinals import ORDINAL, nth
from factcheck.checks.times.timeline import DatedLine
from factcheck.records import Span
from factcheck.text.dates import Anchor

_PERIODS = {
    "pre-war": (1700, 1940),
    "prewar": (1700, 1940),
    "post-war": (1944, 1980),
    "postwar": (1944, 1980),
    "inter-war": (1918, 1940),
    "interwar": (1918, 1940),
    "wartime": (1914, 1946),
    "victorian": (1835, 1903),
    "edwardian": (1899, 1916),
    "georgian": (1712, 1838),
    "regency": (1795, 1838),
    "elizabethan": (1555, 1606),
    "jacobean": (1600, 1630),
    "tudor": (1483, 1606),
    "stuart": (1600, 1716),
    "medieval": (450, 1520),
    "mediaeval": (450, 1520),
    "norman": (1040, 1210),
    "renaissance": (1380, 1620),
    "napoleonic": (1795, 1818),
    "soviet-era": (1917, 1992),
    "communist-era": (1917, 1992),
    "colonial-era": (1500, 1980),
    "antebellum": (1780, 1866),
}
_DECADES = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
}
_ERA = re.compile(
    rf"\b(?:(?P<century>{ORDINAL})[- ]century|(?P<period>{'|'.join(_PERIODS)})"
    rf"|(?P<decade>1[5-9]\d0|20\d0)s|(?P<named>(?-i:{'|'.join(w.title() for w in _DECADES)})))\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:built|erected|completed|dates? (?:from|back to)|dated|dating (?:from|back to)|founded"
    r"|painted"
    r"|finished|put up|constructed|written|composed|cast|designed|opened|unveiled|inaugurated"
    r"|commission\w*"
    r"|laid|consecrated|printed|published|carved|signed|switched on|launched|went on (?:the )?air"
    r"|began"
    r"|started|set up|established|created|first (?:ran|stood|used|went|opened|seen"
    r"|shown))\b[^.;\d]{0,70}?$",
    re.IGNORECASE,
)
_WHEN_BEGUN = re.compile(
    r"^,? (?:when|as|that) [^.;]{0,40}?\b(?:first|began|started|founded|opened|built|put up|set up"
    r"|launched|went on (?:the )?air|created|formed)\b",
    re.IGNORECASE,
)
_BUILT_IN = re.compile(
    r"\b(?:built|erected|completed|founded|painted|finished|put up|constructed|written|composed"
    r"|cast"
    r"|designed|opened|dates? (?:from|back to)|dating (?:from|back to)|established"
    r"|created)\b[^.;\d,]{0,40}?"
    r"\b(?:in|from|to|back to) (?:the )?(?:early |late |mid-|middle of the |end of the )*$",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:bridge|hall|house|church|chapel|cathedral|abbey|castle|tower|mill|station|school"
    r"|theatre|theater"
    r"|cinema|baths|pool|building|block|villa|mansion|palace|fort|fortress|mosque|temple"
    r"|synagogue|barn|farm"
    r"|cottage|inn|pub|hotel|hospital|library|museum|factory|warehouse|pier|lighthouse|dam|canal"
    r"|tunnel|viaduct"
    r"|aqueduct|gate|wall|tenement|terrace|estate|convent|monastery|almshouse\w*|painting|picture"
    r"|portrait"
    r"|landscape|panel|altarpiece|fresco|mural|novel|book|play|opera|symphony|manuscript|map"
    r"|statue|sculpture"
    r"|monument|memorial|fountain|organ|bell|clock|ship|vessel|schooner|locomotive|carriage|car"
    r"|manor|workhouse"
    r"|courthouse|jail|prison|barracks|market|exchange|windmill|watermill|brewery|dairy"
    r"|greenhouse|garden|park"
    r"|stadium|ground|arena|pavilion|bandstand|arch|chest|cabinet|table|chair|violin|piano"
    r"|harpsichord)s?\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:style|styled|inspired|site|original|replac\w+|copy|copies|replica|imitation"
    r"|reproduction|pastiche"
    r"|predecessor|not|taken for|once thought|until|rather than|mistaken|later|earlier|another"
    r"|other|revival"
    r"|rebuilt|restored|extension|wing|added|neighbou?ring|beside|next to|foundations|ruins)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:earlier|another|other|second|previous|later|rebuilt|restored|next|wing|extension|added"
    r"|demolished|replaced|moved|reopened|again|converted)\b",
    re.IGNORECASE,
)
_IN_THE = re.compile(
    r"\b(?:in|during|since|until|by|from|of|through|throughout) the (?:\w+ )?$", re.I
)
_SLACK = 1


@dataclass(frozen=True)
class _Era:
    line: DatedLine
    span: Span
    first: int
    last: int


def eras(lines: Sequence[DatedLine], anchor: Anchor | None) -> Iterator[Finding]:
    """Periods that things are said to be of, though they were made in another."""
    found = [era for line in lines for era in _eras(line)]
    dated = days(lines, anchor) if found else []
    made = [day for day in dated if day.when.year and _is_made(day)]
    for era in found:
        fits = [d for d in made if era.first - _SLACK <= (d.when.year or 0) <= era.last + _SLACK]
        if made and not fits:
            day = min(made, key=lambda one: abs(one.line.number - era.line.number))
            said = era.span.of(era.line.text)
            yield Finding(
                era.line.span(era.span),
                day.line.span(day.when.span),
                f"{day.written} is not in what is called '{said}' here.",
                0.75,
            )


def _eras(line: DatedLine) -> Iterator[_Era]:
    for match in _ERA.finditer(line.text):
        rest, before = line.text[match.end() :], line.text[: match.start()]
        around = before[-50:] + " " + rest[:40]
        thing = re.match(r"(?: [\w'-]+){0,2}? (?P<noun>\w+)", rest)
        noun = thing and _THING.search(" " + " ".join(rest.split()[:3]))
        dated = (match["decade"] or match["named"]) and _IN_THE.search(before)
        told = noun and not dated and not re.match(r"[,.;:)]", rest)
        if _OTHER.search(around) or not (
            told or _WHEN_BEGUN.match(rest) or _BUILT_IN.search(before)
        ):
            continue
        years = _years(match)
        if years:
            yield _Era(line, Span(match.start(), match.end()), *years)


def _years(match: re.Match[str]) -> tuple[int, int] | None:
    if match["period"]:
        return _PERIODS[match["period"].casefold()]
    if match["decade"] or match["named"]:
        first = int(match["decade"] or _DECADES[match["named"].casefold()])
        return (first, first + 99) if first % 100 == 0 else (first, first + 9)
    century = nth(match["century"])
    return ((century - 1) * 100, century * 100) if century and 10 < century < 22 else None


def _is_made(day: Day) -> bool:
    before = day.line.text[: day.when.span.start]
    clause = re.split(r"[;:]|, (?:and|but|while) ", before)[-1]
    match = _MADE.search(clause[-130:])
    return match is not None and not _ANOTHER.search(clause[-130:])
