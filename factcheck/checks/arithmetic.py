"""Sums that do not come out: totals and parts, shares, changes, ranges of votes, counted lists.

Each rule is a pattern of words around the figures of one sentence and the arithmetic they claim.
A rule speaks only where the words say how the figures belong together; rounding is no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.checks.figures import FIGURE, Figure, Finding, Line, as_written, show, slip
from factcheck.records import Span
from factcheck.text.numbers import number_word
from factcheck.text.quantities import TIME_UNITS, Quantity

_GAP = r"[^\u27e6\u27e7.;:!?]{0,90}?"
_JOINED = re.compile(
    rf"{FIGURE}{_GAP}\b(?:join(?:s|ed|ing)?|add(?:s|ed|ing)? to|on top of|plus|as well as|and)\b"
    rf"{_GAP}{FIGURE}{_GAP}\b(?:takes?|taking|took|brings?|bringing|brought|makes?|making|made"
    rf"|raises?|raising|raised|giv(?:es|ing)|a total of|in total|totall?ing|altogether|combined)\b"
    rf"{_GAP}{FIGURE}",
    re.IGNORECASE,
)
_INTO_PARTS = re.compile(
    r"^[^\u27e6\u27e7]{0,60}?(?:[,:(\u2013\u2014]| - | made up of| consisting of| comprising"
    r"| divided into| split between| split into)\s*(?:of (?:them|which|whom),?\s*|namely\s*"
    r"|that is,?\s*|about\s*|some\s*)?$",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:includ\w+|among|such as|more than|with|against|up from|down from|compared|from"
    r"|after|since|than|or|but|an? increase|an? rise|an? fall|average|each)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"^,? (?P<word>[a-z]+)", re.IGNORECASE)
_PREPOSITIONS = frozenset("from in at for to on by of against".split())
_PAIRS = (
    {"men", "women"},
    {"boys", "girls"},
    {"adults", "children"},
    {"killed", "wounded"},
    {"dead", "injured"},
    {"male", "female"},
)
_OF_THE = re.compile(rf"\b(?:out )?of (?:the |all |its |their )?{FIGURE}", re.IGNORECASE)
_VOTES = re.compile(
    rf"\b(?:vot\w+|ruled|split|decided|by){_GAP}{FIGURE}(?: votes)?(?: to |-){FIGURE}"
)
_PANEL = re.compile(r"\b(?P<size>[\w-]+?)[- ](?:member|strong|judge|seat|person)\b", re.IGNORECASE)


def sums(line: Line) -> Iterator[Finding]:
    """Totals that their parts, named in the same sentence, do not make."""
    for match in _JOINED.finditer(line.mask):
        first, second, total = (line.figures[int(index)] for index in match.groups())
        if _like(first, second, total):
            yield from _compare(line, [first, second], total, 0.9)
    for at, total in enumerate(line.figures):
        parts = _parts(line, at)
        if parts:
            yield from _compare(line, parts, total, 0.85)


def shares(line: Line) -> Iterator[Finding]:
    """'51 of the 63, 61 per cent': shares that the two counts do not make."""
    for match in _OF_THE.finditer(line.mask):
        whole = int(match[1])
        taken = _taken(line, whole, match)
        said = _said(line, whole, taken) if taken is not None else None
        if taken is not None and said is not None:
            yield from _share(line, line.figures[taken], line.figures[whole], line.figures[said])


def votes(line: Line) -> Iterator[Finding]:
    """More votes than the panel has members: 'the nine-member board voted 6 to 4'."""
    for match in _VOTES.finditer(line.mask):
        yes, no = (line.figures[int(index)] for index in match.groups())
        for panel in _PANEL.finditer(line.text):
            written = panel["size"]
            size = int(written) if written.isdigit() else number_word(written) or 0
            cast = yes.quantity.value + no.quantity.value
            if 2 < size < cast <= 2 * size:
                where = Span(panel.start(), panel.end()).shifted(line.parsed.span.start)
                yield Finding(
                    line.span(yes, no),
                    where,
                    f"{show(yes.quantity.value)} and {show(no.quantity.value)} make {show(cast)}"
                    f" votes, more than there are members ({size}).",
                    0.8,
                )


def _like(*figures: Figure) -> bool:
    """Whether all are of one unit, and of one noun as far as nouns are said; no part of time."""
    units = {figure.quantity.unit for figure in figures}
    usable = all(figure.quantity.kind in {"digits", "words"} for figure in figures)
    return len(units) == 1 and usable and not units & (TIME_UNITS | {"percent", "point"})


def _compare(
    line: Line, parts: Sequence[Figure], total: Figure, confidence: float
) -> Iterator[Finding]:
    low = sum(part.quantity.interval[0] for part in parts)
    high = sum(part.quantity.interval[1] for part in parts)
    value = sum(part.quantity.value for part in parts)
    least, most = _total_interval(total.quantity, value)
    if low <= most and least <= high:
        return
    if not 0.5 < value / max(total.quantity.value, 1e-9) < 2:
        confidence -= 0.3
    words = line.words(total)
    shown = " and ".join(line.words(part) for part in parts)
    yield Finding(
        line.span(total),
        line.span(*parts),
        f"{shown} make {show(value)}, not {words}.",
        confidence,
        as_written(value, words),
    )


def _total_interval(total: Quantity, value: float) -> tuple[float, float]:
    """What a total leaves open; 'roughly' allows three percent here, for the parts are known."""
    low, high = total.interval
    if total.bound == "about":
        slack = max(total.step / 2, 0.03 * value)
        return total.low - slack, total.high + slack
    return low, high


def _parts(line: Line, at: int) -> list[Figure]:
    """The figures after the one numbered `at` that are listed as its parts; none if not sure."""
    pieces = re.split(FIGURE, line.mask)[::2]  # pieces[i] stands before figure i
    if at + 2 >= len(line.figures) or not _INTO_PARTS.match(pieces[at + 1]):
        return []
    if _NOT_ALL.search(pieces[at + 1]) or _is_item(pieces[at + 1], pieces[at + 2]):
        return []
    end = at + 2
    while end < len(line.figures) and _goes_on(pieces[end]):
        end += 1
        if " and " in pieces[end - 1]:
            break
    parts = list(line.figures[at + 1 : end])
    closed = len(parts) > 1 and " and " in f" {pieces[end - 1].strip()} "
    whole = [pieces[number + 1] for number in range(at + 1, end)]
    if not closed or not _like(line.figures[at], *parts) or not _same_kind(whole):
        return []
    return parts if _nouns_agree(line.figures[at], parts) else []


def _is_item(piece: str, after: str) -> bool:
    """Whether the supposed total is itself an item of the list ('38 on Friday, 16 on …')."""
    part = _PART.match(after)
    return bool(part and re.search(rf"\b{part['word']}\b", piece, re.IGNORECASE))


def _goes_on(piece: str) -> bool:
    return len(piece) < 60 and bool(re.search(r",| and ", piece)) and not _clause_like(piece)


def _clause_like(piece: str) -> bool:
    return bool(re.search(r"[.;:?!]|\b(?:while|who|which|when|said|says|was|were|is|are)\b", piece))


def _same_kind(following: Sequence[str]) -> bool:
    """Whether each part is followed by the same preposition, or the parts are a known pair."""
    words = [match["word"].casefold() if (match := _PART.match(f)) else "" for f in following]
    if len(set(words)) == 1 and words[0] in _PREPOSITIONS:
        return True
    return any(set(words) == pair for pair in _PAIRS)


def _nouns_agree(total: Figure, parts: Sequence[Figure]) -> bool:
    nouns = {part.noun for part in parts if part.noun}
    return len(parts) > 1 and (not nouns or nouns == {total.noun} or len(nouns) == len(parts))


def _taken(line: Line, whole: int, match: re.Match[str]) -> int | None:
    """Number of the count that is taken out of the whole: before 'of the 63', or after it."""
    before = line.mask[: match.start()].rstrip()
    if before.endswith("\u27e7") and whole:
        return whole - 1
    leads = re.fullmatch(r"(?:.*[,;] )?|.*[.\u201c\"] ?", before + " ") or not before
    following = whole + 1
    if (not before or leads) and following < len(line.figures):
        return following
    return None


def _said(line: Line, whole: int, taken: int) -> int | None:
    """Number of the percentage or fraction that the sentence gives for that share."""
    after = max(whole, taken) + 1
    if after < len(line.figures):
        between = _between(line, after - 1, after)
        quantity = line.figures[after].quantity
        is_share = quantity.unit == "percent" or (quantity.kind == "fraction" and not quantity.unit)
        apart = r"[^;.]{0,40}?(?:,|\(| - |\u2013|\u2014|\bor|which is|equal to)\s*(?:or |or just )?"
        if is_share and re.fullmatch(rf"{apart}(?:\w+ ){{0,2}}", between):
            return after
    return None


def _between(line: Line, one: int, other: int) -> str:
    figures = line.figures
    return line.text[figures[one].quantity.span.end : figures[other].quantity.span.start]


def _share(line: Line, taken: Figure, whole: Figure, said: Figure) -> Iterator[Finding]:
    part, all_of = taken.quantity, whole.quantity
    if part.unit or all_of.unit or not 0 < part.value <= all_of.value:
        return
    percent = said.quantity.unit == "percent"
    share = part.value / all_of.value * (100 if percent else 1)
    slack = max(said.quantity.step * 0.55, 0.55) if percent else 0.04
    if said.quantity.bound != "exact":
        slack = max(slack, 4.0 if percent else 0.08)
    if said.quantity.low - slack <= share <= said.quantity.high + slack:
        return
    words = line.words(said)
    right = f"{show(round(share, 1))} percent" if percent else f"{show(share * 100)} percent"
    yield Finding(
        line.span(said),
        line.span(taken, whole),
        f"{line.words(taken)} of {line.words(whole)} is {right}, not {words}.",
        0.9 if slip(said.quantity.value, round(share)) or said.quantity.bound == "exact" else 0.7,
        as_written(round(share), words) if percent else None,
    )


def changes(line: Line) -> Iterator[Finding]:
    """Changes stated with both ends: by how much, and up or down."""
    for match in _FROM_TO.finditer(line.mask):
        start, end = (line.figures[int(match[name])] for name in ("start", "end"))
        if start.quantity.unit not in {"", end.quantity.unit} or start.quantity.unit in TIME_UNITS:
            continue
        yield from _direction(line, match, start, end)
        yield from _amount(line, match, start, end)


_UP = (
    r"ris(?:e|es|ing|en)|rose|grow(?:s|n|ing|th)?|grew|increas\w+|climb\w*|jump\w*|surg\w+|gain\w*"
    r"|soar\w*|rais(?:e|es|ed|ing)|swell\w*|swollen|doubl\w+|trebl\w+|tripl\w+|quadrupl\w+|up"
)
_DOWN = (
    r"fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin\w+|shr(?:ink|ank|unk)\w*|cut(?:s|ting)?"
    r"|reduc\w+|slid\w*|slump\w*|plung\w+|lower(?:s|ed|ing)|decreas\w+|slip(?:s|ped)?|halv\w+|down"
    r"|dwindl\w+|sank|sunk"
)
_DASHES = "\u2013\u2014"
_FROM_TO = re.compile(
    r"\bfrom (?:\w+ ){0,3}?(?:\u27e6(?P<start>\d+)\u27e7)(?P<between>[^\u27e6\u27e7.;]{0,60}?)"
    r"\bto (?:\w+ ){0,3}?(?:\u27e6(?P<end>\d+)\u27e7)",
    re.IGNORECASE,
)
_MOVE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_TIMES = {
    "doubl": 2.0,
    "trebl": 3.0,
    "tripl": 3.0,
    "quadrupl": 4.0,
    "halv": 0.5,
}
_AMOUNT = re.compile(
    rf"\b(?:by|(?:rise|increase|fall|drop|cut|decline|gain|jump|growth|reduction|change) of)"
    rf" (?:\w+ ){{0,2}}?{FIGURE}(?P<rest>[^\u27e6\u27e7]{{0,12}})",
    re.IGNORECASE,
)


def _clause_before(line: Line, match: re.Match[str]) -> str:
    """The words from the last break to the 'from'; figures keep a short clause together."""
    before = line.mask[max(0, match.start() - 100) : match.start()]
    return re.split(rf"[;:{_DASHES}]|, (?:and|but|while|as) |\band (?!a )", before)[-1]


def _direction(line: Line, match: re.Match[str], start: Figure, end: Figure) -> Iterator[Finding]:
    before = _clause_before(line, match)
    moves = list(_MOVE.finditer(before))
    if not moves or re.search(r"\b(?:not|never|n't|range\w*|prices?|between)\b", before, re.I):
        moves = moves if moves and not re.search(r"\b(?:not|never|n't|rang\w+)\b", before) else []
    if len(moves) != 1 or (match["between"] or "").count(","):
        return
    up = bool(moves[0]["up"])
    first, last = start.quantity.value, end.quantity.value
    if first == last or (last > first) == up or start.quantity.unit != end.quantity.unit:
        return
    word = moves[0].group()
    at = match.start() - len(before) + moves[0].start()
    where = _place(line, at, len(word))
    if where is None:
        return
    more = "more" if last > first else "less"
    yield Finding(
        where,
        line.span(start, end),
        f"It says '{word}', but {line.words(end)} is {more} than {line.words(start)}.",
        0.75,
    )


def _place(line: Line, masked: int, length: int) -> Span | None:
    """The span in the whole text of the word at offset `masked` of the line's mask."""
    shift = 0
    for match in re.finditer(FIGURE, line.mask):
        if match.start() >= masked:
            break
        span = line.figures[int(match[1])].quantity.span
        shift += (span.end - span.start) - len(match.group())
    start = masked + shift
    return Span(start, start + length).shifted(line.parsed.span.start)


def _amount(line: Line, match: re.Match[str], start: Figure, end: Figure) -> Iterator[Finding]:
    near = line.mask[max(0, match.start() - 60) : match.end() + 60]
    for said in _AMOUNT.finditer(near):
        amount = line.figures[int(said[1])]
        if amount in (start, end) or _elsewhere(near, said, match):
            continue
        yield from _difference(line, amount, start, end)


def _elsewhere(near: str, said: re.Match[str], match: re.Match[str]) -> bool:
    """Whether words stand between the amount and the two ends that part them."""
    whole = match.group()
    at = near.find(whole)
    between = near[said.end(1) : at] if said.end() <= at else near[at + len(whole) : said.start()]
    return bool(re.search(r"[;:]|\b(?:while|and|but|when|since|year)\b", between))


def _difference(line: Line, amount: Figure, start: Figure, end: Figure) -> Iterator[Finding]:
    first, last = start.quantity, end.quantity
    said = amount.quantity
    change = abs(last.value - first.value)
    if said.unit == "percent" and end.quantity.unit != "percent":
        right, unit = change / max(first.value, 1e-9) * 100, "percent"
        slack = max(1.0, right * 0.06, said.step * 0.6)
    elif said.unit == "point" or (said.unit == last.unit and said.unit != "percent"):
        right, unit = change, said.unit
        slack = _end_slack(said, first, last)
    elif said.unit == "basis point" and last.unit == "percent":
        right, unit, slack = change * 100, said.unit, 0.5
    else:
        yield from _points(line, amount, start, end)
        return
    low, high = said.interval
    if low - slack <= right <= high + slack or not right:
        return
    shown = f"{show(right)} {unit}{'s' if unit.endswith('point') and right != 1 else ''}".strip()
    yield Finding(
        line.span(amount),
        line.span(start, end),
        f"From {line.words(start)} to {line.words(end)} is a change of {shown},"
        f" not {line.words(amount)}.",
        0.9,
        as_written(right, line.words(amount)),
    )


def _end_slack(said: Quantity, first: Quantity, last: Quantity) -> float:
    """How far a change may be off because its ends are rounded."""
    finest = min(first.step, last.step)
    if said.kind != "fraction" and said.step < finest:
        return (first.step + last.step) / 2
    return finest * 0.51 if finest != 1 else 0.0


def _points(line: Line, amount: Figure, start: Figure, end: Figure) -> Iterator[Finding]:
    """'From 4 to 5 percent, a rise of 1 percent': points are meant."""
    said, first, last = amount.quantity, start.quantity, end.quantity
    if said.unit != "percent" or last.unit != "percent" or said.kind == "fraction":
        return
    change = abs(last.value - first.value)
    share = change / max(first.value, 1e-9) * 100
    if abs(change - said.value) > said.step / 2 or abs(share - said.value) <= 1:
        return
    yield Finding(
        line.span(amount),
        line.span(start, end),
        f"From {line.words(start)} to {line.words(end)} is {show(change)} percentage points,"
        f" which is a change of {show(round(share))} percent.",
        0.7,
        re.sub(r"per ?cent|%", " percentage points", line.words(amount)).replace("  ", " "),
    )


def triples(lines: Sequence[Line]) -> Iterator[Finding]:
    """Margins: 'by 388 votes' against the votes of the same two, up to five sentences away."""
    pairs = [(line, pair) for line in lines for pair in _tallies(line)]
    for line in lines:
        for match in _MARGIN.finditer(line.mask):
            margin = line.figures[int(match["margin"])]
            if not match["unit"] and margin.noun not in _TALLIED:
                continue
            fitting = [(other, pair) for other, pair in pairs if _about_same(line, other, margin)]
            yield from _margin(line, margin, fitting)


_CAPITAL = re.compile(r"\b[A-Z][\w'-]{3,}")
_TALLIED = frozenset({"vote", "seat", "goal", "point", "run"})
_MARGIN = re.compile(
    r"\b(?:by|majority of|margin of|lead of)(?: just| only)? \u27e6(?P<margin>\d+)\u27e7"
    r"(?! (?:\w+ )?(?:to|-) ?\u27e6)(?!-\u27e6)(?P<unit> (?:votes|seats|goals|points|runs))?",
    re.IGNORECASE,
)


def _tallies(line: Line) -> Iterator[tuple[Figure, Figure]]:
    """Two neighbouring tallies of one sentence: 'A took 9,214 votes and B 8,286'."""
    for one, other in pairwise(line.figures):
        nouns = {one.noun, other.noun} - {""}
        units = {one.quantity.unit, other.quantity.unit} - {""}
        if nouns & _TALLIED and nouns <= _TALLIED and not units:
            yield one, other


def _about_same(line: Line, other: Line, margin: Figure) -> bool:
    """Whether two sentences are near and share two names (of the two who competed)."""
    if abs(line.number - other.number) > 5:
        return False
    return line is other or len(_people(line) & _people(other)) >= 2


def _people(line: Line) -> frozenset[str]:
    return frozenset(_CAPITAL.findall(line.text))


def _margin(
    line: Line, margin: Figure, tallies: Sequence[tuple[Line, tuple[Figure, Figure]]]
) -> Iterator[Finding]:
    said = margin.quantity
    gaps = [abs(one.quantity.value - two.quantity.value) for _, (one, two) in tallies]
    if len(tallies) != 1 or said.interval[0] <= gaps[0] <= said.interval[1]:
        return
    other, (one, two) = tallies[0]
    winner, loser = sorted((one, two), key=lambda figure: -figure.quantity.value)
    wanted = {
        loser: winner.quantity.value - said.value,
        winner: loser.quantity.value + said.value,
    }
    wrong = next((figure for figure in wanted if slip(figure.quantity.value, wanted[figure])), None)
    explanation = (
        f"{show(winner.quantity.value)} less {show(loser.quantity.value)} is {show(gaps[0])},"
        f" not {show(said.value)}."
    )
    if wrong is None:
        yield Finding(
            line.span(margin), other.span(one, two), explanation, 0.85,
            as_written(gaps[0], line.words(margin)),
        )  # fmt: skip
        return
    right = as_written(wanted[wrong], other.words(wrong))
    yield Finding(other.span(wrong), line.span(margin), explanation, 0.9, right)
